import zipfile

import pytest

from prodsim.catalog.problems import SHORTENED, TABLE, Problem
from prodsim.catalog.tables import read_sheet, sample
from prodsim.catalog.tables.workbook import Workbook
from prodsim.errors import CatalogError
from tests.catalog.tables.books import MAIN, book, cell, rows, sheet, strings, styles

HEADER = ("id", "name", "price")
HATS = [(1001, "Hat", 19.9), (1002, "Cap", 5.0), (1003, "Tie", 7)]


def read(content, known=(), **parts):
    return read_sheet("styles.xlsx", book({"Products": sheet(content)}, **parts), known)


def cells(found):
    return [row.cells for row in found.rows]


def row(number, *inner):
    return f'<row r="{number}">{"".join(inner)}</row>'


# what is read


def test_a_table_is_read():
    found = read(rows(HEADER, *HATS))
    assert found.columns == HEADER
    assert cells(found) == [["1001", "Hat", "19.9"], ["1002", "Cap", "5"], ["1003", "Tie", "7"]]
    assert [each.line for each in found.rows] == [2, 3, 4] and found.problems == ()


def test_the_name_of_the_file_says_nothing():
    assert len(read_sheet("styles.csv", book({"a": sheet(rows(HEADER, *HATS))})).rows) == 3


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("1001.0", "1001"),
        ("19.899999999999999", "19.9"),
        ("4006381333931", "4006381333931"),
        ("4.006381333931E12", "4006381333931"),
        ("1E-3", "0.001"),
        ("-5", "-5"),
        ("0", "0"),
    ],
)
def test_numbers_are_read_as_people_write_them(value, shown):
    found = read(rows(HEADER) + row(2, cell("A2", "x"), f'<c r="B2"><v>{value}</v></c>', cell("C2", "y")))
    assert cells(found) == [["x", shown, "y"]]


@pytest.mark.parametrize(
    ("format_", "value", "shown"),
    [
        (14, 46082, "2026-03-01"),
        ("yyyy\\-mm\\-dd", 46082, "2026-03-01"),
        (22, 46082.5, "2026-03-01 12:00:00"),
        (20, 0.5, "12:00:00"),
        ("[$-407]d. mmmm yyyy", 46082, "2026-03-01"),
        (14, 99999999, "99999999"),
        ('0.00 "days"', 46082, "46082"),
        ("[Red]0.00", 3.5, "3.5"),
        ("000000", 1001, "001001"),
        ("0.00%", 0.25, "0.25"),
    ],
)
def test_days_and_leading_zeros_are_read_as_they_are_shown(format_, value, shown):
    content = rows(HEADER) + row(2, cell("A2", "x"), cell("B2", value, extra=' s="1"'), cell("C2", value))
    found = read(content, parts=styles(0, format_))
    assert cells(found) == [["x", shown, str(value)]]


def test_days_may_be_counted_from_1904():
    content = rows(HEADER) + row(2, cell("A2", "x"), cell("B2", 44620, extra=' s="0"'), cell("C2", "y"))
    assert cells(read(content, parts=styles(14), properties='<workbookPr date1904="1"/>')) == [["x", "2026-03-01", "y"]]


def test_cells_of_all_kinds_are_read():
    content = rows(("id", "a", "b", "c", "d", "e")) + row(
        2,
        cell("A2", "0", "s"),
        cell("B2", "1", "b"),
        cell("C2", "#N/A", "e"),
        '<c r="D2" t="str"><f>A2&amp;"x"</f><v>001x</v></c>',
        cell("E2", "2026-03-01T00:00:00", "d"),
        '<c r="F2" t="inlineStr"><is><r><t>Rich </t></r><r><t>text</t></r><rPh><t>phonetic</t></rPh></is></c>',
    )
    assert cells(read(content, parts=strings("001"))) == [["001", "true", "", "001x", "2026-03-01", "Rich text"]]


def test_a_formula_is_its_last_value_and_one_never_computed_is_empty_and_said_once():
    content = rows(("id", "price", "twice")) + "".join(
        row(at, cell(f"A{at}", at), f'<c r="B{at}"><f>1+1</f><v>2</v></c>', f'<c r="C{at}"><f>B{at}*2</f></c>')
        for at in range(2, 5)
    )
    found = read(content)
    assert cells(found) == [["2", "2", ""], ["3", "2", ""], ["4", "2", ""]]
    assert found.problems == (
        Problem(TABLE, "sheet Products", "3 formulas were never computed: their cells are empty"),
    )


def test_titles_above_the_header_are_left_out_and_said():
    found = read(rows(("Products of our shop",), (), ("As of", "2026-03-01"), HEADER, *HATS))
    assert found.columns == HEADER and len(found.rows) == 3
    assert [problem.subject for problem in found.problems] == ["row 1", "row 3"]


def test_cells_that_are_missing_are_empty():
    found = read(rows(("id", "a", "b"), (1, None, "x"), (None, None, None), (2, "y"), (3, "y", "z")))
    assert cells(found) == [["1", "", "x"], ["2", "y", ""], ["3", "y", "z"]]


