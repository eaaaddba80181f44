"""Principal components: the directions in which a catalog's vectors differ most."""

import numpy as np
from numpy.typing import NDArray

from prodsim.index import finite, unit

ROWS = 4096
"""Rows at a time in float64: 34 MB at 1024 numbers each."""


def principal(vectors: NDArray[np.float32], components: int) -> NDArray[np.float32]:
    """Vectors minus their mean, on their first principal components, scaled to length one.

    float (n, dim) -> float32 (n, min(components, rank)). Equals the rows of `sklearn.decomposition.PCA(components)` at
    length one, up to the sign of each component, which changes no inner product. A vector that is the mean stays zero.
    QueryError on NaN and infinity.
    """
    blocks = [slice(start, start + ROWS) for start in range(0, len(vectors), ROWS)]
    mean = finite(vectors.mean(axis=0, dtype=np.float64), "vectors")
    covariance = np.zeros((len(mean), len(mean)))
    for block in blocks:
        centered = vectors[block] - mean
        covariance += centered.T @ centered
    variances, directions = np.linalg.eigh(covariance)
    kept = np.flatnonzero(variances > max(vectors.shape) * np.finfo(np.float64).eps * variances.max(initial=0))
    axes = directions[:, kept[::-1][:components]]
    projected = np.empty((len(vectors), axes.shape[1]), dtype=np.float32)
    for block in blocks:
        projected[block] = unit((vectors[block] - mean) @ axes)
    return projected
