"""Small archives for the tests of training, made of the demo's drawings."""

import csv
import zipfile
from pathlib import Path

from PIL import Image

from training.splits import PHOTO_CLASSES


def photos_of(catalog: Path, archive: Path) -> Path:
    """A ZIP of "photos": products of the catalog whose type belongs to a class, on gray; each fourth is held out."""
    with (catalog / "styles.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    with zipfile.ZipFile(archive, "w") as opened:
        for number, row in enumerate(rows):
            classes = [name for name, types in PHOTO_CLASSES.items() if row["articleType"] in types]
            if classes:
                photo = Image.new("RGB", (200, 220), "gray")
                photo.paste(Image.open(catalog / "images" / f"{row['id']}.jpg").resize((120, 160)), (40, 30))
                folder = f"{'train' if number % 4 else 'validation'}/{classes[number % len(classes)]}"
                with opened.open(f"{folder}/{row['id']}.jpg", "w") as file:
                    photo.save(file, "JPEG")
    return archive
