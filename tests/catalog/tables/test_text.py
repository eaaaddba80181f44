import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prodsim.catalog import KINDS, REPAIRED
from prodsim.catalog.problems import SHORTENED, TABLE, Problem
from prodsim.catalog.tables import HEAD_BYTES, read_sheet, records, sample
from prodsim.errors import CatalogError

KAGGLE = "id,gender,masterCategory,subCategory,articleType,baseColour,season,year,usage,productDisplayName"


def read(*lines, known=(), encoding="utf-8"):
    return read_sheet("styles.csv", "\n".join(lines).encode(encoding), known)


def cells(sheet):
    return [row.cells for row in sheet.rows]


def repaired(sheet):
    return [row.line for row in sheet.rows if row.repaired]


# rows


def test_a_row_of_the_kaggle_table_is_kept_as_it_is():
    sheet = read(KAGGLE, "15970,Men,Apparel,Topwear,Shirts,Navy Blue,Fall,2011.0,Casual,Turtle Check Men Shirt")
    assert sheet.columns == tuple(KAGGLE.split(","))
    assert cells(sheet) == [
        [
            "15970",
            "Men",
            "Apparel",
            "Topwear",
            "Shirts",
            "Navy Blue",
            "Fall",
            "2011.0",
            "Casual",
            "Turtle Check Men Shirt",
        ]
    ]
    assert sheet.rows[0].line == 2 and sheet.problems == () and not repaired(sheet)


def test_unquoted_commas_in_the_last_column_are_joined_again_and_said():
    sheet = read("id,articleType,name", "1,Caps,Red, white, and blue,", "2,Hat,Straw hat")
    assert cells(sheet) == [["1", "Caps", "Red, white, and blue,"], ["2", "Hat", "Straw hat"]]
    assert sheet.rows[0].repaired == "more than 3 cells, joined to the last one: Red, white, and blue,"
    assert sheet.rows[1].repaired == ""


def test_commas_in_every_name_are_joined_as_well():
    sheet = read("id,name", *(f"{id_},Red, white{id_}" for id_ in range(30)))
    assert sheet.columns == ("id", "name")
    assert cells(sheet)[7] == ["7", "Red, white7"] and len(repaired(sheet)) == 30


def test_a_comma_in_quotes_needs_no_repair():
    sheet = read("id,name", '1,"Red, white"')
    assert cells(sheet) == [["1", "Red, white"]] and not repaired(sheet)


def test_a_quoted_cell_may_hold_quotes_and_line_breaks():
    sheet = read("id,name", '1,"so-called ""cap""\nin two lines"', "2,Hat")
    assert cells(sheet) == [["1", 'so-called "cap"\nin two lines'], ["2", "Hat"]]
    assert [row.line for row in sheet.rows] == [2, 4]


def test_inches_in_the_middle_of_a_cell_are_no_quotes():
    assert cells(read("id,name", '1,Belt 32" black', "2,Hat")) == [["1", 'Belt 32" black'], ["2", "Hat"]]


def test_a_table_may_have_a_single_column():
    sheet = read("id", "1", "2")
    assert sheet.columns == ("id",) and cells(sheet) == [["1"], ["2"]]


def test_cells_are_the_texts_they_are():
    written = ["007", "1e3", "7.0", "NA", "None", "-", "None", "False", "=SUM(A1:A3)", "3'", "rock'n'roll", "O'Neill 7"]
    assert [row[1] for row in cells(read("id,name", *(f"{at},{cell}" for at, cell in enumerate(written))))] == written


def test_a_row_cut_short_lacks_its_last_cells():
    assert cells(read("id,season,name", "1,Fall", "2,Fall,Hat")) == [["1", "Fall", ""], ["2", "Fall", "Hat"]]


def test_blank_lines_are_no_rows():
    assert len(read("id,name", "", "1,Hat", " ", ",", "").rows) == 1


def test_a_table_of_a_header_alone_has_no_rows():
    sheet = read("id,name")
    assert sheet.columns == ("id", "name") and sheet.rows == []


def test_every_kind_of_problem_has_its_description():
    assert {REPAIRED, SHORTENED, TABLE} <= KINDS.keys()


texts = st.one_of(
    st.sampled_from(["", "NA", "a,b", 'say "x"', "two\nlines", " Tshirts "]), st.text('ab ,"é\n', max_size=6)
)


