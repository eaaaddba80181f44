"""What a similarity means in this catalog: against random pairs of its products, and against their nearest neighbors.

A similarity of 0.8 may be a lot for one encoder and nothing for another. That two pictures are more alike than 999 of
1,000 pairs of products, or than most products and their nearest neighbor, means the same for all of them.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from prodsim.index import Kernel, VectorIndex

Word = Literal["very close", "similar", "loosely similar", "nothing alike"]

NOTHING_ALIKE: Word = "nothing alike"

NOTHING = "None of the products compared looks like this. What comes closest all the same:"

PAIRS = 50_000
PRODUCTS = 500
"""How many are drawn; with them a percentile of 99.9 is right to about 0.03."""

SIMILAR = 99.5
"""Percentile of random pairs from which a result is called similar."""

AT_ONCE = 4096
"""Pairs of pictures whose vectors are in memory at a time."""


@dataclass(frozen=True, eq=False)
class Calibration:
    """`pairs`: similarities of random pairs; `nearest`: those of some products to their nearest other. Both float32,
    ascending, at least one. `match_threshold`: the percentile of pairs below which a result is not alike at all.
    """

    pairs: NDArray[np.float32]
    nearest: NDArray[np.float32]
    match_threshold: float

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
        return "loosely similar" if percentile >= self.match_threshold else NOTHING_ALIKE


def calibrate(index: VectorIndex, kernel: Kernel, match_threshold: float, *, seed: int = 0) -> Calibration | None:
    """From pairs of products that are drawn from an index. As in a search, one of them asks with its first picture, and
    of the other the most similar one counts. So many fewer pairs are drawn as products have several pictures.

    None if there are fewer than two products. QueryError on NaN and infinity.
    """
    rows = index.first_rows
    if len(rows) < 2:
        return None
    number = max(1, PAIRS * len(rows) // len(index))
    random = np.random.default_rng(seed)
    first = random.integers(len(rows), size=number)
    second = (first + random.integers(1, len(rows), size=number)) % len(rows)
    products = rows[random.permutation(len(rows))[:PRODUCTS]]
    pairs = _most_similar(index, kernel, rows[first], second)
    nearest = [block.similarities[:, 0] for block in index.neighbors(products, 1, kernel)]
    return Calibration(np.sort(pairs), np.sort(np.concatenate(nearest)), match_threshold)


def _most_similar(
    index: VectorIndex, kernel: Kernel, asking: NDArray[np.intp], products: NDArray[np.intp]
) -> NDArray[np.float32]:
    """Of each pair, a row of the index and a place among its products, both (n,), the similarity of the product's most
    similar picture. -> float32 (n,)
    """
    counts = np.diff(index.first_rows, append=len(index))[products]
    ends = np.cumsum(counts)
    pictures = np.arange(ends[-1]) - np.repeat(ends - counts - index.first_rows[products], counts)
    sides = np.repeat(asking, counts), pictures
    blocks = [
        kernel.paired(*(index.vectors(side[start : start + AT_ONCE]) for side in sides))
        for start in range(0, len(pictures), AT_ONCE)
    ]
    return np.maximum.reduceat(np.concatenate(blocks), ends - counts)
