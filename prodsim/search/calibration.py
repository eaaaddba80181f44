"""What a similarity means in this catalog: against random pairs of its products, and against their nearest neighbors.

A similarity of 0.8 may be a lot for one encoder and nothing for another. That two pictures are more alike than 999 of
1,000 pairs of products, or than most products and their nearest neighbor, means the same for all of them.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from prodsim.index import finite

Word = Literal["very close", "similar", "loosely similar", "nothing alike"]

NOTHING = "None of the products compared looks like this. What comes closest all the same:"

PAIRS = 50_000
PRODUCTS = 500
"""How many are drawn; with them a percentile of 99.9 is right to about 0.03."""

SIMILAR = 99.5
"""Percentile of random pairs from which a result is called similar."""

BLOCK = 2**22
"""Similarities at a time: 16 MB."""


@dataclass(frozen=True, eq=False)
class Closeness:
    """`pairs`: similarities of random pairs; `nearest`: those of some products to their nearest other. Both float32,
    ascending, at least one. `loose`: the percentile of pairs below which a result is not alike at all.
    """

    pairs: NDArray[np.float32]
    nearest: NDArray[np.float32]
    loose: float

    def percentile(self, similarity: float) -> float:
        """0..100: the share of random pairs of products that are less alike."""
        return 100 * float(np.searchsorted(self.pairs, np.float32(similarity))) / len(self.pairs)

    def word(self, similarity: float) -> Word:
        """In words: "very close" is what at least half of the products are to their nearest other."""
        if similarity >= self.nearest[len(self.nearest) // 2]:
            return "very close"
        percentile = self.percentile(similarity)
        if percentile >= SIMILAR:
            return "similar"
        return "loosely similar" if percentile >= self.loose else "nothing alike"


def closeness(
    matrix: NDArray[np.float32], lengths: NDArray[np.float32], loose: float, *, seed: int = 0
) -> Closeness | None:
    """Among the rows of a float32 (n, dim) matrix, whose inner products are divided by both `lengths`, float32 (n,).

    None for fewer than two rows. QueryError on NaN and infinity.
    """
    n = len(matrix)
    if n < 2:
        return None
    random = np.random.default_rng(seed)
    first = random.integers(n, size=PAIRS)
    second = (first + random.integers(1, n, size=PAIRS)) % n
    products = random.permutation(n)[:PRODUCTS]
    with np.errstate(over="ignore", invalid="ignore"):
        pairs = _paired(matrix, first, second) / (lengths[first] * lengths[second])
        nearest = np.concatenate([_nearest(matrix, lengths, some) for some in _blocks(products, n)])
    return Closeness(np.sort(finite(pairs, "similarities")), np.sort(finite(nearest, "similarities")), loose)


def _paired(matrix: NDArray[np.float32], first: NDArray[np.intp], second: NDArray[np.intp]) -> NDArray[np.float32]:
    """Inner products of rows, some thousands at a time."""
    parts = [
        np.einsum("ij,ij->i", matrix[first[start : start + 4096]], matrix[second[start : start + 4096]])
        for start in range(0, len(first), 4096)
    ]
    return np.concatenate(parts)


def _blocks(rows: NDArray[np.intp], n: int) -> list[NDArray[np.intp]]:
    at_once = max(1, BLOCK // n)
    return [rows[start : start + at_once] for start in range(0, len(rows), at_once)]


def _nearest(matrix: NDArray[np.float32], lengths: NDArray[np.float32], rows: NDArray[np.intp]) -> NDArray[np.float32]:
    similarities = (matrix[rows] @ matrix.T) / lengths
    similarities[np.arange(len(rows)), rows] = -np.inf
    best: NDArray[np.float32] = similarities.max(axis=1) / lengths[rows]
    return best
