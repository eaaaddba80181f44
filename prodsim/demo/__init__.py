"""The built-in demo catalog: some 300 invented products, drawn, in the layout of the Kaggle data set.

It lets the whole application run, and its search mean something, before anyone has downloaded anything.
"""

import csv
from pathlib import Path

DEMO_NAME = "demo"
DEMO_VERSION = "1"
"""Names the folder in the cache: raise it whenever a drawing or a row changes."""


def write_demo(folder: Path) -> None:
    """Write `styles.csv` and `images/<id>.jpg` (300x400) into the folder, which is new or empty; takes seconds.

    The same bytes on every run with the same versions of Pillow and NumPy. Raises OSError where it cannot write.
    """
    from prodsim.demo.products import products  # only who draws pays for the drawing code

    images = folder / "images"
    images.mkdir(parents=True)
    drawn = products()
    with (folder / "styles.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, drawn[0].row)
        writer.writeheader()
        writer.writerows(product.row for product in drawn)
    for product in drawn:
        product.picture().save(images / f"{product.id}.jpg", quality=90, subsampling=0)
