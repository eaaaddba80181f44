"""What a picture's file says before a pixel of it is decoded."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Container:
    """`format` as Pillow calls it, `size` (width, height) of the first frame with its canvas, as it is stored.

    `content`: the file again, with only what the first frame's pixels need, so that no decoder reads anything else.
    `orientation`: as EXIF counts, 1 to 8; `profile`: the embedded ICC profile, empty if there is none.
    `checks`: each raises an error where pixels are missing that a decoder goes on without. To be called when the size
    is known to be bearable.
    """

    format: str
    size: tuple[int, int]
    content: bytes
    orientation: int = 1
    profile: bytes = b""
    checks: tuple[Callable[[], None], ...] = ()


class TooCostly(ValueError):
    """Decoding it would take longer than any real picture does."""
