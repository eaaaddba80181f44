"""`VectorIndex`: all that is known of a catalog's vectors, whatever holds and compares them."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from prodsim.errors import QueryError
from prodsim.index.kernels import Kernel
from prodsim.index.ranking import largest


@dataclass(frozen=True, eq=False)
class Top:
    """The most similar products, best first, ties in the order of rows: `owners`, `rows` (the best one of each), both
    intp (k,), and `similarities`, float32 (k,).

    `low` and `high` are the ends of the similarities of all products that were `compared`; 0 if there are none.
    """

    owners: NDArray[np.intp]
    rows: NDArray[np.intp]
    similarities: NDArray[np.float32]
    low: float
    high: float
    compared: int

    @classmethod
    def of(cls, similarities: NDArray[np.float32], owners: NDArray[np.intp], rows: NDArray[np.intp], k: int) -> "Top":
        """The k most similar of the products that are compared: their similarities, owners and best rows, all (m,)."""
        best = largest(similarities[np.newaxis], k)[0]
        low, high = (float(similarities.min()), float(similarities.max())) if len(similarities) else (0.0, 0.0)
        return cls(owners[best], rows[best], similarities[best], low, high, len(similarities))


@dataclass(frozen=True, eq=False)
class Nearest:
    """Of some queries the most similar other products, best first, ties in the order of rows: `owners` and `rows`, intp
    (q, k), and `similarities`, float32 (q, k).
    """

    owners: NDArray[np.intp]
    rows: NDArray[np.intp]
    similarities: NDArray[np.float32]


class VectorIndex(ABC):
    """An immutable snapshot of vectors of `dim` numbers.

    A row is a picture. `owners`, intp (n,) and ascending, gives the product that it shows, by its row in the catalog. A
    product is as similar to a query as the most similar of its pictures. QueryError on NaN, infinity, a query of
    another `dim`, and k less than 1.
    """

    def __init__(self, owners: NDArray[np.intp], dim: int) -> None:
        """QueryError if the owners are not ascending."""
        if (np.diff(owners) < 0).any():
            raise QueryError("The owners of an index's rows are not in ascending order. Sort the rows by their owner.")
        self.owners = owners
        self.dim = dim

    def __len__(self) -> int:
        return len(self.owners)

    @abstractmethod
    def top(self, query: NDArray[np.float32], k: int, kernel: Kernel, rows: NDArray[np.bool_] | None = None) -> Top:
        """The k products most similar to a vector, float32 (dim,), among some `rows`, bool (n,); None: all of them."""

    @abstractmethod
    def histogram(
        self, query: NDArray[np.float32], kernel: Kernel, bins: int, rows: NDArray[np.bool_] | None = None
    ) -> NDArray[np.intp]:
        """How many products have a score in each of so many equal steps from 0 to 1, see `min_max`. -> (bins,)."""

    @abstractmethod
    def neighbors(self, rows: NDArray[np.intp], k: int, kernel: Kernel) -> Iterator[Nearest]:
        """For these rows as queries, (q,), in blocks and in their order, the k nearest products that are not their own.

        There are fewer if there are fewer products. Never the n x n matrix.
        """

    @abstractmethod
    def vectors(self, rows: NDArray[np.intp]) -> NDArray[np.float32]:
        """Those of these rows, (q,). -> float32 (q, dim)."""

    @cached_property
    def first_rows(self) -> NDArray[np.intp]:
        """The first row of each product that has one, in their order: intp (products,)."""
        return np.flatnonzero(np.diff(self.owners, prepend=-1))

    @cached_property
    def distinct_owners(self) -> NDArray[np.intp]:
        """The products that have a row, in their order: intp (products,)."""
        return self.owners[self.first_rows]

    @property
    def products(self) -> int:
        """How many products have a row."""
        return len(self.first_rows)

    def row_of(self, owner: int) -> int | None:
        """The first row of a product; None if it has none."""
        row = int(np.searchsorted(self.owners, owner))
        return row if row < len(self) and self.owners[row] == owner else None
