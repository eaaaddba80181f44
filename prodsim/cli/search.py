"""`search`: the products that look most like a product of the catalog or a picture, or that fit words best."""

import os
import sys
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from prodsim.cli import console
from prodsim.cli.files import Files
from prodsim.cli.found import neighbors_table
from prodsim.cli.options import (
    CacheDirOption,
    CatalogOption,
    CsvOption,
    EncoderOption,
    JsonOption,
    OfflineOption,
    ReportOption,
    WeightsDirOption,
    path,
)
from prodsim.cli.prepare import choose_encoder, open_products, open_searcher, read_settings
from prodsim.cli.words import search_words
from prodsim.encoders import is_familiar
from prodsim.export import ImageQuery, ProductQuery, image_query, photo_figures, search_document, verdict
from prodsim.images import SENTENCES, Fitting, flaws, open_rgb
from prodsim.search import (
    MAX_K,
    NO_FOLDS,
    NOTHING,
    WHOLE,
    Framing,
    Marks,
    Scoring,
    folded,
    folds_of,
    parse_filters,
    read_box,
    steered,
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
            help="Only such products; != for all others. Repeatable: articleType=Tshirts.",
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
    if words is not None and not words.strip():
        raise typer.BadParameter("--words is empty.")
    if words is not None and scoring == "linear":
        raise typer.BadParameter("--scoring linear is for pictures: words are always compared by the cosine.")
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
    if words is not None and fold:
        raise typer.BadParameter("--fold goes with a picture or --product.")
    if words is not None and marks:
        raise typer.BadParameter("--more and --less go with a picture or --product: words are not steered.")
    wanted = parse_filters(filters or [])
    framing = Framing(WHOLE if crop is None else read_box(crop), fit)
    picture = None if image is None else open_rgb(image)
    files = Files(csv, report)
    settings = read_settings(
        catalog=catalog, encoder=encoder, cache_dir=cache_dir, weights_dir=weights_dir, offline=offline
    )
    products = open_products(settings)
    files.spare(products, settings.catalog)
    products.filter(wanted)  # what cannot be answered is refused before anything is downloaded or indexed
    for product_id in (*([] if product is None else [product]), *marks.all):
        products.product(product_id)
    if words is not None:
        search_words(words, products, encoder, settings, k=k, filters=wanted, as_json=as_json, files=files)
        return
    chosen = choose_encoder(encoder, settings)
    searcher = open_searcher(products, chosen, settings)
    query: ProductQuery | ImageQuery
    familiar, left_out, photos = True, marks.all, []
    if product is not None:
        query, title = {"product_id": product}, f"{products.product(product).name} ({product})"
        vector = searcher.vector(product)
        if not include_query:
            left_out += (product,)
    else:
        assert image is not None and picture is not None
        query, title = image_query(image.name, framing, chosen.spec), image.name
        for flaw in flaws(framing.crop(picture)):
            console.note(SENTENCES[flaw])
        seen = framing.fit(picture, chosen.spec)
        with console.stderr().status(f"Loading {chosen.spec.name}"):
            loaded = chosen.load()
        vector = loaded.encode([seen])[0]
        familiar = is_familiar(loaded, seen)
        photos = [photo_figures(picture, framing, chosen.spec)]
    vector = steered(searcher, [vector], marks, scoring)
    if fold:
        groups = folded(searcher, vector, k=k, scoring=scoring, filters=wanted, left_out=left_out)
        neighbors, folds = [group.neighbor for group in groups], folds_of(groups)
    else:
        neighbors = searcher.by_vector(vector, k=k, scoring=scoring, filters=wanted, left_out=left_out)
        folds = NO_FOLDS
    known = None if marks else searcher.closeness(scoring)
    told = partial(search_document, encoder=chosen, scoring=scoring, familiar=familiar, marks=marks, folds=folds)
    document = partial(told, query, neighbors, searcher)
    files.write(document, neighbors, products, known, filters=wanted, photos=photos, folds=folds)
    if as_json:
        sys.stdout.write(to_json(document()))
    elif neighbors:
        console.line(f"Most like {title}{_told(marks)}", style="bold")
        if verdict(neighbors, known, familiar=familiar) == "nothing alike":
            console.line(NOTHING)
        console.show(neighbors_table(neighbors, products, known, folds))
        console.line(f"{chosen.spec.name}, {scoring} scoring, {len(searcher):,} products indexed")
    else:
        console.note("No other product passes the filters." if wanted else "There is no other product.")


def _told(marks: Marks) -> str:
    return "".join(
        f", {word} like {', '.join(ids)}" for word, ids in (("more", marks.more), ("less", marks.less)) if ids
    )
