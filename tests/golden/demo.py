"""Answers about the demo catalog, with the encoder `pixels`: searches, counts, measures."""

import csv
import io
import re
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from tests.golden.asking import document, run, search

ENCODER = "pixels"
PHOTO, PICTURE, JUDGMENTS = "photo.png", "10117.jpg", "judgments.csv"
"""A photo that is drawn here, a picture of the demo, judgments; in arguments their names stand for their paths."""

SEARCHES: dict[str, tuple[str, ...]] = {
    "a product": ("--product", "10001"),
    "a product, raw kernel": ("--product", "10001", "--scoring", "linear"),
    "a product among itself": ("--product", "10030", "--include-query", "--k", "3"),
    "a product among itself, raw kernel": ("--product", "10117", "--include-query", "--scoring", "linear", "--k", "8"),
    "a product's nearest": ("--product", "10200", "--k", "1"),
    "a product's twelve": ("--product", "10117", "--k", "12"),
    "a photo": (PHOTO,),
    "a photo, raw kernel": (PHOTO, "--scoring", "linear"),
    "a photo, upper part": (PHOTO, "--crop", "10,0,90,55"),
    "a photo, whole on white": (PHOTO, "--fit", "pad", "--k", "3"),
    "a photo of one color": (PHOTO, "--crop", "0,0,9,9"),
    "a catalog's picture": (PICTURE, "--k", "3"),
    "a catalog's picture, cropped and stretched": (PICTURE, "--crop", "20,5,80,60", "--fit", "squash"),
    "a catalog's picture, cropped, on white": (PICTURE, "--crop", "20,5,80,60", "--fit", "pad"),
    "words": ("--words", "red summer dress"),
    "words, filtered": ("--words", "black shoe", "--filter", "gender=Women", "--k", "8"),
    "words that no product has": ("--words", "zeppelin"),
    "one filter": ("--product", "10001", "--filter", "articleType=Tshirts"),
    "one filter, two values": ("--product", "10001", "--filter", "season=Fall", "--filter", "season=Winter"),
    "all but one color": ("--product", "10001", "--filter", "baseColour!=Khaki", "--filter", "baseColour!=Beige"),
    "several filters": (
        *("--product", "10008", "--filter", "gender=Men", "--filter", "articleType=Shirts"),
        *("--filter", "articleType=Tshirts", "--filter", "baseColour!=White", "--k", "7"),
    ),
    "one candidate": ("--product", "10001", "--filter", "productDisplayName=Norvane Women Khaki Cargo Trousers"),
    "no candidate": ("--product", "10024", "--filter", "productDisplayName=Norvane Women Khaki Cargo Trousers"),
    "more": ("--product", "10001", "--more", "10024", "--more", "10155"),
    "less": ("--product", "10001", "--less", "10074"),
    "more and less, raw kernel": ("--product", "10001", "--more", "10155", "--less", "10074", "--scoring", "linear"),
    "folded": ("--product", "10029", "--fold", "--k", "4"),
    "a photo, marked, filtered": (
        *(PHOTO, "--more", "10009", "--less", "10117", "--less", "10005"),
        *("--filter", "masterCategory=Apparel", "--fit", "pad", "--k", "6"),
    ),
    "all at once": (
        *("--product", "10029", "--more", "10180", "--less", "10007", "--filter", "masterCategory=Footwear"),
        *("--filter", "baseColour!=Black", "--include-query", "--fold", "--k", "6"),
    ),
}

TABLES = {
    "a product, folded": ("--product", "10029", "--fold", "--k", "4"),
    "words": ("--words", "red summer dress", "--k", "2"),
}
"""Searches whose CSV is stored as well."""

EVALUATIONS = {
    "unit": (),
    "linear": ("--scoring", "linear"),
    "pca": ("--scoring", "pca"),
    "a sample, other labels": (
        *("--k", "3", "--sample", "100", "--attributes", "baseColour", "--attributes", "gender,usage"),
    ),
}


def prepare(cache: Path) -> None:
    """Put the demo, its embeddings and the files that are asked with into the cache."""
    run("index", "--cache-dir", cache, "--encoder", ENCODER)
    photo().save(cache / PHOTO)
    (cache / JUDGMENTS).write_text(
        "query,product,label,encoder,date\n"
        "10001,10024,more,pixels,\n10001,10155,less,pixels,\n10001,10074,more,pixels,\n"
        "10029,10173,more,pixels,\n10029,10005,less,pixels,\n10117,10043,more,pixels,\n"
    )


def photo() -> Image.Image:
    """A red pullover with a blue stripe before a sandy wall: drawn without smooth edges, the same everywhere."""
    wall, red, blue = (222, 205, 170), (176, 28, 44), (32, 48, 140)
    image = Image.new("RGB", (640, 560), wall)
    draw = ImageDraw.Draw(image)
    draw.rectangle((210, 70, 430, 490), red)
    draw.polygon([(210, 70), (90, 180), (140, 270), (210, 200)], red)
    draw.polygon([(430, 70), (550, 180), (500, 270), (430, 200)], red)
    draw.rectangle((210, 300, 430, 350), blue)
    draw.ellipse((280, 40, 360, 110), wall)
    return image


def searched(cache: Path, case: str) -> dict[str, Any]:
    """What one of SEARCHES finds."""
    found = search(cache, ENCODER, *_with_paths(cache, SEARCHES[case]))
    first, others = found["neighbors"][:1], found["neighbors"][1:]
    short = [{name: each[name] for name in ("rank", "product_id", "name", "score", "similarity")} for each in others]
    return found | {"neighbors": [*first, *short]}


def table(cache: Path, case: str) -> dict[str, Any]:
    """The CSV of one of TABLES: its header, and its rows by column."""
    path = cache / "found.csv"
    run("search", "--cache-dir", cache, "--encoder", ENCODER, *TABLES[case], "--csv", path)
    header, *rows = csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline=""))
    return {"header": header, "rows": [dict(zip(header, map(_cell, row), strict=True)) for row in rows]}


def counted(cache: Path) -> dict[str, Any]:
    """`stats`; of each attribute its values in their order, unless there are many."""
    found = document("stats", "--cache-dir", cache)
    values = {
        name: [*counts.items()] if len(counts) < 50 else f"{len(counts)} values of {sum(counts.values())} products"
        for name, counts in found["values"].items()
    }
    return found | {"values": values}


def evaluated(cache: Path, case: str) -> dict[str, Any]:
    """One of EVALUATIONS; of a class its size and precision, of the largest one all."""
    found = document("evaluate", "--cache-dir", cache, "--encoder", ENCODER, *EVALUATIONS[case])
    if case == "unit":  # 10152's fifth and sixth are alike in seven digits: which one is a hub, processors decide
        del found["hubness"]
    for quality in found["qualities"]:
        classes = quality.pop("classes")
        quality["largest"] = classes[0]
        quality["classes"] = [
            [*one["labels"], one["products"], one["queries"], one["measures"]["precision"]["mean"]] for one in classes
        ]
    return found


def judged(cache: Path) -> dict[str, Any]:
    """`evaluate` against judgments."""
    return document("evaluate", "--cache-dir", cache, "--encoder", ENCODER, "--judgments", cache / JUDGMENTS)


def _with_paths(cache: Path, arguments: tuple[str, ...]) -> list[object]:
    places = {PHOTO: cache / PHOTO, PICTURE: next(cache.rglob(PICTURE))}
    return [places.get(argument, argument) for argument in arguments]


def _cell(text: str) -> str | float:
    return float(text) if re.fullmatch(r"-?\d+\.\d+", text) else text