def test_cells_need_not_say_where_they_are():
    header = "".join(f"<c t='inlineStr'><is><t>{name}</t></is></c>" for name in ("id", "name"))
    content = f"<row>{header}</row><row><c><v>1</v></c><c><v>2</v></c></row>"
    assert cells(read(content)) == [["1", "2"]]


def test_what_is_merged_is_said_in_every_row():
    content = rows(("type", "id"), ("Hats", 1), (None, 2), (None, 3), ("Ties", 4))
    after = '<mergeCells><mergeCell ref="A2:A4"/><mergeCell ref="nonsense"/><mergeCell ref="A1:B1"/></mergeCells>'
    found = read_sheet("x.xlsx", book({"a": sheet(content, after)}))
    assert cells(found) == [["Hats", "1"], ["Hats", "2"], ["Hats", "3"], ["Ties", "4"]]
    assert found.problems == (Problem(TABLE, "merged cells", "2 cells say what the merged one says"),)


def test_of_several_sheets_the_first_with_a_table_is_read_and_the_others_named():
    sheets = {
        "Empty": sheet(""),
        "Notes": sheet(rows(("Please read",), ("carefully",))),
        "Products": sheet(rows(HEADER, *HATS)),
        "Prices": sheet(rows(("a", "b"), (1, 2), (3, 4))),
    }
    found = read_sheet("x.xlsx", book(sheets))
    assert found.columns == HEADER
    assert found.problems == (Problem(TABLE, "sheet Products", "read; not read: Notes, Prices"),)


def test_a_sheet_that_names_pictures_comes_before_others():
    sheets = {
        "Help": sheet(rows(("column", "meaning"), ("id", "a number"), ("name", "a text"))),
        "P": sheet(rows(HEADER, *HATS)),
    }
    assert read_sheet("x.xlsx", book(sheets), ("1001", "1002", "1003")).columns == HEADER


def test_hidden_sheets_come_last():
    sheets = {"Lists": sheet(rows(("a", "b"), ("c", "d"))), "Products": sheet(rows(HEADER, *HATS))}
    assert read_sheet("x.xlsx", book(sheets, hidden=("Lists",))).columns == HEADER


def test_other_spellings_of_the_format_are_read():
    content = rows(HEADER, *HATS).replace("<", "<x:").replace("<x:/", "</x:")
    strict = f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData>{content}</x:sheetData></x:worksheet>'
    assert cells(read_sheet("x.xlsx", book({"a": strict}))) == cells(read(rows(HEADER, *HATS)))


def test_broken_styles_cost_nothing_but_themselves():
    parts = {
        "xl/styles.xml": '<styleSheet><cellXfs><xf numFmtId="x"/></cellXfs><fills><fill what="?"/></fills></styleSheet>'
    }
    assert len(read(rows(HEADER, *HATS), parts=parts).rows) == 3


def test_a_sample_is_the_first_rows():
    data = book({"a": sheet(rows(HEADER, *((at, "Hat", 5) for at in range(1000))))})
    assert cells(sample("x.xlsx", data, 2)) == [["0", "Hat", "5"], ["1", "Hat", "5"]]


# what is refused, or bounded


def test_two_cells_far_apart_are_two_cells():
    far = row(1048576, cell("A1048576", 1), cell("B1048576", "x"), cell("XFD1048576", "far"))
    found = read(rows(HEADER, *HATS) + far)
    assert cells(found)[-1] == ["1", "x", ""] and found.rows[-1].line == 1048576
    assert found.problems == (Problem(TABLE, "column 4", "1 rows have cells beyond the columns with names, left out"),)


def test_of_cells_far_to_the_right_no_row_is_made_as_wide():
    far = "".join(row(at, cell(f"A{at}", at), cell(f"XFD{at}", "far")) for at in range(2, 5))
    with Workbook("x.xlsx", book({"a": sheet(rows(HEADER) + far)})) as opened:
        assert [len(cells) for _, cells in opened.grid("a").rows()] == [3, 1, 1, 1]


def test_the_dimension_that_a_sheet_tells_is_not_believed():
    data = book({"a": sheet(rows(HEADER, *HATS), dimension="A1:XFD1048576")})
    assert len(read_sheet("x.xlsx", data).rows) == 3


def test_a_bomb_is_refused_unread(monkeypatch):
    data = book({"a": sheet(rows(HEADER) + " " * (40 << 20))})
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *_: pytest.fail("it was read"))
    with pytest.raises(
        CatalogError, match=r"would unpack to 40 MB from 0\.0 MB, more than the limits \(256 MB, 200 times"
    ):
        read_sheet("x.xlsx", data)


def test_so_is_one_of_strings():
    with pytest.raises(CatalogError, match="would unpack to 20 MB"):
        read(rows(HEADER), parts={"xl/sharedStrings.xml": "<sst>" + "<si/>" * (4 << 20) + "</sst>"})


def test_more_than_the_limit_is_refused_whatever_the_ratio(monkeypatch):
    monkeypatch.setattr("prodsim.catalog.tables.workbook.MAX_UNPACKED", 1 << 10)
    with pytest.raises(CatalogError, match="would unpack to"):
        read(rows(HEADER, *HATS))


