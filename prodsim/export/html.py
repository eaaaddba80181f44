"""A search as one HTML file to keep or send: query, results with pictures, what their numbers mean, how it was made.

It holds all it shows, runs no script and asks no host for anything, which it also tells the browser (Content Security
Policy); only who follows a link to a product's page asks its shop. Its pictures are encoded anew, so no metadata of a
photo is in it, and nothing of what was cropped away.
"""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from prodsim import __version__
from prodsim.catalog import BOUNDS, WORDS, Product, in_words, parted
from prodsim.encoders import EncoderSpec
from prodsim.errors import ImageError
from prodsim.export.document import PhotoRecord, photo_record
from prodsim.images import Fitting, enlarged, open_rgb, thumbnail
from prodsim.search import (
    FOLDED,
    NOTHING,
    WHOLE,
    Neighbor,
    Photo,
    PhotosQuery,
    ProductQuery,
    SearchResult,
    WordsQuery,
    above,
    heading,
    meanings,
    readable,
    which_picture,
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


@dataclass(frozen=True)
class Part:
    """Pictures that belong together, and facts about them."""

    figures: Sequence[Figure]
    facts: Facts
    link: str = ""


@dataclass(frozen=True)
class Title:
    """What was searched with: the name as it is, and what stands before and after it."""

    before: str
    name: str
    after: str = ""


@dataclass(frozen=True)
class Shown:
    """What is shown of a neighbor. `picture`: its address, empty if the picture is missing or damaged: then the name of
    its `file` is shown, as it is beside `which` of several it is. `link`: see `Product.link`.
    """

    rank: int
    name: str
    picture: str
    file: str
    which: str
    link: str
    score: str
    similarity: str
    closeness: str
    near_identical: str
    facts: Facts


def report(result: SearchResult, digest: str, *, made: datetime | None = None) -> bytes:
    """The HTML file of a search, in UTF-8.

    `digest`: see `Catalog.digest`; `made`: when, with a time zone; None: now.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # only who shares pays for it

    templates = Environment(
        loader=FileSystemLoader(TEMPLATE.parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    text = templates.get_template(TEMPLATE.name).render(
        title=_title(result),
        parts=_parts(result),
        heading=heading(result) if result.neighbors else "No product was found",
        nothing=NOTHING if result.nothing_alike else "",
        results=[_shown(neighbor, result) for neighbor in result.neighbors],
        meanings=meanings(result) | ({"Near-identical": FOLDED} if result.folds else {}),
        facts=_facts(result, digest, made or datetime.now(UTC)),
    )
    return text.encode("utf-8", "backslashreplace")  # a file's name may have bytes that are no text


def _title(result: SearchResult) -> Title:
    match result.request.query:
        case WordsQuery() as query:
            return Title("Best matches for “", query.words, "”")
        case PhotosQuery() as query:
            several = len(query.photos) > 1
            return Title("Look-alikes of ", f"{len(query.photos)} photos" if several else query.photos[0].name)
        case ProductQuery() as query:
            return Title("Look-alikes of ", result.catalog.product(query.product_id).name)


def _parts(result: SearchResult) -> list[Part]:
    """Of the query, and of what steered it."""
    encoder, steering = result.request.encoder, _steering(result)
    match result.request.query:
        case WordsQuery():
            return []
        case ProductQuery() as query:
            product = result.catalog.product(query.product_id)
            figures = [Figure(address, product.name)] if (address := _picture(product.image)) else []
            return [Part(figures, [*_labels(product), *steering], product.link)]
        case PhotosQuery(photos=[photo]):
            return [Part(_figures(photo, encoder), [*_framing(photo_record(photo, encoder)), *steering])]
        case PhotosQuery() as query:
            parts = [
                Part(_figures(photo, encoder), [("Photo", photo.name), *_framing(photo_record(photo, encoder))])
                for photo in query.photos
            ]
            return [*parts, Part((), steering)] if steering else parts


def _figures(photo: Photo, encoder: EncoderSpec) -> list[Figure]:
    """The part of a photo that was compared, and the very pixels that the model saw of it."""
    width, height = encoder.input_size
    return [
        Figure(_address(photo.look(encoder).cropped, "jpeg"), "The photo"),
        Figure(_address(enlarged(photo.seen(encoder)), "png"), f"What {encoder.title} sees: {width} x {height} pixels"),
    ]


def _steering(result: SearchResult) -> Facts:
    """The products that steered the query."""
    marks = result.request.marks
    marked = {"More like": marks.more, "Less like": marks.less}
    return [(title, _named(ids, result)) for title, ids in marked.items() if ids]


def _named(ids: Sequence[str], result: SearchResult) -> str:
    return "; ".join(f"{result.catalog.product(product_id).name} ({product_id})" for product_id in ids)


def _framing(photo: PhotoRecord) -> Facts:
    left, top, right, bottom = photo.crop
    part = f"{left} to {right} % across, {top} to {bottom} % down"
    return [
        ("Compared", "the whole photo" if photo.crop == WHOLE else f"the part from {part}"),
        ("Fitted", _FITS[photo.fit]),
    ]


def _shown(neighbor: Neighbor, result: SearchResult) -> Shown:
    product, known = result.catalog.product(neighbor.product_id), result.calibration
    percentile = above(known.percentile(neighbor.similarity)) if known else ""
    return Shown(
        rank=neighbor.rank,
        name=product.name,
        picture=_picture(neighbor.image),
        file=neighbor.image.name,
        which=which_picture(product, neighbor.image),
        link=product.link,
        score=f"{neighbor.score:.2f}",
        similarity=readable(neighbor.similarity),
        closeness=f"{known.word(neighbor.similarity)}, {percentile}" if known else "",
        near_identical=_named([other.product_id for other in result.folds.get(product.id, ())], result),
        facts=_labels(product),
    )


def _facts(result: SearchResult, digest: str, made: datetime) -> Facts:
    """All that is needed to tell whether another search is comparable."""
    request, indexed = result.request, result.indexed
    chosen = [_filter(name, values) for name, values in request.filters.items()]
    facts = [
        ("Catalog", result.catalog.name),
        ("Products", f"{len(result.catalog):,}"),
        ("Filters", "; ".join(chosen) or "none"),
        ("Catalog digest", digest),
    ]
    if indexed:
        facts += [
            ("Encoder", f"{request.encoder.title} ({request.encoder.name})"),
            ("Encoder fingerprint", indexed.encoder.fingerprint),
            ("Scoring", request.kernel.title),
        ]
    else:
        facts.append(("Searched", "names and labels, not pictures"))
    return [*facts, ("Made", f"{made.astimezone(UTC):%Y-%m-%d %H:%M} UTC"), ("Made by", f"prodsim {__version__}")]


def _filter(name: str, values: Sequence[str]) -> str:
    attribute, sign = parted(name)
    if sign in BOUNDS:
        return f"{in_words(attribute)}: {WORDS[sign]} {' and '.join(values)}"
    return f"{in_words(name)}: {' or '.join(values)}"


def _labels(product: Product) -> Facts:
    known = [(in_words(name), value) for name, value in product.labels.items()]
    return [("Id", product.id), *known]


def _picture(path: Path) -> str:
    """Its address; empty if the picture is missing or damaged."""
    try:
        return _address(thumbnail(open_rgb(path)), "jpeg")
    except ImageError:
        return ""


def _address(content: bytes, kind: str) -> str:
    return f"data:image/{kind};base64,{base64.b64encode(content).decode('ascii')}"
