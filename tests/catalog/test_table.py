import csv
import tempfile
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from prodsim.catalog import KINDS, LEFT_OUT_ROWS, REPAIRED, Folder, find_table, records
from prodsim.catalog.folder import table_in
from prodsim.catalog.problems import DUPLICATE_ID, NO_ID, SHORTENED, Problem
from prodsim.catalog.table import MISSING
from prodsim.errors import CatalogError

KAGGLE = "id,gender,masterCategory,subCategory,articleType,baseColour,season,year,usage,productDisplayName"


def read_table(path, pictures=()):
    """The table in a folder."""
    return table_in(Folder(path.parent), path, pictures)


@pytest.fixture
def read(tmp_path):
    """Reads a table written with these lines."""

    def read(*lines, encoding="utf-8"):
        path = tmp_path / "styles.csv"
        path.write_bytes("\n".join(lines).encode(encoding))
        return read_table(path)

    return read


def kinds(table):
    return [problem.kind for problem in table.problems]


# rows


def test_a_row_of_the_kaggle_table_is_kept_as_it_is(read):
    table = read(KAGGLE, "15970,Men,Apparel,Topwear,Shirts,Navy Blue,Fall,2011.0,Casual,Turtle Check Men Shirt")
    assert table.rows.loc["15970"].to_dict() == {
        "gender": "Men",
        "masterCategory": "Apparel",
        "subCategory": "Topwear",
        "articleType": "Shirts",
        "baseColour": "Navy Blue",
        "season": "Fall",
        "year": "2011.0",
        "usage": "Casual",
        "productDisplayName": "Turtle Check Men Shirt",
    }
    assert table.rows_read == 1 and table.problems == ()


def test_unquoted_commas_in_the_last_column_are_joined_again_and_reported(read):
    table = read("id,articleType,name", "1,Caps,Red, white, and blue,")
    assert table.rows.loc["1", "name"] == "Red, white, and blue,"
    assert table.problems == (Problem(REPAIRED, "1", "Red, white, and blue,"),)


def test_a_comma_in_quotes_needs_no_repair(read):
    table = read("id,name", '1,"Red, white"')
    assert table.rows.loc["1", "name"] == "Red, white"
    assert table.problems == ()


def test_a_quoted_cell_may_hold_quotes_and_line_breaks(read):
    table = read("id,name", '1,"so-called ""cap""\nin two lines"', "2,Hat")
    assert table.rows["name"].tolist() == ['so-called "cap"\nin two lines', "Hat"]


def test_inches_in_the_middle_of_a_cell_are_no_quotes(read):
    assert read("id,name", '1,Belt 32" black', "2,Hat").rows["name"].tolist() == ['Belt 32" black', "Hat"]


def test_only_the_id_column_is_required(read):
    table = read("id", "1", "2")
    assert table.rows.index.tolist() == ["1", "2"]
    assert table.rows.columns.tolist() == []


def test_the_id_column_may_be_anywhere_and_in_any_case(read):
    table = read("name, ID ", "Hat,7")
    assert table.rows.loc["7", "name"] == "Hat"
    assert table.rows.columns.tolist() == ["name"]


def test_ids_are_text(read):
    assert read("id,name", "007,a", "1e3,b", "7.0,c").rows.index.tolist() == ["007", "1e3", "7.0"]


@pytest.mark.parametrize("cell", [*MISSING, "  ", " NA "])
def test_a_missing_cell_stays_missing(read, cell):
    assert pd.isna(read("id,season,name", f"1,{cell},Hat").rows.loc["1", "season"])


@pytest.mark.parametrize("cell", ["None", "0", "-", "na", "False"])
def test_what_is_written_is_not_missing(read, cell):
    assert read("id,season,name", f"1,{cell},Hat").rows.loc["1", "season"] == cell


def test_a_row_cut_short_lacks_its_last_cells(read):
    row = read("id,season,name", "1,Fall").rows.loc["1"]
    assert row["season"] == "Fall" and pd.isna(row["name"])


