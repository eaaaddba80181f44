"""Results as JSON documents: what `--json` prints and what the app offers for download.

Plain ASCII. Paths of pictures are relative to the catalog's folder, so a document reads the same on any machine.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any, Literal, TypedDict, final

import pandas as pd

from prodsim.catalog import Catalog, counts, overview, problem_counts
from prodsim.config import Settings
from prodsim.encoders import Available, EncoderSpec
from prodsim.images import Fitting
from prodsim.index import HashMemory
from prodsim.search import (
    ALPHA,
    BETA,
    GAMMA,
    NO_FOLDS,
    NO_MARKS,
    Box,
    Closeness,
    Folds,
    Framing,
    Marks,
    Neighbor,
    Scoring,
    Searcher,
    Word,
)


@final
class ProductQuery(TypedDict):
    """The query was a product of the catalog."""

    product_id: str


@final
class ImageQuery(TypedDict):
    """The query was a picture; `image` is its file name, `crop` and `fit` say how it was framed: see `Framing`."""

    image: str
    crop: Box
    fit: Fitting


@final
class PhotosQuery(TypedDict):
    """The query was several photos of one item, which were combined: see `steering.steered`."""

    images: list[ImageQuery]


class WordsQuery(TypedDict):
    """The query was words."""

    words: str


class SteeredRecord(TypedDict):
    """Ids of the products that steered the query, and the weights of Rocchio's combination: see `rocchio`."""

    more: list[str]
    less: list[str]
    alpha: float
    beta: float
    gamma: float


class NeighborRecord(TypedDict):
    """One neighbor and what the catalog says about it; `image`: path below the catalog's folder, with `/`."""

    rank: int
    product_id: str
    name: str
    score: float
    similarity: float
    attributes: Mapping[str, str]
    image: str


class ClosenessRecord(TypedDict):
    """`verdict`: see `verdict`; `words` and `percentiles` of the neighbors: see `Closeness`."""

    verdict: Word | None
    words: list[Word]
    percentiles: list[float]


class SearchDocument(TypedDict):
    """One search: `encoder` has `name` and `fingerprint`; `catalog` has `name`, `digest` and `products`.

    Where `searched` is "names", names and labels were, and no encoder and scoring took part. What the neighbors'
    similarities mean, in their order, is in `closeness`; None for words, for a query that is no single picture, and in
    a catalog of one product. `steered` is None where the query was searched with as it is. `near_identical`: by a
    neighbor's id, those of the products that were folded into it, see `near_duplicates`.
    """

    query: ProductQuery | ImageQuery | PhotosQuery | WordsQuery
    searched: Literal["pictures", "names"]
    encoder: Mapping[str, str] | None
    scoring: Scoring | None
    catalog: Mapping[str, str | int]
    neighbors: list[NeighborRecord]
    closeness: ClosenessRecord | None
    steered: SteeredRecord | None
    near_identical: Mapping[str, list[str]]


def image_query(name: str, framing: Framing, encoder: EncoderSpec) -> ImageQuery:
    """The query was the picture of this file name, so framed for this encoder."""
    return {"image": name, "crop": framing.box, "fit": framing.fitting or encoder.fitting}


def search_document(
    query: ProductQuery | ImageQuery | PhotosQuery | WordsQuery,
    neighbors: Sequence[Neighbor],
    searcher: Searcher,
    *,
    encoder: Available,
    scoring: Scoring,
    familiar: bool = True,
    marks: Marks = NO_MARKS,
    folds: Folds = NO_FOLDS,
) -> SearchDocument:
    """A search and all that is needed to tell whether another one is comparable. `familiar`: see `verdict`."""
    catalog, one_picture = searcher.catalog, not marks and ("product_id" in query or "image" in query)
    known = searcher.closeness(scoring) if one_picture else None
    return {
        "query": query,
        "searched": "pictures",
        "encoder": {"name": encoder.spec.name, "fingerprint": encoder.fingerprint},
        "scoring": scoring,
        "catalog": {"name": catalog.name, "digest": searcher.digest, "products": len(catalog)},
        "neighbors": [_record(neighbor, catalog) for neighbor in neighbors],
        "closeness": _closeness(neighbors, known, familiar) if known else None,
        "steered": _steered(marks) if marks else None,
        "near_identical": {id_: [other.product_id for other in others] for id_, others in folds.items()},
    }


