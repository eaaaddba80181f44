"""How good an encoder's results are by the catalog's own labels: what are the nearest others of every product?

A result is right if it has the same value as the query of an attribute, or of each of several. What that cannot tell: a
red shirt may be a better answer to a red blouse than a green blouse is; and labels have errors.
"""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from prodsim.errors import QueryError
from prodsim.evaluation.hubness import hubness
from prodsim.evaluation.metrics import MEASURES, Values, interval
from prodsim.evaluation.pca import compared_by
from prodsim.evaluation.relevance import Classes, Relevance, classes, relevances
from prodsim.evaluation.report import (
    AskedCatalog,
    AskedEncoder,
    ClassQuality,
    Estimate,
    EvaluatedScoring,
    Quality,
    Question,
    Report,
)
from prodsim.index import Indexed
from prodsim.search import MAX_K

SEED = 0
"""Of the sample of queries; each interval has a generator of its own, so that it depends on nothing but its queries."""
DIGITS = 6
"""Decimals in a report; an interval is not known to more than three."""


@dataclass(frozen=True)
class Progress:
    """How many queries have their results. The last one of all holds the report."""

    done: int
    total: int
    report: Report | None = None


def ask(
    indexed: Indexed,
    *,
    scoring: EvaluatedScoring = "unit",
    k: int = 5,
    sample: int | None = None,
    wanted: Sequence[Relevance] = (),
) -> Question:
    """The question that `evaluate` answers. QueryError if a choice makes no sense.

    `wanted`: attributes that a right result shares with the query, once or several times; by default the type, and the
    type with the color. A `sample` of all products or more is every product.
    """
    if not 1 <= k <= MAX_K:
        raise QueryError(f"k is {k}, but 1 to {MAX_K} neighbors are judged. Choose a number between.")
    if scoring not in get_args(EvaluatedScoring):
        raise QueryError(f"There is no scoring {scoring!r}. Choose one of: {', '.join(get_args(EvaluatedScoring))}.")
    if sample is not None and sample < 1:
        raise QueryError(f"The sample has {sample} queries, but it takes at least 1. Choose 1 or more.")
    return Question(
        *asked_of(indexed),
        scoring,
        k,
        None if sample is None or sample >= indexed.vectors.products else sample,
        relevances(indexed.catalog, wanted),
    )


def asked_of(indexed: Indexed) -> tuple[AskedEncoder, AskedCatalog]:
    """What a question is about."""
    encoder, catalog = indexed.encoder, indexed.catalog
    return (
        AskedEncoder(encoder.spec.name, encoder.fingerprint),
        AskedCatalog(catalog.name, indexed.digest, len(catalog), indexed.vectors.products),
    )


def evaluate(indexed: Indexed, question: Question) -> Generator[Progress]:
    """Answer a question that was asked of these vectors. Yields at the start and after every block of queries.

    The last progress holds the report, which is the same each time. Closing the generator stops between two blocks.
    QueryError if no product has a value of each attribute.
    """
    products, owners = indexed.vectors.products, indexed.vectors.distinct_owners
    queries = _queries(products, question.sample)
    sorted_ways = [classes(indexed.catalog, wanted, owners) for wanted in question.relevances]
    yield Progress(0, len(queries))
    found = np.full((len(queries), question.k), -1, dtype=np.intp)
    done = 0
    index, kernel = compared_by(indexed.vectors, question.scoring)
    for block in index.neighbors(index.first_rows[queries], question.k, kernel):
        height, width = block.owners.shape
        found[done : done + height, :width] = np.searchsorted(owners, block.owners)
        done += height
        yield Progress(done, len(queries))
    qualities = []
    for way in sorted_ways:
        qualities.append(_quality(found, queries, way, products))
        yield Progress(done, len(queries))
    shown = found[:, : min(question.k, products - 1)]
    report = Report(1, question, len(queries), hubness(shown, products), tuple(qualities))
    yield Progress(done, len(queries), report)


def _queries(products: int, sample: int | None) -> NDArray[np.intp]:
    """Places of the products that are asked for, ascending."""
    if sample is None:
        return np.arange(products)
    return np.sort(np.random.default_rng(SEED).choice(products, sample, replace=False))


def _quality(found: NDArray[np.intp], queries: NDArray[np.intp], way: Classes, products: int) -> Quality:
    """Judge results, (queries, k) places with -1 where there is none, by one way to sort products into classes."""
    labeled = way.codes[queries] >= 0
    found, codes = found[labeled], way.codes[queries[labeled]]
    if not len(codes):
        raise QueryError(f"No query has a value of {' and '.join(way.attributes)}. Choose a larger sample.")
    hits = (found >= 0) & (way.codes[found] == codes[:, np.newaxis])
    relevant, others, k = way.sizes[codes] - 1, products - 1, found.shape[1]
    values = np.stack([measure.of(hits, relevant) for measure in MEASURES.values()], axis=1)
    at_random = np.stack([measure.at_random(relevant, others, k) for measure in MEASURES.values()], axis=1)
    order = np.argsort(codes, kind="stable")
    present, starts = np.unique(codes[order], return_index=True)
    of_classes = [
        ClassQuality(
            way.labels[code], int(way.sizes[code]), len(members), _estimates(values[members], at_random[members])
        )
        for code, members in zip(present, np.split(order, starts[1:]), strict=True)
    ]
    return Quality(
        way.attributes,
        queries=len(codes),
        unlabeled=len(queries) - len(codes),
        alone=int((relevant == 0).sum()),
        measures=_estimates(values, at_random),
        classes=tuple(of_classes),
    )


def _estimates(values: Values, at_random: Values) -> dict[str, Estimate]:
    """By measure, of both (queries, measures)."""
    columns = np.stack([values.mean(axis=0), *interval(values), at_random.mean(axis=0)], axis=1).round(DIGITS)
    return {name: Estimate(*column) for name, column in zip(MEASURES, columns.tolist(), strict=True)}