def test_a_row_without_an_id_is_reported_with_its_line(read):
    table = read("id,name", "1,Hat", ",Cap", "NA,Tie")
    assert table.rows.index.tolist() == ["1"] and table.rows_read == 3
    assert table.problems == (Problem(NO_ID, "line 3", "Cap"), Problem(NO_ID, "line 4", "Tie"))


def test_of_two_rows_with_one_id_the_first_is_kept_and_the_second_reported(read):
    table = read("id,name", "1,Hat", "2,Tie", " 1 ,Cap")
    assert table.rows["name"].to_dict() == {"1": "Hat", "2": "Tie"}
    assert table.problems == (Problem(DUPLICATE_ID, "1", "line 4"),)


def test_blank_lines_are_no_rows(read):
    assert read("id,name", "", "1,Hat", " ", ",", "").rows_read == 1


def test_the_order_of_the_file_is_kept(read):
    assert read("id", "9", "10", "1").rows.index.tolist() == ["9", "10", "1"]


def test_a_table_of_a_header_alone_has_no_rows(read):
    table = read("id,name")
    assert len(table.rows) == table.rows_read == 0


def test_every_kind_of_problem_has_its_description():
    assert {REPAIRED, *LEFT_OUT_ROWS} <= KINDS.keys()


cells = st.one_of(
    st.sampled_from([*MISSING, "a,b", 'say "x"', "two\nlines", " Tshirts "]), st.text("ab ,\"'é\n", max_size=6)
)
ids = st.one_of(st.sampled_from(["1", "2", "3", "", "NA"]), st.text("0123456789", min_size=1, max_size=3))


@st.composite
def tables(draw):
    """A header with `id` somewhere, and rows of as many cells; which columns are quoted is drawn as well."""
    width = draw(st.integers(1, 4))
    header = [f"column{number}" for number in range(width)]
    at = draw(st.integers(0, width - 1))
    header[at] = "id"
    rows = draw(st.lists(st.tuples(*(ids if column == at else cells for column in range(width))), max_size=12))
    return header, at, rows, draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))


@given(tables())
def test_every_row_that_is_not_blank_is_kept_or_reported(drawn):
    header, at, rows, quoting = drawn
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "styles.csv"
        with path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file, quoting=quoting).writerows([header, *rows])
        table = read_table(path)
    kept = {}
    left_out = []
    for row in rows:
        cells = [cell.strip() for cell in row]
        if not any(cells):
            continue
        id_ = cells.pop(at)
        if id_ in MISSING:
            left_out.append(NO_ID)
        elif id_ in kept:
            left_out.append(DUPLICATE_ID)
        else:
            kept[id_] = [None if cell in MISSING else cell for cell in cells]
    assert kinds(table) == left_out
    assert table.rows_read == len(kept) + len(left_out)
    assert {
        str(id_): [None if pd.isna(cell) else cell for cell in row] for id_, *row in table.rows.itertuples()
    } == kept


names = st.text("abc, ", min_size=1, max_size=12).filter(lambda name: name.strip() not in MISSING)


@given(st.lists(names, min_size=1, max_size=10))
def test_whatever_commas_the_last_column_holds_it_reads_as_written(written):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "styles.csv"
        path.write_text("id,name\n" + "".join(f"{id_},{name}\n" for id_, name in enumerate(written)))
        table = read_table(path)
    behind = [name.partition(",")[2].strip(", ") for name in written]
    wanted = [
        name.strip() if rest else name.partition(",")[0].strip() for name, rest in zip(written, behind, strict=True)
    ]
    assert table.rows["name"].fillna("").tolist() == [name if name not in MISSING else "" for name in wanted]
    assert kinds(table) == [REPAIRED] * sum(map(bool, behind))


# encodings


def test_a_byte_order_mark_is_no_part_of_the_header(read):
    assert read("id,name", "1,Hüte", encoding="utf-8-sig").rows.loc["1", "name"] == "Hüte"


