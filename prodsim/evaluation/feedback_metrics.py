"""How good an encoder's results are by people's judgments, instead of by labels.

A judged product is a query, left out of its own results. Its results are the usual ones, but those that nobody judged
count neither way: they are removed before measuring, which makes a "condensed list" (Sakai 2007).
What that cannot tell: people judge what they are shown, so results that only another encoder finds are rarely judged.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from prodsim.errors import JudgmentsError
from prodsim.evaluation.evaluating import DIGITS, asked_of
from prodsim.evaluation.feedback import Judgment
from prodsim.evaluation.metrics import Values, interval
from prodsim.evaluation.pca import compared_by
from prodsim.evaluation.report import AskedCatalog, AskedEncoder, Estimate, EvaluatedScoring
from prodsim.index import Indexed


@dataclass(frozen=True)
class JudgedReport:
    """How far results agree with judgments.

    `judgments`: those that count; `left_out`: those that do not, as one of their products has no embedding, or both are
    the same. `queries`: those with judgments that count; `few`: those of them with no more than k, whose precision no
    order would change; `one_sided`: those without "more" or without "less", which have no agreement.
    `precision`: see `precision`; `agreement`: see `agreement`, None if all queries are one-sided. Both with their means
    over queries.
    """

    encoder: AskedEncoder
    catalog: AskedCatalog
    scoring: EvaluatedScoring
    k: int
    judgments: int
    left_out: int
    queries: int
    few: int
    one_sided: int
    precision: Estimate
    agreement: Estimate | None


def precision(ranked: NDArray[np.bool_], k: int) -> float:
    """The share of "more" among the first k judged results, or among all if fewer are judged.

    `ranked`: bool (judged,), best first, whether each is "more". In random order it is their share of all, on average.
    """
    return float(ranked[:k].mean())


def agreement(similarities: NDArray[np.floating], more: NDArray[np.bool_]) -> float:
    """The share of pairs, one "more" and one "less", of which "more" is more similar; a tie is half a pair.

    `similarities`: (judged,); `more`: bool (judged,), with both values. In random order it is 0.5 on average. Equals
    `sklearn.metrics.roc_auc_score`.
    """
    differences = similarities[more][:, np.newaxis] - similarities[~more]
    return float(((differences > 0) + 0.5 * (differences == 0)).mean())


def judged(
    indexed: Indexed,
    judgments: Sequence[Judgment],
    *,
    scoring: EvaluatedScoring = "unit",
    k: int = 5,
) -> JudgedReport:
    """Measure an encoder's results against judgments, each pair of products judged once; by whom does not matter.

    JudgmentsError if not one of them counts.
    """
    catalog = indexed.catalog
    index, kernel = compared_by(indexed.vectors, scoring)
    embedded = {*index.distinct_owners.tolist()}
    by_query: dict[int, dict[int, bool]] = {}
    for judgment in judgments:
        query, product = (catalog.row(each) for each in (judgment.query, judgment.product))
        if query != product and {query, product} <= embedded:
            by_query.setdefault(query, {})[product] = judgment.label == "more"
    if not by_query:
        raise JudgmentsError(
            f"None of the {len(judgments):,} judgments counts: their products have no embedding by "
            f"{indexed.encoder.spec.name}, or are their own query. Judge other products."
        )
    precisions, at_random, agreements = [], [], []
    for query, labels in by_query.items():
        (vector,) = index.vectors(np.flatnonzero(index.owners == query)[:1])
        top = index.top(vector, len(labels), kernel, np.isin(index.owners, [*labels]))
        more = np.array([labels[product] for product in top.owners.tolist()])
        precisions.append(precision(more, k))
        at_random.append(more.mean())
        if more.any() and not more.all():
            agreements.append(agreement(top.similarities, more))
    counted = sum(map(len, by_query.values()))
    return JudgedReport(
        *asked_of(indexed),
        scoring,
        k,
        judgments=counted,
        left_out=len(judgments) - counted,
        queries=len(by_query),
        few=sum(len(labels) <= k for labels in by_query.values()),
        one_sided=len(by_query) - len(agreements),
        precision=_estimate(np.array(precisions), float(np.mean(at_random))),
        agreement=_estimate(np.array(agreements), 0.5) if agreements else None,
    )


def judged_document(report: JudgedReport) -> dict[str, Any]:
    """The report as a JSON document, with the names of its fields."""
    return asdict(report)


def _estimate(values: Values, at_random: float) -> Estimate:
    low, high = interval(values[:, np.newaxis])
    return Estimate(*(round(float(number), DIGITS) for number in (values.mean(), low[0], high[0], at_random)))
