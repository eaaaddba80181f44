"""What stands above a table's rows, and what programs write into its names and cells."""

import pytest

from prodsim.catalog.problems import TABLE, Problem
from prodsim.catalog.tables import read_sheet

HEADER = "id,gender,type,color,name"
ROWS = [f"{1000 + at},{['Men', 'Women'][at % 2]},Hats,Red,Model {at}" for at in range(12)]


def read(*lines, known=(), name="styles.csv"):
    return read_sheet(name, "\n".join(lines).encode(), known)


def cells(sheet):
    return [row.cells for row in sheet.rows]


def told(sheet):
    return [(problem.subject, problem.detail) for problem in sheet.problems if problem.kind == TABLE]


def assert_whole(sheet, header=HEADER):
    assert sheet.columns == tuple(header.split(","))
    assert cells(sheet) == [row.split(",") for row in ROWS]


# above the header


@pytest.mark.parametrize("mark", ["", "\ufeff", "\ufeff\ufeff"])
@pytest.mark.parametrize("line", ["sep=,", "SEP=,", '"sep=,"', "sep=,,,,"])
def test_the_line_that_says_the_separator_is_none_of_the_table(mark, line):
    assert_whole(read(mark + line, HEADER, *ROWS))


def test_the_separator_is_what_that_line_says():
    sheet = read("sep=;", "sku;a, b;c, d", "1;2,5;3,5", "2;2,5;3,5")
    assert sheet.columns == ("sku", "a, b", "c, d") and cells(sheet)[0] == ["1", "2,5", "3,5"]


@pytest.mark.parametrize(
    "above",
    [
        ["Product export - Example Shop", '"Generated 2026-03-01, 12 products"', ""],
        ["Generated 2026-03-01, 12 products"],
        ["# exported by shop 3.1, 2026-03-01", "# do not edit, please"],
        ["// products", "// of 2026"],
        ["Shop:,Example,,,", "Date:,2026-03-01,,,", ",,,,"],
        ["Products,,,,"],
        ["-- 12 rows, by ShopSQL", ""],
        ["Katalog", "Stand: 1. März 2026, Änderungen vorbehalten, Preise in EUR"],
    ],
)
@pytest.mark.parametrize("known", [(), [str(1000 + at) for at in range(12)]])
def test_titles_dates_and_comments_above_the_header_are_left_out_and_said(above, known):
    sheet = read(*above, HEADER, *ROWS, known=known)
    assert_whole(sheet)
    filled = [line for line in above if line.strip(",")]
    assert len(told(sheet)) == len(filled) and all(
        "above the header, left out: " in detail for _, detail in told(sheet)
    )


@pytest.mark.parametrize("name", ["#", "#id", "# sku", "//id"])
def test_a_name_may_begin_as_comments_do(name):
    assert read(f"{name},name", "AB-1,Hat", "AB-2,Cap").columns == (name, "name")


def test_a_header_is_found_in_any_language():
    sheet = read("Прайс-лист", "Артикул;Название;Цвет", "1;Шапка;Красный", "2;Шапка синяя;Синий")
    assert sheet.columns == ("Артикул", "Название", "Цвет")


def test_a_line_under_the_header_is_no_row():
    sheet = read("| id | name |", "|----|------|", "| 1 | Hat |", "| 2 | Cap |")
    assert sheet.columns == ("id", "name") and cells(sheet) == [["1", "Hat"], ["2", "Cap"]]


def test_the_header_again_amid_the_rows_is_no_row():
    assert_whole(read(HEADER, *ROWS[:6], HEADER, *ROWS[6:]))


def test_a_table_without_names_is_numbered_if_its_first_row_has_a_picture():
    sheet = read(*ROWS, known=[str(1000 + at) for at in range(12)])
    assert sheet.columns == ("column 1", "column 2", "column 3", "column 4", "column 5") and len(sheet.rows) == 12
    assert ("line 1", "no line names the columns; they are numbered") in told(sheet)


@pytest.mark.parametrize("below", ["(12 rows)", "Total,,,,12", "Summe:,,,,12", "(12 rows affected)"])
def test_a_line_that_counts_the_rows_is_none(below):
    sheet = read(HEADER, *ROWS, "", below)
    assert_whole(sheet)
    assert told(sheet)[-1][1].startswith("below the rows, left out: ")


def test_a_product_may_be_called_total():
    assert cells(read("id,name", "Total,Hat", "Sum,Cap", known=["Total", "Sum"])) == [["Total", "Hat"], ["Sum", "Cap"]]


# columns


@pytest.mark.parametrize("first", [0, 1])
@pytest.mark.parametrize("name", ["", "Unnamed: 0"])
def test_a_column_that_numbers_the_rows_is_left_out_and_said(first, name):
    sheet = read(f"{name},{HEADER}", *(f"{at},{row}" for at, row in enumerate(ROWS, first)))
    assert_whole(sheet)
    assert told(sheet) == [("column 1", "it only numbers the rows and was left out")]


