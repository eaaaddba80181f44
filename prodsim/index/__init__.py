"""Vectors: the numerics that compare them, where they are kept, and how they come from a catalog's pictures."""

from prodsim.index.build import Progress, Skipped, index
from prodsim.index.hashes import HashMemory
from prodsim.index.kernels import Floats, finite, linear_kernel, min_max, norms, top_k, unit
from prodsim.index.knn import nearest
from prodsim.index.store import EmbeddingStore

__all__ = [
    "EmbeddingStore",
    "Floats",
    "HashMemory",
    "Progress",
    "Skipped",
    "finite",
    "index",
    "linear_kernel",
    "min_max",
    "nearest",
    "norms",
    "top_k",
    "unit",
]