def test_several_marks_are_dropped_as_well(read):
    assert read("\ufeff\ufeffid,name", "1,Hüte").rows.loc["1", "name"] == "Hüte"


def test_a_line_in_windows_1252_does_not_garble_the_lines_in_utf_8(tmp_path):
    path = tmp_path / "styles.csv"
    path.write_bytes("id,name\n1,Hüte\n".encode() + "2,Röcke\n".encode("cp1252"))
    assert read_table(path).rows["name"].tolist() == ["Hüte", "Röcke"]


def test_a_table_saved_by_excel_in_windows_1252_is_read(read):
    assert read("id,name", "1,Hüte zu 5 €", encoding="cp1252").rows.loc["1", "name"] == "Hüte zu 5 €"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_other_unicode_is_read_with_and_without_its_mark(read, encoding):
    assert read("id\tname", "1\tHüte", "2\t帽子", encoding=encoding).rows["name"].tolist() == ["Hüte", "帽子"]


def test_utf_16_cut_in_the_middle_of_a_character_is_refused(tmp_path):
    (tmp_path / "styles.csv").write_bytes("id,name\n1,Hat\n".encode("utf-16")[:-1])
    with pytest.raises(CatalogError, match="is not text in"):
        read_table(tmp_path / "styles.csv")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\r\r\n"])
def test_the_line_ends_of_all_systems_are_read(tmp_path, end):
    (tmp_path / "styles.csv").write_bytes(f"id,name{end}1,Hat{end}2,Cap{end}".encode())
    assert read_table(tmp_path / "styles.csv").rows["name"].tolist() == ["Hat", "Cap"]


# separators and headers


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_the_one_that_gives_a_column_id(read, separator):
    table = read(separator.join(["name", "Id", "price"]), separator.join(["Hat", "1", "9.95"]))
    assert table.rows.loc["1"].tolist() == ["Hat", "9.95"] and table.problems == ()


def test_unquoted_semicolons_are_joined_by_semicolons(read):
    assert read("id;name", "1;Red; white, blue").rows.loc["1", "name"] == "Red; white, blue"


@pytest.mark.parametrize("header", ['"id","name"', " id , name ", "ID,name", "\n \nid,name", "\ufeffid,name"])
def test_a_header_is_found_in_many_shapes(read, header):
    assert read(header, "1,Hat").rows["name"].tolist() == ["Hat"]


def test_blank_columns_that_a_spreadsheet_left_at_the_end_are_no_columns(read):
    table = read("id,name,,", "1,Hat,,", "2,Cap", "3,Tie,,,,")
    assert table.rows["name"].tolist() == ["Hat", "Cap", "Tie"]
    assert table.rows.columns.tolist() == ["name"] and table.problems == ()


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
        (23, '24,Shirt,"', None),
    ],
)
def test_a_stray_quote_costs_no_row(read, at, line, kept):
    table = read("id,articleType,name", *ROWS[:at], line, *ROWS[at + 1 :])
    assert table.rows_read == len(table.rows) == 24
    name = table.rows["name"].iloc[at]
    assert pd.isna(name) if kept is None else name == kept
    assert kinds(table) == [REPAIRED]
    others = table.rows["name"].drop(str(at + 1))
    assert others.tolist() == [f"Model {id_}" for id_ in others.index]


@pytest.mark.parametrize("second", ['20,Shirt,"Model 20', '20,"Shirt,Model 20', '"20,Shirt,Model 20'])
def test_of_two_rows_with_a_stray_quote_none_swallows_what_is_between(read, second):
    table = read("id,articleType,name", '1,Shirt,"Model 1', *ROWS[1:19], second, *ROWS[20:])
    assert table.rows["name"].tolist() == [f"Model {number}" for number in range(1, 25)]
    assert kinds(table) == [REPAIRED, REPAIRED]


