"""Picture files, told apart and read by their content, up to the pixels.

Whoever sends a file decides what a decoder has to read. So what is around the pixels (EXIF, comments, texts, further
frames, what follows the end) is left out here, in one pass of bounded length, and the decoders of Pillow get the rest.
"""

import re

from prodsim.images.containers.bmp import read_bmp
from prodsim.images.containers.container import Container, TooCostly
from prodsim.images.containers.gif import read_gif
from prodsim.images.containers.heif import read_heif
from prodsim.images.containers.jpeg import read_jpeg
from prodsim.images.containers.png import read_png
from prodsim.images.containers.tiff import read_tiff
from prodsim.images.containers.webp import read_webp

__all__ = ["FORMATS", "HEAD_BYTES", "Container", "TooCostly", "picture_format", "read_container"]

_READERS = {
    "JPEG": (rb"\xff\xd8\xff", read_jpeg),
    "PNG": (rb"\x89PNG\r\n\x1a\n", read_png),
    "WEBP": (rb"RIFF....WEBP", read_webp),
    "GIF": (rb"GIF8[79]a", read_gif),
    "BMP": (rb"BM", read_bmp),
    "TIFF": (rb"II[*+]\0|MM\0[*+]", read_tiff),
    "AVIF": (rb".{4}ftyp(.{4}){0,13}?avi[fs]", read_heif),
    "HEIF": (rb".{4}ftyp(.{4}){0,13}?(hei[cmsx]|hev[cmsx]|mif1)", read_heif),
}
"""Format -> how its files begin, and what reads them. HEIF is what a phone names .heic."""

FORMATS = tuple(_READERS)
HEAD_BYTES = 64
"""Of a file's beginning that tell its format."""


def picture_format(head: bytes) -> str | None:
    """Which of FORMATS a file is that begins so; None if it is none. Of `head`, HEAD_BYTES are looked at, and more than
    the beginning is not known: whether it can be opened, `open_rgb` says.
    """
    begins = (name for name, (signature, _) in _READERS.items() if re.match(signature, head[:HEAD_BYTES], re.DOTALL))
    return next(begins, None)


def read_container(data: bytes) -> Container | None:
    """The file of a picture; None if it is of none of FORMATS. ValueError if it is damaged, TooCostly."""
    format = picture_format(data[:HEAD_BYTES])
    if format is None:
        return None
    try:
        return _READERS[format][1](data)
    except IndexError as error:
        raise ValueError("its end is missing") from error
