"""`search`: the products that look most like a product of the catalog, or like a picture."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from prodsim.catalog import Catalog
from prodsim.cli import console
from prodsim.cli.options import (
    CacheDirOption,
    CatalogOption,
    EncoderOption,
    JsonOption,
    OfflineOption,
    WeightsDirOption,
    path,
)
from prodsim.cli.prepare import choose_encoder, ensure_indexed, open_products
from prodsim.closeness import NOTHING, Closeness
from prodsim.config import load_settings
from prodsim.encoders import is_familiar
from prodsim.images import open_rgb
from prodsim.results import ImageQuery, ProductQuery, search_document, to_json, verdict
from prodsim.search import MAX_K, Neighbor, Scoring, Searcher, parse_filters

SHOWN_ATTRIBUTES = ("articleType", "baseColour")
"""Columns of the table, where the catalog has them; the JSON has all attributes."""


def search(
    image: Annotated[Path | None, typer.Argument(parser=path, metavar="IMAGE", help="A picture file.")] = None,
    product: Annotated[str | None, typer.Option(metavar="ID", help="A product of the catalog instead.")] = None,
    k: Annotated[int, typer.Option("--k", min=1, max=MAX_K, help="How many neighbors.")] = 5,
    scoring: Annotated[Scoring, typer.Option(help="Cosine, or the raw kernel as published.")] = "unit",
    filters: Annotated[
        list[str] | None,
        typer.Option("--filter", metavar="NAME=VALUE", help="Only such products. Repeatable: articleType=Tshirts."),
    ] = None,
    include_query: Annotated[bool, typer.Option("--include-query", help="Rank the product itself as well.")] = False,
    as_json: JsonOption = False,
    catalog: CatalogOption = None,
    encoder: EncoderOption = None,
    cache_dir: CacheDirOption = None,
    weights_dir: WeightsDirOption = None,
    offline: OfflineOption = None,
) -> None:
    """Find what looks most like a picture or a product.

    What is not yet indexed is indexed first.
    """
    if (image is None) == (product is None):
        raise typer.BadParameter("give either a picture or --product ID.")
    if include_query and product is None:
        raise typer.BadParameter("--include-query goes with --product: a picture is not in the catalog.")
    wanted = parse_filters(filters or [])
    picture = None if image is None else open_rgb(image)
    settings = load_settings().replace(
        catalog=catalog, encoder=encoder, cache_dir=cache_dir, weights_dir=weights_dir, offline=offline
    )
    products = open_products(settings)
    products.filter(wanted)  # what cannot be answered is refused before anything is downloaded or indexed
    if product is not None:
        products.product(product)
    chosen = choose_encoder(encoder, settings)
    progress = ensure_indexed(products, chosen, settings)
    if progress.rate and progress.skipped:
        console.note(f"Pictures skipped: {len(progress.skipped):,}; `python -m prodsim index` says which.")
    searcher = Searcher.open(products, chosen, settings)
    query: ProductQuery | ImageQuery
    familiar = True
    if product is not None:
        query, title = {"product_id": product}, f"{products.product(product).name} ({product})"
        neighbors = searcher.by_product(product, k=k, scoring=scoring, filters=wanted, include_query=include_query)
    else:
        assert image is not None and picture is not None
        query, title = {"image": image.name}, image.name
        with console.stderr().status(f"Loading {chosen.spec.name}"):
            loaded = chosen.load()
        neighbors = searcher.by_image(picture, loaded, k=k, scoring=scoring, filters=wanted)
        familiar = is_familiar(loaded, picture)
    if as_json:
        document = search_document(query, neighbors, searcher, encoder=chosen, scoring=scoring, familiar=familiar)
        sys.stdout.write(to_json(document))
    elif neighbors:
        console.line(f"Most like {title}", style="bold")
        known = searcher.closeness(scoring)
        if verdict(neighbors, known, familiar=familiar) == "nothing alike":
            console.line(NOTHING)
        console.show(_table(neighbors, products, known))
        console.line(f"{chosen.spec.name}, {scoring} scoring, {len(searcher):,} products indexed")
    else:
        console.note("No other product passes the filters." if wanted else "There is no other product.")


def _table(neighbors: Sequence[Neighbor], catalog: Catalog, known: Closeness | None) -> Table:
    attributes = [name for name in SHOWN_ATTRIBUTES if name in catalog.attributes]
    columns = ("", "id", "name", *attributes, "score", "similarity", "closeness")
    table = console.table(*columns, numbers=("", "score", "similarity"))
    for neighbor in neighbors:
        product = catalog.product(neighbor.product_id)
        shown = [product.attributes.get(name, "") for name in attributes]
        numbers = (f"{neighbor.score:.4f}", f"{neighbor.similarity:.4f}")
        word = known.word(neighbor.similarity) if known else ""
        table.add_row(*map(console.literal, (str(neighbor.rank), product.id, product.name, *shown, *numbers, word)))
    return table
