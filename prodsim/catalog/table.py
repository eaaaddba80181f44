"""A catalog's table from CSV: every row read is either kept or reported.

The Kaggle table has rows whose last column holds unquoted commas; they are joined again. What is missing stays missing.
"""

import os
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd

from prodsim.catalog.problems import (
    DUPLICATE_ID,
    MAX_CELL,
    MAX_SHOWN,
    NO_ID,
    REPAIRED,
    SHORTENED,
    Problem,
    brief,
)
from prodsim.catalog.tables.delimited import SEPARATORS, decoded, first_record, lines_of, records
from prodsim.errors import CatalogError
from prodsim.images import SUFFIXES

MISSING = ("", "NA", "N/A", "NaN", "nan", "NULL", "null")
"""Cells that stand for no value; the Kaggle table writes NA."""

MAX_BYTES = 256 * 2**20
"""A million products with all that the Kaggle table says of each; it is in memory while it is read."""
MAX_LINES = 1_100_000
"""A million products, some of them in several lines; each line may be a row, with some hundred bytes of memory."""
MAX_COLUMNS = 200
"""Each is a line of what is shown of a product, and perhaps a filter."""


@dataclass(frozen=True, eq=False)
class Table:
    """`rows`: strings, index `id`, columns as in the file; `rows_read`: how many the file has, kept or reported."""

    rows: pd.DataFrame
    rows_read: int
    problems: tuple[Problem, ...]


def read_table(name: str, data: bytes, pictures: Collection[str] = ()) -> Table:
    """The rows of a CSV with an `id` column, from its bytes. CatalogError, which calls it `name`, if it is no text, has
    too many lines, or no such column.

    `pictures`: ids that have one. A line with such an id is a row, whatever quotes there are in the lines before it.
    """
    lines = _lines(name, data)
    separator, header, start = _header(lines, pictures)
    columns = _columns(name, header)
    id_column = [name.lower() for name in columns].index("id")

    def is_row(fields: list[str]) -> bool:
        return len(fields) >= len(columns) and _meant(_unquoted(fields[id_column]), pictures) in pictures

    problems: list[Problem] = []
    rows: dict[str, list[str]] = {}
    rows_read = 0
    for record in records(lines, start, separator, len(columns), is_row):
        if record.joined and len(header) > len(columns):
            raise _cannot_be_told_apart(name, header)
        rows_read += 1
        whole = [field.strip() for field in record.fields]
        fields = [field[:MAX_CELL] for field in whole] + [""] * (len(columns) - len(whole))
        last = fields[-1]
        spelled = fields.pop(id_column)
        product_id = _meant(spelled, pictures)
        if record.joined or record.astray:
            problems.append(Problem(REPAIRED, product_id or f"line {record.line}", brief(last)))
        elif product_id != spelled:
            problems.append(Problem(REPAIRED, product_id, brief(spelled)))
        if (longest := max(map(len, whole))) > MAX_CELL:
            problems.append(Problem(SHORTENED, f"line {record.line}", f"{longest:,} characters"))
        if product_id in MISSING:
            problems.append(Problem(NO_ID, f"line {record.line}", brief(", ".join(filter(None, fields)))))
        elif product_id in rows:
            problems.append(Problem(DUPLICATE_ID, product_id, f"line {record.line}"))
        else:
            rows[product_id] = fields
    del columns[id_column]
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=columns, dtype="str")
    frame = frame.mask(frame.isin(MISSING)).rename_axis("id")
    return Table(frame, rows_read, tuple(problems))


def _lines(name: str, data: bytes) -> list[str]:
    try:
        text = decoded(data)
    except UnicodeDecodeError as error:
        raise CatalogError(f"{name} is not text in UTF-8, UTF-16 or Windows-1252. Save it as CSV in UTF-8.") from error
    if (lines := max(text.count("\n"), text.count("\r"))) > MAX_LINES:
        raise CatalogError(
            f"{name} has {lines:,} lines, but a table may have {MAX_LINES:,}. Make several catalogs of it."
        )
    return lines_of(text)


def _header(lines: list[str], pictures: Collection[str]) -> tuple[str, list[str], int]:
    """The separator, the columns and the line behind them: as with the first separator by which one is called `id`."""
    found = []
    for separator in SEPARATORS:
        fields, end = first_record(
            lines, separator, lambda fields: any(_unquoted(field) in pictures for field in fields)
        )
        found.append((separator, [field.strip() for field in fields], end))
    return next((header for header in found if "id" in map(str.lower, header[1])), found[0])


def _meant(product_id: str, pictures: Collection[str]) -> str:
    """The id of the picture that a row means, spelled so or as programs spell it; or else the id as it is."""
    if product_id in pictures:
        return product_id
    name, suffix = os.path.splitext(product_id)
    spellings = [unicodedata.normalize(form, product_id) for form in ("NFC", "NFD")]
    if suffix == ".0" or suffix.lower() in SUFFIXES:
        spellings.append(name)
    return next((spelling for spelling in spellings if spelling in pictures), product_id)


def _unquoted(field: str) -> str:
    return field.strip(' "\t\r\n')


def _columns(name: str, header: list[str]) -> list[str]:
    """The columns' names, blank ones at the end left out. CatalogError if they cannot be used."""
    columns = header[: next((at for at in range(len(header), 0, -1) if header[at - 1]), 0)]
    ids = [name.lower() for name in columns].count("id")
    if not ids:
        raise CatalogError(
            f"{name} has no column `id` (found: {_shown(columns)}). Name the column of the picture names `id`."
        )
    if ids > 1 or len(set(columns)) < len(columns) or "" in columns:
        raise _cannot_be_told_apart(name, header)
    if len(columns) > MAX_COLUMNS or max(map(len, columns)) > MAX_SHOWN:
        longest = max(map(len, columns))
        raise CatalogError(
            f"{name} has {len(columns):,} columns with names of up to {longest:,} characters, but a table may have "
            f"{MAX_COLUMNS} columns with names of {MAX_SHOWN} characters. Leave out columns, or shorten their names."
        )
    return columns


def _cannot_be_told_apart(name: str, header: list[str]) -> CatalogError:
    found = _shown([name or "a nameless one" for name in header])
    return CatalogError(f"{name} has columns without a name or twice the same (found: {found}). Name them apart.")


def _shown(names: list[str]) -> str:
    return brief(", ".join(filter(None, names))) or "nothing"
