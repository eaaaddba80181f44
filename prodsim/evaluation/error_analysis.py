"""The way from a figure to what is behind it: queries of one class whose results are wrong, and what they are."""

from dataclasses import dataclass

import numpy as np

from prodsim.errors import QueryError
from prodsim.evaluation.evaluating import SEED
from prodsim.evaluation.pca import compared_by
from prodsim.evaluation.relevance import Relevance, classes
from prodsim.evaluation.report import EvaluatedScoring
from prodsim.index import Indexed

ASKED = 500
"""Queries of a class that are looked through: a few seconds in a catalog of 40,000 products."""


@dataclass(frozen=True)
class Failure:
    """A query, the share of its results that is right, and its results: product id and whether it is right."""

    product_id: str
    precision: float
    neighbors: tuple[tuple[str, bool], ...]


def failures(
    indexed: Indexed,
    relevance: Relevance,
    labels: tuple[str, ...],
    *,
    scoring: EvaluatedScoring = "unit",
    k: int = 5,
    most: int = 5,
) -> list[Failure]:
    """The queries with the least right among their k nearest others, worst first, then in order of the catalog.

    At most `most`, of ASKED products of the class or all of them if there are fewer, a seeded choice; those without
    a wrong result are left out. QueryError if no indexed product has these labels.
    """
    catalog, owners = indexed.catalog, indexed.vectors.distinct_owners
    way = classes(catalog, relevance, owners)
    if labels not in way.labels:
        raise QueryError(f"No indexed product of {catalog.name} is {', '.join(labels)}. Choose another class.")
    code = way.labels.index(labels)
    members = np.flatnonzero(way.codes == code)
    if len(members) > ASKED:
        members = np.sort(np.random.default_rng(SEED).choice(members, ASKED, replace=False))
    index, kernel = compared_by(indexed.vectors, scoring)
    blocks = [block.owners for block in index.neighbors(index.first_rows[members], k, kernel)]
    found = np.searchsorted(owners, np.concatenate(blocks))
    right = way.codes[found] == code
    precisions = right.mean(axis=1) if found.shape[1] else np.ones(len(found))
    worst = np.argsort(precisions, kind="stable")[:most]
    ids = catalog.table.index[owners]
    return [
        Failure(
            ids[members[row]],
            float(precisions[row]),
            tuple((ids[place], bool(good)) for place, good in zip(found[row], right[row], strict=True)),
        )
        for row in worst
        if precisions[row] < 1
    ]
