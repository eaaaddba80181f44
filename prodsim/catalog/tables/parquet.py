"""Tables in Parquet, judged by what their footer tells before anything of them is read."""

import re
from collections.abc import Collection

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from prodsim.catalog.problems import MAX_CELL, SHORTENED, TABLE, Problem, brief
from prodsim.catalog.tables.cells import as_number, clean, joined, number
from prodsim.catalog.tables.known import naming
from prodsim.catalog.tables.limits import check_cells, check_columns, check_lines
from prodsim.catalog.tables.naming import sheet_of
from prodsim.catalog.tables.sheet import Row, Sheet
from prodsim.errors import CatalogError

MAX_UNPACKED = 2**30
"""Bytes of all columns as their footer tells them."""
MAX_FOOTER = 16 * 2**20
BATCH = 4096
"""Rows that are read at once."""
_NOTHING = re.compile(r"( 00:00:00)?(\.0+)?Z?$")
"""What is not said of a moment."""
DAMAGED = (pa.ArrowException, OSError, ValueError, OverflowError, MemoryError, LookupError)


def read_parquet(name: str, data: bytes, known: Collection[str] = (), most: int | None = None) -> Sheet:
    """The table in a Parquet file, `most` rows of it if that is given. CatalogError, which calls it `name`, if it is
    damaged or too large.
    """
    try:
        return _read(name, data, known, most)
    except DAMAGED as error:
        reason = brief(str(error).partition("\n")[0]) or "it is damaged"
        raise CatalogError(
            f"{name} is not a readable Parquet file: {reason}. Write it again, or give a CSV."
        ) from error


def _read(name: str, data: bytes, known: Collection[str], most: int | None) -> Sheet:
    limits = {"thrift_string_size_limit": MAX_FOOTER, "thrift_container_size_limit": 1_000_000}
    file = pq.ParquetFile(pa.BufferReader(data), **limits)
    footer, schema = file.metadata, file.schema_arrow
    check_lines(name, footer.num_rows, "rows")
    unpacked = sum(footer.row_group(at).total_byte_size for at in range(footer.num_row_groups))
    if unpacked > MAX_UNPACKED or unpacked < 0:
        raise CatalogError(
            f"{name} holds {unpacked / 2**20:,.0f} MB, but a table may have {MAX_UNPACKED >> 20} MB unpacked. "
            "Leave out columns, or make several catalogs of it."
        )
    nested = [field.name for field in schema if not (_is_plain(field.type) or _is_list(field.type))]
    names = list(dict.fromkeys(field.name for field in schema if field.name not in nested))
    check_columns(name, names)
    check_cells(name, footer.num_rows, len(names))
    problems = []
    if nested:
        problems.append(
            Problem(TABLE, name, f"columns that hold more than texts were left out: {brief(', '.join(nested))}")
        )
    file = pq.ParquetFile(pa.BufferReader(data), read_dictionary=_texts_in(footer), **limits)
    header, rows = names, list[Row]()
    cut: dict[str, str] = {}  # a text that many rows share is cut once
    for batch in file.iter_batches(BATCH, columns=names, use_threads=False):
        header = batch.schema.names
        for cells in zip(*(texts_of(column) for column in batch.columns), strict=True):
            if (longest := max(map(len, cells))) > MAX_CELL:
                problems.append(Problem(SHORTENED, f"row {len(rows) + 1}", f"{longest:,} characters"))
                cells = tuple(
                    cell if len(cell) <= MAX_CELL else cut.setdefault(cell, cell[:MAX_CELL]) for cell in cells
                )
            rows.append(Row(len(rows) + 1, list(cells)))
        if most is not None and len(rows) >= most:
            break
    rows = [row for row in rows[:most] if any(row.cells)]
    return sheet_of(name, header, rows, problems, naming(known))


def _texts_in(footer: pq.FileMetaData) -> list[str]:
    """The paths of the columns with texts: of these, each different one is read once, however many rows have it."""
    columns = (footer.schema.column(at) for at in range(footer.num_columns))
    return [column.path for column in columns if column.physical_type == "BYTE_ARRAY"]


def _is_plain(kind: pa.DataType) -> bool:
    """Whether its values are texts, numbers or days."""
    if pa.types.is_dictionary(kind):
        return _is_plain(kind.value_type)
    tests = (
        pa.types.is_string,
        pa.types.is_large_string,
        pa.types.is_integer,
        pa.types.is_floating,
        pa.types.is_boolean,
    )
    others = (pa.types.is_temporal, pa.types.is_decimal, pa.types.is_null)
    return any(test(kind) for test in (*tests, *others))


def _is_list(kind: pa.DataType) -> bool:
    return (pa.types.is_list(kind) or pa.types.is_large_list(kind)) and _is_plain(kind.value_type)


def texts_of(column: pa.Array) -> list[str]:
    """The values of a column as texts, empty for none."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        used, places = np.unique(column.indices.fill_null(-1).to_numpy(zero_copy_only=False), return_inverse=True)
        known = [""] * int(len(used) > 0 and used[0] < 0)
        known += texts_of(column.dictionary.take(pa.array(used[len(known) :])))
        return [known[place] for place in places]
    if _is_list(kind):
        texts = texts_of(column.flatten())
        ends = np.cumsum(column.value_lengths().fill_null(0).to_numpy(zero_copy_only=False)).tolist()
        return [joined(texts[start:end]) for start, end in zip([0, *ends[:-1]], ends, strict=True)]
    if pa.types.is_float32(kind) or pa.types.is_float16(kind):
        return [number(str(value)) for value in column.cast(pa.float32()).to_numpy(zero_copy_only=False)]
    if pa.types.is_floating(kind):
        return [as_number(value) for value in column.to_numpy(zero_copy_only=False).tolist()]
    texts = ["" if text is None else text for text in column.cast(pa.string()).to_pylist()]
    if pa.types.is_temporal(kind):
        return [_NOTHING.sub("", text) for text in texts]
    return [number(text) for text in texts] if pa.types.is_decimal(kind) else [clean(text) for text in texts]
