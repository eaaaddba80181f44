"""From files to a catalog: the table is chosen, its columns get their roles, its rows become products with pictures.

Nothing is passed over in silence. Rows read = products + problems of the kinds in LEFT_OUT_ROWS and JOINED. Files, in
the folder or in the ZIP they came in, = the table + the pictures of products + problems of the kinds in
LEFT_OUT_PICTURES and NOT_USED.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from prodsim.catalog.files import File, Files, called, sort
from prodsim.catalog.folder import Folder
from prodsim.catalog.forms import natural, without_suffix
from prodsim.catalog.headers import Role
from prodsim.catalog.joining import Products, products_of
from prodsim.catalog.model import Catalog
from prodsim.catalog.pictures import Pictures, names_files
from prodsim.catalog.problems import NO_PICTURE, NO_ROW, NOT_USED, REPAIRED, Problem, brief
from prodsim.catalog.schema import LOOKED_AT, MOSTLY, SAMPLE, Schema, find_schema
from prodsim.catalog.table_choice import choose_table, table_at
from prodsim.catalog.tables import MAX_BYTES, MISSING, Sheet, read_sheet
from prodsim.catalog.values import unify
from prodsim.errors import CatalogError

FOLDER_TYPE = "type"
"""What the names of folders are called where there is no table."""
_NEAREST = 20
"""Rows without a picture of which the nearest name is looked for, among so many pictures without a row:"""
_AMONG = 2_000


def read_catalog(folder: Path, name: str = "", roles: Mapping[Role, str] | None = None) -> Catalog:
    """The catalog in `folder`, called `name` or as that is. CatalogError as `Folder` and `read_files`."""
    return read_files(Folder(folder), name or folder.name, roles)


def read_files(files: Files, name: str, roles: Mapping[Role, str] | None = None, table: Path | None = None) -> Catalog:
    """The catalog of these files. `roles`: role -> column, where somebody says so; `table`: which file is the table.

    CatalogError if the table cannot be used, or no product is left.
    """
    found = sort(files)
    pictures = Pictures(found.pictures)
    chosen = table_at(files, table, found.tables) if table else choose_table(files, found.tables, pictures)
    problems = [
        Problem(NOT_USED, file.shown, "a table, but not the one that is used" if chosen else "no table of products")
        for file in found.tables
        if file is not chosen
    ]
    made = _without_table(pictures) if chosen is None else _with_table(files, chosen, pictures, roles or {})
    if not made.images:
        raise _no_products(files, made, pictures)
    used = {*made.images}
    problems += [Problem(NO_ROW, file.shown, "no row names it") for file in pictures.files if file.path not in used]
    rest = [*made.problems, *problems, *found.problems, *files.left_out()]
    path = chosen.path if chosen else None
    return Catalog(
        name, files.folder, made.table, made.images, made.owners, made.schema, made.rows_read, tuple(rest), path
    )


@dataclass(frozen=True, eq=False)
class _Made:
    """See `Catalog`. `first`: the first id of the table, whether it has a picture or not; empty if there is none."""

    table: pd.DataFrame
    images: tuple[Path, ...]
    owners: NDArray[np.intp]
    schema: Schema
    rows_read: int
    problems: list[Problem]
    first: str = ""


def _with_table(files: Files, file: File, pictures: Pictures, wanted: Mapping[Role, str]) -> _Made:
    name = called(file.path, files)
    if (size := files.size(file.path)) > MAX_BYTES:
        raise CatalogError(
            f"{name} has {size / 2**20:,.0f} MB, but a table may have {MAX_BYTES >> 20} MB. "
            "Leave out columns, or make several catalogs of it."
        )
    sheet = read_sheet(name, files.read(file.path), pictures.words)
    schema = find_schema(name, sheet, pictures, wanted)
    naming = [sheet.columns.index(column) for column in _naming_columns(sheet, schema, pictures, wanted)]
    ids = _ids(name, sheet, schema, pictures, naming)
    products = products_of(sheet, schema, ids)
    key = [sheet.columns.index(schema["id"])] if schema["id"] else []
    places, repaired = _pictures_of(products, pictures, naming, key)
    owned = {id_: [pictures.files[place].path for place in places.get(id_, ())] for id_ in products.cells}
    problems = [*sheet.problems, *products.problems, *repaired, *_without_picture(owned, pictures, places)]
    kept = [id_ for id_, paths in owned.items() if paths]
    own = {id_: _spelled(id_, pictures.files[places[id_][0]]) for id_ in kept}
    if len({*own.values()}) < len(own):
        own = {id_: id_ for id_ in kept}
    columns = [place for place, column in enumerate(sheet.columns) if column != schema["id"]]
    frame = pd.DataFrame.from_dict(
        {own[id_]: [products.cells[id_][place] for place in columns] for id_ in kept},
        orient="index",
        columns=[sheet.columns[place] for place in columns],
        dtype="str",
    )
    frame = frame.mask(frame == "").rename_axis("id")
    frame, unified = unify(frame, [*filter(schema.is_label, frame.columns)])
    problems += unified
    images, owners = _flat([owned[id_] for id_ in kept])
    return _Made(frame, images, owners, schema, len(sheet.rows), problems, next(iter(products.cells), ""))


def _without_table(pictures: Pictures) -> _Made:
    """Each name of a picture is a product; a folder gives the type, and tells pictures of one name apart."""
    folders = {file.within.rpartition("/")[0] for file in pictures.files}
    typed = len(folders) > 1
    apart = len({without_suffix(file.within) for file in pictures.files}) == len(pictures.by_stem)
    products: dict[str, list[File]] = {}
    for file in pictures.files:
        products.setdefault(file.stem if apart else without_suffix(file.within), []).append(file)
    order = sorted(products, key=natural) if not typed else list(products)
    ids = pd.Index(order, name="id", dtype="str")
    frame = pd.DataFrame(index=ids)
    schema = Schema()
    if typed:
        frame[FOLDER_TYPE] = pd.array([next(reversed(products[id_][0].folders), None) for id_ in order], dtype="str")
        schema = Schema({"type": FOLDER_TYPE}, {"type": "by the folders of the pictures"})
    images, owners = _flat([[file.path for file in products[id_]] for id_ in order])
    return _Made(frame, images, owners, schema, len(order), [])


def _naming_columns(sheet: Sheet, schema: Schema, pictures: Pictures, wanted: Mapping[Role, str]) -> list[str]:
    """The columns that name pictures: that of the role first, then others of the kind unless one was wanted."""
    role = schema["picture"]
    named = [role] if role and role != schema["id"] else []
    if "picture" in wanted:
        return named
    for place, column in enumerate(sheet.columns):
        cells = [row.cells[place][:LOOKED_AT] for row in sheet.rows[:SAMPLE] if row.cells[place]]
        like_names = sum(map(names_files, cells)) > MOSTLY * len(cells)
        if column not in (role, schema["id"]) and like_names and any(map(pictures.named_in, cells)):
            named.append(column)
    return named


def _ids(name: str, sheet: Sheet, schema: Schema, pictures: Pictures, naming: Sequence[int]) -> list[str]:
    """One a row: its id, or else how the picture is called that it names."""
    if column := schema["id"]:
        place = sheet.columns.index(column)
        return ["" if row.cells[place] in MISSING else row.cells[place] for row in sheet.rows]
    if not naming:
        raise CatalogError(
            f"{name} has no column with an id, or with names of pictures (found: {brief(', '.join(sheet.columns))}). "
            "Name the column of the picture names `id`."
        )
    ids = []
    for row in sheet.rows:
        named = [place for column in naming for place in pictures.named_in(row.cells[column])]
        cell = row.cells[naming[0]]
        ids.append(pictures.id_of(named[0]) if named else cell)
    return ids


def _pictures_of(
    products: Products, pictures: Pictures, naming: Sequence[int], key: Sequence[int]
) -> tuple[dict[str, list[int]], list[Problem]]:
    """Of each product its pictures, those first that its rows name; and which are spelled another way than its id."""
    places: dict[str, list[int]] = {}
    for id_, rows in products.rows.items():
        named = [place for row in rows for column in naming for place in pictures.named_in(row.cells[column])]
        if named:
            places[id_] = [*dict.fromkeys(named)]
    taken = {place for named in places.values() for place in named}
    means = {id_: id_ for id_ in products.cells}
    for id_, rows in products.rows.items():  # a column may say what pictures are called by without naming a file
        for row in rows:
            for column in (*key, *naming):
                if (text := row.cells[column]) and not names_files(text):
                    means.setdefault(text, id_)
    for id_, named in places.items():
        for place in named:
            means.setdefault(pictures.files[place].stem, id_)
    repaired = []
    for text, more in pictures.of_ids(means, taken).items():
        id_ = means[text]
        first = pictures.files[more[0]]
        if id_ not in places and text == id_ and not _is_spelled_in(id_, first):
            repaired.append(Problem(REPAIRED, id_, f"its picture is {first.within}"))
        places.setdefault(id_, []).extend(more)
    return places, repaired


def _is_spelled_in(id_: str, file: File) -> bool:
    return file.stem.startswith(id_) or id_ in file.folders


def _spelled(id_: str, file: File) -> str:
    """An id as its picture is called, where it was spelled as a number (12.0) or as a file (12.jpg)."""
    return file.stem if id_ in (f"{file.stem}.0", file.name) else id_


def _without_picture(
    owned: Mapping[str, Sequence[Path]], pictures: Pictures, places: Mapping[str, Sequence[int]]
) -> list[Problem]:
    missing = [id_ for id_, paths in owned.items() if not paths]
    used = {place for named in places.values() for place in named}
    left = [file for place, file in enumerate(pictures.files) if place not in used][:_AMONG]
    free = {file.stem: file.name for file in left}
    problems = []
    for number, id_ in enumerate(missing):
        near = get_close_matches(id_[:100], free, 1, 0.7) if number < _NEAREST else []
        detail = f"no picture is called so; the nearest is {free[near[0]]}" if near else "no picture is called so"
        problems.append(Problem(NO_PICTURE, id_, detail))
    return problems


def _flat(paths: Sequence[Sequence[Path]]) -> tuple[tuple[Path, ...], NDArray[np.intp]]:
    owners = np.repeat(np.arange(len(paths), dtype=np.intp), [len(each) for each in paths])
    return tuple(path for each in paths for path in each), owners


def _no_products(files: Files, made: _Made, pictures: Pictures) -> CatalogError:
    found = f"The catalog {files.name} has no products: {made.rows_read} rows and {len(pictures)} pictures"
    if not (made.rows_read and len(pictures)):
        return CatalogError(f"{found}. Give it a picture images/<id>.jpg for each row, and a row for each picture.")
    picture = pictures.files[0].name
    return CatalogError(
        f"{found}, no row with a picture of its id: the first row has the id {brief(made.first)!r}, and the first "
        f"picture is {picture}. Name pictures images/<id>.jpg."
    )
