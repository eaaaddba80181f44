"""Principal components: the directions in which a catalog's vectors differ most."""

import numpy as np
from numpy.typing import NDArray

from prodsim.evaluation.report import EvaluatedScoring
from prodsim.index import LINEAR, ExactIndex, Kernel, VectorIndex, finite, kernel_of, unit

COMPONENTS = 64
ROWS = 4096
"""Rows at a time in float64: 34 MB at 1024 numbers each."""


def compared_by(index: VectorIndex, scoring: EvaluatedScoring) -> tuple[VectorIndex, Kernel]:
    """What is compared, and by which kernel: the index itself, or that of its principal components."""
    if scoring != "pca":
        return index, kernel_of(scoring)
    return ExactIndex(principal(index, COMPONENTS), index.owners), LINEAR


def principal(index: VectorIndex, components: int) -> NDArray[np.float32]:
    """Vectors minus their mean, on their first principal components, scaled to length one.

    float32 (n, min(components, rank)) for an index of n rows. Equals the rows of
    `sklearn.decomposition.PCA(components)` at length one, up to the sign of each component, which changes no inner
    product. A vector that is the mean stays zero. QueryError on NaN and infinity.
    """
    number = len(index)
    blocks = [np.arange(start, min(start + ROWS, number)) for start in range(0, number, ROWS)]
    mean = np.zeros(index.dim)
    for rows in blocks:
        mean += finite(index.vectors(rows), "vectors").sum(axis=0, dtype=np.float64) / number
    covariance = np.zeros((index.dim, index.dim))
    for rows in blocks:
        centered = index.vectors(rows) - mean
        covariance += centered.T @ centered
    variances, directions = np.linalg.eigh(covariance)
    rank = max(number, index.dim) * np.finfo(np.float64).eps * variances.max(initial=0)
    kept = np.flatnonzero(variances > rank)
    axes = directions[:, kept[::-1][:components]]
    projected = np.empty((number, axes.shape[1]), dtype=np.float32)
    for rows in blocks:
        projected[rows] = unit((index.vectors(rows) - mean) @ axes)
    return projected
