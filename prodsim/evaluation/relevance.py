"""Which products count as right for a query: those with the same value of one attribute, or of each of several."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from prodsim.catalog import Catalog, Role
from prodsim.errors import QueryError

Relevance = tuple[str, ...]
"""Attributes in which a product has to be like the query."""

USUAL: tuple[tuple[Role, ...], ...] = (("type",), ("type", "color"))
"""Roles of the attributes that are judged by where nobody says otherwise."""


@dataclass(frozen=True, eq=False)
class Classes:
    """Products sorted by their values of some attributes.

    `codes`: intp (products,), places in `labels`; -1 for a product that lacks one of the values: it is like no other.
    `labels`: the values of each class, in the order of the attributes; `sizes`: its products, (classes,).
    """

    attributes: Relevance
    codes: NDArray[np.intp]
    labels: tuple[tuple[str, ...], ...]
    sizes: NDArray[np.intp]


def relevances(catalog: Catalog, wanted: Sequence[Relevance] = ()) -> tuple[Relevance, ...]:
    """What was wanted, each once; by default those of USUAL that the catalog has.

    QueryError if an attribute does not occur, or nothing was wanted and the catalog has none of the usual ones.
    """
    known = ", ".join(catalog.attributes) or "none"
    for attributes in wanted:
        for attribute in attributes or ("",):
            if attribute not in catalog.attributes:
                raise QueryError(
                    f"The catalog {catalog.name} has no attribute {attribute!r}. Judge by some of those there are: "
                    f"{known}."
                )
    found = wanted or _usual(catalog)
    if not found:
        raise QueryError(
            f"The catalog {catalog.name} has no type to judge results by. "
            f"Name attributes that products should share; it has: {known}."
        )
    return tuple(dict.fromkeys(found))


def _usual(catalog: Catalog) -> list[Relevance]:
    found = []
    for roles in USUAL:
        columns = [catalog.schema[role] for role in roles]
        if all(column in catalog.attributes for column in columns):
            found.append(tuple(column for column in columns if column))
    return found


def classes(catalog: Catalog, attributes: Relevance, rows: NDArray[np.intp]) -> Classes:
    """The products in these rows of the catalog, (products,), in classes, largest first, then in order of the labels.

    QueryError if not one has a value of each attribute.
    """
    columns = [catalog.coded(attribute) for attribute in attributes]
    cells = np.stack([column.codes[rows].astype(np.intp) for column in columns], axis=1)
    complete = (cells >= 0).all(axis=1)
    if not complete.any():
        raise QueryError(
            f"No indexed product of {catalog.name} has a value of {' and '.join(attributes)}. "
            "Judge by other attributes."
        )
    found, places, sizes = np.unique(cells[complete], axis=0, return_inverse=True, return_counts=True)
    labels = [
        tuple(str(column.categories[code]) for column, code in zip(columns, codes, strict=True))
        for codes in found.tolist()
    ]
    order = sorted(range(len(labels)), key=lambda place: (-sizes[place], labels[place]))
    rank = np.empty(len(order), dtype=np.intp)
    rank[order] = np.arange(len(order))
    codes = np.full(len(rows), -1, dtype=np.intp)
    codes[complete] = rank[places.ravel()]
    return Classes(attributes, codes, tuple(labels[place] for place in order), sizes[order].astype(np.intp))
