"""Catalogs with vectors that are written by hand, and searches in them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from PIL import Image

from prodsim.catalog import Catalog, Role, Schema
from prodsim.index import ExactIndex, Indexed, kernel_of
from prodsim.search import Engine, Marks, Neighbor, Photo, PhotosQuery, ProductQuery, SearchRequest, SearchResult
from tests.samples import FakeAvailable, MeanColor, picture

KAGGLE: Mapping[Role, str] = {
    "name": "productDisplayName",
    "type": "articleType",
    "color": "baseColour",
    "gender": "gender",
}
PHOTO = Photo("photo.png", picture("red"))


class SeesAlways(MeanColor):
    """Encoder whose embedding of every picture is the same vector, (dim,)."""

    def __init__(self, vector: ArrayLike) -> None:
        super().__init__()
        self.vector = np.array(vector, dtype=np.float32)
        self.spec = replace(MeanColor.spec, name="sees_always", dim=len(self.vector))

    def encode(self, images: Sequence[Image.Image]) -> NDArray[np.float32]:
        return np.tile(self.vector, (len(images), 1))


def catalog_of(rows: dict[str, dict[str, str]], name: str = "shop") -> Catalog:
    """A catalog in memory: attributes by id, called as in the Kaggle table. Its pictures are not there."""
    return catalog_of_table(pd.DataFrame.from_dict(rows, orient="index", dtype=str).rename_axis("id"), name)


def catalog_of_table(table: pd.DataFrame, name: str = "shop") -> Catalog:
    """The same of a table, index = id."""
    images = tuple(Path(name, "images", f"{id_}.png") for id_ in table.index)
    schema = Schema({role: column for role, column in KAGGLE.items() if column in table})
    return Catalog(name, Path(name), table, images, np.arange(len(table)), schema, len(table), ())


def indexed(
    catalog: Catalog, vectors: ArrayLike, owners: ArrayLike | None = None, encoder: Any = None, digest: str = "digest"
) -> Indexed:
    """A catalog with these vectors, (n, dim), of the first n products, or of the `owners`, (n,)."""
    matrix = np.array(vectors, dtype=np.float32)
    rows = np.arange(len(matrix)) if owners is None else np.array(owners, dtype=np.intp)
    return Indexed(catalog, encoder or FakeAvailable(), ExactIndex(matrix, rows), rows, digest)


def engine_of(catalog: Catalog, vectors: ArrayLike, **more: Any) -> Engine:
    """What searches them; `more`: see `indexed`."""
    return Engine(catalog, indexed(catalog, vectors, **more))


def search(
    engine: Engine,
    product: str | None = None,
    *,
    photos: tuple[Photo, ...] = (),
    marks: Marks | None = None,
    scoring: str = "unit",
    **more: Any,
) -> SearchResult:
    """What an engine answers to a request for a product or photos; `more`: fields of `SearchRequest`."""
    given = {"marks": marks} if marks else {}
    query = PhotosQuery(photos, **given) if product is None else ProductQuery(product, **given)
    return engine.search(SearchRequest(query, engine.encoder, kernel_of(scoring), **more))


def neighbors(engine: Engine, product: str, **more: Any) -> tuple[Neighbor, ...]:
    """The neighbors alone."""
    return search(engine, product, **more).neighbors


def ids(found: tuple[Neighbor, ...]) -> list[str]:
    """Of neighbors, best first."""
    return [neighbor.product_id for neighbor in found]
