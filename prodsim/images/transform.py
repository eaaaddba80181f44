"""What is made of an RGB picture: fitted to what a model sees, or made ready to be shown."""

from io import BytesIO
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

Fitting = Literal["squash", "pad"]
Resample = Literal["nearest", "bilinear", "bicubic", "box"]
Size = tuple[int, int]
"""Width and height."""
_FILTERS = {
    "nearest": Image.Resampling.NEAREST,
    "bilinear": Image.Resampling.BILINEAR,
    "bicubic": Image.Resampling.BICUBIC,
    "box": Image.Resampling.BOX,
}


def fit(image: Image.Image, size: Size, resample: Resample, fitting: Fitting = "squash") -> Image.Image:
    """An RGB picture at `size` (width, height). Idempotent: a picture of that size comes back as it is.

    "squash" changes its proportions; with "nearest" that equals the resizing in `keras.utils.load_img`. "pad" keeps
    them, and the picture whole, in the middle of a white ground.
    """
    if image.size == size:
        return image
    if fitting == "pad":
        return ImageOps.pad(image, size, _FILTERS[resample], color="white")
    return image.resize(size, _FILTERS[resample])


def fit_scaled(
    image: Image.Image, whole: Size, scale: int, size: Size, resample: Resample, fitting: Fitting
) -> Image.Image:
    """What `fit` makes of an RGB picture of the size `whole`, without the ground, from one whose sides are divided by
    `scale` and rounded up. Numbers are rounded once, as those of fewer pixels are as rough already.
    """
    width, height = whole
    if fitting == "pad":  # as ImageOps.contain
        wider = width / height > size[0] / size[1]
        size = (size[0], round(height / width * size[0])) if wider else (round(width / height * size[1]), size[1])
    if resample == "box":
        pixels: NDArray[Any] = np.asarray(image)
        for whole_side, side in ((height, size[1]), (width, size[0])):
            pixels = _means(pixels, whole_side, scale, side).swapaxes(0, 1)
        return Image.fromarray(np.rint(pixels).astype(np.uint8))
    box = (0, 0, width / scale, height / scale)
    bands = [np.asarray(band.convert("F").resize(size, _FILTERS[resample], box)) for band in image.split()]
    return Image.fromarray(np.rint(np.stack(bands, axis=-1)).clip(0, 255).astype(np.uint8))


def _means(rows: NDArray[Any], whole: int, scale: int, number: int) -> NDArray[np.float64]:
    """Means of so many groups of rows, of which each stands for `scale` of `whole` rows. Pillow's box is of whole ones,
    and so are the groups: where one ends within a row, that counts in part.
    """
    edges = np.floor(np.arange(number + 1) * (whole / number) + 0.5) / scale
    below = edges.astype(int).clip(max=len(rows) - 1)
    sums = np.add.reduceat(rows, below, axis=0, dtype=np.result_type(rows, np.uint32))[:-1]
    parts = rows[below] * (edges - below)[:, None, None]
    means: NDArray[np.float64] = (sums + parts[1:] - parts[:-1]) / np.diff(edges)[:, None, None]
    return means


def thumbnail(image: Image.Image, size: tuple[int, int] = (360, 480)) -> bytes:
    """JPEG bytes of an RGB picture, whole, padded with white to `size` (width, height); no metadata is left."""
    padded = ImageOps.pad(image, size, Image.Resampling.LANCZOS, color="white")
    padded.info.clear()
    return jpeg(padded)


def reduced(image: Image.Image, longest: int) -> Image.Image:
    """A copy of an RGB picture to be shown, its longer side at most `longest` pixels; no metadata is left."""
    times = min(1, longest / max(image.size))
    size = (max(1, round(image.width * times)), max(1, round(image.height * times)))
    copy = image.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
    copy.info.clear()
    return copy


def enlarged(image: Image.Image, longest: int = 240) -> bytes:
    """PNG bytes of an RGB picture, each pixel a square, as large as fits into `longest`; no metadata is left."""
    times = max(1, longest // max(image.size))
    squares = image.resize((image.width * times, image.height * times), Image.Resampling.NEAREST)
    squares.info.clear()
    buffer = BytesIO()
    squares.save(buffer, "PNG")
    return buffer.getvalue()


def jpeg(image: Image.Image) -> bytes:
    """JPEG bytes of an RGB picture."""
    buffer = BytesIO()
    image.save(buffer, "JPEG", quality=88)
    return buffer.getvalue()
