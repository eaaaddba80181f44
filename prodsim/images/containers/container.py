"""What a picture's file says before a pixel of it is decoded."""

from collections.abc import Callable
from dataclasses import dataclass

Box = tuple[int, int, int, int]
"""Left, top, right and bottom in pixels."""


@dataclass(frozen=True)
class Container:
    """`format` as Pillow calls it, `size` (width, height) of the first frame with its canvas, as it is stored.

    `content`: the file again, with only what the first frame's pixels need, so that no decoder reads anything else.
    `orientation`: as EXIF counts, 1 to 8; `profile`: the embedded ICC profile, empty if there is none.
    `checks`: each raises an error where pixels are missing that a decoder goes on without. To be called when the size
    is known to be bearable.
    `bands`: numbers of 8 bits that a pixel is stored as, 0 where that is not looked at. `buffered`: bytes that a
    decoder holds of the whole picture before it has the first pixel. `seen`: the part of what is decoded that is meant
    to be seen, None for all.
    """

    format: str
    size: tuple[int, int]
    content: bytes
    orientation: int = 1
    profile: bytes = b""
    checks: tuple[Callable[[], None], ...] = ()
    bands: int = 0
    buffered: int = 0
    seen: Box | None = None


class TooCostly(ValueError):
    """Decoding it would take longer than any real picture does."""
