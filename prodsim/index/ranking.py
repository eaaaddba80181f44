"""From similarities to ranks and scores."""

import numpy as np
from numpy.typing import NDArray

from prodsim.errors import QueryError
from prodsim.index.kernels import Floats, finite


def largest(values: Floats, k: int) -> NDArray[np.intp]:
    """Columns of the k largest values of each row, best first, ties by column; all of them if there are fewer.

    float (b, n) -> intp (b, min(k, n)). Equals `sorted(range(n), key=lambda i: (-row[i], i))[:k]` of each row, in
    O(n + k log k) rather than O(n log n). QueryError if k is less than 1, and on NaN.
    """
    if k < 1:
        raise QueryError(f"k is {k}, but a search returns at least 1 neighbor; choose 1 or more.")
    height, width = values.shape
    k = min(k, width)
    if not k or not height:
        return np.empty((height, k), dtype=np.intp)
    best: NDArray[np.intp]
    if k == 1:
        best = values.argmax(axis=1)[:, np.newaxis]
        _numbers(np.take_along_axis(values, best, axis=1))
        return best
    parted = np.partition(values, width - k, axis=1)[:, width - k :]
    _numbers(parted)
    rows, columns = np.divmod(np.flatnonzero(values >= parted[:, :1]), width)  # k of each row, and ties
    order = np.lexsort((columns, -values[rows, columns], rows))
    starts = np.searchsorted(rows, np.arange(height))
    best = columns[order][starts[:, np.newaxis] + np.arange(k)]
    return best


def _numbers(largest: Floats) -> None:
    """QueryError if one of the largest is NaN, which NumPy takes for more than any number."""
    if np.isnan(largest).any():
        finite(largest, "similarities")


def min_max(values: Floats, low: float, high: float) -> NDArray[np.float32]:
    """`(v - low) / (high - low)`, so that the highest is 1 and the lowest 0; all are 1 if they are alike.

    float (n,), between `low` and `high` -> float32 (n,). Relative to what was compared: the best of many bad matches
    gets 1.
    """
    finite(values, "similarities")
    if low == high:
        return np.ones(values.shape, dtype=np.float32)
    wide = values.astype(np.float64)
    return ((wide - low) / (high - low)).astype(np.float32)
