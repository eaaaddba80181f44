"""Whatever bytes there are, they are a table in good shape, or our own error."""

import io

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prodsim.catalog.tables import MAX_COLUMNS, read_sheet, sample
from prodsim.errors import CatalogError
from tests.catalog.tables import books

ROWS = [(f"{1000 + at}", "Größe, rot", f"{at}.50") for at in range(24)]
TEXT = "id;name;price\n" + "".join(f'{id_};"{name}";{price}\n' for id_, name, price in ROWS)
LINES = "".join(f'{{"id": {id_}, "tags": ["a", "b"], "of": {{"name": "{name}"}}}}\n' for id_, name, _ in ROWS)


def parquet():
    file = io.BytesIO()
    columns = {"id": [id_ for id_, *_ in ROWS], "tags": [["a", "b"]] * 24, "price": [float(each[2]) for each in ROWS]}
    pq.write_table(pa.table(columns), file)
    return file.getvalue()


def xlsx(compress):
    content = books.rows(("id", "name", "price"), *ROWS)
    parts = books.strings("a") | books.styles(14)
    return books.book({"a": books.sheet(content), "b": books.sheet("")}, parts, compress)


KINDS = {
    "text": TEXT.encode(),
    "title": b"sep=;\nTitle\n" + TEXT.encode("cp1252"),
    "utf-16": TEXT.encode("utf-16"),
    "cyrillic": TEXT.replace("Größe", "Платье").encode("cp1251"),
    "lines": LINES.encode(),
    "list": f'{{"n": 1, "products": [{LINES.strip().replace(chr(10), ",")}]}}'.encode(),
    "xlsx": xlsx(8),
    "stored": xlsx(0),
    "parquet": parquet(),
}
TOKENS = [
    b'"',
    b",",
    b";",
    b"\n",
    b"\x00",
    b"\xff",
    b"sep=,",
    b'=""',
    b"'",
    b"{",
    b"[",
    b"]",
    b"<row>",
    b'"\\ud800"',
    b"1e999",
]
changes = st.lists(
    st.tuples(
        st.floats(0, 1),
        st.sampled_from([0, 0, 1, 2, 10, 100]),
        st.one_of(st.sampled_from(TOKENS), st.binary(max_size=6)),
    ),
    max_size=6,
)


def changed(data, edits):
    for where, cut, put in edits:
        at = int(where * len(data))
        data = data[:at] + put + data[at + cut :]
    return data


def assert_well_formed(sheet):
    assert len({*sheet.columns}) == len(sheet.columns) <= MAX_COLUMNS
    assert all(sheet.columns)
    "".join(sheet.columns).encode()
    for row in sheet.rows:
        assert len(row.cells) == len(sheet.columns) and any(row.cells)
        assert row.line > 0 and all(cell == cell.strip() for cell in row.cells)
        "".join([*row.cells, row.repaired]).encode()
    for problem in sheet.problems:
        (problem.subject + problem.detail).encode()


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_read_unchanged(kind):
    sheet = read_sheet(f"x.{kind}", KINDS[kind])
    assert len(sheet.rows) == 24
    assert_well_formed(sheet)


@settings(max_examples=500, deadline=None)
@given(st.sampled_from([*KINDS]), changes, st.sampled_from([(), ("1000", "1001", "1023")]))
def test_of_changed_bytes_comes_a_table_in_good_shape_or_our_own_error(kind, edits, known):
    data = changed(KINDS[kind], edits)
    for read in (read_sheet, lambda *of: sample(*of[:2], most=5, known=of[2])):
        try:
            assert_well_formed(read("table.x", data, known))
        except CatalogError as error:
            assert str(error).startswith("table.x")


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300))
def test_so_it_does_of_any_text(text):
    try:
        assert_well_formed(read_sheet("table.x", text.encode()))
    except CatalogError as error:
        assert str(error).startswith("table.x")
