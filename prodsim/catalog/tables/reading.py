"""Tables of any kind of file, told by its content first and by its name second."""

from collections.abc import Collection

from prodsim.catalog.tables.delimited import decoded
from prodsim.catalog.tables.limits import check_size
from prodsim.catalog.tables.sheet import Sheet
from prodsim.catalog.tables.text import read_text
from prodsim.errors import CatalogError

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
    """The first rows of a table; of a text, `data` may be the beginning, of at least HEAD_BYTES. CatalogError likewise."""
    return _read(name, data, known, most)


def _read(name: str, data: bytes, known: Collection[str], most: int | None) -> Sheet:
    if most is not None and len(data) >= HEAD_BYTES:
        data = data[: data.rfind(b"\n") + 1] or data
    try:
        text = decoded(data)
    except UnicodeDecodeError as error:
        raise CatalogError(f"{name} is not text in UTF-8, UTF-16 or Windows-1252. Save it as CSV in UTF-8.") from error
    return read_text(name, text, known, most)
