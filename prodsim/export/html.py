"""A search as one HTML file to keep or send: query, results with pictures, what their numbers mean, how it was made.

It holds all it shows, runs no script and asks no host for anything, which it also tells the browser (Content Security
Policy). Its pictures are encoded anew, so no metadata of a photo is in it, and nothing of what was cropped away.
"""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from PIL import Image

from prodsim import __version__
from prodsim.catalog import NAME_ATTRIBUTE, Catalog, Filters, Product, in_words
from prodsim.encoders import EncoderSpec, encoder_spec
from prodsim.errors import ImageError
from prodsim.export.document import ImageQuery, SearchDocument, heading
from prodsim.images import Fitting, enlarged, open_rgb, thumbnail
from prodsim.search import (
    FOLDED,
    NOTHING,
    SCORINGS,
    WHOLE,
    Framing,
    above,
    meanings,
    meanings_for_combination,
    meanings_for_words,
    readable,
)

TEMPLATE = Path(__file__).with_name("report.html")
"""Jinja; it escapes every text."""

_FITS: dict[Fitting, str] = {"pad": "whole, on white", "squash": "stretched"}

Facts = list[tuple[str, str]]
"""Names and values, in order."""


@dataclass(frozen=True)
class Figure:
    """A picture, as a `data:` address, and what it shows."""

    address: str
    shows: str


def photo_figures(photo: Image.Image, framing: Framing, encoder: EncoderSpec) -> list[Figure]:
    """The part of an RGB photo that was compared, and the very pixels that the model saw of it."""
    width, height = encoder.input_size
    return [
        Figure(_address(thumbnail(framing.crop(photo)), "jpeg"), "The photo"),
        Figure(
            _address(enlarged(framing.fit(photo, encoder)), "png"),
            f"What {encoder.title} sees: {width} x {height} pixels",
        ),
    ]


def report(
    document: SearchDocument,
    catalog: Catalog,
    *,
    filters: Filters,
    photos: Sequence[Sequence[Figure]] = (),
    made: datetime | None = None,
) -> bytes:
    """The HTML file, in UTF-8, of a search in this catalog. `photos`: `photo_figures` of each, if that was the
    query; `made`: when, with a time zone; None: now.

    QueryError if a filter does not fit the catalog.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # only who shares pays for it

    templates = Environment(
        loader=FileSystemLoader(TEMPLATE.parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    among, found = int(catalog.filter(filters).sum()), len(document["neighbors"])
    closeness = document["closeness"]
    text = templates.get_template(TEMPLATE.name).render(
        query=_query(document, catalog, photos),
        heading=heading(found, among, words="words" in document["query"]) if found else "No product was found",
        nothing=NOTHING if closeness and closeness["verdict"] == "nothing alike" else "",
        results=_results(document, catalog),
        meanings=_meanings(document),
        facts=_facts(document, catalog, filters, made or datetime.now(UTC)),
    )
    return text.encode("utf-8", "backslashreplace")  # a file's name may have bytes that are no text


def _query(document: SearchDocument, catalog: Catalog, photos: Sequence[Sequence[Figure]]) -> dict[str, Any]:
    """Its title before and after its name, the name, and parts, each with pictures and facts."""
    query, steering = document["query"], _steering(document, catalog)
    if "words" in query:
        return {"before": "Best matches for “", "name": query["words"], "after": "”", "parts": ()}
    if "images" in query:
        name = f"{len(query['images'])} photos"
        parts = [
            (figures, [("Photo", each["image"]), *_framing(each)])
            for each, figures in zip(query["images"], photos, strict=True)
        ]
        parts += [((), steering)] if steering else []
    elif "image" in query:
        name, parts = query["image"], [(figures, [*_framing(query), *steering]) for figures in photos]
    else:
        product = catalog.product(query["product_id"])
        figures = [Figure(address, product.name)] if (address := _picture(product)) else []
        name, parts = product.name, [(figures, [*_labels(product), *steering])]
    return {"before": "Look-alikes of ", "name": name, "after": "", "parts": parts}


def _steering(document: SearchDocument, catalog: Catalog) -> Facts:
    """The products that steered the query."""
    if document["steered"] is None:
        return []
    marked = {"More like": document["steered"]["more"], "Less like": document["steered"]["less"]}
    return [(title, _named(ids, catalog)) for title, ids in marked.items() if ids]


def _named(ids: Sequence[str], catalog: Catalog) -> str:
    return "; ".join(f"{catalog.product(product_id).name} ({product_id})" for product_id in ids)


def _framing(query: ImageQuery) -> Facts:
    left, top, right, bottom = query["crop"]
    part = f"{left} to {right} % across, {top} to {bottom} % down"
    return [
        ("Compared", "the whole photo" if query["crop"] == WHOLE else f"the part from {part}"),
        ("Fitted", _FITS[query["fit"]]),
    ]


def _results(document: SearchDocument, catalog: Catalog) -> list[dict[str, Any]]:
    """Of each neighbor what is shown: rank, name, picture or its file's name, numbers, and the labels it has."""
    known = document["closeness"]
    results = []
    for place, neighbor in enumerate(document["neighbors"]):
        product = catalog.product(neighbor["product_id"])
        results.append(
            {
                "rank": neighbor["rank"],
                "name": product.name,
                "picture": _picture(product),
                "file": product.image.name,
                "score": f"{neighbor['score']:.2f}",
                "similarity": readable(neighbor["similarity"]),
                "closeness": f"{known['words'][place]}, {above(known['percentiles'][place])}" if known else "",
                "near_identical": _named(document["near_identical"].get(product.id, ()), catalog),
                "facts": _labels(product),
            }
        )
    return results