def test_so_are_the_numbers_that_have_no_place_in_the_header():
    sheet = read('"id","name","color"', *(f'"{at}",{1000 + at},"Hat","Red"' for at in range(1, 9)))
    assert sheet.columns == ("id", "name", "color") and cells(sheet)[0] == ["1001", "Hat", "Red"]


def test_numbers_that_are_pictures_are_no_numbers_of_rows():
    sheet = read(",name", "1,Hat", "2,Cap", "3,Tie", known=["1", "2", "3"])
    assert sheet.columns == ("column 1", "name") and cells(sheet)[0] == ["1", "Hat"]


def test_a_column_without_a_name_is_named_by_its_place():
    sheet = read("id,,name,color,", "1,Hat,x,Red,a", "2,Cap,y,Blue,b")
    assert sheet.columns == ("id", "column 2", "name", "color", "column 5")
    assert told(sheet)[0] == ("column 2", "it has no name and is called column 2")


def test_columns_of_one_name_are_numbered():
    sheet = read("id,Size,Size,Size 2,Size", "1,S,M,x,L", "2,M,L,y,XL")
    assert sheet.columns == ("id", "Size", "Size 3", "Size 2", "Size 4")


def test_a_column_that_is_there_twice_is_left_out_once():
    sheet = read("id,color,name,color", "1,Red,Hat,Red", "2,Blue,Cap,Blue")
    assert sheet.columns == ("id", "color", "name") and cells(sheet)[1] == ["2", "Blue", "Cap"]
    assert told(sheet) == [("column 4", "it is color once more and was left out")]


def test_blank_columns_are_no_columns():
    sheet = read("id,,name,,", "1,,Hat,,", "2,,Cap", "3,,Tie,,,,")
    assert sheet.columns == ("id", "name") and cells(sheet) == [["1", "Hat"], ["2", "Cap"], ["3", "Tie"]]
    assert sheet.problems == ()


@pytest.mark.parametrize("header", ['"id","name"', " id , name ", "\n \nid,name", "\ufeffid,name", "id\u200b,\xa0name"])
def test_names_are_rid_of_what_is_around_them(header):
    assert read(header, "1,Hat").columns == ("id", "name")


def test_a_name_of_two_lines_is_one_line():
    assert read('id,"Image\nSrc"', "1,a.jpg").columns == ("id", "Image Src")


# cells


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ('="001001"', "001001"),
        ('"=""001001"""', "001001"),
        ("'001001", "001001"),
        ("'=cmd", "=cmd"),
        ("'AB-7", "AB-7"),
        ("AB-7\u200b", "AB-7"),
        ("\ufeffAB-7", "AB-7"),
        ("\xa0AB\xa07\u2060", "AB 7"),
        ("AB\x00-7", "AB-7"),
        ("\\N", ""),
    ],
)
def test_a_cell_is_what_was_meant_and_that_is_said(written, meant):
    sheet = read("id,sku,name", f"1,{written},Hat", "2,B,Cap")
    assert cells(sheet)[0] == ["1", meant, "Hat"]
    ((subject, detail),) = told(sheet)
    assert subject == "line 2" and detail.startswith("1 rows have cells") and detail.endswith(f"was read as {meant}")


@pytest.mark.parametrize(
    "written",
    [
        "'tis",
        "'n' roll",
        "x=1",
        '=HYPERLINK("a")',
        "a\\N",
        "👩\u200d🔬",
        "\u0645\u06cc\u200c\u062e\u0648",
        "全角　空白",
    ],
)
def test_other_cells_stay_as_they_are(written):
    sheet = read("id,name", f"1,{written}", "2,Cap")
    assert cells(sheet)[0] == ["1", written] and sheet.problems == ()


def test_a_problem_is_said_once_however_many_rows_it_has():
    sheet = read("id,name", *(f'="00{at}",Hat {at}' for at in range(100)))
    assert sheet.problems == (
        Problem(
            TABLE,
            "line 2",
            "100 rows have cells with invisible characters, as formulas or behind an apostrophe; "
            "'=\"000\"' was read as 000",
        ),
    )


def test_a_row_without_a_value_is_no_header():
    sheet = read_sheet("styles.csv", b"id,name\nNA,x\n1.0,y\n", {"1"})
    assert sheet.columns == ("id", "name") and len(sheet.rows) == 2 and sheet.problems == ()


def test_what_columns_are_usually_called_is_the_header_though_a_row_below_looks_like_one():
    sheet = read_sheet("styles.csv", b"id,name\nab-12,Hat\n2,Tie\n", {"2"})
    assert sheet.columns == ("id", "name") and len(sheet.rows) == 2 and not sheet.problems
