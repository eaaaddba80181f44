import datetime
import decimal
import io

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from prodsim.catalog.problems import SHORTENED, TABLE, Problem
from prodsim.catalog.tables import read_sheet, sample
from prodsim.errors import CatalogError


def written(columns, **options):
    file = io.BytesIO()
    pq.write_table(columns if isinstance(columns, pa.Table) else pa.table(columns), file, **options)
    return file.getvalue()


def column(values, kind=None):
    """What is read of a column of these values."""
    array = pa.array(values, kind)
    sheet = read_sheet("x.parquet", written({"id": list(range(len(array))), "value": array}))
    return [row.cells[1] for row in sheet.rows] if len(sheet.columns) > 1 else sheet.problems


def test_a_table_is_read():
    sheet = read_sheet("styles.parquet", written({"id": [1001, 1002], "name": ["Hat", "Cap"], "price": [19.9, 5.0]}))
    assert sheet.columns == ("id", "name", "price") and sheet.problems == ()
    assert [row.cells for row in sheet.rows] == [["1001", "Hat", "19.9"], ["1002", "Cap", "5"]]


def test_the_name_of_the_file_says_nothing():
    assert len(read_sheet("styles.csv", written({"id": [1], "a": [2]})).rows) == 1


@pytest.mark.parametrize(
    ("values", "kind", "texts"),
    [
        ([1.0, 2.5, None, float("nan")], pa.float64(), ["1", "2.5", "", ""]),
        ([19.9, 0.1], pa.float32(), ["19.9", "0.1"]),
        ([1.5, None], pa.float16(), ["1.5", ""]),
        ([True, False, None], None, ["true", "false", ""]),
        ([2**63, 1], pa.uint64(), ["9223372036854775808", "1"]),
        ([" a\u200b", "", None], None, ["a", "", ""]),
        (["x", "y", "x", None], pa.dictionary(pa.int8(), pa.string()), ["x", "y", "x", ""]),
        ([datetime.date(2026, 3, 1), None], None, ["2026-03-01", ""]),
        (
            [datetime.datetime(2026, 3, 1), datetime.datetime(2026, 3, 1, 12, 30)],
            None,
            ["2026-03-01", "2026-03-01 12:30:00"],
        ),
        ([2**62], pa.timestamp("us"), None),
        ([decimal.Decimal("19.90"), decimal.Decimal("2.00")], None, ["19.90", "2"]),
        ([["red", "cotton"], ["a, b", "c"], [], None], None, ["red, cotton", "a, b | c", "", ""]),
        ([[1, 2], None], pa.large_list(pa.int8()), ["1, 2", ""]),
        ([None, None], None, ["", ""]),
    ],
)
def test_values_are_read_as_people_write_them(values, kind, texts):
    found = column(values, kind)
    assert found == texts if texts is not None else len(found) == 1


def test_what_is_no_text_is_left_out_and_said():
    columns = {"id": [1], "s": [{"a": 1}], "bytes": [b"x"], "lists": [[["a"]]], "name": ["Hat"]}
    sheet = read_sheet("x.parquet", written(columns))
    assert sheet.columns == ("id", "name")
    assert sheet.problems == (
        Problem(TABLE, "x.parquet", "columns that hold more than texts were left out: s, bytes, lists"),
    )


def test_the_index_that_pandas_writes_is_left_out():
    sheet = read_sheet("x.parquet", written({"__index_level_0__": [0, 1, 2], "id": [7, 8, 9]}))
    assert sheet.columns == ("id",)


def test_columns_of_one_name_are_told_apart():
    table = pa.table([pa.array([1, 2]), pa.array([3, 4]), pa.array(["a", "b"])], names=["id", "id", "name"])
    sheet = read_sheet("x.parquet", written(table))
    assert len({*sheet.columns}) == len(sheet.columns) and sheet.rows[0].cells[0] == "1"


@pytest.mark.parametrize("compression", ["none", "snappy", "gzip", "zstd", "brotli", "lz4"])
def test_every_compression_is_read(compression):
    sheet = read_sheet("x.parquet", written({"id": ["1", "2"], "a": ["b", "c"]}, compression=compression))
    assert [row.cells for row in sheet.rows] == [["1", "b"], ["2", "c"]]


def test_rows_of_many_groups_are_in_order():
    data = written({"id": list(range(10_000)), "name": [f"n{at % 700}" for at in range(10_000)]}, row_group_size=333)
    sheet = read_sheet("x.parquet", data)
    assert [row.cells for row in sheet.rows] == [[str(at), f"n{at % 700}"] for at in range(10_000)]
    assert [row.cells[0] for row in sample("x.parquet", data, 3).rows] == ["0", "1", "2"]


def test_a_text_that_very_many_rows_share_is_read_once():
    text = "x" * 1_000_000
    texts = pa.DictionaryArray.from_arrays(pa.array([0] * 20_000, pa.int32()), [text])
    lists = pa.ListArray.from_arrays(pa.array(range(20_001), pa.int32()), texts)
    schema = pa.schema({"id": pa.int64(), "note": texts.type, "tags": lists.type})
    data = written(pa.table([pa.array(range(20_000)), texts, lists], schema=schema), store_schema=False)
    before = pa.total_allocated_bytes()
    sheet = read_sheet("x.parquet", data)
    assert pa.default_memory_pool().max_memory() - before < 1 << 29  # 40 GB otherwise
    assert {len(row.cells[1]) for row in sheet.rows} == {10_000}
    assert len({id(cell) for row in sheet.rows for cell in row.cells[1:]}) <= 2
    assert sheet.problems[0] == Problem(SHORTENED, "row 1", "1,000,000 characters")


def test_a_table_is_judged_by_its_footer(monkeypatch):
    data = written({"id": list(range(1000)), "a": ["x"] * 1000})
    monkeypatch.setattr(pq.ParquetFile, "iter_batches", lambda *_, **__: pytest.fail("it was read"))
    monkeypatch.setattr("prodsim.catalog.tables.limits.MAX_LINES", 999)
    with pytest.raises(CatalogError, match=r"x\.parquet has 1,000 rows, but a table may have 999"):
        read_sheet("x.parquet", data)
    monkeypatch.setattr("prodsim.catalog.tables.limits.MAX_LINES", 9999)
    monkeypatch.setattr("prodsim.catalog.tables.parquet.MAX_UNPACKED", 1000)
    with pytest.raises(CatalogError, match=r"x\.parquet holds 0 MB, but a table may have"):
        read_sheet("x.parquet", data)


def test_too_many_columns_are_refused():
    with pytest.raises(CatalogError, match="has 201 columns"):
        read_sheet("x.parquet", written({f"c{at}": [1] for at in range(201)}))


@pytest.mark.parametrize("data", [b"PAR1", b"PAR1PAR1", b"PAR1" + bytes(100), b"PAR1" + b"\xff" * 50 + b"PAR1"])
def test_what_is_no_parquet_says_so(data):
    with pytest.raises(
        CatalogError, match=r"x\.parquet is not a readable Parquet file: .*Write it again, or give a CSV"
    ):
        read_sheet("x.parquet", data)
