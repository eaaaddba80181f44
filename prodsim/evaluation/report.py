"""What a report on an encoder's results says, as records.

A report answers one question, which names the encoder's fingerprint and the catalog's digest: when either has changed,
that is another question.
"""

from dataclasses import asdict, dataclass
from typing import Any, Literal

from prodsim.evaluation.hubness import Hubness

Format = Literal[1]
"""Changes with the fields below, and with every definition of a measure."""

EvaluatedScoring = Literal["unit", "linear", "pca"]
"""The scorings of `search`, and `pca`: vectors centered on the catalog's mean, on its first 64 principal components, of
length one.
"""

ENOUGH = 20
"""Queries of a class that is named among the best or worst: with fewer, luck would put it there."""


@dataclass(frozen=True)
class AskedEncoder:
    """An encoder, and the fingerprint of how exactly it makes its vectors."""

    name: str
    fingerprint: str


@dataclass(frozen=True)
class AskedCatalog:
    """A catalog, the digest of its rows and pictures, and how many of its products have an embedding."""

    name: str
    digest: str
    products: int
    indexed: int


@dataclass(frozen=True)
class Question:
    """All that decides a report. `sample`: how many products are queries, a seeded choice; None: every one."""

    encoder: AskedEncoder
    catalog: AskedCatalog
    scoring: EvaluatedScoring
    k: int
    sample: int | None
    relevances: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Estimate:
    """A measure's mean over queries, its 95 % bootstrap interval, and its mean if results were in random order."""

    mean: float
    low: float
    high: float
    at_random: float


@dataclass(frozen=True)
class ClassQuality:
    """The queries of one class: its labels, its products, how many of them were queries, estimates by measure."""

    labels: tuple[str, ...]
    products: int
    queries: int
    measures: dict[str, Estimate]


@dataclass(frozen=True)
class Quality:
    """Where a result is right if it has the query's value of each of these attributes.

    `queries`: those that count; `unlabeled`: those that do not, for they lack a value; `alone`: those that count, as
    zero, with nothing to be found for them. `measures`: over all queries; `classes`: those with a query, largest first.
    """

    attributes: tuple[str, ...]
    queries: int
    unlabeled: int
    alone: int
    measures: dict[str, Estimate]
    classes: tuple[ClassQuality, ...]


@dataclass(frozen=True)
class Report:
    """The answer to a question. `hubness` is that of all queries, labeled or not."""

    format: Format
    question: Question
    queries: int
    hubness: Hubness
    qualities: tuple[Quality, ...]


def best_and_worst(quality: Quality, most: int = 5) -> tuple[list[ClassQuality], list[ClassQuality]]:
    """The classes with the best precision, best first, and those with the worst, worst first; larger ones first among
    equals. Only those with at least ENOUGH queries; none is in both, and with few of them there are no worst.
    """
    judged = sorted((each for each in quality.classes if each.queries >= ENOUGH), key=_precision, reverse=True)
    if len(judged) <= 2 * most:
        return judged, []
    return judged[:most], sorted(judged[most:], key=_precision)[:most]


def _precision(one: ClassQuality) -> float:
    return one.measures["precision"].mean


def report_document(report: Report) -> dict[str, Any]:
    """The report as a JSON document, with the names of its fields."""
    return asdict(report)
