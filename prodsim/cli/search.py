"""`search`: the products that look most like a product of the catalog or a picture, or that fit words best."""

import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from prodsim.cli import console
from prodsim.cli.files import Files, refuse_own_files
from prodsim.cli.found import neighbors_table
from prodsim.cli.options import (
    CacheDirOption,
    CatalogOption,
    CsvOption,
    EncoderOption,
    JsonOption,
    OfflineOption,
    ReportOption,
    RoleOption,
    WeightsDirOption,
    path,
)
from prodsim.cli.prepare import choose_encoder, ensure_indexed, open_products, read_settings
from prodsim.encoders import Available, encoder_spec
from prodsim.errors import QueryError
from prodsim.export import search_document
from prodsim.images import SENTENCES, Fitting, read_picture
from prodsim.index import Scoring, kernel_of
from prodsim.search import (
    MAX_K,
    NOT_FOUND,
    NOTHING,
    WHOLE,
    Engine,
    Framing,
    Marks,
    Photo,
    PhotosQuery,
    ProductQuery,
    Query,
    SearchRequest,
    SearchResult,
    WordsQuery,
    parse_filters,
    read_box,
)
from prodsim.storage import to_json


def search(
    image: Annotated[Path | None, typer.Argument(parser=path, metavar="IMAGE", help="A picture file.")] = None,
    product: Annotated[str | None, typer.Option(metavar="ID", help="A product of the catalog instead.")] = None,
    words: Annotated[str | None, typer.Option(metavar="TEXT", help="Words instead: 'red summer dress'.")] = None,
    k: Annotated[int, typer.Option("--k", min=1, max=MAX_K, help="How many neighbors.")] = 5,
    scoring: Annotated[Scoring, typer.Option(help="Cosine, or the raw kernel as published.")] = "unit",
    filters: Annotated[
        list[str] | None,
        typer.Option(
            "--filter",
            metavar="NAME=VALUE",
            help="Only such products; != for all others, and < <= > >= for numbers. Repeatable: articleType=Tshirts.",
        ),
    ] = None,
    more: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="More like this product as well. Repeatable.")
    ] = None,
    less: Annotated[list[str] | None, typer.Option(metavar="ID", help="Less like this product. Repeatable.")] = None,
    crop: Annotated[
        str | None, typer.Option(metavar="L,T,R,B", help="Only this part of the picture, in percent: 10,0,90,100.")
    ] = None,
    fit: Annotated[
        Fitting | None, typer.Option(help="The picture whole on white, or stretched [as the encoder does it].")
    ] = None,
    fold: Annotated[bool, typer.Option("--fold", help="Near-identical results as one, as in the app.")] = False,
    include_query: Annotated[bool, typer.Option("--include-query", help="Rank the product itself as well.")] = False,
    as_json: JsonOption = False,
    csv: CsvOption = None,
    report: ReportOption = None,
    catalog: CatalogOption = None,
    role: RoleOption = None,
    encoder: EncoderOption = None,
    cache_dir: CacheDirOption = None,
    weights_dir: WeightsDirOption = None,
    offline: OfflineOption = None,
) -> None:
    """Find what looks like a picture or product, or fits words.

    What is not yet indexed is indexed first. Words are searched in names and labels if the encoder does not read text.
    """
    if sum(query is not None for query in (image, product, words)) != 1:
        raise typer.BadParameter("give a picture, --product ID or --words TEXT, one of them.")
    if include_query and product is None:
        raise typer.BadParameter("--include-query goes with --product: nothing else is in the catalog.")
    if image is None and (crop is not None or fit is not None):
        raise typer.BadParameter("--crop and --fit go with a picture.")
    named = [os.path.realpath(file) for file in (image, csv, report) if file is not None]
    if len({*named}) < len(named):
        raise typer.BadParameter(
            "the picture, --csv and --report must be different files: one would replace the other."
        )
    marks = Marks(tuple(more or ()), tuple(less or ()))
    if words is not None and marks:
        raise typer.BadParameter("--more and --less go with a picture or --product: words are not steered.")
    wanted = parse_filters(filters or [])
    framing = Framing(WHOLE if crop is None else read_box(crop), fit)
    files = Files(csv, report)
    settings = read_settings(
        catalog=catalog,
        roles=role or None,
        encoder=encoder,
        cache_dir=cache_dir,
        weights_dir=weights_dir,
        offline=offline,
    )
    try:
        request = SearchRequest(
            _query(image, product, words, framing, marks),
            encoder_spec(settings.encoder),
            kernel_of(scoring),
            k,
            wanted,
            fold=fold,
            include_query=include_query,
        )
    except QueryError as error:
        raise typer.BadParameter(str(error)) from error
    if isinstance(request.query, PhotosQuery):
        for photo in request.query.photos:
            photo.look(request.encoder)  # nothing is opened and indexed for a picture that cannot be used
    products = open_products(settings)
    refuse_own_files([csv, report], products, settings.catalog)
    request.check(products)
    chosen = None if request.in_names else choose_encoder(encoder, settings)
    if chosen:
        request = replace(request, encoder=chosen.spec)
    if chosen is None or request.in_names:
        result = Engine(products).search(request)
    else:
        result = _searched(Engine(products, ensure_indexed(products, chosen, settings)), request, chosen)
    files.write(result, settings)
    if as_json:
        sys.stdout.write(to_json(search_document(result, result.digest(settings))))
    else:
        _show(result)


