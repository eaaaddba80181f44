"""Small catalogs of real files, and a stand-in for the model whose vectors can be computed by hand."""

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pillow_heif
from numpy.typing import NDArray
from PIL import Image

from prodsim.catalog import JOINED, LEFT_OUT_ROWS, Catalog
from prodsim.catalog.problems import LEFT_OUT_PICTURES, NOT_USED
from prodsim.encoders import REGISTRY, Encoder
from prodsim.images import fit

Color = str | tuple[int, int, int]

DAMAGED = b"\xff\xd8\xff\xe0 the beginning of a JPEG, and no more"


def picture(color: Color, size: tuple[int, int] = (18, 24), format: str = "PNG", **options: Any) -> bytes:
    """A picture file of one color. PNG keeps it to the digit, JPEG nearly."""
    return encoded(Image.new("RGB", size, color), format, **options)


def encoded(image: Image.Image, format: str = "PNG", **options: Any) -> bytes:
    """The bytes of a picture file."""
    buffer = io.BytesIO()
    if format == "HEIF":  # which what the app decodes by cannot write
        pillow_heif.from_pillow(image).save(buffer, **options)
    else:
        image.save(buffer, format, **options)
    return buffer.getvalue()


def noise(size: tuple[int, int], seed: int = 0) -> Image.Image:
    """A picture in which every pixel is another."""
    width, height = size
    return Image.fromarray(np.random.default_rng(seed).integers(0, 256, (height, width, 3), dtype=np.uint8))


def doubled(image: Image.Image) -> Image.Image:
    """Each pixel as a square of four: what `pixels` sees, 15x20, is smaller than a picture may be."""
    return image.resize((2 * image.width, 2 * image.height), Image.Resampling.NEAREST)


def write_catalog(
    folder: Path,
    pictures: Mapping[str, Color | bytes],
    attributes: Mapping[str, Mapping[str, str]] | None = None,
    *,
    suffix: str = ".jpg",
) -> Path:
    """A folder with `styles.csv` and `images/<id><suffix>`: a color, or a file's bytes, by product id.

    `attributes` by product id; a product without any has only its id.
    """
    attributes = attributes or {}
    columns = list(dict.fromkeys(name for row in attributes.values() for name in row))
    (folder / "images").mkdir(parents=True)
    with (folder / "styles.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["id", *columns])
        for product_id in pictures:
            row = attributes.get(product_id, {})
            writer.writerow([product_id, *(row.get(column, "") for column in columns)])
    for product_id, content in pictures.items():
        if not isinstance(content, bytes):
            content = picture(content, format="JPEG" if suffix == ".jpg" else "PNG")
        (folder / "images" / f"{product_id}{suffix}").write_bytes(content)
    return folder


PICTURE = picture("red", (2, 2), "JPEG")


def write_files(folder: Path, pictures: Iterable[str], texts: Mapping[str, str | bytes] | None = None) -> Path:
    """A folder of these files, by their paths in it: pictures, and tables or whatever has a text."""
    for name, content in {**dict.fromkeys(pictures, PICTURE), **(texts or {})}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def pictures_of(catalog: Catalog) -> dict[str, list[str]]:
    """Id of each product -> its pictures, by their paths in the catalog's folder; after a look that all adds up."""
    assert_adds_up(catalog)
    return {
        id_: [path.relative_to(catalog.folder).as_posix() for path in catalog.pictures(row)]
        for row, id_ in enumerate(catalog.table.index)
    }


def assert_adds_up(catalog: Catalog) -> None:
    """Each row is a product, part of one, or reported; each file the table, a picture of products, or reported once."""
    kinds = Counter(problem.kind for problem in catalog.problems)
    assert catalog.rows_read == len(catalog) + kinds[JOINED] + sum(kinds[kind] for kind in LEFT_OUT_ROWS)
    used = {path.relative_to(catalog.folder).as_posix() for path in catalog.images}
    table = [catalog.source.relative_to(catalog.folder).as_posix()] if catalog.source else []
    rest = [problem.subject for problem in catalog.problems if problem.kind in (*LEFT_OUT_PICTURES, NOT_USED)]
    there = [path.relative_to(catalog.folder).as_posix() for path in catalog.folder.rglob("*") if path.is_file()]
    assert sorted([*used, *table, *rest]) == sorted(there)


class MeanColor:
    """Encoder whose embedding of a picture is its mean red, green and blue. Counts what it is given."""

    spec = replace(REGISTRY["pixels"], name="mean_color", title="Mean color", dim=3, input_size=(4, 4))

    def __init__(self, before_encode: Callable[[], object] = lambda: None) -> None:
        self.encoded = 0
        self.before_encode = before_encode

    def fit(self, image: Image.Image) -> Image.Image:
        return fit(image, self.spec.input_size, self.spec.resample)

    def encode(self, images: Sequence[Image.Image]) -> NDArray[np.float32]:
        self.before_encode()
        self.encoded += len(images)
        vectors = [np.asarray(self.fit(image), dtype=np.float32).mean(axis=(0, 1)) for image in images]
        return np.array(vectors, dtype=np.float32).reshape(-1, 3)


class ReadsColors(MeanColor):
    """The same, and of a text: how often it says red, green and blue."""

    spec = replace(MeanColor.spec, name="reads_colors", title="Reads colors", reads_text=True)

    def encode_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.array([[text.count(color) for color in ("red", "green", "blue")] for text in texts], np.float32)


class FakeAvailable:
    """What `require` would return for MeanColor. Counts how often it is loaded."""

    weights = None
    notice = ""

    def __init__(self, encoder: MeanColor | None = None, fingerprint: str = "0123456789abcdef") -> None:
        self.encoder = encoder or MeanColor()
        self.spec = self.encoder.spec
        self.fingerprint = fingerprint
        self.loads = 0

    @property
    def encoded(self) -> int:
        """How many pictures went through the model."""
        return self.encoder.encoded

    def load(self) -> Encoder:
        self.loads += 1
        return self.encoder
