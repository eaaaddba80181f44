"""`stats`: a catalog in numbers, and what is wrong with it."""

import sys
from typing import Annotated

import typer
from rich.table import Table

from prodsim.catalog import KINDS, Catalog, counts, overview, problem_counts
from prodsim.cli import console
from prodsim.cli.options import CacheDirOption, CatalogOption, JsonOption, RoleOption
from prodsim.cli.prepare import open_products, read_settings
from prodsim.export import catalog_document
from prodsim.storage import to_json

TYPES_SHOWN = 10


def stats(
    problems: Annotated[bool, typer.Option("--problems", help="List every problem instead.")] = False,
    as_json: JsonOption = False,
    catalog: CatalogOption = None,
    role: RoleOption = None,
    cache_dir: CacheDirOption = None,
) -> None:
    """Count products, attribute values and problems.

    Which columns are the id, the name, the type ... is told as well, and why.
    """
    products = open_products(read_settings(catalog=catalog, roles=role or None, cache_dir=cache_dir))
    if as_json:
        sys.stdout.write(to_json(catalog_document(products)))
    elif problems:
        _show_problems(products)
    else:
        _show_overview(products)


def _show_overview(catalog: Catalog) -> None:
    console.line(f"{catalog.name}: {len(catalog):,} products from {catalog.rows_read:,} rows")
    if catalog.problems:
        table = console.table("problem", "count", "what it means", numbers=("count",))
        for kind, count in problem_counts(catalog).itertuples(index=False, name=None):
            table.add_row(kind, f"{count:,}", KINDS[kind])
        _print(table)
    if catalog.schema.columns:
        table = console.table("role", "column", "why")
        for role, column in catalog.schema.columns.items():
            table.add_row(role, console.literal(column), catalog.schema.evidence.get(role, ""))
        _print(table)
    table = console.table("attribute", "values", "missing", "most common", numbers=("values", "missing"))
    for attribute, values, missing, common in overview(catalog).itertuples(index=False, name=None):
        table.add_row(console.literal(attribute), f"{values:,}", f"{missing:,}", console.literal(common or ""))
    if table.row_count:
        _print(table)
    kind = catalog.schema["type"]
    if kind in catalog.attributes:
        table = console.table(kind, "products", numbers=("products",))
        for value, count in counts(catalog, kind).head(TYPES_SHOWN).itertuples(index=False, name=None):
            table.add_row(console.literal(value), f"{count:,}")
        _print(table)


def _print(table: Table) -> None:
    console.line("")
    console.show(table)


def _show_problems(catalog: Catalog) -> None:
    if not catalog.problems:
        console.line(f"{catalog.name}: no problems")
        return
    table = console.table("subject", "problem", "detail")
    for problem in catalog.problems:
        table.add_row(console.literal(problem.subject), problem.kind, console.literal(problem.detail))
    console.show(table)
