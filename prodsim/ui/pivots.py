"""From a product to others of its type in another color, or of its color and another type: filters of one query."""

from collections.abc import Mapping
from dataclasses import dataclass

from prodsim.catalog import Catalog, Filters, Product, filterable, other_than

TYPE, COLOR = "articleType", "baseColour"


@dataclass(frozen=True)
class Pivot:
    """Its name on the page; the attribute that is held, and the one that is to be another."""

    title: str
    same: str
    other: str


PIVOTS: Mapping[str, Pivot] = {
    "color": Pivot("Same type, other color", TYPE, COLOR),
    "type": Pivot("Same color, other type", COLOR, TYPE),
}
"""By the name that an address has for them."""


def turned(filters: Filters, product: Product, pivot: Pivot) -> Filters | None:
    """The filters, but with the product's value of one attribute and without its value of another; None if it has no
    value of one of them.
    """
    if not {pivot.same, pivot.other} <= product.attributes.keys():
        return None
    kept = {name: values for name, values in filters.items() if name not in _NAMES}
    value, without = product.attributes[pivot.same], product.attributes[pivot.other]
    return {**kept, pivot.same: [value], other_than(pivot.other): [without]}


def offered(catalog: Catalog, product: Product, filters: Filters) -> list[str]:
    """Names of the pivots that lead to some products."""
    if not {TYPE, COLOR} <= {*filterable(catalog)}:
        return []
    found = {name: turned(filters, product, pivot) for name, pivot in PIVOTS.items()}
    return [name for name, narrowed in found.items() if narrowed and catalog.filter(narrowed).any()]


_NAMES = {name for attribute in (TYPE, COLOR) for name in (attribute, other_than(attribute))}
