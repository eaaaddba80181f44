"""What a picture's file says before a pixel of it is decoded."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Container:
    """`format` as Pillow calls it, `size` (width, height) of the first frame with its canvas, as it is stored.

    `content`: the file again, with only what the first frame's pixels need, so that no decoder reads anything else.
    `orientation`: as EXIF counts, 1 to 8; `profile`: the embedded ICC profile, empty if there is none.
    `streams`: the JPEG data in it, each of which has to be whole.
    """

    format: str
    size: tuple[int, int]
    content: bytes
    orientation: int = 1
    profile: bytes = b""
    streams: tuple[bytes, ...] = ()


class TooCostly(ValueError):
    """Decoding it would take longer than any real picture does."""
