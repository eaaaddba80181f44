"""A catalog whose pictures are vectors: what every search, evaluation and export begins with."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from prodsim.catalog import Catalog
from prodsim.config import Settings
from prodsim.encoders import Available
from prodsim.errors import QueryError
from prodsim.index.base import VectorIndex
from prodsim.index.exact import ExactIndex
from prodsim.index.hashes import HashMemory
from prodsim.index.store import EmbeddingStore


@dataclass(frozen=True)
class Skipped:
    """A product, a picture of which could not be used, and why."""

    product_id: str
    reason: str


@dataclass(frozen=True, eq=False)
class Indexed:
    """A catalog whose pictures are vectors by one encoder. `places`: of each row of `vectors`, the place of its picture
    among `catalog.images`, intp (rows,). `digest`: see `Catalog.digest`.
    """

    catalog: Catalog
    encoder: Available
    vectors: VectorIndex
    places: NDArray[np.intp]
    digest: str
    skipped: tuple[Skipped, ...] = ()


def open_index(catalog: Catalog, encoder: Available, settings: Settings, skipped: tuple[Skipped, ...] = ()) -> Indexed:
    """From what is on disk; the encoder itself is not loaded. `skipped`: what `index` told at the end.

    QueryError if there is no vector.
    """
    hashes = HashMemory.in_cache(settings).of(catalog.images)
    matrix, places = EmbeddingStore.of(encoder, settings).read().matrix(hashes)
    if not len(places) and skipped:
        raise QueryError(
            f"None of the {len(skipped):,} pictures of {catalog.name} can be used. The first: {skipped[0].reason} "
            "Mend the pictures, and index again."
        )
    if not len(places):
        raise QueryError(
            f"The catalog {catalog.name} has no embeddings by {encoder.spec.name}. Run `python -m prodsim index`."
        )
    digest = catalog.digest([hash_ or "" for hash_ in hashes])
    return Indexed(catalog, encoder, ExactIndex(matrix, catalog.owners[places]), places, digest, skipped)


def catalog_digest(catalog: Catalog, settings: Settings) -> str:
    """See `Catalog.digest`. Pictures whose hash is not in the cache are read."""
    return catalog.digest([hash_ or "" for hash_ in HashMemory.in_cache(settings).of(catalog.images)])
