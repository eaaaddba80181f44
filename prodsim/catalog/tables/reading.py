"""Tables of any kind of file, told by its content first and by its name second."""

from collections.abc import Collection
from dataclasses import replace

from prodsim.catalog.tables.encodings import text_of
from prodsim.catalog.tables.limits import check_size
from prodsim.catalog.tables.sheet import Sheet
from prodsim.catalog.tables.text import read_text

TABLE_SUFFIXES = (".csv", ".tsv", ".tab", ".txt", ".xlsx", ".jsonl", ".ndjson", ".json", ".parquet")
HEAD_BYTES = 1 << 20
"""What is as long as this may be the beginning of a file: its last line is not looked at in a sample."""


def read_sheet(name: str, data: bytes, known: Collection[str] = ()) -> Sheet:
    """The table in a file's bytes. CatalogError, which calls it `name`, if there is none, or too large a one.

    `known`: words that pictures are called by. A line of a text with one of them, in the column where it usually is, is
    a row of its own, whatever quotes there are in the lines before it.
    """
    check_size(name, len(data))
    return _read(name, data, known, None)


def sample(name: str, data: bytes, most: int = 200, known: Collection[str] = ()) -> Sheet:
    """The first rows of a table; of a text, `data` may be the first HEAD_BYTES or more. CatalogError likewise."""
    return _read(name, data, known, most)


def _read(name: str, data: bytes, known: Collection[str], most: int | None) -> Sheet:
    if most is not None and len(data) >= HEAD_BYTES:
        data = data[: data.rfind(b"\n") + 1] or data
    text, problems = text_of(name, data)
    sheet = read_text(name, text, known, most)
    return replace(sheet, problems=(*problems, *sheet.problems))
