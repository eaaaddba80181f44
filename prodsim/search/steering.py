"""A search that is steered: by products marked "more like this" or "less like this", or by more photos of one item."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from prodsim.errors import QueryError
from prodsim.index import unit
from prodsim.search.engine import Scoring, Searcher
from prodsim.search.rocchio import combined


@dataclass(frozen=True)
class Marks:
    """Ids of the products that results should be more like, and less like. QueryError if one is in both, or twice."""

    more: tuple[str, ...] = ()
    less: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for product_id in self.all:
            if self.all.count(product_id) > 1:
                raise QueryError(
                    f"The product {product_id!r} is marked twice. Name it once: more like it, or less like it."
                )

    @property
    def all(self) -> tuple[str, ...]:
        """Both; they stay out of the results that they steer."""
        return self.more + self.less

    def __bool__(self) -> bool:
        return bool(self.all)


NO_MARKS = Marks()


def steered(
    searcher: Searcher, queries: Sequence[NDArray[np.float32]], marks: Marks, scoring: Scoring = "unit"
) -> NDArray[np.float32]:
    """What to search with, float32 (dim,): the queries, float32 (dim,) each, at least one, and the marked products.

    A single query that nothing steers stays as it is. With `unit` scoring all vectors have length one before they are
    combined, so that none counts more for its length; with `linear` they are combined as they are, as the raw kernel
    compares them. UnknownProduct, or QueryError if a marked product has no embedding.
    """
    if len(queries) == 1 and not marks:
        return queries[0]
    groups = [queries, *([searcher.vector(product_id) for product_id in ids] for ids in (marks.more, marks.less))]
    dim = searcher.matrix.shape[1]
    stacked = [np.array(group, dtype=np.float32).reshape(-1, dim) for group in groups]
    return combined(*(unit(group) if scoring == "unit" else group for group in stacked))