def _query(image: Path | None, product: str | None, words: str | None, framing: Framing, marks: Marks) -> Query:
    if words is not None:
        return WordsQuery(words)
    if product is not None:
        return ProductQuery(product, marks)
    assert image is not None, "one of them is given"
    return PhotosQuery((Photo(image.name, read_picture(image), framing),), marks)


def _searched(engine: Engine, request: SearchRequest, encoder: Available) -> SearchResult:
    """By vectors; that the encoder is being loaded is said where it is needed."""
    if isinstance(request.query, ProductQuery):
        return engine.search(request)
    if isinstance(request.query, PhotosQuery):
        for photo in request.query.photos:
            for flaw in photo.look(encoder.spec).flaws:
                console.note(SENTENCES[flaw])
    with console.stderr().status(f"Loading {encoder.spec.name}"):
        encoder.load()
    return engine.search(request)


def _show(result: SearchResult) -> None:
    """The results as a table, or why there is none."""
    request, products = result.request, result.catalog
    if not result.neighbors:
        console.note(_nothing_found(request))
        return
    console.line(_title(result), style="bold")
    if result.nothing_alike:
        console.line(NOTHING)
    console.show(neighbors_table(result))
    name = request.encoder.name
    if request.in_names:
        console.line(f"names and labels of {len(products):,} products, not pictures: {name} does not read text")
    elif result.indexed:
        scoring = "" if isinstance(request.query, WordsQuery) else f" {request.kernel.name} scoring,"
        console.line(f"{name},{scoring} {result.indexed.vectors.products:,} products indexed")


def _title(result: SearchResult) -> str:
    match result.request.query:
        case WordsQuery(words):
            what = "Names and labels" if result.request.in_names else "Pictures"
            return f"{what} that fit “{words}” best"
        case PhotosQuery(photos, marks):
            return f"Most like {', '.join(photo.name for photo in photos)}{_told(marks)}"
        case ProductQuery(product_id, marks):
            return f"Most like {result.catalog.product(product_id).name} ({product_id}){_told(marks)}"


def _told(marks: Marks) -> str:
    return "".join(
        f", {word} like {', '.join(ids)}" for word, ids in (("more", marks.more), ("less", marks.less)) if ids
    )


def _nothing_found(request: SearchRequest) -> str:
    if request.in_names:
        return f"{NOT_FOUND}{', among the products that pass the filters' if request.filters else ''}."
    if isinstance(request.query, WordsQuery):
        return "No product that has an embedding passes the filters."
    return "No other product passes the filters." if request.filters else "There is no other product."
