"""A catalog's files, its table and its pictures, read and checked. Nothing is dropped silently.

Rows read = products + problems of the kinds in LEFT_OUT_ROWS. Pictures in the folder, or in the ZIP it came in, =
products + problems of the kinds in LEFT_OUT_PICTURES.
"""

import os
from collections.abc import Collection, Mapping
from pathlib import Path

import pandas as pd

from prodsim.catalog.archive import left_out
from prodsim.catalog.files import File, Files, called, find_table
from prodsim.catalog.model import Catalog
from prodsim.catalog.problems import (
    BAD_NAME,
    DUPLICATE_PICTURE,
    NO_FILE,
    NO_PICTURE,
    NO_ROW,
    Problem,
    brief,
)
from prodsim.catalog.table import MAX_BYTES, Table, read_table
from prodsim.errors import CatalogError
from prodsim.images import SUFFIXES
from prodsim.storage import entries, is_own_file, leads_out, size_of


class Folder:
    """The files of a catalog's folder: a CSV (see `table`) and `images/<id>.jpg`, or pictures alone. CatalogError if it
    is not there.
    """

    unpacked_bytes = 0

    def __init__(self, folder: Path, name: str = "") -> None:
        self.name, self.folder = name or str(folder), folder
        if not os.path.isdir(folder):
            raise CatalogError(
                f"There is no catalog folder {self.name}. Give a folder or ZIP with styles.csv and images/."
            )

    def tables(self) -> list[File]:
        """All CSVs."""
        return [
            File(Path(entry), is_own_file(entry, self.folder))
            for entry in entries(self.folder, self.name)
            if entry.name.lower().endswith(".csv")
        ]

    def pictures(self) -> list[File]:
        """All files of `images/`, or of the folder if that has none."""
        place = self.folder / "images"
        place = place if os.path.isdir(place) else self.folder
        if leads_out(place, self.folder):
            raise CatalogError(
                f"{called(place, self)} is a link that leads out of the catalog's folder. Put the pictures themselves "
                "there."
            )
        return [File(Path(entry), is_own_file(entry, self.folder)) for entry in entries(place, called(place, self))]

    def left_out(self) -> list[Problem]:
        """What was left out of it when it was unpacked."""
        return left_out(self.folder, self.name)

    def size(self, path: Path) -> int:
        """Of a file's content, in bytes."""
        try:
            return size_of(path)
        except OSError as error:
            raise self._unreadable(path, error) from error

    def read(self, path: Path) -> bytes:
        """A file's content."""
        try:
            return path.read_bytes()
        except OSError as error:
            raise self._unreadable(path, error) from error

    def _unreadable(self, path: Path, error: OSError) -> CatalogError:
        return CatalogError(f"{called(path, self)} cannot be read: {error.strerror}. Check the file.")


def read_catalog(folder: Path, name: str = "") -> Catalog:
    """The catalog in `folder`, called `name` or as that is. CatalogError as `Folder` and `read_files`."""
    return read_files(Folder(folder), name or folder.name)


def read_files(files: Files, name: str) -> Catalog:
    """The catalog of these files. CatalogError if their table cannot be used, or no product is left."""
    path = find_table(files)
    pictures, problems = _pictures(files)
    if path is None:
        ids = pd.Index(list(pictures), name="id", dtype="str")
        table = Table(pd.DataFrame(index=ids), len(ids), ())
    else:
        table = table_in(files, path, pictures.keys())
    has_picture = table.rows.index.isin(list(pictures))
    with_row = {*table.rows.index}
    products = table.rows[has_picture]
    problems = [
        *table.problems,
        *(Problem(NO_PICTURE, str(id_), "no file images/<id>.*") for id_ in table.rows.index[~has_picture]),
        *(Problem(NO_ROW, pictures[id_].name, "no row with this id") for id_ in pictures if id_ not in with_row),
        *problems,
        *files.left_out(),
    ]
    if not len(products):  # `empty` would be true of a table with no column but the id as well
        raise _no_products(files, table, pictures)
    images = tuple(pictures[product_id] for product_id in products.index)
    return Catalog(name, files.folder, products, images, table.rows_read, tuple(problems))


def table_in(files: Files, path: Path, pictures: Collection[str]) -> Table:
    """The table in one of the files. CatalogError if it is too large, judged by its size unread, or as `read_table`."""
    size, name = files.size(path), called(path, files)
    if size > MAX_BYTES:
        raise CatalogError(
            f"{name} has {size / 2**20:,.0f} MB, but a table may have {MAX_BYTES >> 20} MB. "
            "Leave out columns, or make several catalogs of it."
        )
    return read_table(name, files.read(path), pictures)


def _no_products(files: Files, table: Table, pictures: Mapping[str, Path]) -> CatalogError:
    found = f"The catalog {files.name} has no products: {table.rows_read} rows and {len(pictures)} pictures"
    if not (len(table.rows) and pictures):
        return CatalogError(f"{found}. Give it a picture images/<id>.jpg for each row, and a row for each picture.")
    row, picture = brief(table.rows.index[0]), next(iter(pictures.values())).name
    return CatalogError(
        f"{found}, no row with a picture of its id: the first row has the id {row!r}, and the first picture is "
        f"{picture}. Name pictures images/<id>.jpg."
    )


def _pictures(files: Files) -> tuple[dict[str, Path], list[Problem]]:
    """Picture files by id (the name without suffix), in natural order, and what is none."""
    pictures: dict[str, Path] = {}
    problems: list[Problem] = []
    for file in sorted(files.pictures(), key=lambda file: (len(file.path.name), file.path.name)):
        name = file.path.name
        product_id, suffix = os.path.splitext(name)
        if suffix.lower() not in SUFFIXES:
            continue
        if not _is_text(name):
            problems.append(Problem(BAD_NAME, ascii(name), "its name is not UTF-8"))
        elif not file.own:
            problems.append(Problem(NO_FILE, name, "a pipe, or a link that leads out of the folder"))
        elif product_id in pictures:
            problems.append(Problem(DUPLICATE_PICTURE, name, f"{pictures[product_id].name} is used"))
        else:
            pictures[product_id] = file.path
    return pictures, problems


def _is_text(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:  # a file system's bytes that are no UTF-8 come as lone surrogates
        return False
    return True
