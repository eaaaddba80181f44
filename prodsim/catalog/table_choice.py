"""Which of a catalog's files is its table: by its name, by its place, or because it names the pictures."""

import os
from collections.abc import Sequence
from pathlib import Path

from prodsim.catalog.files import File, Files, called
from prodsim.catalog.pictures import Pictures
from prodsim.catalog.problems import brief
from prodsim.catalog.tables import MAX_BYTES, sample
from prodsim.errors import CatalogError

NAMES = ("styles", "products", "catalog")
"""Tables are looked for under these names; one of any other name serves as well."""
STRONG = (".csv", ".tsv", ".tab", ".xlsx", ".parquet")
"""Files of other suffixes, notes and licenses among them, are tables only if they name pictures."""
LOOKED_AT = 30
"""Of tables of other names, those that are looked into."""
HEAD = 1 << 20
"""Bytes that are read of each."""


def choose_table(files: Files, tables: Sequence[File], pictures: Pictures) -> File | None:
    """The catalog's table, None if it has none. CatalogError if there are several, and nothing speaks for one of them,
    or if it is a pipe, or a link that leads out of the folder.
    """
    found = _chosen(files, tables, pictures)
    if found and not found.own:
        raise CatalogError(
            f"{called(found.path, files)} is no file of this folder, but a pipe, or a link that leads elsewhere. "
            "Put the table itself there."
        )
    return found


def _chosen(files: Files, tables: Sequence[File], pictures: Pictures) -> File | None:
    strong = [file for file in tables if file.suffix in STRONG]
    named = [file for file in tables if _stem(file) in NAMES]
    if named:
        return min(named, key=_by_name)
    if len(strong) == 1:
        return strong[0]
    candidates = sorted(strong or tables, key=lambda file: len(file.folders))[:LOOKED_AT]
    naming = {file.path: _naming(files, file, pictures) for file in candidates if file.own}
    best = max(naming.values(), default=0)
    if best:
        return next(file for file in candidates if naming.get(file.path) == best)
    if len(strong) > 1:
        found = brief(", ".join(sorted(file.shown for file in strong)))
        raise CatalogError(f"{files.name} holds several tables ({found}). Name the catalog's {NAMES[0]}.csv.")
    return None


def _by_name(file: File) -> tuple[int, int, bool, str]:
    """The one nearest to the top, of the first name, of a usual kind."""
    return (
        len(file.folders),
        NAMES.index(_stem(file)),
        file.suffix not in STRONG,
        file.name.swapcase(),
    )


def _stem(file: File) -> str:
    return os.path.splitext(file.name)[0].lower()


def _naming(files: Files, file: File, pictures: Pictures) -> float:
    """How many rows of a table's beginning name pictures, in the column that names most; fewer if it repeats them, as
    lists of what was sold do.
    """
    whole = file.suffix in (".xlsx", ".parquet")
    try:
        if whole and files.size(file.path) > MAX_BYTES:
            return 0
        sheet = sample(called(file.path, files), files.read(file.path, None if whole else HEAD))
    except CatalogError:
        return 0
    return max(
        (_share_naming(cells, pictures) for cells in zip(*(row.cells for row in sheet.rows), strict=True)), default=0
    )


def _share_naming(cells: Sequence[str], pictures: Pictures) -> float:
    named = [cell for cell in cells if cell and (pictures.may_be_called(cell) or pictures.named_in(cell))]
    return len(named) and len({*named}) ** 2 / len(named)


def table_at(files: Files, path: Path, tables: Sequence[File]) -> File:
    """The one of the tables that lies at a path. CatalogError if there is none."""
    for file in tables:
        if file.path == path:
            return file
    raise CatalogError(f"{path.name} is no table. Give a CSV, TSV, XLSX, JSON lines or Parquet file.")
