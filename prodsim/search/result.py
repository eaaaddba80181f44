"""What a search found: all that a page, a table, a report or a document says of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from prodsim.catalog import Catalog
from prodsim.config import Settings
from prodsim.index import Indexed, catalog_digest
from prodsim.search.calibration import NOTHING_ALIKE, Calibration, Word
from prodsim.search.query import SearchRequest


@dataclass(frozen=True)
class Neighbor:
    """One result. `score`: where its similarity is between the lowest, 0, and the highest of the products that were
    compared, 1; `similarity`: the kernel's value, of the picture `image`, the most similar one of the product's.
    """

    rank: int
    product_id: str
    score: float
    similarity: float
    image: Path


Folds = Mapping[str, tuple[Neighbor, ...]]
"""By a result's id, what is near-identical to it and has its rank; results with nothing of the kind are not in it."""


@dataclass(frozen=True, eq=False)
class SearchResult:
    """The answer to a request: `neighbors`, best first, fewer than were asked for if fewer pass.

    `compared`: how many products were ranked; `low` and `high`: the ends of their similarities. `indexed`: the vectors
    that were searched, None if names were. `vector`: what was searched with, float32 (dim,); `alone`: the neighbors
    with their similarity to the first picture of the query alone. `calibrate`: makes the `calibration`, None for words,
    and for a query that combines several pictures. `familiar`: whether the encoder was made for such a query.
    """

    request: SearchRequest
    catalog: Catalog
    neighbors: tuple[Neighbor, ...]
    compared: int
    low: float = 0.0
    high: float = 0.0
    indexed: Indexed | None = None
    vector: NDArray[np.float32] | None = None
    alone: tuple[Neighbor, ...] = ()
    calibrate: Callable[[], Calibration | None] | None = None
    familiar: bool = True
    folds: Folds = field(default_factory=dict)

    @cached_property
    def calibration(self) -> Calibration | None:
        """What a similarity means, None where that cannot be told, as in a catalog of one product. It takes a part of a
        second the first time, which only who shows it pays for.
        """
        return self.calibrate() if self.calibrate else None

    @property
    def verdict(self) -> Word | None:
        """How close the best of them is. Nothing is alike to a picture that the encoder was not made for, however close
        its embedding comes. None if there is no neighbor, or nothing to compare with.
        """
        if not self.neighbors:
            return None
        if not self.familiar:
            return NOTHING_ALIKE
        return self.calibration.word(self.neighbors[0].similarity) if self.calibration else None

    @property
    def nothing_alike(self) -> bool:
        """Whether there are results, none of which looks like the query."""
        return self.verdict == NOTHING_ALIKE

    @property
    def passing(self) -> int:
        """How many products pass the filters, the query itself included."""
        return int(self.catalog.filter(self.request.filters).sum())

    def digest(self, settings: Settings) -> str:
        """The catalog's, see `Catalog.digest`. After a search of names, pictures whose hash is not known are read."""
        return self.indexed.digest if self.indexed else catalog_digest(self.catalog, settings)
