"""Vectors: how they come from a catalog's pictures, where they are kept, and what compares them."""

from prodsim.index.base import Nearest, Top, VectorIndex
from prodsim.index.build import Progress, index
from prodsim.index.changes import AsIndexed, Changes, recall_all
from prodsim.index.exact import ExactIndex
from prodsim.index.forgetting import Forgotten, forget, forget_deleted, stores_in
from prodsim.index.hashes import HashMemory
from prodsim.index.indexed import Indexed, Skipped, catalog_digest, open_index
from prodsim.index.kernels import COSINE, KERNELS, LINEAR, Floats, Kernel, Scoring, finite, kernel_of, norms, unit
from prodsim.index.ranking import min_max
from prodsim.index.store import EmbeddingStore

__all__ = [
    "COSINE",
    "KERNELS",
    "LINEAR",
    "AsIndexed",
    "Changes",
    "EmbeddingStore",
    "ExactIndex",
    "Floats",
    "Forgotten",
    "HashMemory",
    "Indexed",
    "Kernel",
    "Nearest",
    "Progress",
    "Scoring",
    "Skipped",
    "Top",
    "VectorIndex",
    "catalog_digest",
    "finite",
    "forget",
    "forget_deleted",
    "index",
    "kernel_of",
    "min_max",
    "norms",
    "open_index",
    "recall_all",
    "stores_in",
    "unit",
]
