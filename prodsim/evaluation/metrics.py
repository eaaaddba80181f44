"""How good a ranking is: measures with values 0..1, each with what a random order would have, and their uncertainty.

A query has `relevant` relevant others among all `others` that can be found; `hits` says which of its first k results
are relevant. A list that is shorter than k, because there are no more others, counts as filled up with wrong results.
A query to which nothing is relevant has 0 in everything: nothing right can be shown for it.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Hits = NDArray[np.bool_]
"""bool (queries, k): whether the result of this rank, best first, is relevant."""
Counts = NDArray[np.intp]
"""Relevant others of each query, (queries,)."""
Values = NDArray[np.float64]

RESAMPLES = 1000
"""Resampled means an interval is read from; its ends are then off by about a fiftieth of its width."""
DRAWS = 2**18
"""Random numbers at a time: 2 MB, which fit into a cache."""


@dataclass(frozen=True)
class Measure:
    """`of(hits, relevant)`: by query, float64 (queries,). `at_random(relevant, others, k)`: its expectation by query if
    the others come in random order, in closed form. `title`: what its mean is called, once k is filled in.
    """

    title: str
    of: Callable[[Hits, Counts], Values]
    at_random: Callable[[Counts, int, int], Values]


def precision(hits: Hits, relevant: Counts) -> Values:
    """Relevant ones among the first k, over k (Manning, Raghavan, Schütze 2008, Introduction to IR, section 8.4)."""
    return _over(hits.sum(axis=1), hits.shape[1])


def precision_at_random(relevant: Counts, others: int, k: int) -> Values:
    """Each rank that is filled is relevant with probability relevant / others."""
    return _over(relevant, others) * (min(k, others) / k)


def recall(hits: Hits, relevant: Counts) -> Values:
    """Relevant ones among the first k, over all relevant ones; so it can reach 1 only if these are not more than k."""
    return _over(hits.sum(axis=1), relevant)


def recall_at_random(relevant: Counts, others: int, k: int) -> Values:
    """Each relevant one is among the first k with probability k / others."""
    return np.where(relevant > 0, _over(min(k, others), others), 0.0)


def average_precision(hits: Hits, relevant: Counts) -> Values:
    """Mean, over the first min(k, relevant) hits there could be, of the precision at the rank of each (0 if missed).

    The mean over queries is mAP@k. A list of nothing but hits has 1, also where relevant > k: the sum is divided by
    min(k, relevant), not by `relevant`. With k = others it equals `sklearn.metrics.average_precision_score`.
    """
    ranks = np.arange(1, hits.shape[1] + 1)
    precisions = np.where(hits, hits.cumsum(axis=1) / ranks, 0.0)
    return _over(precisions.sum(axis=1), np.minimum(relevant, hits.shape[1]))


def average_precision_at_random(relevant: Counts, others: int, k: int) -> Values:
    """Rank i is relevant with p = relevant / others, and then each rank before with q = (relevant - 1) / (others - 1).

    So the precision there, counted only if it is a hit, is p (1 + (i - 1) q) / i on average.
    """
    ranks = np.arange(1, min(k, others) + 1)
    earlier = _over(relevant - 1, others - 1)[:, np.newaxis] * (ranks - 1)
    expected = _over(relevant, others) * ((1 + earlier) / ranks).sum(axis=1)
    return _over(expected, np.minimum(relevant, k))


def ndcg(hits: Hits, relevant: Counts) -> Values:
    """Sum of 1 / log2(rank + 1) over the hits, over that of the best list there could be (Järvelin, Kekäläinen 2002).

    Equals `sklearn.metrics.ndcg_score` of relevances 0 and 1.
    """
    discounts = _discounts(hits.shape[1])
    return _over(hits @ discounts, _ideal(relevant, hits.shape[1]))


def ndcg_at_random(relevant: Counts, others: int, k: int) -> Values:
    """Each rank that is filled is relevant with probability relevant / others."""
    return _over(_over(relevant, others) * _discounts(min(k, others)).sum(), _ideal(relevant, k))


def first_hit(hits: Hits, relevant: Counts) -> Values:
    """1 if the first result is relevant, else 0: precision at 1."""
    return hits[:, 0].astype(np.float64)


def first_hit_at_random(relevant: Counts, others: int, k: int) -> Values:
    """The first result is relevant with probability relevant / others."""
    return _over(relevant, others)


MEASURES = {
    "precision": Measure("precision@{k}", precision, precision_at_random),
    "recall": Measure("recall@{k}", recall, recall_at_random),
    "average_precision": Measure("mAP@{k}", average_precision, average_precision_at_random),
    "ndcg": Measure("nDCG@{k}", ndcg, ndcg_at_random),
    "first_hit": Measure("first hit", first_hit, first_hit_at_random),
}


def interval(values: Values, seed: int = 0) -> tuple[Values, Values]:
    """95 % percentile bootstrap interval of the mean of each column (Efron, Tibshirani 1993, chapter 13).

    `values`: float64 (n, columns), n > 0 -> its ends, each (columns,). The rows are drawn again, n of n, RESAMPLES
    times. Of one row, or of equal ones, it has no width, which says nothing about others.
    """
    n = len(values)
    generator = np.random.default_rng(seed)
    at_once = max(1, DRAWS // n)
    means = []
    for start in range(0, RESAMPLES, at_once):
        samples = min(at_once, RESAMPLES - start)
        drawn = generator.integers(n, size=(samples, n)) + n * np.arange(samples)[:, np.newaxis]
        times = np.bincount(drawn.ravel(), minlength=samples * n).reshape(samples, n)
        means.append(times @ values / n)
    low, high = np.percentile(np.concatenate(means), [2.5, 97.5], axis=0)
    return low, high


def _discounts(k: int) -> Values:
    return 1 / np.log2(np.arange(2, k + 2))


def _ideal(relevant: Counts, k: int) -> Values:
    """The largest sum of discounts that a list of k with this many relevant ones can have, (queries,)."""
    sums: Values = np.concatenate([[0.0], _discounts(k).cumsum()])
    return sums[np.minimum(relevant, k)]


def _over(part: NDArray[np.generic] | int, whole: NDArray[np.generic] | int) -> Values:
    """`part / whole`, and 0 where the whole is 0."""
    parts, wholes = np.broadcast_arrays(np.asarray(part, dtype=np.float64), np.asarray(whole, dtype=np.float64))
    ratios: Values = np.divide(parts, wholes, out=np.zeros(parts.shape), where=wholes > 0)
    return ratios
