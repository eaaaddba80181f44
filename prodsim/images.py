"""Pixels: `open_rgb`, the one way in for every picture; `fit` to what a model sees; what is shown; content hash."""

import hashlib
from io import BytesIO
from pathlib import Path
from typing import Literal

import numpy as np
import PIL
from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

from prodsim.errors import ImageError

READER = f"1, Pillow {PIL.__version__}"
"""What `open_rgb` is today: when it changes, pictures that it could not open are tried again."""

MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 64_000_000
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF")
SUFFIXES = (".jpg", ".jpeg", ".png", ".webp")
"""File names that a catalog's pictures have; uploads may be any of FORMATS."""

Fitting = Literal["squash", "pad"]
Resample = Literal["nearest", "bilinear", "bicubic", "box"]
_FILTERS = {
    "nearest": Image.Resampling.NEAREST,
    "bilinear": Image.Resampling.BILINEAR,
    "bicubic": Image.Resampling.BICUBIC,
    "box": Image.Resampling.BOX,
}

_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""EXIF orientation -> how to turn the picture upright."""


def read_picture(path: Path) -> bytes:
    """A picture file's bytes. ImageError if it cannot be read or is over MAX_BYTES (judged before reading)."""
    try:
        size = path.stat().st_size
        if size <= MAX_BYTES:
            return path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ImageError(f"The picture {path} cannot be read: {reason}. Check the path.") from error
    raise _too_large(path.name, size)


def open_rgb(source: Path | bytes, name: str = "") -> Image.Image:
    """The picture as a person sees it: RGB, 8 bit, upright, on white, first frame.

    Equals `PIL.Image.open(f).convert("RGB")` for upright, opaque, 8-bit pictures. EXIF orientation is applied,
    transparency laid on white, 16-bit and float pixels scaled to 8 bit. ImageError if it is over MAX_BYTES or
    MAX_PIXELS (judged from the header, before pixels are decoded), not one of FORMATS by content, or damaged.
    """
    data = read_picture(source) if isinstance(source, Path) else source
    name = name or (source.name if isinstance(source, Path) else "the picture")
    if len(data) > MAX_BYTES:
        raise _too_large(name, len(data))
    try:
        with Image.open(BytesIO(data), formats=FORMATS) as image:
            width, height = image.size
            if width * height <= MAX_PIXELS:
                return _upright_rgb(image)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ImageError(f"{name} has too many pixels: {error}. Make it smaller and try again.") from error
    except UnidentifiedImageError as error:
        known = ", ".join(FORMATS)
        raise ImageError(f"{name} is not a picture of a known format ({known}). Save it as JPEG or PNG.") from error
    except Exception as error:  # Pillow's decoders raise far more than OSError on damaged files
        raise ImageError(f"{name} is damaged: {error}. Save it again as JPEG or PNG.") from error
    megapixels = width * height / 1e6
    raise ImageError(
        f"{name} has {width} x {height} pixels ({megapixels:.0f} megapixels), "
        f"more than {MAX_PIXELS / 1e6:.0f}. Make it smaller and try again."
    )


def _too_large(name: str, size: int) -> ImageError:
    return ImageError(
        f"{name} has {size / 2**20:.1f} MB, more than {MAX_BYTES // 2**20} MB. Save it smaller and try again."
    )


def _upright_rgb(image: Image.Image) -> Image.Image:
    upright = _upright(image)
    if upright.mode.startswith(("I", "F")):
        return _eight_bit(upright).convert("RGB")
    if upright.has_transparency_data:
        layer = upright.convert("RGBA")
        ground = Image.new("RGBA", layer.size, "white")
        return Image.alpha_composite(ground, layer).convert("RGB")
    return upright.convert("RGB")


def _upright(image: Image.Image) -> Image.Image:
    """Turned as its EXIF says; unlike `ImageOps.exif_transpose` it passes over entries that are damaged."""
    image.load()
    try:
        turn = _TURNS.get(image.getexif().get(ExifTags.Base.Orientation, 1))
    except Exception:  # as above
        turn = None
    return image if turn is None else image.transpose(turn)


def _eight_bit(image: Image.Image) -> Image.Image:
    """Gray of 16 bits (0..65535), 32 bits or float (0..1, else as far as it reaches) -> gray of 8 bits."""
    pixels = np.asarray(image, dtype=np.float64)
    if not np.isfinite(pixels).all():
        raise ValueError("it holds pixels that are no numbers")
    low, high = min(0.0, float(pixels.min())), float(pixels.max())
    if image.mode == "F":
        high = max(high, 1.0) if high <= 1 or high > 255 else 255.0
    else:
        high = max(high, 65535.0)
    return Image.fromarray(np.rint((pixels - low) * (255 / (high - low))).astype(np.uint8))


def fit(image: Image.Image, size: tuple[int, int], resample: Resample, fitting: Fitting = "squash") -> Image.Image:
    """An RGB picture at `size` (width, height). Idempotent: a picture of that size comes back as it is.

    "squash" changes its proportions; with "nearest" that equals the resizing in `keras.utils.load_img`. "pad" keeps
    them, and the picture whole, in the middle of a white ground.
    """
    if image.size == size:
        return image
    if fitting == "pad":
        return ImageOps.pad(image, size, _FILTERS[resample], color="white")
    return image.resize(size, _FILTERS[resample])


def thumbnail(image: Image.Image, size: tuple[int, int] = (360, 480)) -> bytes:
    """JPEG bytes of an RGB picture, whole, padded with white to `size` (width, height); no metadata is left."""
    padded = ImageOps.pad(image, size, Image.Resampling.LANCZOS, color="white")
    padded.info.clear()
    return jpeg(padded)


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


def content_hash(data: bytes) -> str:
    """SHA-256 of a file's bytes, in hex: the key under which its embedding is kept."""
    return hashlib.sha256(data).hexdigest()
