"""The numerics of the published method, in plain NumPy: unit length, linear kernel, min-max, top k.

Every function refuses NaN and infinity: one such number would silently reorder a whole result.
"""

import numpy as np
from numpy.typing import NDArray

from prodsim.errors import QueryError

Floats = NDArray[np.floating]


def finite(values: Floats, what: str) -> Floats:
    """`values` itself; QueryError if any of them is NaN or infinite."""
    if not np.isfinite(values).all():
        raise QueryError(f"The {what} hold NaN or infinite numbers, so nothing can be ranked; index again.")
    return values


def norms(vectors: Floats) -> NDArray[np.float32]:
    """Euclidean lengths. float (n, dim) -> float32 (n,). QueryError if one is too long for float32."""
    squares: NDArray[np.float64] = np.einsum("ij,ij->i", vectors, vectors, dtype=np.float64)
    with np.errstate(over="ignore"):
        return finite(np.sqrt(squares).astype(np.float32), "lengths")


def unit(vectors: Floats) -> NDArray[np.float32]:
    """Rows scaled to Euclidean length one; a zero row stays zero. float (n, dim) -> float32 (n, dim).

    Equals `sklearn.preprocessing.normalize`.
    """
    wide: NDArray[np.float64] = finite(vectors, "vectors").astype(np.float64)
    largest = np.abs(wide).max(axis=1, initial=0.0, keepdims=True)
    wide = np.divide(wide, largest, out=np.zeros_like(wide), where=largest > 0)
    lengths = np.linalg.norm(wide, axis=1, keepdims=True)
    np.divide(wide, lengths, out=wide, where=lengths > 0)
    return wide.astype(np.float32)


def linear_kernel(matrix: Floats, query: Floats) -> NDArray[np.float32]:
    """Inner product of every row with the query. float32 (n, dim), (dim,) -> float32 (n,).

    Equals `sklearn.metrics.pairwise.linear_kernel(matrix, query[None])[:, 0]`; between rows of length one it is the
    cosine. Non-finite rows or queries show in the result, which is what is checked: one pass over n numbers, not n*dim.
    """
    if matrix.ndim != 2 or query.shape != matrix.shape[1:]:
        raise QueryError(f"A query of shape {query.shape} does not fit vectors of shape {matrix.shape}.")
    with np.errstate(over="ignore", invalid="ignore"):
        products = (matrix @ query).astype(np.float32, copy=False)
    return finite(products, "similarities")


def min_max(values: Floats) -> NDArray[np.float32]:
    """`(v - min) / (max - min)`: the largest is 1, the smallest 0; constant rows give zeros. (n,) -> float32 (n,).

    Relative to this row alone: the best of many bad matches gets 1.
    """
    if values.size == 0:
        return np.zeros(0, dtype=np.float32)
    finite(values, "similarities")
    low, high = float(values.min()), float(values.max())
    if low == high:
        return np.zeros(values.shape, dtype=np.float32)
    if not np.isfinite(high - low):
        values, low, high = values / 2, low / 2, high / 2
    scaled = (values.astype(np.float64, copy=False) - low) / (high - low)
    return scaled.astype(np.float32)


def top_k(values: Floats, k: int) -> NDArray[np.intp]:
    """Positions of the k largest values, best first, ties by position; all of them if there are fewer. (n,) -> (k,).

    Equals `sorted(range(n), key=lambda i: (-values[i], i))[:k]`, in O(n + k log k) rather than O(n log n).
    """
    if k < 1:
        raise QueryError(f"k is {k}, but a search returns at least 1 neighbor; choose 1 or more.")
    finite(values, "similarities")
    if k < values.size:
        bound = np.partition(values, values.size - k)[values.size - k]
        above = np.flatnonzero(values > bound)
        ties = np.flatnonzero(values == bound)[: k - above.size]
        candidates = np.concatenate([above, ties])
    else:
        candidates = np.arange(values.size)
    order = np.lexsort((candidates, -values[candidates]))
    return candidates[order]
