"""From a product to others of its type in another color, or of its color and another type: filters of one query."""

from collections.abc import Mapping
from dataclasses import dataclass

from prodsim.catalog import Catalog, Filters, Product, Role, filterable, other_than, parted


@dataclass(frozen=True)
class Pivot:
    """Its name on the page; the role of the attribute that is held, and of the one that is to be another."""

    title: str
    same: Role
    other: Role


PIVOTS: Mapping[str, Pivot] = {
    "color": Pivot("Same type, other color", "type", "color"),
    "type": Pivot("Same color, other type", "color", "type"),
}
"""By the name that an address has for them."""


def turned(filters: Filters, product: Product, pivot: Pivot) -> Filters | None:
    """The filters, but with the product's values of one attribute and without its values of another; None if it has no
    value of one of them.
    """
    same, other = product.schema[pivot.same], product.schema[pivot.other]
    value, without = product.each(pivot.same), product.each(pivot.other)
    if not (same and other and value and without):
        return None
    kept = {name: values for name, values in filters.items() if parted(name)[0] not in (same, other)}
    return {**kept, same: [*value], other_than(other): [*without]}


def offered(catalog: Catalog, product: Product, filters: Filters) -> list[str]:
    """Names of the pivots that lead to some products."""
    if not {catalog.schema["type"], catalog.schema["color"]} <= {*filterable(catalog)}:
        return []
    found = {name: turned(filters, product, pivot) for name, pivot in PIVOTS.items()}
    return [name for name, narrowed in found.items() if narrowed and catalog.filter(narrowed).any()]
