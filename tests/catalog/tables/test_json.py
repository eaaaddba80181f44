import json

import pytest

from prodsim.catalog.problems import SHORTENED, TABLE, Problem
from prodsim.catalog.tables import HEAD_BYTES, read_sheet, sample
from prodsim.errors import CatalogError

PRODUCTS = [{"id": 1001, "name": "Hat", "price": 19.9}, {"id": 1002, "color": "Red", "name": "Cap"}, {"id": 1003}]
COLUMNS = ("id", "name", "price", "color")
CELLS = [["1001", "Hat", "19.9", ""], ["1002", "Cap", "", "Red"], ["1003", "", "", ""]]


def read(text):
    return read_sheet("products.json", text.encode())


def cells(sheet):
    return [row.cells for row in sheet.rows]


LINES = "\n".join(map(json.dumps, PRODUCTS))


@pytest.mark.parametrize(
    "text",
    [
        LINES,
        f"\ufeff\n{LINES}\n\n",
        LINES.replace("\n", "\n\n"),
        LINES.replace("\n", "\r\n"),
        json.dumps(PRODUCTS),
        json.dumps(PRODUCTS, indent=2),
        json.dumps({"count": 3, "next": None, "products": PRODUCTS, "tags": ["a"], "page": {"n": 1}}),
        json.dumps({"products": PRODUCTS}, indent=2),
        "\n".join(json.dumps(each, indent=2) for each in PRODUCTS),
    ],
)
def test_objects_are_rows_and_their_keys_columns_in_order_of_first_occurrence(text):
    sheet = read(text)
    assert sheet.columns == COLUMNS and cells(sheet) == CELLS and sheet.problems == ()


def test_lines_are_counted():
    assert [row.line for row in read(LINES.replace("\n", "\n\n")).rows] == [1, 3, 5]


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a"])
def test_the_name_of_the_file_says_nothing(name):
    assert cells(read_sheet(name, LINES.encode())) == CELLS


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("1001.0", "1001"),
        ("19.90", "19.90"),
        ("1e3", "1000"),
        ("12345678901234567890123", "12345678901234567890123"),
        ("9" * 5000, "9" * 5000),
        ("1e999", ""),
        ("NaN", ""),
        ("-Infinity", ""),
        ("true", "true"),
        ("null", ""),
        ('"001"', "001"),
        ('" a\\u200b "', "a"),
        ('"\\ud800x"', "\ufffdx"),
        ('"a\\nb"', "a\nb"),
        ("[]", ""),
        ('["red", "cotton"]', "red, cotton"),
        ('["red, dark", "cotton"]', "red, dark | cotton"),
        ("[1, 2.0, null, true]", "1, 2, true"),
    ],
)
def test_a_value_is_read_as_people_write_it(value, cell):
    assert cells(read(f'{{"id": 1, "value": {value}}}\n{{"id": 2, "value": "x"}}')) == [["1", cell], ["2", "x"]]


def test_what_is_nested_is_called_by_all_its_keys():
    sheet = read(
        '{"id": 1, "a": {"b": {"c": 2}, "d": 3}, "images": [{"src": "1.jpg", "alt": "x"}, {"src": "2.jpg"}]}\n{"id": 2}'
    )
    assert sheet.columns == ("id", "a.b.c", "a.d", "images.src", "images.alt")
    assert cells(sheet) == [["1", "2", "3", "1.jpg, 2.jpg", "x"], ["2", "", "", "", ""]]


def test_what_is_nested_deeper_is_left_out_and_said():
    sheet = read('{"id": 1, "a": {"a": {"a": {"a": {"a": 1}}}}, "b": [[1]]}\n{"id": 2}')
    assert cells(sheet) == [["1"], ["2"]]
    assert sheet.problems == (Problem(TABLE, "products.json", "values nested too deep, left out: 2"),)


def test_of_several_lists_the_longest_is_read_and_the_others_named():
    sheet = read(json.dumps({"kinds": [{"k": 1}], "products": PRODUCTS, "shops": [{"s": 1}]}))
    assert cells(sheet) == CELLS
    assert sheet.problems == (Problem(TABLE, "products.json", "other lists in it, not read: kinds, shops"),)