@st.composite
def tables(draw):
    """A header, an id a row, and other cells; which are quoted is drawn as well."""
    width = draw(st.integers(2, 4))
    ids = draw(st.lists(st.integers(1, 10**6), max_size=12, unique=True))
    rows = [(str(id_), *draw(st.tuples(*[texts] * (width - 1)))) for id_ in ids]
    return ["id", "color", "type", "name"][:width], rows, draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))


@given(tables())
def test_whatever_is_written_is_read(tmp_path_factory, drawn):
    header, rows, quoting = drawn
    path = tmp_path_factory.mktemp("table") / "styles.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, quoting=quoting).writerows([header, *rows])
    sheet = read_sheet("styles.csv", path.read_bytes(), [row[0] for row in rows])
    assert sheet.columns == tuple(header)
    assert cells(sheet) == [[cell.strip() for cell in row] for row in rows]
    assert sheet.problems == () and not repaired(sheet)


# separators and ends of lines


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_found(separator):
    sheet = read(separator.join(["name", "sku", "price"]), separator.join(["Hat", "1", "9.95"]))
    assert sheet.columns == ("name", "sku", "price") and cells(sheet) == [["Hat", "1", "9.95"]]


def test_decimal_commas_are_no_separators():
    sheet = read("sku;size, cm;price, EUR", "1;10,5;19,90", "2;11,5;9,95")
    assert sheet.columns == ("sku", "size, cm", "price, EUR")
    assert cells(sheet) == [["1", "10,5", "19,90"], ["2", "11,5", "9,95"]]


def test_bars_that_part_tags_are_no_separators():
    sheet = read("sku,tags,name", "1,red|new|sale,Hat", "2,blue|new|sale,Cap")
    assert cells(sheet)[0] == ["1", "red|new|sale", "Hat"]


def test_unquoted_semicolons_are_joined_by_semicolons():
    assert cells(read("id;name", "1;Red; white, blue", "2;Hat")) == [["1", "Red; white, blue"], ["2", "Hat"]]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\r\r\n"])
def test_the_line_ends_of_all_systems_are_read(end):
    sheet = read_sheet("styles.csv", f"id,name{end}1,Hat{end}2,Cap{end}".encode())
    assert cells(sheet) == [["1", "Hat"], ["2", "Cap"]]


def test_quotes_may_be_escaped_as_databases_do():
    sheet = read("id,note,name", r'1,"say \"hi\", twice","Hat"', r'2,"5\" wide",\N', '3,"plain",Cap')
    assert cells(sheet) == [["1", 'say "hi", twice', "Hat"], ["2", '5" wide', ""], ["3", "plain", "Cap"]]
    assert not repaired(sheet)


def test_rows_that_are_quoted_as_a_whole_are_taken_apart():
    sheet = read("id,gender,name", '"1,Men,Hat"', '"2,Men,""Red, white"""', "3,Men,Cap")
    assert cells(sheet) == [["1", "Men", "Hat"], ["2", "Men", "Red, white"], ["3", "Men", "Cap"]]
    assert sheet.rows[0].repaired == "quoted as a whole: Hat" and sheet.rows[2].repaired == ""


def test_so_they_are_with_the_header_among_them():
    sheet = read('"id,gender,name"', '"1,Men,Hat"', '"2,Men,Cap"')
    assert sheet.columns == ("id", "gender", "name") and cells(sheet) == [["1", "Men", "Hat"], ["2", "Men", "Cap"]]


def test_so_they_are_with_the_empty_cells_that_a_spreadsheet_put_behind_them():
    sheet = read('"id,gender,name";;', '"1,Men,Hat";;', '"2,Men,""Red, white""";;')
    assert sheet.columns == ("id", "gender", "name")
    assert cells(sheet) == [["1", "Men", "Hat"], ["2", "Men", "Red, white"]]


def test_a_row_with_nothing_but_a_text_with_commas_is_not_taken_apart():
    sheet = read("name,color", '"Hat, warm",', "Cap,Red", "Tie,Blue", '"Belt, long"')
    assert cells(sheet) == [["Hat, warm", ""], ["Cap", "Red"], ["Tie", "Blue"], ["Belt, long", ""]]


# quotes gone astray

ROWS = [f"{number},Shirt,Model {number}" for number in range(1, 25)]
PICTURES = {str(number) for number in range(1, 25)}


