"""Tables of any kind of file, told by its content first and by its name second."""

import re
from collections.abc import Collection
from dataclasses import replace

from prodsim.catalog.tables.encodings import text_of
from prodsim.catalog.tables.json_table import read_json
from prodsim.catalog.tables.limits import check_size
from prodsim.catalog.tables.parquet import read_parquet
from prodsim.catalog.tables.sheet import Sheet
from prodsim.catalog.tables.text import read_text
from prodsim.catalog.tables.xlsx import read_xlsx
from prodsim.errors import CatalogError

TABLE_SUFFIXES = (".csv", ".tsv", ".tab", ".txt", ".xlsx", ".jsonl", ".ndjson", ".json", ".parquet")
HEAD_BYTES = 1 << 20
"""What is as long as this may be the beginning of a file: its last line is not looked at in a sample."""

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""What files of Office before 2007 begin with, and those with a password."""

_JSON = re.compile(r'\s*(\{\s*("|\})|\[\s*[\[{\]])')
_JSON_SUFFIXES = (".jsonl", ".ndjson", ".json")


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
    if data.startswith(b"PK"):
        return read_xlsx(name, data, known, most)
    if data.startswith(OLE):
        raise _old(name, data)
    if data.startswith(b"PAR1"):
        return read_parquet(name, data, known, most)
    text, problems = text_of(name, data, most is not None and len(data) >= HEAD_BYTES)
    read = read_json if is_json(name, text) else read_text
    sheet = read(name, text, known, most)
    return replace(sheet, problems=(*problems, *sheet.problems))


def is_json(name: str, text: str) -> bool:
    """Whether a text is JSON, by how it begins, or by its name if it is empty."""
    return _JSON.match(text) is not None or (not text.strip() and name.lower().endswith(_JSON_SUFFIXES))


def _old(name: str, data: bytes) -> CatalogError:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return CatalogError(f"{name} has a password. Save it without one.")
    return CatalogError(f"{name} is a spreadsheet of before 2007 (XLS). Save it as XLSX or CSV.")
