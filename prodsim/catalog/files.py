"""The files of a catalog, listed and read the same way whether they lie in a folder or are packed in a ZIP."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from prodsim.catalog.problems import Problem, brief
from prodsim.errors import CatalogError

TABLES = ("styles.csv", "products.csv", "catalog.csv")
"""Tables are looked for under these names; a single CSV of any other name serves as well."""


@dataclass(frozen=True, slots=True)
class File:
    """A file of a catalog. `own`: it is no pipe, and no link that leads out of the catalog's folder."""

    path: Path
    own: bool = True


class Files(Protocol):
    """`name`: what errors call the whole; `folder`: where the files are, or will be when they are unpacked."""

    name: str
    folder: Path
    unpacked_bytes: int
    """What they take of the disk when they are unpacked; 0 if they are."""

    def tables(self) -> Sequence[File]:
        """All CSVs. CatalogError if the files cannot be listed."""

    def pictures(self) -> Sequence[File]:
        """All files of the folder of pictures, or of the catalog's if there is none. CatalogError likewise."""

    def left_out(self) -> Sequence[Problem]:
        """What is in the ZIP and not among the files."""

    def size(self, path: Path) -> int:
        """Of a file's content, in bytes. CatalogError if it cannot be read."""

    def read(self, path: Path) -> bytes:
        """A file's content. CatalogError if it cannot be read."""


def called(path: Path, files: Files) -> str:
    """What errors call a file."""
    return str(files.name / path.relative_to(files.folder))


def find_table(files: Files) -> Path | None:
    """The catalog's CSV, None if it has none. CatalogError if there are several and none has one of the names TABLES.

    Nor may it be a pipe, or a link that leads out of the folder.
    """
    tables = {table.path.name: table for table in files.tables()}
    named = sorted(
        (name for name in tables if name.lower() in TABLES),
        key=lambda name: (TABLES.index(name.lower()), name.swapcase()),
    )
    if not named and len(tables) > 1:
        found = brief(", ".join(sorted(tables)))
        raise CatalogError(f"{files.name} holds several tables ({found}). Name the catalog's {TABLES[0]}.")
    for table in (tables[name] for name in [*named, *tables]):
        if not table.own:
            raise CatalogError(
                f"{called(table.path, files)} is no file of this folder, but a pipe, or a link that leads elsewhere. "
                "Put the table itself there."
            )
        return table.path
    return None
