"""What a search found, as a table."""

from collections.abc import Sequence

from rich.table import Table

from prodsim.catalog import Catalog
from prodsim.cli import console
from prodsim.closeness import Closeness
from prodsim.search import Neighbor

SHOWN_ATTRIBUTES = ("articleType", "baseColour")
"""Columns of the table, where the catalog has them; the JSON has all attributes."""


def neighbors_table(neighbors: Sequence[Neighbor], catalog: Catalog, known: Closeness | None) -> Table:
    """One row per neighbor; what its similarity means is in the last column, if that is known."""
    attributes = [name for name in SHOWN_ATTRIBUTES if name in catalog.attributes]
    columns = ("", "id", "name", *attributes, "score", "similarity", *(("closeness",) if known else ()))
    table = console.table(*columns, numbers=("", "score", "similarity"))
    for neighbor in neighbors:
        product = catalog.product(neighbor.product_id)
        shown = [product.attributes.get(name, "") for name in attributes]
        numbers = (f"{neighbor.score:.4f}", f"{neighbor.similarity:.4f}")
        word = (known.word(neighbor.similarity),) if known else ()
        table.add_row(*map(console.literal, (str(neighbor.rank), product.id, product.name, *shown, *numbers, *word)))
    return table
