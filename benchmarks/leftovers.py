"""What 20 catalogs leave in the cache that were imported, indexed and deleted again, and how long a deletion takes.

A large one is deleted beside a smaller one that shares its pictures, which keeps its embeddings.
"""

import argparse
import io
import tempfile
import time
import zipfile
from pathlib import Path

import numpy as np
from PIL import Image

from prodsim.catalog import Library, uploaded
from prodsim.config import Settings, load_settings
from prodsim.encoders import require
from prodsim.index import EmbeddingStore, index
from prodsim.storage import taken
from prodsim.upkeep import tidy

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--catalogs", type=int, default=20)
parser.add_argument("--pictures", type=int, default=300)
parser.add_argument("--large", type=int, default=10_000)
arguments = parser.parse_args()


def packed(numbers: range) -> io.BytesIO:
    """A ZIP of pictures of noise, no two the same."""
    upload = io.BytesIO()
    with zipfile.ZipFile(upload, "w") as archive:
        for number in numbers:
            pixels = np.random.default_rng(number).integers(0, 256, (40, 30, 3), dtype=np.uint8)
            content = io.BytesIO()
            Image.fromarray(pixels).save(content, "JPEG")
            archive.writestr(f"{number}.jpg", content.getvalue())
    return upload


def add(name: str, upload: io.BytesIO, settings: Settings) -> None:
    """As the app does."""
    library = Library(settings)
    with library.unpacked(uploaded(upload, f"{name}.zip", settings)) as catalog:
        for _ in index(catalog, require("pixels", settings), settings):
            pass
        library.add(name, catalog)


def mb(settings: Settings) -> str:
    """Of the whole cache."""
    return f"{taken(settings.cache_dir) / 2**20:.2f} MB"


with tempfile.TemporaryDirectory() as folder:
    settings = load_settings(cache_dir=Path(folder) / "cache", offline=True)
    library, n = Library(settings), arguments.pictures
    for number in range(arguments.catalogs):
        add(f"shop {number}", packed(range(number * n, (number + 1) * n)), settings)
    print(f"{arguments.catalogs} catalogs of {n} pictures are there: {mb(settings)}")
    for name in library.imported():
        library.delete(name)
    print(f"their files are gone: {mb(settings)}")
    started = time.perf_counter()
    tidy(settings)
    print(f"and all that was made of them, in {time.perf_counter() - started:.2f} s: {mb(settings)}")

    add("large", packed(range(arguments.large)), settings)
    add("small", packed(range(n)), settings)
    store = EmbeddingStore.of(require("pixels", settings), settings)
    print(f"{len(store.read().known):,} embeddings of a large and a small catalog: {mb(settings)}")
    library.delete("large")
    started = time.perf_counter()
    tidy(settings)
    taken_seconds = time.perf_counter() - started
    print(f"without the large one {len(store.read().known):,}, in {taken_seconds:.2f} s: {mb(settings)}")
