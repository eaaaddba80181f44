"""The engine: from a `SearchRequest` to a `SearchResult`. Nothing else encodes a query, steers, ranks or folds."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from prodsim.catalog import Catalog
from prodsim.encoders import EncoderSpec, TextEncoder, is_familiar
from prodsim.errors import QueryError
from prodsim.index import Indexed, Kernel, Scoring, Skipped, VectorIndex, min_max
from prodsim.search.calibration import Calibration, calibrate
from prodsim.search.crop import Framing
from prodsim.search.near_duplicates import folded
from prodsim.search.photo import Photo
from prodsim.search.query import PhotosQuery, ProductQuery, Query, SearchRequest, WordsQuery
from prodsim.search.recent import Recent
from prodsim.search.result import Neighbor, SearchResult
from prodsim.search.rocchio import combined
from prodsim.search.text import by_names

PHOTOS = 256
"""Photos whose embeddings are kept, the last that were searched with: 8 kB each at most."""


class Engine:
    """Searches a catalog: by the vectors of an encoder, or, without any, by names and labels."""

    def __init__(self, catalog: Catalog, indexed: Indexed | None = None) -> None:
        """QueryError if the vectors are those of another catalog."""
        if indexed and indexed.catalog is not catalog:
            raise QueryError(f"The embeddings are not those of this catalog, {catalog.name}. Index it, and open that.")
        self.catalog = catalog
        self.indexed = indexed
        self._calibrations: dict[Scoring, Calibration | None] = {}
        self._photos: Recent[tuple[str, Framing], tuple[NDArray[np.float32], bool]] = Recent(PHOTOS)

    def __len__(self) -> int:
        """How many products can be found by a picture."""
        return self.indexed.vectors.products if self.indexed else 0

    @property
    def encoder(self) -> EncoderSpec:
        """Whose vectors are searched. QueryError if there are none."""
        if self.indexed is None:
            raise QueryError("There are no embeddings at hand. Index the catalog with an encoder.")
        return self.indexed.encoder.spec

    @property
    def skipped(self) -> tuple[Skipped, ...]:
        """The pictures that cannot be used: a product all of whose are among them is not found by a picture."""
        return self.indexed.skipped if self.indexed else ()

    def search(self, request: SearchRequest) -> SearchResult:
        """The neighbors, ties in the order of the catalog. Filters apply before ranking.

        UnknownProduct; QueryError if a filter does not fit the catalog, a product has no embedding, or the request
        takes vectors of an encoder whose vectors this engine does not have.
        """
        return self._by_names(request) if request.in_names else self._by_vectors(request)

    def needs_model(self, query: Query) -> bool:
        """Whether a search with it encodes something. Photos that were searched with a short while ago are known."""
        if isinstance(query, PhotosQuery):
            return any((photo.digest, photo.framing) not in self._photos for photo in query.photos)
        return isinstance(query, WordsQuery) and self.indexed is not None and self.encoder.reads_text

    def histogram(self, result: SearchResult, bins: int) -> NDArray[np.intp]:
        """How many of the products that were compared have a score in each of so many equal steps from 0 to 1."""
        request, index = result.request, self._of(result.request).vectors
        assert result.vector is not None, "names have no histogram"
        return index.histogram(result.vector, request.kernel, bins, self._taking_part(request, index))

    def calibration(self, kernel: Kernel) -> Calibration | None:
        """What a similarity means among these products; None if there are fewer than two. Made once, then kept."""
        if kernel.name not in self._calibrations and self.indexed:
            threshold = self.indexed.encoder.spec.match_threshold
            self._calibrations[kernel.name] = calibrate(self.indexed.vectors, kernel, threshold)
        return self._calibrations.get(kernel.name)

    def _by_names(self, request: SearchRequest) -> SearchResult:
        assert isinstance(request.query, WordsQuery), "only words are searched in names"
        rows = np.flatnonzero(self.catalog.filter(request.filters))
        found = by_names(self.catalog, request.query.words, rows, request.k)
        main = [self.catalog.main_picture(int(owner)) for owner in found.owners]
        neighbors = self._neighbors(found.owners, main, found.similarities, found.low, found.high)
        matching = tuple(neighbor for neighbor in neighbors if neighbor.similarity > 0)
        return SearchResult(request, self.catalog, matching, found.compared, found.low, found.high)

    def _by_vectors(self, request: SearchRequest) -> SearchResult:
        indexed, kernel, marks = self._of(request), request.kernel, request.marks
        index = indexed.vectors
        parts, familiar = self._parts(request, indexed)
        more, less = (self._vectors(ids) for ids in (marks.more, marks.less))
        vector = combined(kernel, parts, more, less) if request.query.combined else parts[0]
        rows, folds = self._taking_part(request, index), {}
        if request.fold:
            top, groups = folded(index, vector, request.k, kernel, rows)
            places = np.array([group[0] for group in groups], dtype=np.intp)
        else:
            top, groups = index.top(vector, request.k, kernel, rows), []
            places = np.arange(len(top.rows))
        images = [self.catalog.images[place] for place in indexed.places[top.rows]]
        neighbors = self._neighbors(
            top.owners[places], [images[place] for place in places], top.similarities[places], top.low, top.high
        )
        for neighbor, group in zip(neighbors, groups, strict=False):
            if len(others := group[1:]):
                alike = self._neighbors(
                    top.owners[others], [images[place] for place in others], top.similarities[others], top.low, top.high
                )
                folds[neighbor.product_id] = tuple(replace(other, rank=neighbor.rank) for other in alike)
        alone = neighbors
        if request.query.combined:
            to_first = kernel.similarities(index.vectors(top.rows[places]), parts[:1])[0].tolist()
            alone = tuple(replace(each, similarity=one) for each, one in zip(neighbors, to_first, strict=True))
        one_picture = not (isinstance(request.query, WordsQuery) or request.query.combined)
        return SearchResult(
            request,
            self.catalog,
            neighbors,
            top.compared,
            top.low,
            top.high,
            indexed=indexed,
            vector=vector,
            alone=alone,
            calibrate=partial(self.calibration, kernel) if one_picture else None,
            familiar=familiar,
            folds=folds,
        )

    def _of(self, request: SearchRequest) -> Indexed:
        if self.indexed is None or self.indexed.encoder.spec != request.encoder:
            raise QueryError(f"There are no embeddings by {request.encoder.name} at hand. Index the catalog with it.")
        return self.indexed

    def _parts(self, request: SearchRequest, indexed: Indexed) -> tuple[NDArray[np.float32], bool]:
        """The vectors of the query's pictures or words, float32 (parts, dim), and whether the encoder is made for one
        of them.
        """
        if isinstance(request.query, ProductQuery):
            return self._vectors([request.query.product_id]), True
        if isinstance(request.query, PhotosQuery):
            found = [self._photo(photo, indexed) for photo in request.query.photos]
            return np.stack([vector for vector, _ in found]), any(familiar for _, familiar in found)
        encoder = indexed.encoder.load()
        assert isinstance(encoder, TextEncoder), f"{request.encoder.name} says that it reads text"
        return encoder.encode_texts([request.query.words]), True

    def _photo(self, photo: Photo, indexed: Indexed) -> tuple[NDArray[np.float32], bool]:
        """The vector of a photo, float32 (dim,), and whether the encoder is made for it.

        Each is encoded alone: the last bits of what a network makes of a picture hang on how many are beside it, and
        what is known must equal what is not.
        """
        key = (photo.digest, photo.framing)
        if (known := self._photos.get(key)) is None:
            seen, encoder = photo.seen(indexed.encoder.spec), indexed.encoder.load()
            known = encoder.encode([seen])[0], is_familiar(encoder, seen)
            self._photos.keep(key, known)
        return known

    def _vectors(self, product_ids: Iterable[str]) -> NDArray[np.float32]:
        """Of the first picture of each product, float32 (n, dim). QueryError if a picture could not be used."""
        assert self.indexed is not None
        rows = []
        for product_id in product_ids:
            row = self.indexed.vectors.row_of(self.catalog.row(product_id))
            if row is None:
                raise QueryError(
                    f"{self.catalog.product(product_id).name} ({product_id}) has no embedding: its picture is damaged "
                    "or was not indexed. Mend the picture and index again, or choose another product."
                )
            rows.append(row)
        return self.indexed.vectors.vectors(np.array(rows, dtype=np.intp))

    def _taking_part(self, request: SearchRequest, index: VectorIndex) -> NDArray[np.bool_] | None:
        """Rows of the index whose products are ranked, bool (n,); None for all of them."""
        if not request.filters and not request.left_out:
            return None
        products = self.catalog.filter(request.filters)
        products[[self.catalog.row(product_id) for product_id in request.left_out]] = False
        return products[index.owners]

    def _neighbors(
        self,
        owners: NDArray[np.intp],
        images: Sequence[Path],
        similarities: NDArray[np.float32],
        low: float,
        high: float,
    ) -> tuple[Neighbor, ...]:
        scores, ids = min_max(similarities, low, high), self.catalog.table.index
        return tuple(
            Neighbor(rank, ids[owner], float(score), float(similarity), image)
            for rank, (owner, image, score, similarity) in enumerate(
                zip(owners, images, scores, similarities, strict=True), start=1
            )
        )