def test_a_stray_quote_and_inches_far_below_are_no_cell_if_there_are_pictures_of_what_is_between(tmp_path):
    lines = ["id,articleType,name", '1,Shirt,"Model 1', *ROWS[1:19], '20,Shirt,Belt 32"', *ROWS[20:]]
    (tmp_path / "styles.csv").write_text("\n".join(lines))
    table = read_table(tmp_path / "styles.csv", PICTURES)
    assert table.rows.index.tolist() == [str(number) for number in range(1, 25)]
    assert table.rows.loc["20", "name"] == 'Belt 32"'
    assert kinds(table) == [REPAIRED]


@pytest.mark.parametrize("header", ['id,articleType,"name', '"id,articleType,name', 'id,"articleType,name'])
@pytest.mark.parametrize("last", [ROWS[-1], '24,Shirt,Model 24"'])
def test_a_stray_quote_in_the_header_costs_no_row(tmp_path, header, last):
    (tmp_path / "styles.csv").write_text("\n".join([header, *ROWS[:-1], last]))
    table = read_table(tmp_path / "styles.csv", PICTURES)
    assert table.rows.columns.tolist() == ["articleType", "name"] and len(table.rows) == 24


def test_a_description_of_several_lines_stays_one_cell(tmp_path):
    (tmp_path / "styles.csv").write_text('id,note,name\n1,"Soft, warm\ncotton, washable",Hat\n2,"a\n\nb",Cap\n')
    table = read_table(tmp_path / "styles.csv", {"1", "2"})
    assert table.rows["note"].tolist() == ["Soft, warm\ncotton, washable", "a\n\nb"]
    assert table.problems == ()


def test_a_quote_before_very_many_lines_is_astray(read):
    table = read("id,name", '1,"Hat', *(f"{number},Cap" for number in range(2, 3000)), '3000,Tie"')
    assert len(table.rows) == 3000 and kinds(table) == [REPAIRED]


def test_a_cell_of_a_million_characters_is_cut_and_reported(read):
    table = read("id,note,name", f"1,{'x' * 1_000_000},Hat", f'2,"{"y" * 1_000_000}",Cap', "3,z,Tie")
    assert table.rows["note"].str.len().tolist() == [10_000, 10_000, 1]
    assert table.rows["name"].tolist() == ["Hat", "Cap", "Tie"]
    assert table.problems == (
        Problem(SHORTENED, "line 2", "1,000,000 characters"),
        Problem(SHORTENED, "line 3", "1,000,000 characters"),
    )


def test_a_row_of_a_million_commas_is_one_row(read):
    table = read("id,name", "1," + "a," * 1_000_000, "2," + "," * 1_000_000)
    assert table.rows_read == len(table.rows) == 2
    assert kinds(table) == [REPAIRED, SHORTENED]


# what is refused


def test_bytes_that_are_no_text_are_refused(tmp_path):
    (tmp_path / "styles.csv").write_bytes(b"id,name\n1,\x81\x8d\n")
    with pytest.raises(CatalogError, match=r"styles\.csv is not text in UTF-8, UTF-16 or Windows-1252\. Save it"):
        read_table(tmp_path / "styles.csv")


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (["name,season", "1,Hat"], "name, season"),
        (["product_id;name", "1;Hat"], "product_id;name"),
        ([""], "nothing"),
        (["", " ", ""], "nothing"),
        (["x" * 1_000_000, "1"], "x{200} …"),
    ],
)
def test_a_table_without_id_says_what_it_has_instead(read, lines, found):
    with pytest.raises(CatalogError, match=rf"styles\.csv has no column `id` \(found: {found}\)\. Name the column"):
        read(*lines)


@pytest.mark.parametrize("header", ["id,name,name", "id,,name", "id,name,", ",id,name", "id,ID,name"])
def test_columns_that_cannot_be_told_apart_are_refused(read, header):
    with pytest.raises(CatalogError, match="Name them apart"):
        read(header, "1,Hat,Cap")


