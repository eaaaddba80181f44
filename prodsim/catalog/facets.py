"""What a catalog can be filtered by, and how many products each choice would leave."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from prodsim.catalog.model import OTHER, Catalog, Filters

MAX_VALUES = 300
"""More values than a list to choose from can hold; such an attribute is a description, found by searching."""

Facets = Mapping[str, Mapping[str, int]]
"""Attribute -> value -> how many products it would leave; values in order of how often they occur in the catalog."""


def filterable(catalog: Catalog) -> list[str]:
    """Attributes one can filter by, in the order of the table: not the name, between 2 and MAX_VALUES values, and not
    called as `other_than` calls filters.
    """
    return [
        attribute
        for attribute in catalog.labels
        if not attribute.endswith(OTHER) and 2 <= len(catalog.coded(attribute).categories) <= MAX_VALUES
    ]


def facet_counts(catalog: Catalog, filters: Filters, among: NDArray[np.bool_] | None = None) -> Facets:
    """For every filterable attribute, products per value that pass the filters on the *other* attributes.

    `among`: bool (len(catalog),), counts only these. So a count is what choosing that value (alone) would give.
    """
    counted: dict[str, dict[str, int]] = {}
    failed = _failed(catalog, filters)
    for attribute in filterable(catalog):
        passing = failed == (_lacking(catalog, filters, attribute) if attribute in filters else 0)
        if among is not None:
            passing &= among
        coded: pd.Categorical = catalog.coded(attribute)
        codes = coded.codes[passing]
        numbers = np.bincount(codes[codes >= 0], minlength=len(coded.categories))
        counted[attribute] = {value: int(number) for value, number in zip(coded.categories, numbers, strict=True)}
    return counted


def emptied_by(catalog: Catalog, filters: Filters, among: NDArray[np.bool_] | None = None) -> list[str]:
    """Attributes whose filter empties the selection: without it, something would be left. None if something is."""
    rows = slice(None) if among is None else among
    failed = _failed(catalog, filters)[rows]
    if not failed.all():
        return []
    just_one = failed == 1
    return [attribute for attribute in filters if (_lacking(catalog, filters, attribute)[rows] & just_one).any()]


def _failed(catalog: Catalog, filters: Filters) -> NDArray[np.intp]:
    """How many of the filters each product does not pass: so each is applied once, however many there are."""
    failed = np.zeros(len(catalog), dtype=np.intp)
    for attribute in filters:
        failed += _lacking(catalog, filters, attribute)
    return failed


def _lacking(catalog: Catalog, filters: Filters, attribute: str) -> NDArray[np.bool_]:
    return ~catalog.filter({attribute: filters[attribute]})