def test_too_many_strings_are_refused(monkeypatch):
    monkeypatch.setattr("prodsim.catalog.tables.workbook.MAX_STRINGS", 3)
    with pytest.raises(CatalogError, match="has over 3 texts"):
        read(rows(HEADER), parts=strings("a", "b", "c", "d"))


def test_too_many_rows_are_refused_before_they_are_parsed(monkeypatch):
    monkeypatch.setattr("prodsim.catalog.tables.limits.MAX_LINES", 300)
    monkeypatch.setattr("prodsim.catalog.tables.xlsx._rows", lambda *_: pytest.fail("they were parsed"))
    with pytest.raises(CatalogError, match="has 2,001 rows, but a table may have 300"):
        read(rows(HEADER) + "<row/>" * 2000)


def test_rows_are_counted_as_they_are_read_as_well(monkeypatch):
    monkeypatch.setattr("prodsim.catalog.tables.limits.MAX_LINES", 300)
    monkeypatch.setattr("prodsim.catalog.tables.workbook.Workbook.count", lambda *_: 1)
    with pytest.raises(CatalogError, match="has 301 rows or more, but a table may have 300"):
        read(rows(HEADER) + "<row/>" * 2000)


def test_entities_are_refused():
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    content = (
        sheet(rows(HEADER) + row(2, cell("A2", "1"), cell("B2", "x")))
        .replace("?>", f"?>{laughs}")
        .replace(">x<", ">&b;<")
    )
    with pytest.raises(CatalogError, match="it declares entities"):
        read_sheet("x.xlsx", book({"a": content}))


def test_a_tag_that_does_not_end_is_refused(monkeypatch):
    monkeypatch.setattr("prodsim.catalog.tables.workbook.MAX_TAG", 1 << 18)
    noise = "".join(f' a{at}="{at * 7919}"' for at in range(100_000))
    with pytest.raises(CatalogError, match="a tag in it does not end"):
        read(rows(HEADER) + f"<c{noise}/>")


def test_what_is_nested_very_deep_is_refused():
    with pytest.raises(CatalogError, match="nested too deep"):
        read(rows(HEADER) + "<a>" * 1000)


def test_a_long_text_that_many_cells_share_is_cut_once():
    content = rows(HEADER) + "".join(row(at, cell(f"A{at}", at), cell(f"B{at}", "0", "s")) for at in range(2, 200))
    found = read(content, parts=strings("abcdefgh" * 100_000))
    assert {len(each.cells[1]) for each in found.rows} == {10_000}
    assert len({id(each.cells[1]) for each in found.rows}) == 1
    assert found.problems[0] == Problem(SHORTENED, "row 2", "800,000 characters")


def test_merged_cells_are_filled_up_to_a_limit():
    after = "<mergeCells>" + '<mergeCell ref="B2:C1048576"/>' * 20_000 + "</mergeCells>"
    found = read_sheet("x.xlsx", book({"a": sheet(rows(HEADER, *HATS), after)}))
    assert cells(found)[1] == ["1002", "Cap", "5"]


def test_too_many_columns_are_refused():
    names = "".join(f'<c t="inlineStr"><is><t>n{at}</t></is></c>' for at in range(201))
    with pytest.raises(CatalogError, match="has 201 columns"):
        read(f"<row>{names}</row>" + rows((1, 2, 3), (4, 5, 6), first=2))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
            r"x\.xls is a spreadsheet of before 2007 \(XLS\)\. Save it as XLSX or CSV",
        ),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "EncryptedPackage".encode("utf-16-le"),
            r"x\.xls has a password\. Save it without one",
        ),
        (b"PK\3\4" + bytes(100), r"x\.xls is not a readable XLSX: File is not a zip file\. Save it again"),
        (book({}), r"x\.xls holds no table"),
        (book({"a": sheet("")}), r"x\.xls holds no table"),
        (book({"a": "<worksheet><sheetData>"}), r"x\.xls is not a readable XLSX: no element found"),
        (
            book({"a": sheet(rows(HEADER))}, compress=zipfile.ZIP_BZIP2),
            "is compressed in a way that spreadsheets are not",
        ),
    ],
)
def test_what_is_no_spreadsheet_says_so(data, said):
    with pytest.raises(CatalogError, match=said):
        read_sheet("x.xls", data)


def test_a_binary_spreadsheet_and_a_zip_of_other_files_say_so(tmp_path):
    for inner, said in (
        ("xl/workbook.bin", r"a binary spreadsheet \(XLSB\)"),
        ("a.txt", "a ZIP without a spreadsheet"),
    ):
        with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
            archive.writestr(inner, "x")
        with pytest.raises(CatalogError, match=said):
            read_sheet("x.xlsx", (tmp_path / "x.zip").read_bytes())


def test_nothing_outside_of_it_is_asked_for():
    parts = {
        "xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="rId1" TargetMode="External" '
        'Type="x/worksheet" Target="file:///etc/passwd"/></Relationships>'
    }
    with pytest.raises(CatalogError, match="holds no table"):
        read(rows(HEADER, *HATS), parts=parts)