@pytest.mark.parametrize("header", ["id," + ",".join(map(str, range(200))), "id," + "x" * 1_000_000])
def test_more_or_longer_columns_than_a_page_can_show_are_refused(read, header):
    with pytest.raises(CatalogError, match=r"a table may have 200 columns with names of 200 characters\. Leave out"):
        read(header, "1,Hat")


def test_a_table_over_the_limit_is_refused_unread(read, monkeypatch):
    monkeypatch.setattr("prodsim.catalog.folder.MAX_BYTES", 1 << 20)
    monkeypatch.setattr(Path, "read_bytes", lambda path: pytest.fail("it was read"))
    with pytest.raises(CatalogError, match=r"styles\.csv has 2 MB, but a table may have 1 MB\. Leave out columns"):
        read("id", "x" * (2 << 20))


def test_a_table_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(CatalogError, match=r"styles\.csv cannot be read: No such file"):
        read_table(tmp_path / "styles.csv")


# find_table


@pytest.mark.parametrize("name", ["styles.csv", "STYLES.CSV", "anything.Csv"])
def test_a_single_csv_is_the_table_whatever_its_name(tmp_path, name):
    (tmp_path / name).touch()
    (tmp_path / "notes.txt").touch()
    assert find_table(Folder(tmp_path)) == tmp_path / name


def test_styles_csv_comes_before_other_tables(tmp_path):
    for name in ("a.csv", "products.csv", "Styles.csv"):
        (tmp_path / name).touch()
    assert find_table(Folder(tmp_path)) == tmp_path / "Styles.csv"
    (tmp_path / "styles.csv").touch()
    assert find_table(Folder(tmp_path)) == tmp_path / "styles.csv"


def test_a_folder_without_csv_has_no_table(tmp_path):
    (tmp_path / "folder.csv").mkdir()
    assert find_table(Folder(tmp_path)) is None


def test_several_tables_of_other_names_are_refused(tmp_path):
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).touch()
    with pytest.raises(CatalogError, match=r"several tables \(a\.csv, b\.csv\)\. Name the catalog's styles\.csv"):
        find_table(Folder(tmp_path))


# ids as programs spell them


@pytest.mark.parametrize(
    ("spelled", "picture"),
    [("12.0", "12"), ("12.JPG", "12"), ("e\u0301", "\xe9"), ("\xe9", "e\u0301"), ("12.0", "12.0")],
)
def test_an_id_means_the_picture_of_its_name_however_programs_spell_it(tmp_path, spelled, picture):
    path = tmp_path / "styles.csv"
    path.write_text(f"id,name\n{spelled},Hat\n", encoding="utf-8")
    table = read_table(path, [picture])
    assert table.rows.loc[picture, "name"] == "Hat"
    assert table.problems == ((Problem(REPAIRED, picture, spelled),) if spelled != picture else ())


def test_two_spellings_of_one_id_are_one_product_and_a_duplicate(tmp_path):
    path = tmp_path / "styles.csv"
    path.write_text("id,name\n12,Hat\n12.0,Cap\n7.5,Bag\n")
    table = read_table(path, ["12", "7"])
    assert table.rows["name"].to_dict() == {"12": "Hat", "7.5": "Bag"}
    assert kinds(table) == [REPAIRED, DUPLICATE_ID]


# what would take too long


def test_a_table_of_too_many_lines_is_refused_before_they_are_parsed(read, monkeypatch):
    monkeypatch.setattr("prodsim.catalog.table.MAX_LINES", 3)
    assert len(read("id", "1", "2", "3").rows) == 3
    with pytest.raises(CatalogError, match=r"styles\.csv has 4 lines, but a table may have 3"):
        read("id", "1", "2", "3", "4")


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


def test_a_long_cell_is_read_as_well_where_nobody_has_allowed_long_cells(read):
    """Only the edges change what `csv` reads, and the tests are one of them."""
    limit = csv.field_size_limit(1000)
    try:
        table = read("id,name,more", '1,"' + "x" * 5000 + '",a,b"c', "2,short,b")
    finally:
        csv.field_size_limit(limit)
    assert list(table.rows.index) == ["1", "2"]
