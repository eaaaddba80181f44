"""PNG files (W3C, third edition): a row of chunks, each with a checksum."""

import zlib
from collections.abc import Iterator, Sequence
from functools import partial

from prodsim.images.containers.container import Container, TooCostly
from prodsim.images.containers.directory import orientation
from prodsim.images.containers.inflating import unpacked_length

MAX_CHUNKS = 100_000
"""Of 8 kB, as most programs write them, a file of the largest size has some 2,500."""
MAX_PROFILE = 4 * 1024 * 1024
"""Bytes of an unpacked color profile. Printers' have up to 3 MB, cameras' a few kB."""

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
"""Numbers per pixel, by color type."""
_PASSES = {
    0: ((0, 0, 1, 1),),
    1: ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)),
}
"""By kind of interlacing: the first pixel's place in each pass and the steps to the next ones (x, y, x, y)."""
_PIXELS = {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"}


def read_png(data: bytes) -> Container:
    """The picture of a file, which is the first one of an animation. ValueError, TooCostly if it has many chunks."""
    kept, header, exif, profile, pixels = [_SIGNATURE], b"", b"", b"", []
    for kind, body, chunk in _chunks(data):
        if kind == b"IHDR":
            header = body
        elif not header:
            raise ValueError("its header is missing")
        elif kind == b"IDAT":
            pixels.append(body)
        elif kind == b"eXIf":
            exif = exif or body
        elif kind == b"iCCP":
            profile = profile or _unpacked(body)
        if kind in _PIXELS:
            if zlib.crc32(chunk[4:-4]) != int.from_bytes(chunk[-4:]):
                raise ValueError(f"the checksum of {kind.decode()} is wrong")
            kept.append(chunk)
    if not pixels:
        raise ValueError("it has no picture")
    size = (int.from_bytes(header[:4]), int.from_bytes(header[4:8]))
    return Container("PNG", size, b"".join(kept), orientation(exif), profile, (partial(_check_whole, header, pixels),))


def _check_whole(header: bytes, pixels: Sequence[bytes]) -> None:
    """ValueError if rows are missing: Pillow goes on with black ones where the compressed data ends in order."""
    width, height = int.from_bytes(header[:4]), int.from_bytes(header[4:8])
    bits = header[8] * _CHANNELS.get(header[9], 1)
    needed = 0
    for left, top, right, down in _PASSES.get(header[12], ()):
        columns, rows = -(-(width - left) // right), -(-(height - top) // down)
        if columns > 0:
            needed += rows * (1 + -(-columns * bits // 8))
    if unpacked_length(b"".join(pixels), needed) < needed:
        raise ValueError("its pixels are cut")


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Kind, what the chunk holds, and all of it, to the picture's end."""
    position = len(_SIGNATURE)
    for _ in range(MAX_CHUNKS):
        end = position + 12 + int.from_bytes(data[position : position + 4])
        if position + 12 > len(data) or end > len(data):
            raise ValueError("its end is missing")
        kind = data[position + 4 : position + 8]
        yield kind, data[position + 8 : end - 4], data[position:end]
        if kind == b"IEND":
            return
        position = end
    raise TooCostly(f"it has more than {MAX_CHUNKS:,} chunks")


def _unpacked(body: bytes) -> bytes:
    """The color profile: a name, a zero, the kind of compression, and the compressed profile. Empty if damaged."""
    packed = body.partition(b"\0")[2][1:]
    try:
        return zlib.decompressobj().decompress(packed, MAX_PROFILE)
    except zlib.error:
        return b""
