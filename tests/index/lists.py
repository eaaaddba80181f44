"""An index of Python lists: the contract of `VectorIndex` in the plainest way, to compare the others with."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from prodsim.errors import QueryError
from prodsim.index import Kernel, Nearest, Top, VectorIndex


class ListIndex(VectorIndex):
    """Every similarity is computed one by one, and everything is sorted."""

    def __init__(self, matrix: NDArray[np.float32], owners: NDArray[np.intp]) -> None:
        super().__init__(owners, matrix.shape[1])
        self.rows = [tuple(row) for row in matrix.tolist()]

    def top(self, query: NDArray[np.float32], k: int, kernel: Kernel, rows: NDArray[np.bool_] | None = None) -> Top:
        if k < 1:
            raise QueryError(f"k is {k}")
        if rows is not None and rows.shape != (len(self),):
            raise QueryError("rows do not fit")
        ranked = self._ranked(query, kernel, range(len(self)) if rows is None else np.flatnonzero(rows).tolist())
        similarities = [similarity for similarity, _, _ in ranked]
        low, high = min(similarities, default=0.0), max(similarities, default=0.0)
        best = ranked[:k]
        return Top(
            np.array([owner for _, owner, _ in best], dtype=np.intp),
            np.array([row for _, _, row in best], dtype=np.intp),
            np.array([similarity for similarity, _, _ in best], dtype=np.float32),
            low,
            high,
            len(ranked),
        )

    def histogram(
        self, query: NDArray[np.float32], kernel: Kernel, bins: int, rows: NDArray[np.bool_] | None = None
    ) -> NDArray[np.intp]:
        top = self.top(query, max(1, len(self)), kernel, rows)
        counts = np.zeros(bins, dtype=np.intp)
        for similarity in top.similarities.tolist():
            score = 1.0 if top.low == top.high else (similarity - top.low) / (top.high - top.low)
            counts[min(bins - 1, int(score * bins))] += 1
        return counts

    def neighbors(self, rows: NDArray[np.intp], k: int, kernel: Kernel) -> Iterator[Nearest]:
        for row in rows.tolist():
            top = self.top(np.float32(self.rows[row]), k, kernel, self.owners != self.owners[row])
            yield Nearest(top.owners[np.newaxis], top.rows[np.newaxis], top.similarities[np.newaxis])

    def vectors(self, rows: NDArray[np.intp]) -> NDArray[np.float32]:
        return np.array([self.rows[row] for row in rows.tolist()], dtype=np.float32).reshape(-1, self.dim)

    def _ranked(self, query: NDArray[np.float32], kernel: Kernel, rows: list[int]) -> list[tuple[float, int, int]]:
        """Similarity, owner and row of each product's best row, best first, ties by row."""
        numbers = query.tolist()
        if len(numbers) != self.dim or not np.isfinite(query).all():
            raise QueryError("NaN or infinite, or a query that does not fit")
        best: dict[int, tuple[float, int]] = {}
        for row in rows:
            similarity = self._similarity(self.rows[row], numbers, kernel)
            owner = int(self.owners[row])
            if owner not in best or similarity > best[owner][0]:
                best[owner] = similarity, row
        return sorted(((s, owner, row) for owner, (s, row) in best.items()), key=lambda each: (-each[0], each[2]))

    @staticmethod
    def _similarity(one: tuple[float, ...], other: list[float], kernel: Kernel) -> float:
        product = sum(a * b for a, b in zip(one, other, strict=True))
        if not np.isfinite(product):
            raise QueryError("NaN or infinite")
        if not kernel.normalized:
            return product
        lengths = sum(a * a for a in one) * sum(b * b for b in other)
        return float(np.float32(product / lengths**0.5)) if lengths else 0.0
