"""Near-identical results folded into one: the same picture twice, or the same thing photographed the same way."""

import numpy as np
from numpy.typing import NDArray

from prodsim.index import COSINE, Kernel, Top, VectorIndex

NEAR_IDENTICAL = 0.998
"""The cosine from which two results are one. Of 2,000 products of `fashion-small`, 1.3 % have another file so near with
`mini`, 1.1 % with `mobilenet_025` and 1.0 % of 500 with `pixels`: the same thing, or one of its shades; from 0.995 on
there are other sunglasses and purses among them. Of 48 pictures of 450 x 600, all copies of half the size or as JPEG of
quality 75 are so near with `mini` and `pixels`, and most with `mobilenet_025`.
"""

CANDIDATES = 1000
"""The most similar products, among which near-identical ones are looked for; more if they are not enough."""

FOLDED = f"pictures whose embeddings have a cosine of {NEAR_IDENTICAL} or more are folded into one."
"""What "near-identical" means, in a sentence."""


def folded(
    index: VectorIndex, query: NDArray[np.float32], k: int, kernel: Kernel, rows: NDArray[np.bool_] | None
) -> tuple[Top, list[NDArray[np.intp]]]:
    """As `index.top`, but each of k results takes in what is at least NEAR_IDENTICAL to it, by the cosine.

    The candidates, and for each result, best first, the places among them of itself and of what it has taken in. Best
    first, what no better result has taken in is a result; where nothing is near-identical these are the first k.
    """
    number = max(CANDIDATES, k)
    while True:
        top = index.top(query, number, kernel, rows)
        groups = _groups(index.vectors(top.rows), k)
        if len(groups) == k or len(top.rows) == top.compared:
            return top, groups
        number *= 10


def _groups(vectors: NDArray[np.float32], k: int) -> list[NDArray[np.intp]]:
    """Places of vectors, float32 (n, dim), best first, in at most k groups."""
    groups: list[NDArray[np.intp]] = []
    free, sizes = np.ones(len(vectors), dtype=bool), COSINE.sizes(vectors)
    while len(groups) < k and free.any():
        first = int(free.argmax())
        alike = COSINE.similarities(vectors, vectors[[first]], sizes)[0] >= NEAR_IDENTICAL
        alike[first] = True
        groups.append(np.flatnonzero(alike & free))
        free &= ~alike
    return groups
