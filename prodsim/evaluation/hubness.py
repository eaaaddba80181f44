"""Hubness: how unevenly products occur in the results of others (Radovanović, Nanopoulos, Ivanović 2010, JMLR 11).

Hubs crowd the results of many queries that they are not alike, and other products are never found.
"""

from dataclasses import dataclass
from math import ceil

import numpy as np
from numpy.typing import NDArray

TOP = 100
"""The most frequent products are one in this many, rounded up: 1 %."""


@dataclass(frozen=True)
class Hubness:
    """`skewness` of how often a product occurs: 0 if all occur alike, large where there are hubs.

    `never`: share of products that are in no result; `never_at_random`: what random results would leave out.
    `top_share`: share of all results that is taken by the most frequent 1 % of the products.
    """

    skewness: float
    never: float
    never_at_random: float
    top_share: float


def hubness(nearest: NDArray[np.intp], products: int) -> Hubness:
    """Of the results of some queries: intp (queries, k), places 0..products - 1; queries are products as well.

    With a sample of queries most products are in nobody's results, so compare only reports on as many queries.
    """
    occurrences = np.bincount(nearest.ravel(), minlength=products)
    most_frequent = np.sort(occurrences)[products - ceil(products / TOP) :]
    queries, k = nearest.shape
    missed = 1 - k / (products - 1) if products > 1 else 1.0
    asked = queries / products  # a product is not in its own results, so one that is a query has one chance less
    return Hubness(
        skewness=skewness(occurrences),
        never=float((occurrences == 0).mean()),
        never_at_random=float(asked * missed ** (queries - 1) + (1 - asked) * missed**queries),
        top_share=float(most_frequent.sum() / max(1, nearest.size)),
    )


def skewness(counts: NDArray[np.intp]) -> float:
    """Third moment about the mean over the cube of the standard deviation; 0 if all are equal. (n,) -> float.

    Equals `scipy.stats.skew`.
    """
    deviations = counts - counts.mean()
    deviation = float(np.sqrt((deviations**2).mean()))
    return float((deviations**3).mean()) / deviation**3 if deviation else 0.0
