"""What a catalog can be filtered by, and how many products each choice would leave."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from prodsim.catalog.filters import Filters, can_be_named
from prodsim.catalog.model import Catalog

MAX_VALUES = 300
"""More values than a list to choose from can hold; such an attribute is a description, found by searching."""
FEW_NUMBERS = 15
"""Different numbers that are chosen one by one, as the years of a catalog; of more, one chooses a range."""

Facets = Mapping[str, Mapping[str, int]]
"""Attribute -> value -> how many products it would leave; values in order of how often they occur in the catalog."""


def filterable(catalog: Catalog) -> list[str]:
    """Attributes one can filter by, in the order of the table: not the name, at least 2 values, MAX_VALUES at most if
    they are no numbers, and not called as filters are.
    """
    return [
        attribute
        for attribute in catalog.labels
        if can_be_named(attribute)
        and len(catalog.values(attribute).texts) >= 2
        and (is_ranged(catalog, attribute) or len(catalog.values(attribute).texts) <= MAX_VALUES)
    ]


def is_ranged(catalog: Catalog, attribute: str) -> bool:
    """Whether one filters by a range of it: it has more than FEW_NUMBERS different numbers."""
    return catalog.kind(attribute) == "number" and len(catalog.column(attribute).different) > FEW_NUMBERS


def facet_counts(catalog: Catalog, filters: Filters, among: NDArray[np.bool_] | None = None) -> Facets:
    """For every filterable attribute but those with ranges, products per value that pass all *other* filters.

    `among`: bool (len(catalog),), counts only these. So a count is what choosing that value (alone) would give.
    """
    counted: dict[str, dict[str, int]] = {}
    failed = _failed(catalog, filters)
    for attribute in filterable(catalog):
        if is_ranged(catalog, attribute):
            continue
        passing = failed == (_lacking(catalog, filters, attribute) if attribute in filters else 0)
        if among is not None:
            passing &= among
        values = catalog.values(attribute)
        counted[attribute] = dict(zip(values.texts, values.counts(passing).tolist(), strict=True))
    return counted


def number_range(catalog: Catalog, attribute: str) -> tuple[float, float]:
    """The least and the largest number of an attribute that is ranged."""
    different = catalog.column(attribute).different
    return float(different[0]), float(different[-1])


def emptied_by(catalog: Catalog, filters: Filters, among: NDArray[np.bool_] | None = None) -> list[str]:
    """Names of filters that empty the selection: without it, something would be left. None if something is."""
    rows = slice(None) if among is None else among
    failed = _failed(catalog, filters)[rows]
    if not failed.all():
        return []
    just_one = failed == 1
    return [name for name in filters if (_lacking(catalog, filters, name)[rows] & just_one).any()]


def _failed(catalog: Catalog, filters: Filters) -> NDArray[np.intp]:
    """How many of the filters each product does not pass: so each is applied once, however many there are."""
    failed = np.zeros(len(catalog), dtype=np.intp)
    for name in filters:
        failed += _lacking(catalog, filters, name)
    return failed


def _lacking(catalog: Catalog, filters: Filters, name: str) -> NDArray[np.bool_]:
    return ~catalog.filter({name: filters[name]})