@pytest.mark.parametrize(
    ("at", "line", "kept"),
    [
        (0, '1,Shirt,"Model 1', "Model 1"),
        (0, '1,"Shirt,Model 1', "Model 1"),
        (0, '"1,Shirt,Model 1', "Model 1"),
        (11, '12,Shirt,"Model 12', "Model 12"),
        (11, '12,Shirt,"14" laptop bag"', '14" laptop bag'),
        (11, '12,Shirt,"14" bag, black"', '14" bag, black'),
        (11, '"12","Shirt","Model 12', "Model 12"),
        (11, '"12","Shirt, red","Model 12', "Model 12"),
        (11, '12,"Shirt"s,Model 12', "Model 12"),
        (23, '24,Shirt,"Model 24', "Model 24"),
        (23, '24,Shirt,"', ""),
    ],
)
def test_a_stray_quote_costs_no_row(at, line, kept):
    sheet = read("id,articleType,name", *ROWS[:at], line, *ROWS[at + 1 :])
    names = [row[2] for row in cells(sheet)]
    assert names == [kept if number == at + 1 else f"Model {number}" for number in range(1, 25)]
    assert repaired(sheet) == [at + 2]


@pytest.mark.parametrize("second", ['20,Shirt,"Model 20', '20,"Shirt,Model 20', '"20,Shirt,Model 20'])
def test_of_two_rows_with_a_stray_quote_none_swallows_what_is_between(second):
    sheet = read("id,articleType,name", '1,Shirt,"Model 1', *ROWS[1:19], second, *ROWS[20:])
    assert [row[2] for row in cells(sheet)] == [f"Model {number}" for number in range(1, 25)]
    assert repaired(sheet) == [2, 21]


@pytest.mark.parametrize("picture", ["{}", "{}.jpg", "images/{}.jpg", "https://shop.example/{}.jpg?v=2"])
def test_a_stray_quote_and_inches_far_below_are_no_cell_if_there_are_pictures_of_what_is_between(picture):
    rows = [f"Shirt,{picture.format(number)},Model {number}" for number in range(1, 25)]
    rows[0] = rows[0].replace("Model", '"Model')
    rows[19] = f'Shirt,{picture.format(20)},Belt 32"'
    sheet = read("articleType,picture,name", *rows, known=PICTURES)
    assert [row[1] for row in cells(sheet)] == [picture.format(number) for number in range(1, 25)]
    assert cells(sheet)[19][2] == 'Belt 32"' and repaired(sheet) == [2]


def test_small_numbers_in_other_columns_begin_no_row():
    notes = "\n".join(f"{at},{at},{at}" for at in range(1, 9))
    sheet = read("sku,note,stock", *(f'A-{at},"{notes}",{at % 3 + 1}' for at in range(1, 25)), known=PICTURES)
    assert [row[0] for row in cells(sheet)] == [f"A-{at}" for at in range(1, 25)] and not repaired(sheet)


@pytest.mark.parametrize("header", ['id,articleType,"name', '"id,articleType,name', 'id,"articleType,name'])
@pytest.mark.parametrize("last", [ROWS[-1], '24,Shirt,Model 24"'])
def test_a_stray_quote_in_the_header_costs_no_row(header, last):
    sheet = read(header, *ROWS[:-1], last, known=PICTURES)
    assert sheet.columns == ("id", "articleType", "name") and len(sheet.rows) == 24


def test_a_description_of_several_lines_stays_one_cell():
    sheet = read('id,note,name\n1,"Soft, warm\ncotton, washable",Hat\n2,"a\n\nb",Cap\n', known={"1", "2"})
    assert [row[1] for row in cells(sheet)] == ["Soft, warm\ncotton, washable", "a\n\nb"] and not repaired(sheet)


def test_a_quote_before_very_many_lines_is_astray():
    sheet = read("id,name", '1,"Hat', *(f"{number},Cap" for number in range(2, 3000)), '3000,Tie"')
    assert len(sheet.rows) == 3000 and repaired(sheet) == [2]


def test_of_quotes_that_are_closed_nowhere_the_end_is_looked_for_once(monkeypatch):
    """Each of these lines leaves a cell open, and closes the one before it only to open the next."""
    lines = ["id,a,b\n", *(f'{number},a","c\n' for number in range(3000))]
    parsed = []
    reader = csv.reader

    def counting(source, **options):
        return reader((parsed.append(line) or line for line in source), **options)

    monkeypatch.setattr("prodsim.catalog.tables.delimited.csv.reader", counting)
    found = list(records(lines, 1, ",", 3, lambda fields: False))
    assert [record.fields[0] for record in found] == [str(number) for number in range(3000)]
    assert len(parsed) < 5 * len(lines)


