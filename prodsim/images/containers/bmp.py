"""BMP files: a header, and rows of pixels, which are seldom run-length encoded."""

from prodsim.images.containers.container import Container, TooCostly

MAX_RUN_LENGTH_PIXELS = 1_000_000
"""Pillow decodes run-length encoded pixels in Python, one run after the other."""
LONGEST_HEADER = 2048
"""Bytes, with a palette. Runs that are no use, beyond four bytes for each pixel, are not gone through."""

_OLD_HEADER = 12
_RUN_LENGTH = {1, 2}


def read_bmp(data: bytes) -> Container:
    """The picture of a file. ValueError if it is cut, TooCostly if it is large and run-length encoded."""
    if len(data) < 34:
        raise ValueError("its end is missing")
    if int.from_bytes(data[14:18], "little") == _OLD_HEADER:
        return Container("BMP", (int.from_bytes(data[18:20], "little"), int.from_bytes(data[20:22], "little")), data)
    width, height = (int.from_bytes(data[place : place + 4], "little", signed=True) for place in (18, 22))
    size = width, abs(height)  # below zero: the first row is the top one
    if int.from_bytes(data[30:34], "little") in _RUN_LENGTH:
        if width * abs(height) > MAX_RUN_LENGTH_PIXELS:
            raise TooCostly(f"it has {width} x {abs(height)} run-length encoded pixels")
        data = data[: LONGEST_HEADER + 4 * width * abs(height)]
    return Container("BMP", size, data)
