"""The nearest of many queries at once, exactly, block by block: never the n x n matrix.

Equals a `Searcher.by_product` for each, up to the last bits of a similarity, by which near ties may fall differently.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from prodsim.index.kernels import finite

BLOCK = 2**22
"""Similarities at a time: 16 MB, of which two copies are in memory. Both larger and smaller blocks are slower."""


def nearest(
    vectors: NDArray[np.float32],
    queries: NDArray[np.intp],
    k: int,
    *,
    twins: NDArray[np.intp] | None = None,
    block: int = BLOCK,
) -> Iterator[NDArray[np.intp]]:
    """For each query, a row of `vectors`, the k other rows with the largest inner product, best first, ties by row.

    `vectors`: float32 (n, dim); `queries`: (q,); `twins`: for each row the first one that must tie with it, (n,).
    Yields intp (some queries, min(k, n - 1)), in the order of the queries. QueryError on NaN and infinity.
    """
    rows = np.arange(len(vectors))
    repeated = rows[:0] if twins is None else np.flatnonzero(twins != rows)
    first = repeated if twins is None else twins[repeated]
    at_once = max(1, block // len(vectors))
    for start in range(0, len(queries), at_once):
        asked = queries[start : start + at_once]
        with np.errstate(over="ignore", invalid="ignore"):
            similarities = finite(vectors[asked] @ vectors.T, "similarities")
        similarities[:, repeated] = similarities[:, first]
        similarities[np.arange(len(asked)), asked] = -np.inf
        yield _largest(similarities, min(k, len(vectors) - 1))


def _largest(similarities: NDArray[np.floating], k: int) -> NDArray[np.intp]:
    """Columns of the k largest values of each row, best first, ties by column. (b, n) -> (b, k)."""
    height, width = similarities.shape
    if not k:
        return np.empty((height, 0), dtype=np.intp)
    bounds = np.partition(similarities, width - k, axis=1)[:, width - k]
    rows, columns = np.divmod(np.flatnonzero(similarities >= bounds[:, np.newaxis]), width)  # k of each row, and ties
    order = np.lexsort((columns, -similarities[rows, columns], rows))
    starts = np.searchsorted(rows, np.arange(height))
    best: NDArray[np.intp] = columns[order][starts[:, np.newaxis] + np.arange(k)]
    return best
