"""Exact search: a catalog and its embeddings in memory -> the products that look most like a query."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from prodsim.catalog import Catalog, Filters
from prodsim.config import Settings
from prodsim.encoders import Available, Encoder, EncoderSpec, ReadsText
from prodsim.errors import QueryError
from prodsim.index import EmbeddingStore, HashMemory, finite, linear_kernel, min_max, norms, top_k, unit
from prodsim.search.calibration import Closeness, closeness

Scoring = Literal["unit", "linear"]
"""`unit`: vectors of length one, so the linear kernel is the cosine. `linear`: the raw kernel, as published."""

MAX_K = 100
"""More neighbors than a person looks at."""


@dataclass(frozen=True)
class Neighbor:
    """One result. `score`: min-max over the products that were ranked, 0..1; `similarity`: the kernel's value."""

    rank: int
    product_id: str
    score: float
    similarity: float


class ExactIndex:
    """One float32 matrix (n, dim), read-only, compared with a query in one product. Never the n x n matrix."""

    def __init__(self, matrix: NDArray[np.float32]) -> None:
        self.matrix = matrix
        self.matrix.setflags(write=False)

    @cached_property
    def lengths(self) -> NDArray[np.float32]:
        """Euclidean length of every row, float32 (n,); 1 for a zero row, whose similarity is 0 to anything."""
        lengths = norms(self.matrix)
        lengths[lengths == 0] = 1
        return lengths

    def similarities(self, query: NDArray[np.float32], scoring: Scoring) -> NDArray[np.float32]:
        """Similarity of every row to the query. float32 (dim,) -> float32 (n,)."""
        if scoring == "linear":
            return linear_kernel(self.matrix, query)
        return finite(linear_kernel(self.matrix, unit(query[np.newaxis])[0]) / self.lengths, "similarities")


