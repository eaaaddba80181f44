"""A search as a JSON document: what `--json` prints and what the app offers for download.

Plain ASCII. Paths of pictures are relative to the catalog's folder, so a document reads the same on any machine.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from prodsim.catalog import Catalog
from prodsim.encoders import EncoderSpec
from prodsim.images import Fitting
from prodsim.index import Scoring
from prodsim.search import (
    ALPHA,
    BETA,
    GAMMA,
    Box,
    Calibration,
    Neighbor,
    Photo,
    PhotosQuery,
    ProductQuery,
    Query,
    SearchResult,
    Word,
    WordsQuery,
)


@dataclass(frozen=True)
class ProductRecord:
    """The query was a product of the catalog."""

    product_id: str


@dataclass(frozen=True)
class PhotoRecord:
    """The query was a picture; `image` is its file name, `crop` and `fit` say how it was framed: see `Framing`."""

    image: str
    crop: Box
    fit: Fitting


@dataclass(frozen=True)
class PhotosRecord:
    """The query was several photos of one item, which were combined: see `rocchio`."""

    images: list[PhotoRecord]


@dataclass(frozen=True)
class WordsRecord:
    """The query was words."""

    words: str


@dataclass(frozen=True)
class SteeredRecord:
    """Ids of the products that steered the query, and the weights of Rocchio's combination: see `rocchio`."""

    more: tuple[str, ...]
    less: tuple[str, ...]
    alpha: float = ALPHA
    beta: float = BETA
    gamma: float = GAMMA


@dataclass(frozen=True)
class NeighborRecord:
    """One neighbor and what the catalog says about it. `pictures`: paths below the catalog's folder, with `/`, the main
    one first; `image`: the one that is most like the query.
    """

    rank: int
    product_id: str
    name: str
    score: float
    similarity: float
    attributes: Mapping[str, str]
    image: str
    pictures: list[str]


@dataclass(frozen=True)
class ClosenessRecord:
    """`verdict`: of the search; `words` and `percentiles` of the neighbors, in their order: see `Calibration`."""

    verdict: Word | None
    words: list[Word]
    percentiles: list[float]


@dataclass(frozen=True)
class SearchDocument:
    """One search: `encoder` has `name` and `fingerprint`; `catalog` has `name`, `digest` and `products`.

    Where `searched` is "names", names and labels were, and no encoder and scoring took part. `closeness` says what the
    neighbors' similarities mean; None for words, for a query that is no single picture, and in a catalog of one
    product. `steered` is None where the query was searched with as it is. `near_identical`: by a neighbor's id, those
    of the products that were folded into it, see `near_duplicates`.
    """

    query: ProductRecord | PhotoRecord | PhotosRecord | WordsRecord
    searched: Literal["pictures", "names"]
    encoder: Mapping[str, str] | None
    scoring: Scoring | None
    catalog: Mapping[str, str | int]
    neighbors: list[NeighborRecord]
    closeness: ClosenessRecord | None
    steered: SteeredRecord | None
    near_identical: Mapping[str, list[str]]


def search_document(result: SearchResult, digest: str) -> dict[str, Any]:
    """A search, and all that is needed to tell whether another one is comparable. `digest`: see `Catalog.digest`."""
    request, catalog, indexed = result.request, result.catalog, result.indexed
    known = result.calibration
    made = SearchDocument(
        query=_query(request.query, request.encoder),
        searched="pictures" if indexed else "names",
        encoder={"name": request.encoder.name, "fingerprint": indexed.encoder.fingerprint} if indexed else None,
        scoring=request.kernel.name if indexed else None,
        catalog={"name": catalog.name, "digest": digest, "products": len(catalog)},
        neighbors=[_neighbor(neighbor, catalog) for neighbor in result.neighbors],
        closeness=_closeness(result, known) if known else None,
        steered=SteeredRecord(request.marks.more, request.marks.less) if request.marks else None,
        near_identical={id_: [other.product_id for other in others] for id_, others in result.folds.items()},
    )
    return asdict(made)


def photo_record(photo: Photo, encoder: EncoderSpec) -> PhotoRecord:
    """A photo, so framed for this encoder."""
    return PhotoRecord(photo.name, photo.framing.box, photo.framing.fitting or encoder.fitting)


def _query(query: Query, encoder: EncoderSpec) -> ProductRecord | PhotoRecord | PhotosRecord | WordsRecord:
    match query:
        case ProductQuery():
            return ProductRecord(query.product_id)
        case WordsQuery():
            return WordsRecord(query.words)
        case PhotosQuery():
            photos = [photo_record(photo, encoder) for photo in query.photos]
            return photos[0] if len(photos) == 1 else PhotosRecord(photos)


def _closeness(result: SearchResult, known: Calibration) -> ClosenessRecord:
    similarities = [neighbor.similarity for neighbor in result.neighbors]
    return ClosenessRecord(result.verdict, [*map(known.word, similarities)], [*map(known.percentile, similarities)])


def _neighbor(neighbor: Neighbor, catalog: Catalog) -> NeighborRecord:
    product = catalog.product(neighbor.product_id)
    return NeighborRecord(
        neighbor.rank,
        product.id,
        product.name,
        neighbor.score,
        neighbor.similarity,
        product.attributes,
        _below(neighbor.image, catalog),
        [_below(image, catalog) for image in product.images],
    )


def _below(image: Path, catalog: Catalog) -> str:
    return image.relative_to(catalog.folder).as_posix()
