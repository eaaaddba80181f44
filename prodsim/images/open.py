"""`open_rgb`, the one way in for every picture, and the content hash of its file."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from io import BytesIO
from pathlib import Path
from threading import Lock

import pi_heif
import PIL
from PIL import Image, UnidentifiedImageError

from prodsim.errors import ImageError
from prodsim.images.color import to_rgb
from prodsim.images.containers import FORMATS, Container, TooCostly, read_container
from prodsim.images.reducing import draft, reduced_to
from prodsim.images.scaling import decoded_at, is_flat, is_usual, scale_for, scale_towards
from prodsim.images.transform import Fitting, Resample, Size, fit, fit_scaled
from prodsim.storage import size_of

pi_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)

READER = f"4, Pillow {PIL.__version__}, pi-heif {pi_heif.__version__}"
"""What `open_rgb` is today: when it changes, pictures that it could not open are tried again."""

MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 64_000_000
MAX_SCALED_PIXELS = 200_000_000
"""Of JPEGs, which are never decoded whole if they are large: a phone's photo has 108 megapixels, or 200."""
MAX_KEPT = 4096 * 4096
"""Pixels of what comes of a picture, 64 MB: more than a phone's photo has. What has more is reduced."""
MIN_SIDE = 16
MAX_ASPECT = 20
SUFFIXES = (
    *(".jpg", ".jpeg", ".jpe", ".jfif", ".pjpeg", ".pjp", ".png", ".webp", ".gif", ".bmp", ".dib", ".tif", ".tiff"),
    *(".avif", ".heic", ".heif", ".hif"),
)
"""How the names of pictures of FORMATS usually end, in small letters. Which one a picture is, its content says."""

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
_one_large = Lock()


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

    Up to MAX_KEPT pixels it equals `PIL.Image.open(f).convert("RGB")` for upright, opaque, 8-bit pictures without a
    color profile. EXIF orientation is applied, transparency laid on white, 16-bit and float pixels scaled to 8 bit, an
    embedded color profile applied. What has more is the same picture in at most about MAX_KEPT: a JPEG is decoded at a
    half or a quarter of its sides, and all is reduced, by means of squares of pixels, before it is copied. Of those one
    is decoded at a time in this process, for it may take a gigabyte.

    ImageError if it is not one of FORMATS by content, over MAX_BYTES or MAX_PIXELS, under MIN_SIDE, over MAX_ASPECT or
    too costly to decode (all judged before pixels are decoded), or damaged (docs/reliability.md).
    """
    data, name = _given(source, name)
    with _as_image_error(name):
        container = _read(data, name)
        with _one_large if _is_large(container) else nullcontext():
            return _upright(_seen(container), container)


def open_fitted(
    source: Path | bytes, name: str, size: Size, resample: Resample, fitting: Fitting = "squash"
) -> Image.Image:
    """What `fit` makes of the picture that `open_rgb` opens. ImageError as there.

    A JPEG is decoded at the size that is needed: at a half, a quarter or an eighth of its sides, as far as it has many
    more pixels than a smooth filter makes one of. That one decoding is the strict check as well. "nearest" takes single
    pixels of all of them; with it, of what is nearly of one color, where the rounding of a number counts, and of all
    else it equals `fit(open_rgb(source, name), size, resample, fitting)`.
    """
    data, name = _given(source, name)
    with _as_image_error(name):
        container = _read(data, name)
        stored = size if container.orientation < 5 else size[::-1]
        if (scale := scale_for(container, stored, resample)) > 1:
            with _one_large if _is_large(container, scale) else nullcontext():
                seen = _seen(container, scale)
            # before it is turned, as the last row and column may stand for a part of a pixel
            small = fit_scaled(seen, container.size, scale, stored, resample, fitting)
            if not is_flat(small):
                return fit(_upright(small, container), size, resample, fitting)
        with _one_large if _is_large(container) else nullcontext():
            return fit(_upright(_seen(container), container), size, resample, fitting)


def pixels_of(data: bytes) -> int:
    """Pixels that a picture's file has, from its header: of more than MAX_KEPT `open_rgb` keeps fewer, after it held
    them all. 0 for what it refuses undecoded.
    """
    try:
        with _as_image_error(""):
            return _pixels(_read(data, ""))
    except ImageError:
        return 0


@contextmanager
def _as_image_error(name: str) -> Iterator[None]:
    try:
        yield
    except ImageError:
        raise
    except TooCostly as error:
        raise ImageError(f"{name} would take too long to open: {error}. Save it again as JPEG or PNG.") from error
    except UnidentifiedImageError as error:
        raise ImageError(f"{name} is damaged: its header makes no sense. Save it again as JPEG or PNG.") from error
    except Exception as error:  # Pillow's decoders raise far more than OSError on damaged files
        raise ImageError(f"{name} is damaged: {error}. Save it again as JPEG or PNG.") from error


def _read(data: bytes, name: str) -> Container:
    """What its header says, which is bearable."""
    if len(data) > MAX_BYTES:
        raise _too_large(name, len(data))
    container = read_container(data)
    if container is None:
        known = ", ".join(FORMATS)
        raise ImageError(f"{name} is not a picture of a known format ({known}). Save it as JPEG or PNG.")
    _check_size(name, *container.size, MAX_SCALED_PIXELS if is_usual(container) else MAX_PIXELS)
    if container.seen is not None:
        left, top, right, bottom = container.seen
        _check_size(name, right - left, bottom - top, MAX_PIXELS)
    return container


def _pixels(container: Container) -> int:
    width, height = container.size
    return width * height


def _given(source: Path | bytes, name: str) -> tuple[bytes, str]:
    if isinstance(source, Path):
        return read_picture(source), name or source.name
    return source, name or "the picture"


def _is_large(container: Container, scale: int = 1) -> bool:
    """Whether decoding holds more of it than MAX_KEPT pixels, of four bytes."""
    return _pixels(container) > scale**2 * MAX_KEPT or container.buffered > 4 * MAX_KEPT


def _upright(seen: Image.Image, container: Container) -> Image.Image:
    turn = _TURNS.get(container.orientation)
    upright = seen if turn is None else seen.transpose(turn)
    upright.info.clear()
    return upright


def _seen(container: Container, scale: int = 1) -> Image.Image:
    """RGB, as it lies in the file, its sides divided by `scale` or reduced. Checked: where its sides are divided, by
    that decoding itself.
    """
    if scale > 1:
        return to_rgb(decoded_at(container, scale), container.profile)
    if (towards := scale_towards(container, MAX_KEPT)) > 1:
        return to_rgb(reduced_to(decoded_at(container, towards), MAX_KEPT), container.profile)
    for check in container.checks:
        check()
    return to_rgb(_loaded(container), container.profile)


def _loaded(container: Container) -> Image.Image:
    """As it lies in the file, reduced. A function of its own, so that what it was reduced from is gone after it."""
    with Image.open(BytesIO(container.content), formats=[container.format]) as image:  # noqa: TID251 the one place
        if image.size != container.size:
            raise ValueError("its header contradicts itself")
        draft(image, MAX_KEPT)
        image.load()
        return reduced_to(image.crop(container.seen) if container.seen else image, MAX_KEPT)


def _check_size(name: str, width: int, height: int, most: int) -> None:
    if width * height > most:
        raise ImageError(
            f"{name} has {width} x {height} pixels ({width * height / 1e6:.0f} megapixels), "
            f"more than {most / 1e6:.0f}. Make it smaller and try again."
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
