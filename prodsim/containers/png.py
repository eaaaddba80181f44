"""PNG files (W3C, third edition): a row of chunks, each with a checksum."""

import zlib
from collections.abc import Iterator

from prodsim.containers.container import Container, TooCostly
from prodsim.containers.directory import orientation

MAX_CHUNKS = 100_000
"""Of 8 kB, as most programs write them, a file of the largest size has some 2,500."""
MAX_PROFILE = 4 * 1024 * 1024
"""Bytes of an unpacked color profile. Printers' have up to 3 MB, cameras' a few kB."""

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_PIXELS = {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"}


def read_png(data: bytes) -> Container:
    """The picture of a file, which is the first one of an animation. ValueError, TooCostly if it has many chunks."""
    kept, size, exif, profile, pixels = [_SIGNATURE], None, b"", b"", False
    for kind, body, chunk in _chunks(data):
        if kind == b"IHDR":
            size = (int.from_bytes(body[:4]), int.from_bytes(body[4:8]))
        elif size is None:
            raise ValueError("its header is missing")
        elif kind == b"IDAT":
            pixels = True
        elif kind == b"eXIf":
            exif = exif or body
        elif kind == b"iCCP":
            profile = profile or _unpacked(body)
        if kind in _PIXELS:
            if zlib.crc32(chunk[4:-4]) != int.from_bytes(chunk[-4:]):
                raise ValueError(f"the checksum of {kind.decode()} is wrong")
            kept.append(chunk)
    if size is None or not pixels:
        raise ValueError("it has no picture")
    return Container("PNG", size, b"".join(kept), orientation(exif), profile)


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
