"""The files: a catalog's table and pictures, and sample photos."""

import csv
from pathlib import Path

from tools.demo_catalog.products import Product, products
from tools.demo_catalog.snapshots import SNAPSHOTS


def paint_catalog(folder: Path, painted: list[Product] | None = None) -> None:
    """Write `styles.csv` and `images/<id>.jpg` (300x400) into a folder that is empty: all products, or these.

    The same bytes on every run with the same versions of Pillow and NumPy; all take some ten seconds.
    """
    painted = painted or products()
    images = folder / "images"
    images.mkdir(parents=True)
    with (folder / "styles.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, painted[0].row)
        writer.writeheader()
        writer.writerows(product.row for product in painted)
    for product in painted:
        product.picture().save(images / f"{product.id}.jpg", quality=90, subsampling=0)


def paint_samples(folder: Path) -> None:
    """Write `<title>.jpg` (480x640) for each sample photo into a folder."""
    for snapshot in SNAPSHOTS:
        snapshot.picture().save(folder / f"{snapshot.title}.jpg", quality=88)
