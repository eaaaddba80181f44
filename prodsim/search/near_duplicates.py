"""Near-identical results folded into one: the same picture twice, or the same thing photographed the same way."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from prodsim.catalog import Filters
from prodsim.errors import QueryError
from prodsim.index import min_max
from prodsim.search.engine import MAX_K, Neighbor, Scoring, Searcher

NEAR_IDENTICAL = 0.998
"""The cosine from which two results are one. Of 2,000 products of `fashion-small`, 1.3 % have another file so near with
`mini`, 1.1 % with `mobilenet_025` and 1.0 % of 500 with `pixels`: the same thing, or one of its shades; from 0.995 on
there are other sunglasses and purses among them. Of 48 pictures of 450 x 600, all copies of half the size or as JPEG of
quality 75 are so near with `mini` and `pixels`, and most with `mobilenet_025`.
"""


Folds = Mapping[str, Sequence[Neighbor]]
"""By a result's id, what is near-identical to it; results with nothing of the kind are not in it."""

NO_FOLDS: Folds = {}

FOLDED = f"pictures whose embeddings have a cosine of {NEAR_IDENTICAL} or more are folded into one."
"""What "near-identical" means, in a sentence."""


@dataclass(frozen=True)
class Group:
    """A result, and what is near-identical to it, best first; these have its rank."""

    neighbor: Neighbor
    others: tuple[Neighbor, ...] = ()


def folded(
    searcher: Searcher,
    vector: NDArray[np.float32],
    *,
    k: int = 5,
    scoring: Scoring = "unit",
    filters: Filters | None = None,
    left_out: Collection[str] = (),
) -> list[Group]:
    """As `Searcher.by_vector`, but each of the k results takes in what is at least NEAR_IDENTICAL to it, by the cosine.

    Best first, what no better result has taken in is a result. Where nothing is near-identical these are the neighbors
    of `by_vector`. It takes one more pass over the matrix for each result.
    """
    if not 1 <= k <= MAX_K:
        raise QueryError(f"k is {k}, but a search returns 1 to {MAX_K} neighbors. Choose a number between.")
    rows, similarities = searcher.candidates(vector, scoring=scoring, filters=filters, left_out=left_out)
    order = np.lexsort((rows, -similarities))
    rows, similarities, scores = rows[order], similarities[order], min_max(similarities)[order]
    free = np.ones(len(rows), dtype=bool)
    groups: list[Group] = []
    ids = searcher.catalog.table.index
    while len(groups) < k and free.any():
        first = int(free.argmax())
        alike = searcher.similarities(searcher.matrix[rows[first]])[rows] >= NEAR_IDENTICAL
        alike[first] = True
        best, *others = (
            Neighbor(
                len(groups) + 1,
                ids[searcher.positions[rows[place]]],
                float(scores[place]),
                float(similarities[place]),
            )
            for place in np.flatnonzero(alike & free)
        )
        groups.append(Group(best, tuple(others)))
        free &= ~alike
    return groups


def folds_of(groups: Sequence[Group]) -> Folds:
    """What was folded into which result."""
    return {group.neighbor.product_id: group.others for group in groups if group.others}
