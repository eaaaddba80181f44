"""A catalog's folder, its table and its pictures, read and checked. Nothing is dropped silently.

Rows read = products + problems of the kinds in LEFT_OUT_ROWS. Pictures in the folder, or in the ZIP it came in, =
products + problems of the kinds in LEFT_OUT_PICTURES.
"""

import os
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from prodsim.catalog.archive import left_out
from prodsim.catalog.model import Catalog
from prodsim.catalog.table import (
    BAD_NAME,
    DUPLICATE_PICTURE,
    NO_FILE,
    NO_PICTURE,
    NO_ROW,
    Problem,
    Table,
    brief,
    find_table,
    read_table,
)
from prodsim.errors import CatalogError
from prodsim.images import SUFFIXES
from prodsim.storage import entries, is_own_file, leads_out


def read_catalog(folder: Path, name: str = "") -> Catalog:
    """The catalog in `folder`: a CSV (see `table`) and `images/<id>.jpg`, or a folder of pictures alone.

    CatalogError if the folder is missing, its table cannot be used, or no product is left.
    """
    if not os.path.isdir(folder):
        raise CatalogError(f"There is no catalog folder {folder}. Give a folder or ZIP with styles.csv and images/.")
    path = find_table(folder)
    pictures, problems = _pictures(folder)
    if path is None:
        ids = pd.Index(list(pictures), name="id", dtype="str")
        table = Table(pd.DataFrame(index=ids), len(ids), ())
    else:
        table = read_table(path, pictures.keys())
    has_picture = table.rows.index.isin(list(pictures))
    with_row = {*table.rows.index}
    products = table.rows[has_picture]
    problems = [
        *table.problems,
        *(Problem(NO_PICTURE, str(id_), "no file images/<id>.*") for id_ in table.rows.index[~has_picture]),
        *(Problem(NO_ROW, pictures[id_].name, "no row with this id") for id_ in pictures if id_ not in with_row),
        *problems,
        *left_out(folder),
    ]
    if not len(products):  # `empty` would be true of a table with no column but the id as well
        raise _no_products(folder, table, pictures)
    images = tuple(pictures[product_id] for product_id in products.index)
    return Catalog(name or folder.name, folder, products, images, table.rows_read, tuple(problems))


def _no_products(folder: Path, table: Table, pictures: Mapping[str, Path]) -> CatalogError:
    found = f"The catalog {folder} has no products: {table.rows_read} rows and {len(pictures)} pictures"
    if not (len(table.rows) and pictures):
        return CatalogError(f"{found}. Give it a picture images/<id>.jpg for each row, and a row for each picture.")
    row, picture = brief(table.rows.index[0]), next(iter(pictures.values())).name
    return CatalogError(
        f"{found}, no row with a picture of its id: the first row has the id {row!r}, and the first picture is "
        f"{picture}. Name pictures images/<id>.jpg."
    )


def _pictures(folder: Path) -> tuple[dict[str, Path], list[Problem]]:
    """Picture files by id (the name without suffix), in natural order, from `images/` or else the folder itself."""
    place = folder / "images" if os.path.isdir(folder / "images") else folder
    if leads_out(place, folder):
        raise CatalogError(
            f"{place} is a link that leads out of the catalog's folder. Put the pictures themselves there."
        )
    pictures: dict[str, Path] = {}
    problems: list[Problem] = []
    for entry in sorted(entries(place), key=lambda entry: (len(entry.name), entry.name)):
        name = entry.name
        product_id, suffix = os.path.splitext(name)
        if suffix.lower() not in SUFFIXES:
            continue
        if not _is_text(name):
            problems.append(Problem(BAD_NAME, ascii(name), "its name is not UTF-8"))
        elif not is_own_file(entry, folder):
            problems.append(Problem(NO_FILE, name, "a pipe, or a link that leads out of the folder"))
        elif product_id in pictures:
            problems.append(Problem(DUPLICATE_PICTURE, name, f"{pictures[product_id].name} is used"))
        else:
            pictures[product_id] = place / name
    return pictures, problems


def _is_text(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:  # a file system's bytes that are no UTF-8 come as lone surrogates
        return False
    return True
