"""The two archives as arrays: pictures at the size that training samples from, labels as codes."""

import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from prodsim.catalog import Catalog
from prodsim.catalog.archive import DAMAGED
from prodsim.errors import ImageError
from prodsim.images import fit, open_rgb
from training.errors import TrainingError
from training.splits import PHOTO_CLASSES, Split, split_of_photo, split_of_product

ATTRIBUTES = ("articleType", "baseColour", "subCategory", "gender", "usage")
PRODUCT_SIZE = (60, 80)
PHOTO_SIZE = (90, 120)
"""(width, height) in pixels. Photos are kept larger, as training looks closer at parts of them."""


@dataclass(frozen=True, eq=False)
class Products:
    """`pictures`: uint8 (n, 80, 60, 3); `codes`: attribute -> int64 (n,), -1 where the row has none; `names`: attribute
    -> the value that each code stands for.
    """

    ids: tuple[str, ...]
    pictures: NDArray[np.uint8]
    codes: dict[str, NDArray[np.int64]]
    names: dict[str, tuple[str, ...]]
    damaged: int = 0  # pictures left out

    def of(self, split: Split) -> "Products":
        """Those of one split; codes keep their meaning."""
        return self.take(np.flatnonzero([split_of_product(each) is split for each in self.ids]))

    def take(self, rows: NDArray[np.int64]) -> "Products":
        """Those of these rows."""
        codes = {attribute: code[rows] for attribute, code in self.codes.items()}
        return Products(tuple(self.ids[row] for row in rows), self.pictures[rows], codes, self.names)


@dataclass(frozen=True, eq=False)
class Photos:
    """`pictures`: uint8 (n, height, width, 3), padded with white; `classes`: int64 (n,) into PHOTO_CLASSES' order."""

    paths: tuple[str, ...]
    pictures: NDArray[np.uint8]
    classes: NDArray[np.int64]
    damaged: int = 0  # pictures left out

    def of(self, split: Split) -> "Photos":
        """Those of one split."""
        rows = np.flatnonzero([split_of_photo(each) is split for each in self.paths])
        return Photos(tuple(self.paths[row] for row in rows), self.pictures[rows], self.classes[rows])


def read_products(catalog: Catalog) -> Products:
    """Every product whose main picture opens. TrainingError if the table lacks a column, or an id is no number."""
    missing = [attribute for attribute in ATTRIBUTES if attribute not in catalog.table]
    if missing:
        raise TrainingError(
            f"The table of {catalog.name} has no column {', '.join(missing)}. Training needs {', '.join(ATTRIBUTES)}."
        )
    strange = next((each for each in catalog.table.index if not each.isdecimal()), None)
    if strange is not None:
        raise TrainingError(
            f"The id {strange!r} of {catalog.name} is no number, and products are split by it. Number the products."
        )
    paths = map(catalog.main_picture, range(len(catalog)))
    opened = [(row, picture) for row, path in enumerate(paths) if (picture := _open(path)) is not None]
    rows = [row for row, _ in opened]
    coded = {attribute: catalog.coded(attribute) for attribute in ATTRIBUTES}
    return Products(
        tuple(catalog.table.index[rows]),
        _stack([fit(picture, PRODUCT_SIZE, "bilinear", "pad") for _, picture in opened], PRODUCT_SIZE),
        {attribute: np.asarray(values.codes[rows], dtype=np.int64) for attribute, values in coded.items()},
        {attribute: tuple(values.categories) for attribute, values in coded.items()},
        damaged=len(catalog) - len(rows),
    )


def read_photos(archive: Path, size: tuple[int, int] = PHOTO_SIZE) -> Photos:
    """`train/<class>/<name>` and `validation/...` of a ZIP, whole on white at `size` (width, height).

    TrainingError if the archive cannot be read, or has no photo of a known class.
    """
    order = list(PHOTO_CLASSES)
    found, damaged = [], 0
    try:
        with zipfile.ZipFile(archive) as opened:
            for path in sorted(opened.namelist()):
                split, class_, name = (*PurePosixPath(path).parts, "", "", "")[:3]
                if split not in ("train", "validation") or class_ not in order or not name:
                    continue
                if (picture := _open(_content(opened, path))) is None:
                    damaged += 1
                else:
                    found.append((path, fit(picture, size, "bilinear", "pad"), order.index(class_)))
    except (OSError, *DAMAGED) as error:
        raise TrainingError(
            f"The photos {archive} cannot be read: {error}. Name a ZIP of train/<class>/ folders."
        ) from error
    if not found:
        raise TrainingError(f"{archive} has no photos in train/<class>/ folders of the classes {', '.join(order)}.")
    paths, pictures, classes = zip(*found, strict=True)
    return Photos(paths, _stack(pictures, size), np.array(classes, dtype=np.int64), damaged)


def _content(archive: zipfile.ZipFile, path: str) -> bytes:
    """A member's bytes; nothing, which is no picture, if it is damaged."""
    try:
        return archive.read(path)
    except (zipfile.BadZipFile, zlib.error, EOFError):
        return b""


def _open(source: Path | bytes) -> Image.Image | None:
    try:
        return open_rgb(source)
    except ImageError:
        return None


def _stack(pictures: Sequence[Image.Image], size: tuple[int, int]) -> NDArray[np.uint8]:
    width, height = size
    stacked = np.empty((len(pictures), height, width, 3), dtype=np.uint8)
    for row, picture in enumerate(pictures):
        stacked[row] = np.asarray(picture)
    return stacked
