"""A catalog's table from CSV: every row read is either kept or reported.

The Kaggle table has rows whose last column holds unquoted commas; they are joined again. What is missing stays missing.
"""

import csv
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pandas as pd

from prodsim.errors import CatalogError

MISSING = ("", "NA", "N/A", "NaN", "nan", "NULL", "null")
"""Cells that stand for no value; the Kaggle table writes NA."""

NAMES = ("styles.csv", "products.csv", "catalog.csv")
"""Tables are looked for under these names; a single CSV of any other name serves as well."""


@dataclass(frozen=True)
class Problem:
    """Something about a catalog that its owner should know. `kind` is one of KINDS; `subject` an id, line or file."""

    kind: str
    subject: str
    detail: str


REPAIRED, NO_PICTURE, NO_ROW = "repaired", "no picture", "no row"
NO_ID, DUPLICATE_ID, DUPLICATE_PICTURE, BAD_NAME = "no id", "duplicate id", "duplicate picture", "bad name"
KINDS = {
    REPAIRED: "rows repaired: unquoted commas in the last column",
    NO_PICTURE: "rows without a picture, left out of search",
    NO_ID: "rows without an id, left out",
    DUPLICATE_ID: "rows whose id came before, left out",
    NO_ROW: "pictures without a row, left out of search",
    DUPLICATE_PICTURE: "pictures whose id came before, left out",
    BAD_NAME: "pictures whose file name is not UTF-8, left out",
}
LEFT_OUT_ROWS = (NO_PICTURE, NO_ID, DUPLICATE_ID)
"""Each of these stands for one row that did not become a product."""


@dataclass(frozen=True, eq=False)
class Table:
    """`rows`: strings, index `id`, columns as in the file; `rows_read`: how many the file has, kept or reported."""

    rows: pd.DataFrame
    rows_read: int
    problems: tuple[Problem, ...]


def find_table(folder: Path) -> Path | None:
    """The folder's CSV, None if it has none. CatalogError if there are several and none has one of NAMES."""
    tables = sorted(path for path in folder.glob("*.[cC][sS][vV]") if path.is_file())
    for name in NAMES:
        for path in tables:
            if path.name.lower() == name:
                return path
    if len(tables) > 1:
        found = ", ".join(path.name for path in tables)
        raise CatalogError(f"{folder} holds several tables ({found}). Name the catalog's {NAMES[0]}.")
    return tables[0] if tables else None


def read_table(path: Path) -> Table:
    """The rows of a CSV with an `id` column. CatalogError if it cannot be read, is empty, or has no such column."""
    reader = csv.reader(StringIO(_text(path), newline=""))
    try:
        header = [name.strip() for name in next(reader, [])]
        lines = [(reader.line_num, fields) for fields in reader if any(field.strip() for field in fields)]
    except csv.Error as error:
        raise CatalogError(f"{path} is not a readable CSV: line {reader.line_num}: {error}. Save it again.") from error
    id_column = _id_column(path, header)
    problems: list[Problem] = []
    rows: dict[str, list[str]] = {}
    for line, fields in lines:
        if len(fields) > len(header):
            fields = [*fields[: len(header) - 1], ",".join(fields[len(header) - 1 :])]
            problems.append(Problem(REPAIRED, fields[id_column].strip() or f"line {line}", fields[-1]))
        fields = [field.strip() for field in fields] + [""] * (len(header) - len(fields))
        product_id = fields.pop(id_column)
        if product_id in MISSING:
            problems.append(Problem(NO_ID, f"line {line}", ", ".join(filter(None, fields))))
        elif product_id in rows:
            problems.append(Problem(DUPLICATE_ID, product_id, f"line {line}"))
        else:
            rows[product_id] = fields
    columns = [name for position, name in enumerate(header) if position != id_column]
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=columns, dtype="str")
    frame = frame.mask(frame.isin(MISSING)).rename_axis("id")
    return Table(frame, len(lines), tuple(problems))


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CatalogError(f"{path} cannot be read: {error.strerror}. Check the file.") from error
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise CatalogError(f"{path} is not text in UTF-8 or Windows-1252. Save it as CSV in UTF-8.")


def _id_column(path: Path, header: list[str]) -> int:
    found = ", ".join(filter(None, header)) or "nothing"
    named = [name.lower() for name in header]
    if "id" not in named:
        raise CatalogError(f"{path} has no column `id` (found: {found}). Name the column of the picture names `id`.")
    if len(set(header)) < len(header) or "" in header:
        raise CatalogError(f"{path} has columns without a name or twice the same (found: {found}). Name them apart.")
    return named.index("id")