# limits


def test_a_cell_of_a_million_characters_is_cut_and_said():
    sheet = read("id,note,name", f"1,{'x' * 1_000_000},Hat", f'2,"{"y" * 1_000_000}",Cap', "3,z,Tie")
    assert [len(row[1]) for row in cells(sheet)] == [10_000, 10_000, 1]
    assert sheet.problems == (
        Problem(SHORTENED, "line 2", "1,000,000 characters"),
        Problem(SHORTENED, "line 3", "1,000,000 characters"),
    )


def test_a_row_of_a_million_commas_is_one_row():
    sheet = read("id,name", "1," + "a," * 1_000_000, "2," + "," * 1_000_000, "3,Hat")
    assert [row[0] for row in cells(sheet)] == ["1", "2", "3"] and repaired(sheet) == [2]


def test_a_long_cell_is_read_as_well_where_nobody_has_allowed_long_cells():
    """Only the edges change what `csv` reads, and the tests are one of them."""
    limit = csv.field_size_limit(1000)
    try:
        sheet = read("id,name,more", '1,"' + "x" * 5000 + '",a,b"c', "2,short,b")
    finally:
        csv.field_size_limit(limit)
    assert [row[0] for row in cells(sheet)] == ["1", "2"]


@pytest.mark.parametrize("header", ["id," + ",".join(f"c{at}" for at in range(200)), "id," + "x" * 1_000_000])
def test_more_or_longer_columns_than_a_page_can_show_are_refused(header):
    with pytest.raises(CatalogError, match=r"a table may have 200 columns with names of 200 characters .*Leave out"):
        read(header, "1,Hat")


def test_a_table_of_too_many_lines_is_refused_before_they_are_parsed(monkeypatch):
    monkeypatch.setattr("prodsim.catalog.tables.limits.MAX_LINES", 3)
    assert len(read("id", "1", "2", "3").rows) == 3
    with pytest.raises(CatalogError, match=r"styles\.csv has 4 lines, but a table may have 3"):
        read("id", "1", "2", "3", "4")


def test_a_table_of_too_many_cells_is_refused_before_they_are_filled_up(monkeypatch):
    monkeypatch.setattr("prodsim.catalog.tables.limits.MAX_CELLS", 20)
    with pytest.raises(CatalogError, match="has 11 lines of 3 columns, but a table may have 20 cells"):
        read("id,a,b", *map(str, range(10)))


def test_a_table_over_the_limit_of_bytes_is_refused_unread(monkeypatch):
    monkeypatch.setattr("prodsim.catalog.tables.limits.MAX_BYTES", 1 << 20)
    monkeypatch.setattr("prodsim.catalog.tables.reading._read", lambda *_: pytest.fail("it was read"))
    with pytest.raises(CatalogError, match=r"styles\.csv has 2 MB, but a table may have 1 MB\. Leave out columns"):
        read("id", "x" * (2 << 20))


@pytest.mark.parametrize("text", ["", "\n \n", ",,\n,,\n", "sep=;\n"])
def test_a_file_without_a_table_is_refused(text):
    with pytest.raises(CatalogError, match=r"styles\.csv holds no table\. Give it a line with the names"):
        read(text)


# a sample


def test_a_sample_is_the_first_rows():
    data = "\n".join(["id,name", *(f"{at},Hat" for at in range(1000))]).encode()
    assert [row.cells for row in sample("x.csv", data, 3).rows] == [["0", "Hat"], ["1", "Hat"], ["2", "Hat"]]


@pytest.mark.parametrize("encoding", ["utf-8", "cp1251", "utf-16"])
def test_a_sample_of_a_beginning_leaves_out_the_line_that_is_cut(encoding):
    data = "\n".join(["id,name", *(f"{at},Платье синее" for at in range(80_000))]).encode(encoding)
    sheet = sample("x.csv", data[: HEAD_BYTES + 1], 100_000)
    assert 10_000 < len(sheet.rows) < 80_000
    assert {row.cells[1] for row in sheet.rows} == {"Платье синее"}