def names_document(words: str, neighbors: Sequence[Neighbor], catalog: Catalog, settings: Settings) -> SearchDocument:
    """The same for a search of names and labels. For the digest pictures are read whose hash is not known."""
    hashes = HashMemory.in_cache(settings).of(catalog.images)
    digest = catalog.digest([hash_ or "" for hash_ in hashes])
    return {
        "query": {"words": words},
        "searched": "names",
        "encoder": None,
        "scoring": None,
        "catalog": {"name": catalog.name, "digest": digest, "products": len(catalog)},
        "neighbors": [_record(neighbor, catalog) for neighbor in neighbors],
        "closeness": None,
        "steered": None,
        "near_identical": {},
    }


def heading(found: int, among: int, *, words: bool = False) -> str:
    """Over so many results of so many products; `words`: what is searched with is words."""
    best = "best match" if words else "most similar"
    if found > 1:
        best = f"{found} {best}es" if words else f"{found} {best}"
    return f"The {best} of {among:,} product{'s' if among != 1 else ''}"


def verdict(neighbors: Sequence[Neighbor], known: Closeness | None, *, familiar: bool = True) -> Word | None:
    """How close the best of them is. Nothing is alike to a picture that the encoder was not made for (not `familiar`),
    however close its embedding comes. None if there is no neighbor, or nothing to compare with.
    """
    if not neighbors:
        return None
    if not familiar:
        return "nothing alike"
    return known.word(neighbors[0].similarity) if known else None


def _closeness(neighbors: Sequence[Neighbor], known: Closeness, familiar: bool) -> ClosenessRecord:
    return {
        "verdict": verdict(neighbors, known, familiar=familiar),
        "words": [known.word(neighbor.similarity) for neighbor in neighbors],
        "percentiles": [known.percentile(neighbor.similarity) for neighbor in neighbors],
    }


def _steered(marks: Marks) -> SteeredRecord:
    return {"more": [*marks.more], "less": [*marks.less], "alpha": ALPHA, "beta": BETA, "gamma": GAMMA}


def _record(neighbor: Neighbor, catalog: Catalog) -> NeighborRecord:
    product = catalog.product(neighbor.product_id)
    return {
        "rank": neighbor.rank,
        "product_id": product.id,
        "name": product.name,
        "score": neighbor.score,
        "similarity": neighbor.similarity,
        "attributes": product.attributes,
        "image": product.image.relative_to(catalog.folder).as_posix(),
    }


def neighbors_table(
    neighbors: Sequence[Neighbor], catalog: Catalog, known: Closeness | None, folds: Folds = NO_FOLDS
) -> pd.DataFrame:
    """One row per neighbor: rank, id, score, similarity, its meaning, the ids of what is folded into it if anything is
    into any, then the attributes as in the catalog.
    """
    rows = catalog.table.loc[[neighbor.product_id for neighbor in neighbors]].reset_index()
    rows.insert(0, "rank", [neighbor.rank for neighbor in neighbors])
    rows.insert(2, "score", [neighbor.score for neighbor in neighbors])
    rows.insert(3, "similarity", [neighbor.similarity for neighbor in neighbors])
    if known:
        rows.insert(4, "percentile", [known.percentile(neighbor.similarity) for neighbor in neighbors])
        rows.insert(5, "closeness", [known.word(neighbor.similarity) for neighbor in neighbors])
    if folds:
        others = [folds.get(neighbor.product_id, ()) for neighbor in neighbors]
        rows.insert(
            6 if known else 4, "near_identical", [" ".join(each.product_id for each in some) for some in others]
        )
    return rows


def catalog_document(catalog: Catalog) -> dict[str, Any]:
    """A catalog in numbers: rows read, products, problems, and for each attribute how often each value occurs."""
    attributes = overview(catalog)
    return {
        "catalog": {"name": catalog.name, "rows_read": catalog.rows_read, "products": len(catalog)},
        "problem_counts": dict(problem_counts(catalog).itertuples(index=False, name=None)),
        "problems": [asdict(problem) for problem in catalog.problems],
        "missing": dict(zip(attributes["attribute"], attributes["missing"].tolist(), strict=True)),
        "values": {name: dict(counts(catalog, name).itertuples(index=False, name=None)) for name in catalog.attributes},
    }
