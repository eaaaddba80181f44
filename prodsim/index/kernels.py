"""Kernels: how similar two vectors are. Nothing else knows what `unit` and `linear` mean.

Both are the inner product, of vectors brought to length one or of the vectors as they are. It is computed row by row
for one query, and for several in blocks of BLOCK rows, each of them whole: in calls of one shape BLAS adds up every row
in the same order, so that equal vectors have equal similarities, wherever they lie. Functions refuse NaN and infinity:
one of them would reorder a whole result.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from prodsim.errors import QueryError

Floats = NDArray[np.floating]

Scoring = Literal["unit", "linear"]
"""The names of kernels, as options and addresses have them."""

BLOCK = 1024
"""Rows that are compared with several queries at a time."""


SAFE = 1e15
"""Sizes of which, and of whose inverse, a product of two is no more than float32 can hold."""


@dataclass(frozen=True)
class Kernel:
    """`normalized`: vectors are compared, and combined, at length one.

    The rest are words for people: `title`, and `short` where there is little room; what a `similarity` is, between two
    pictures and `to_a_combination` of several; what is `computed`.
    """

    name: Scoring
    title: str
    short: str
    normalized: bool
    similarity: str
    to_a_combination: str
    computed: str

    def prepared(self, vectors: Floats) -> NDArray[np.float32]:
        """Vectors whose inner products are the similarities. float (n, dim) -> float32 (n, dim)."""
        return unit(vectors) if self.normalized else finite(vectors, "vectors").astype(np.float32, copy=False)

    def sizes(self, vectors: Floats) -> NDArray[np.float32]:
        """What inner products are divided by, for either vector. float (n, dim) -> float32 (n,), not zero."""
        if not self.normalized:
            return np.ones(len(vectors), dtype=np.float32)
        lengths = norms(vectors)
        lengths[lengths == 0] = 1  # the similarity of a zero row to anything is 0
        return lengths

    def similarities(
        self, vectors: Floats, queries: Floats, sizes: NDArray[np.float32] | None = None
    ) -> NDArray[np.float32]:
        """Of every vector to every query. float32 (n, dim), (q, dim) -> float32 (q, n). `sizes`: if they are at hand.

        Equals `sklearn.metrics.pairwise.linear_kernel`, or `cosine_similarity`. QueryError if shapes do not fit.
        """
        products = inner_products(vectors, self.prepared(queries))
        products /= self.sizes(vectors) if sizes is None else sizes
        return finite(products, "similarities")

    def paired(self, ones: Floats, others: Floats) -> NDArray[np.float32]:
        """Of each vector to the other in its place. float32 (n, dim) twice -> float32 (n,)."""
        sizes = np.stack([self.sizes(ones), self.sizes(others)])
        if not ((sizes > 1 / SAFE) & (sizes < SAFE)).all():
            ones, others, sizes = self.prepared(ones), self.prepared(others), np.ones_like(sizes)
        with np.errstate(over="ignore", invalid="ignore"):
            products: NDArray[np.float32] = np.vecdot(ones, others) / sizes[0] / sizes[1]
        return finite(products, "similarities")


COSINE = Kernel(
    "unit",
    title="Unit length (cosine)",
    short="cosine",
    normalized=True,
    similarity="the cosine between the two embeddings, 1 for the same picture, whatever else there is.",
    to_a_combination="the cosine between the result and the combined query",
    computed="the linear kernel of vectors of length one, which is the cosine",
)
LINEAR = Kernel(
    "linear",
    title="Raw linear kernel",
    short="raw kernel",
    normalized=False,
    similarity="the inner product of the two embeddings. It has no upper end, and some pictures come first in many "
    "searches.",
    to_a_combination="the inner product of the result and the combined query",
    computed="the linear kernel, the inner product of the vectors as they are",
)

KERNELS: dict[Scoring, Kernel] = {kernel.name: kernel for kernel in (COSINE, LINEAR)}


def kernel_of(scoring: str) -> Kernel:
    """The kernel of this name. QueryError if there is none."""
    for name, kernel in KERNELS.items():
        if name == scoring:
            return kernel
    raise QueryError(f"There is no scoring {scoring!r}. Choose one of: {', '.join(KERNELS)}.")


def inner_products(vectors: Floats, queries: Floats) -> NDArray[np.float32]:
    """Of every query with every vector, in whole blocks. float (n, dim), (q, dim) -> float32 (q, n). Not checked."""
    if vectors.ndim != 2 or queries.ndim != 2 or queries.shape[1] != vectors.shape[1]:
        raise QueryError(f"Queries of shape {queries.shape} do not fit vectors of shape {vectors.shape}.")
    number, dim = vectors.shape
    products = np.empty((len(queries), number), dtype=np.float32)
    with np.errstate(over="ignore", invalid="ignore"):
        if len(queries) == 1:
            products[0] = np.vecdot(vectors, queries[0])
            return products
        whole = number - number % BLOCK
        for start in range(0, whole, BLOCK):
            products[:, start : start + BLOCK] = queries @ vectors[start : start + BLOCK].T
        if whole < number:
            last = np.zeros((BLOCK, dim), dtype=vectors.dtype)
            last[: number - whole] = vectors[whole:]
            products[:, whole:] = (queries @ last.T)[:, : number - whole]
    return products


def finite(values: Floats, what: str) -> Floats:
    """`values` itself; QueryError if any of them is NaN or infinite."""
    if not np.isfinite(values).all():
        raise QueryError(f"The {what} hold NaN or infinite numbers, so nothing can be ranked; index again.")
    return values


def norms(vectors: Floats) -> NDArray[np.float32]:
    """Euclidean lengths. float (n, dim) -> float32 (n,). QueryError if one is too long for float32."""
    lengths = np.empty(len(vectors), dtype=np.float32)
    for start in range(0, len(vectors), BLOCK):
        wide = vectors[start : start + BLOCK].astype(np.float64)
        with np.errstate(over="ignore", invalid="ignore"):
            lengths[start : start + BLOCK] = np.sqrt(np.vecdot(wide, wide))
    return finite(lengths, "lengths")


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
