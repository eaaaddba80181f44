"""What a visitor brings along: a photo as a phone takes it, and a small catalog of their own."""

import zipfile
from math import sqrt
from pathlib import Path

from PIL import Image

from benchmarks.journeys.serving import ROOT
from prodsim.images import open_rgb

PIXELS = 12e6
PRODUCTS = 100
"""In the visitor's own catalog."""


def phone_photo(data: Path, folder: Path) -> Path:
    """A photo of a dress in 12 megapixels, as JPEG: one of `clothing-photos.zip` if it is in `data`, else a sample."""
    archive = data / "clothing-photos.zip"
    if archive.is_file():
        with zipfile.ZipFile(archive) as photos:
            path = min(path for path in photos.namelist() if path.startswith("validation/dress/") and path[-1] != "/")
            photo = open_rgb(photos.read(path))
    else:
        photo = open_rgb(ROOT / "prodsim" / "ui" / "samples" / "Dress.jpg")
    scale = sqrt(PIXELS / (photo.width * photo.height))
    size = (round(photo.width * scale), round(photo.height * scale))
    photo.resize(size, Image.Resampling.BICUBIC).save(folder / "dress.jpg", quality=90)
    return folder / "dress.jpg"


def own_catalog(folder: Path) -> Path:
    """A ZIP of some products of the demo, with other bytes: the embeddings that come with the demo do not fit."""
    demo = ROOT / "prodsim" / "catalog" / "demo.zip"
    with zipfile.ZipFile(demo) as source, zipfile.ZipFile(folder / "my-shop.zip", "w") as target:
        for name in source.namelist()[: 1 + PRODUCTS]:
            content = source.read(name)
            if name == "styles.csv":
                content = b"".join(content.splitlines(keepends=True)[: 1 + PRODUCTS])
            else:
                content += b"\0"
            target.writestr(name, content)
    return folder / "my-shop.zip"
