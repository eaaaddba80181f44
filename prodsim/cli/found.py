"""What a search found, as a table."""

from rich.table import Table

from prodsim.catalog import Role
from prodsim.cli import console
from prodsim.search import SearchResult

SHOWN: tuple[Role, ...] = ("type", "color")
"""Columns of the table, where the catalog has them; the JSON has all attributes."""


def neighbors_table(result: SearchResult) -> Table:
    """One row per neighbor. The last columns are what its similarity means, if that is known, and what is folded into
    it, if anything is into any.
    """
    catalog, known, folds = result.catalog, result.calibration, result.folds
    attributes = [name for role in SHOWN if (name := catalog.schema[role])]
    columns = ("", "id", "name", *attributes, "score", "similarity", *(("closeness",) if known else ()))
    columns += ("near-identical",) if folds else ()
    table = console.table(*columns, numbers=("", "score", "similarity"))
    for neighbor in result.neighbors:
        product = catalog.product(neighbor.product_id)
        shown = [product.attributes.get(name, "") for name in attributes]
        numbers = (f"{neighbor.score:.4f}", f"{neighbor.similarity:.4f}")
        word = (known.word(neighbor.similarity),) if known else ()
        alike = (", ".join(other.product_id for other in folds.get(product.id, ())),) if folds else ()
        cells = (str(neighbor.rank), product.id, product.name, *shown, *numbers, *word, *alike)
        table.add_row(*map(console.literal, cells))
    return table
