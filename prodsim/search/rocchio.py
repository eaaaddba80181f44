"""One query out of several: Rocchio's combination of what is asked with what was judged.

    alpha * mean(queries) + beta * mean(more) - gamma * mean(less)

Rocchio 1971, Relevance feedback in information retrieval (in Salton, The SMART Retrieval System). The weights are
those of Manning, Raghavan, Schütze 2008, Introduction to IR, section 9.1.1: what is wanted counts more than what is
not. There, negative weights of words become zero; the numbers of an embedding are no words and stay as they are.
"""

import numpy as np
from numpy.typing import NDArray

from prodsim.index import Floats, Kernel

ALPHA, BETA, GAMMA = 1.0, 0.75, 0.15
"""Weights of the queries, of what the results should be more like, and less like."""


def combined(kernel: Kernel, queries: Floats, more: Floats, less: Floats) -> NDArray[np.float32]:
    """The combination of vectors: float (queries, dim), at least one, (more, dim), (less, dim) -> float32 (dim,).

    A group without a vector adds nothing. Vectors are combined as the kernel compares them: by the cosine at length
    one, so that none counts more for its length; by the raw kernel as they are.
    """
    wide: NDArray[np.float64] = ALPHA * kernel.prepared(queries).mean(axis=0, dtype=np.float64)
    if len(more):
        wide = wide + BETA * kernel.prepared(more).mean(axis=0, dtype=np.float64)
    if len(less):
        wide = wide - GAMMA * kernel.prepared(less).mean(axis=0, dtype=np.float64)
    return wide.astype(np.float32)
