"""`open_rgb`, the one way in for every picture, and the content hash of its file."""

import hashlib
from io import BytesIO
from pathlib import Path

import PIL
from PIL import Image, UnidentifiedImageError

from prodsim.errors import ImageError
from prodsim.images.color import to_rgb
from prodsim.images.containers import FORMATS, Container, TooCostly, read_container
from prodsim.storage import size_of

READER = f"2, Pillow {PIL.__version__}"
"""What `open_rgb` is today: when it changes, pictures that it could not open are tried again."""

MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 64_000_000
MIN_SIDE = 16
MAX_ASPECT = 20
SUFFIXES = (".jpg", ".jpeg", ".png", ".webp")
"""File names that a catalog's pictures have; uploads may be any of FORMATS."""

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
        size = size_of(path)
        if size <= MAX_BYTES:
            return path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ImageError(f"The picture {path} cannot be read: {reason}. Check the path.") from error
    raise _too_large(path.name, size)


def open_rgb(source: Path | bytes, name: str = "") -> Image.Image:
    """The picture as a person sees it: RGB, 8 bit, upright, on white, first frame, in sRGB; nothing else comes with it.

    Equals `PIL.Image.open(f).convert("RGB")` for upright, opaque, 8-bit pictures without a color profile. EXIF
    orientation is applied, transparency laid on white, 16-bit and float pixels scaled to 8 bit, an embedded color
    profile applied. ImageError if it is not one of FORMATS by content, over MAX_BYTES or MAX_PIXELS, under MIN_SIDE,
    over MAX_ASPECT or too costly to decode (all judged before pixels are decoded), or damaged (docs/reliability.md).
    """
    data = read_picture(source) if isinstance(source, Path) else source
    name = name or (source.name if isinstance(source, Path) else "the picture")
    if len(data) > MAX_BYTES:
        raise _too_large(name, len(data))
    try:
        container = read_container(data)
        if container:
            _check_size(name, *container.size)
            return _decoded(container)
    except ImageError:
        raise
    except TooCostly as error:
        raise ImageError(f"{name} would take too long to open: {error}. Save it again as JPEG or PNG.") from error
    except UnidentifiedImageError as error:
        raise ImageError(f"{name} is damaged: its header makes no sense. Save it again as JPEG or PNG.") from error
    except Exception as error:  # Pillow's decoders raise far more than OSError on damaged files
        raise ImageError(f"{name} is damaged: {error}. Save it again as JPEG or PNG.") from error
    known = ", ".join(FORMATS)
    raise ImageError(f"{name} is not a picture of a known format ({known}). Save it as JPEG or PNG.")


def _decoded(container: Container) -> Image.Image:
    for check in container.checks:
        check()
    seen, turn = _in_rgb(container), _TURNS.get(container.orientation)
    upright = seen if turn is None else seen.transpose(turn)
    upright.info.clear()
    return upright


def _in_rgb(container: Container) -> Image.Image:
    """As it lies in the file. A function of its own, so that what the decoder made is gone before it is turned."""
    with Image.open(BytesIO(container.content), formats=[container.format]) as image:  # noqa: TID251 the one place
        if image.size != container.size:
            raise ValueError("its header contradicts itself")
        image.load()
        return to_rgb(image, container.profile)


def _check_size(name: str, width: int, height: int) -> None:
    if width * height > MAX_PIXELS:
        raise ImageError(
            f"{name} has {width} x {height} pixels ({width * height / 1e6:.0f} megapixels), "
            f"more than {MAX_PIXELS / 1e6:.0f}. Make it smaller and try again."
        )
    if min(width, height) < MIN_SIDE:
        raise ImageError(
            f"{name} has {width} x {height} pixels, but each side must have {MIN_SIDE}. Choose a larger picture."
        )
    if max(width, height) > MAX_ASPECT * min(width, height):
        raise ImageError(
            f"{name} has {width} x {height} pixels: one side is over {MAX_ASPECT} times the other. Crop it."
        )


def _too_large(name: str, size: int) -> ImageError:
    return ImageError(
        f"{name} has {size / 2**20:.1f} MB, more than {MAX_BYTES // 2**20} MB. Save it smaller and try again."
    )


def content_hash(data: bytes) -> str:
    """SHA-256 of a file's bytes, in hex: the key under which its embedding is kept."""
    return hashlib.sha256(data).hexdigest()
