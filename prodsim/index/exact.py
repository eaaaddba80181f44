"""The exact index: one float32 matrix in memory, compared with every query."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from prodsim.errors import QueryError
from prodsim.index.base import Nearest, Top, VectorIndex
from prodsim.index.kernels import Kernel
from prodsim.index.ranking import largest, min_max

AT_ONCE = 2**22
"""Similarities at a time: 16 MB, of which two copies are in memory. Both more and fewer are slower."""


class ExactIndex(VectorIndex):
    """NumPy's: `matrix` is float32 (n, dim), and becomes read-only; `owners` as in `VectorIndex`, (n,)."""

    def __init__(self, matrix: NDArray[np.float32], owners: NDArray[np.intp]) -> None:
        if matrix.ndim != 2 or len(matrix) != len(owners):
            raise QueryError(f"{len(owners)} owners do not fit vectors of shape {matrix.shape}. Index again.")
        super().__init__(owners, matrix.shape[1])
        matrix.setflags(write=False)
        self._matrix = matrix
        self._sizes: dict[str, NDArray[np.float32]] = {}

    def top(self, query: NDArray[np.float32], k: int, kernel: Kernel, rows: NDArray[np.bool_] | None = None) -> Top:
        """See `VectorIndex.top`."""
        similarities, places = self._compared(query, kernel, rows)
        return Top.of(similarities, self.owners[places], places, k)

    def histogram(
        self, query: NDArray[np.float32], kernel: Kernel, bins: int, rows: NDArray[np.bool_] | None = None
    ) -> NDArray[np.intp]:
        """See `VectorIndex.histogram`."""
        similarities, places = self._compared(query, kernel, rows)
        if not len(places):
            return np.zeros(bins, dtype=np.intp)
        scores = min_max(similarities, float(similarities.min()), float(similarities.max()))
        return np.histogram(scores, bins, range=(0, 1))[0]

    def neighbors(self, rows: NDArray[np.intp], k: int, kernel: Kernel) -> Iterator[Nearest]:
        """See `VectorIndex.neighbors`."""
        if k < 1:
            raise QueryError(f"k is {k}, but a query has at least 1 neighbor; choose 1 or more.")
        products = np.searchsorted(self.first_rows, rows, side="right") - 1
        at_once = max(1, AT_ONCE // max(1, len(self)))
        for start in range(0, len(rows), at_once):
            queries = rows[start : start + at_once]
            similarities, places = self._similarities(self._matrix[queries], kernel), None
            if self.products < len(self):
                similarities, places = self._best_of_each(similarities)
            own = products[start : start + at_once, np.newaxis]
            np.put_along_axis(similarities, own, -np.inf, axis=1)
            best = largest(similarities, min(k, self.products - 1)) if self.products > 1 else own[:, :0]
            best_rows = best if places is None else np.take_along_axis(places, best, axis=1)
            yield Nearest(self.owners[best_rows], best_rows, np.take_along_axis(similarities, best, axis=1))

    def vectors(self, rows: NDArray[np.intp]) -> NDArray[np.float32]:
        """See `VectorIndex.vectors`."""
        return self._matrix[rows]

    def _compared(
        self, query: NDArray[np.float32], kernel: Kernel, rows: NDArray[np.bool_] | None
    ) -> tuple[NDArray[np.float32], NDArray[np.intp]]:
        """Of each product with one of these rows the similarity, float32 (m,), and its most similar row, intp (m,)."""
        if rows is not None and rows.shape != (len(self),):
            raise QueryError(f"A choice of {rows.size:,} rows does not fit an index of {len(self):,}.")
        similarities = self._similarities(query[np.newaxis], kernel)
        if self.products == len(self):
            places = self.first_rows if rows is None else np.flatnonzero(rows)
            return similarities[0] if rows is None else similarities[0, places], places
        if rows is not None:
            similarities[0, ~rows] = -np.inf
        (best,), (places,) = self._best_of_each(similarities)
        taking_part = np.isfinite(best)
        return best[taking_part], places[taking_part]

    def _similarities(self, queries: NDArray[np.float32], kernel: Kernel) -> NDArray[np.float32]:
        """(q, dim) -> (q, n)."""
        if kernel.name not in self._sizes:
            self._sizes[kernel.name] = kernel.sizes(self._matrix)
        return kernel.similarities(self._matrix, queries, self._sizes[kernel.name])

    def _best_of_each(self, similarities: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.intp]]:
        """Of each product the highest similarity, and the first row that has it. (q, n) -> (q, m) twice."""
        best = np.maximum.reduceat(similarities, self.first_rows, axis=1)
        counts = np.diff(self.first_rows, append=len(self))
        candidates = np.where(similarities == np.repeat(best, counts, axis=1), np.arange(len(self)), len(self))
        return best, np.minimum.reduceat(candidates, self.first_rows, axis=1)