class Searcher:
    """Finds the neighbors of a product or a vector among the products that have an embedding."""

    def __init__(
        self,
        catalog: Catalog,
        matrix: NDArray[np.float32],
        positions: NDArray[np.intp],
        digest: str,
        *,
        twins: NDArray[np.intp] | None = None,
        loose: float = EncoderSpec.loose,
    ) -> None:
        """`matrix`: float32 (m, dim); `positions`: the catalog row of each, ascending, (m,).

        `twins`: for each row of `matrix` the first one of the same picture, (m,). A matrix product may differ between
        equal rows in the last bit, by where they lie; twins get the same similarity, so that they tie. `loose`: the
        encoder's, see `Closeness`.
        """
        self.catalog = catalog
        self.digest = digest
        self._index = ExactIndex(matrix)
        self.positions = positions
        self.twins = twins
        self._place = {int(position): place for place, position in enumerate(positions)}
        self._loose = loose
        self._closeness: dict[Scoring, Closeness | None] = {}

    @classmethod
    def open(cls, catalog: Catalog, encoder: Available, settings: Settings) -> "Searcher":
        """From what is on disk; the encoder itself is not loaded. QueryError if nothing is indexed."""
        hashes = HashMemory.in_cache(settings).of(catalog.images)
        matrix, positions = EmbeddingStore.of(encoder, settings).read().matrix(hashes)
        if not len(positions):
            raise QueryError(
                f"The catalog {catalog.name} has no embeddings by {encoder.spec.name}. Run `python -m prodsim index`."
            )
        first: dict[str | None, int] = {}
        twins = np.array([first.setdefault(hashes[row], place) for place, row in enumerate(positions)], dtype=np.intp)
        digest = catalog.digest([hash_ or "" for hash_ in hashes])
        return cls(catalog, matrix, positions, digest, twins=twins, loose=encoder.spec.loose)

    def __len__(self) -> int:
        return len(self.positions)

    @property
    def matrix(self) -> NDArray[np.float32]:
        """All embeddings, float32 (m, dim), read-only."""
        return self._index.matrix

    def vector(self, product_id: str) -> NDArray[np.float32]:
        """A product's embedding, float32 (dim,). UnknownProduct, or QueryError if its picture could not be used."""
        name = self.catalog.product(product_id).name
        place = self._place.get(self.catalog.row(product_id))
        if place is None:
            raise QueryError(
                f"{name} ({product_id}) has no embedding: its picture is damaged or was not indexed. "
                "Mend the picture and index again, or choose another product."
            )
        vector: NDArray[np.float32] = self._index.matrix[place]
        return vector

    def by_product(
        self,
        product_id: str,
        *,
        k: int = 5,
        scoring: Scoring = "unit",
        filters: Filters | None = None,
        include_query: bool = False,
    ) -> list[Neighbor]:
        """The k products most like this one, itself left out unless `include_query`."""
        vector = self.vector(product_id)
        left_out = () if include_query else (product_id,)
        return self.by_vector(vector, k=k, scoring=scoring, filters=filters, left_out=left_out)

    def by_image(
        self,
        image: Image.Image,
        encoder: Encoder,
        *,
        k: int = 5,
        scoring: Scoring = "unit",
        filters: Filters | None = None,
    ) -> list[Neighbor]:
        """The k products most like an RGB picture."""
        return self.by_vector(encoder.encode([image])[0], k=k, scoring=scoring, filters=filters)

    def by_words(self, words: str, encoder: ReadsText, *, k: int = 5, filters: Filters | None = None) -> list[Neighbor]:
        """The k products whose pictures fit these words best, by the cosine: only directions mean the same for both."""
        return self.by_vector(encoder.encode_texts([words])[0], k=k, filters=filters)

    def by_vector(
        self,
        vector: NDArray[np.float32],
        *,
        k: int = 5,
        scoring: Scoring = "unit",
        filters: Filters | None = None,
        left_out: Collection[str] = (),
    ) -> list[Neighbor]:
        """The k products most like a vector, float32 (dim,), best first, ties by catalog row; fewer if fewer pass.

        Filters apply before ranking, the products of the ids in `left_out` take no part, and scores are min-max over
        what is ranked. QueryError if k, scoring, a filter or the vector makes no sense; UnknownProduct.
        """
        rows, similarities = self.candidates(vector, scoring=scoring, filters=filters, left_out=left_out)
        return best_of(self.catalog, self.positions[rows], similarities, k)

    def candidates(
        self,
        vector: NDArray[np.float32],
        *,
        scoring: Scoring = "unit",
        filters: Filters | None = None,
        left_out: Collection[str] = (),
    ) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
        """What `by_vector` ranks: rows of the matrix, ascending, and their similarities, both (ranked,)."""
        similarities = self.similarities(vector, scoring)
        ranked = self._ranked(filters or {}, left_out)
        return (np.arange(len(self)), similarities) if ranked is None else (ranked, similarities[ranked])

    def similarities(self, vector: NDArray[np.float32], scoring: Scoring = "unit") -> NDArray[np.float32]:
        """Of a vector, float32 (dim,), to every row of the matrix, the same to twins. -> float32 (m,). QueryError."""
        if scoring not in get_args(Scoring):
            raise QueryError(f"There is no scoring {scoring!r}. Choose one of: {', '.join(get_args(Scoring))}.")
        similarities = self._index.similarities(vector, scoring)
        return similarities if self.twins is None else similarities[self.twins]

    def compared(
        self, found: Sequence[Neighbor], vector: NDArray[np.float32], scoring: Scoring = "unit"
    ) -> list[Neighbor]:
        """The same neighbors, each with its similarity to another vector, float32 (dim,)."""
        similarities = self.similarities(vector, scoring)
        places = [self._place[self.catalog.row(neighbor.product_id)] for neighbor in found]
        return [
            replace(neighbor, similarity=float(similarities[place]))
            for neighbor, place in zip(found, places, strict=True)
        ]

    def closeness(self, scoring: Scoring = "unit") -> Closeness | None:
        """What a similarity means among these products; None if there are fewer than two. Found once, then kept."""
        if scoring not in self._closeness:
            lengths = self._index.lengths if scoring == "unit" else np.ones(len(self), dtype=np.float32)
            self._closeness[scoring] = closeness(self.matrix, lengths, self._loose)
        return self._closeness[scoring]

    def _ranked(self, filters: Filters, left_out: Collection[str]) -> NDArray[np.intp] | None:
        """Places in the matrix that take part, None for all of them."""
        if not filters and not left_out:
            return None
        passing = self.catalog.filter(filters)[self.positions]
        for product_id in left_out:
            passing &= self.positions != self.catalog.row(product_id)
        return np.flatnonzero(passing)


def best_of(catalog: Catalog, rows: NDArray[np.intp], similarities: NDArray[np.float32], k: int) -> list[Neighbor]:
    """The k most similar of some catalog rows, ascending, (m,), by their similarities, float32 (m,); ties by row.

    Scores are min-max over all m of them. QueryError if k makes no sense.
    """
    if not 1 <= k <= MAX_K:
        raise QueryError(f"k is {k}, but a search returns 1 to {MAX_K} neighbors. Choose a number between.")
    scores = min_max(similarities)
    return [
        Neighbor(rank, catalog.table.index[rows[place]], float(scores[place]), float(similarities[place]))
        for rank, place in enumerate(top_k(similarities, k), start=1)
    ]


def parse_filters(pairs: Sequence[str]) -> dict[str, list[str]]:
    """`["articleType=Tshirts", ...]` -> `{"articleType": ["Tshirts", ...]}`. QueryError if a pair has no `=`."""
    filters: dict[str, list[str]] = {}
    for pair in pairs:
        attribute, equals, value = pair.partition("=")
        if not (attribute and equals and value):
            raise QueryError(f"{pair!r} is no filter. Write attribute=value, for example articleType=Tshirts.")
        filters.setdefault(attribute, []).append(value)
    return filters
