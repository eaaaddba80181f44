"""`search --words`: the products whose pictures fit words best, or whose names do where the encoder reads no text."""

import sys
from functools import partial

from prodsim.catalog import Catalog, Filters
from prodsim.cli import console
from prodsim.cli.files import Files
from prodsim.cli.found import neighbors_table
from prodsim.cli.prepare import choose_encoder, open_searcher
from prodsim.config import Settings
from prodsim.encoders import Available, EncoderSpec, ReadsText, encoder_spec
from prodsim.export import names_document, search_document
from prodsim.search import NOT_FOUND, WordIndex
from prodsim.storage import to_json


def search_words(
    words: str,
    catalog: Catalog,
    named: str | None,
    settings: Settings,
    *,
    k: int,
    filters: Filters,
    as_json: bool,
    files: Files,
) -> None:
    """Search and print. Nothing is fetched or indexed where names are searched. `named`: see `choose_encoder`."""
    spec = encoder_spec(settings.encoder)
    if spec.reads_text:
        encoder = choose_encoder(named, settings)
        if encoder.spec.reads_text:
            _search_pictures(words, catalog, encoder, settings, k, filters, as_json, files)
            return
        spec = encoder.spec
    _search_names(words, catalog, spec, settings, k, filters, as_json, files)


def _search_pictures(
    words: str,
    catalog: Catalog,
    encoder: Available,
    settings: Settings,
    k: int,
    filters: Filters,
    as_json: bool,
    files: Files,
) -> None:
    searcher = open_searcher(catalog, encoder, settings)
    with console.stderr().status(f"Loading {encoder.spec.name}"):
        loaded = encoder.load()
    assert isinstance(loaded, ReadsText), f"{encoder.spec.name} says that it reads text"
    found = searcher.by_words(words, loaded, k=k, filters=filters)
    document = partial(search_document, {"words": words}, found, searcher, encoder=encoder, scoring="unit")
    files.write(document, found, catalog, None, filters=filters)
    if as_json:
        sys.stdout.write(to_json(document()))
    elif found:
        console.line(f"Pictures that fit “{words}” best", style="bold")
        console.show(neighbors_table(found, catalog, None))
        console.line(f"{encoder.spec.name}, {len(searcher):,} products indexed")
    else:
        console.note("No product passes the filters.")


def _search_names(
    words: str,
    catalog: Catalog,
    spec: EncoderSpec,
    settings: Settings,
    k: int,
    filters: Filters,
    as_json: bool,
    files: Files,
) -> None:
    found = WordIndex(catalog).search(words, k=k, filters=filters)
    document = partial(names_document, words, found, catalog, settings)
    files.write(document, found, catalog, None, filters=filters)
    if as_json:
        sys.stdout.write(to_json(document()))
    elif found:
        console.line(f"Names and labels that fit “{words}” best", style="bold")
        console.show(neighbors_table(found, catalog, None))
        console.line(f"names and labels of {len(catalog):,} products, not pictures: {spec.name} does not read text")
    else:
        console.note(f"{NOT_FOUND}{', among the products that pass the filters' if filters else ''}.")