def test_of_a_key_twice_in_one_object_the_last_one_counts():
    assert cells(read('{"id": 1, "id": 2}\n{"id": 3}')) == [["2"], ["3"]]


@pytest.mark.parametrize(
    "text",
    [
        '{"id": 1}\n{"id": 2, "na',
        '[{"id": 1},\n{"id": 2',
        '{"n": 1, "of": [\n{"id": 1},\n{"id": ',
        '{"id": 1}\n{"id": tru',
    ],
)
def test_an_object_that_breaks_off_at_the_end_is_left_out_and_said(text):
    sheet = read(text)
    assert cells(sheet) == [["1"]]
    assert sheet.problems[0].detail == "the file breaks off there; the last product is left out"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"id": 1}\n{"id": 2,}\n{"id": 3}', "line 2: that is no product in JSON: Expecting property name"),
        ('{"id": 1}\n\nid,name\n{"id": 3}', "line 3: that is no product in JSON: Expecting value"),
        ('[\n{"id": 1},\n[1, 2]\n]', r"line 3: that is no product in JSON: it is no object \{\.\.\.\}"),
        ('{"id": ' + "[" * 100_000 + '\n{"id": 3}', "line 1: that is no product in JSON: it is nested too deep"),
        ("[" * 100_000, "nested too deep"),
        ("[]", "holds no products"),
        ("{}", "holds no products"),
        ('{"a": []}', "holds no products"),
        ("\n".join(f'{{"c{at}": 1}}' for at in range(201)), "has 201 columns"),
        ('{"' + "x" * 201 + '": 1}\n{}', "names of up to 201 characters"),
    ],
)
def test_what_is_no_table_says_so(text, said):
    with pytest.raises(CatalogError, match=rf"products\.json.*{said}"):
        read(text)


def test_a_product_without_an_end_is_refused_before_all_of_it_is_read(monkeypatch):
    monkeypatch.setattr("prodsim.catalog.tables.json_objects.PIECE", 1 << 10)
    monkeypatch.setattr("prodsim.catalog.tables.json_objects.MAX_OBJECT", 1 << 12)
    with pytest.raises(CatalogError, match=r"line 2: .* it has more than 4,096 characters"):
        read('{"id": 1}\n{"id": [' + "1," * 10_000 + "1]}\n")


def test_products_that_cross_a_piece_are_whole(monkeypatch):
    monkeypatch.setattr("prodsim.catalog.tables.json_objects.PIECE", 64)
    products = [{"id": at, "name": "x" * (at % 90)} for at in range(300)]
    for text in (
        json.dumps(products),
        "\n".join(map(json.dumps, products)),
        json.dumps({"n": 12345, "p": products, "m": 6789}),
    ):
        assert cells(read(text)) == [[str(each["id"]), each["name"]] for each in products]


def test_a_long_cell_is_cut_and_said():
    sheet = read('{"id": 1, "note": "' + "x" * 50_000 + '"}\n{"id": 2}')
    assert len(sheet.rows[0].cells[1]) == 10_000
    assert sheet.problems == (Problem(SHORTENED, "line 1", "50,000 characters"),)


def test_too_many_rows_are_refused(monkeypatch):
    monkeypatch.setattr("prodsim.catalog.tables.limits.MAX_LINES", 2)
    with pytest.raises(CatalogError, match="has 3 rows or more, but a table may have 2"):
        read(json.dumps(PRODUCTS))


@pytest.mark.parametrize("newline", [", ", ",\n"])
def test_a_sample_of_a_beginning_is_its_first_rows(newline):
    data = ("[" + newline.join(f'{{"id": {at}, "name": "Größe"}}' for at in range(60_000)) + "]").encode()
    assert cells(sample("x.json", data[: HEAD_BYTES + 7], 3)) == [["0", "Größe"], ["1", "Größe"], ["2", "Größe"]]
    assert sample("x.json", data[: HEAD_BYTES + 7], 100_000).problems == ()