def _meanings(document: SearchDocument) -> dict[str, str]:
    return _numbers(document) | ({"Near-identical": FOLDED} if document["near_identical"] else {})


def _numbers(document: SearchDocument) -> dict[str, str]:
    spec = _encoder(document)
    if spec is None or document["scoring"] is None or "words" in document["query"]:
        return meanings_for_words(spec)
    if document["steered"] or "images" in document["query"]:
        return meanings_for_combination(document["scoring"], spec)
    return meanings(document["scoring"], spec)


def _facts(document: SearchDocument, catalog: Catalog, filters: Filters, made: datetime) -> Facts:
    """All that is needed to tell whether another search is comparable."""
    spec, encoder, scoring = _encoder(document), document["encoder"], document["scoring"]
    chosen = [f"{in_words(attribute)}: {' or '.join(values)}" for attribute, values in filters.items()]
    facts = [
        ("Catalog", catalog.name),
        ("Products", f"{len(catalog):,}"),
        ("Filters", "; ".join(chosen) or "none"),
        ("Catalog digest", str(document["catalog"]["digest"])),
    ]
    if spec and encoder and scoring:
        facts += [
            ("Encoder", f"{spec.title} ({spec.name})"),
            ("Encoder fingerprint", encoder["fingerprint"]),
            ("Scoring", SCORINGS[scoring]),
        ]
    else:
        facts.append(("Searched", "names and labels, not pictures"))
    return [*facts, ("Made", f"{made.astimezone(UTC):%Y-%m-%d %H:%M} UTC"), ("Made by", f"prodsim {__version__}")]


def _encoder(document: SearchDocument) -> EncoderSpec | None:
    return encoder_spec(document["encoder"]["name"]) if document["encoder"] else None


def _labels(product: Product) -> Facts:
    known = [(in_words(name), value) for name, value in product.attributes.items() if name != NAME_ATTRIBUTE]
    return [("Id", product.id), *known]


def _picture(product: Product) -> str:
    """Its address; empty if the picture is missing or damaged."""
    try:
        return _address(thumbnail(open_rgb(product.image)), "jpeg")
    except ImageError:
        return ""


def _address(content: bytes, kind: str) -> str:
    return f"data:image/{kind};base64,{base64.b64encode(content).decode('ascii')}"
