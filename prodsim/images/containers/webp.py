"""WebP files (RFC 9649): a RIFF container of chunks, of which a simple picture has one."""

from collections.abc import Iterator

from prodsim.images.containers.container import Container, TooCostly
from prodsim.images.containers.directory import orientation

MAX_CHUNKS = 10_000
"""An animation has one for each frame."""

_EXTENDED, _LOSSY, _LOSSLESS, _FRAME = b"VP8X", b"VP8 ", b"VP8L", b"ANMF"
_PIXELS = {_EXTENDED, _LOSSY, _LOSSLESS, _FRAME, b"ALPH", b"ANIM"}
_DESCRIBED = 0b00101100
"""Bits of the extended header that announce a profile, EXIF and XMP."""


def read_webp(data: bytes) -> Container:
    """The picture of a file, or the first frame of an animation. ValueError, TooCostly if it has many chunks."""
    kept: list[tuple[bytes, bytes]] = []
    size, exif, profile = None, b"", b""
    for kind, body in _chunks(data):
        size = size or _size(kind, body)
        if kind == b"EXIF":
            exif = body.removeprefix(b"Exif\0\0")
        elif kind == b"ICCP":
            profile = body
        elif kind == _EXTENDED:
            body = bytes([body[0] & ~_DESCRIBED]) + body[1:]
        if kind in _PIXELS and not (kind == _FRAME and any(other == _FRAME for other, _ in kept)):
            kept.append((kind, body))
    if size is None:
        raise ValueError("it has no picture")
    chunks = b"".join(kind + len(body).to_bytes(4, "little") + body + b"\0" * (len(body) % 2) for kind, body in kept)
    content = b"RIFF" + (len(chunks) + 4).to_bytes(4, "little") + b"WEBP" + chunks
    return Container("WEBP", size, content, orientation(exif), profile)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Kind and what the chunk holds, to the end that the container's header gives."""
    position, end = 12, 8 + int.from_bytes(data[4:8], "little")
    if end > len(data):
        raise ValueError("its end is missing")
    for _ in range(MAX_CHUNKS):
        if position + 8 > end:
            return
        start = position + 8
        length = int.from_bytes(data[position + 4 : start], "little")
        if start + length > end:
            raise ValueError("its end is missing")
        yield data[position : position + 4], data[start : start + length]
        position = start + length + length % 2
    raise TooCostly(f"it has more than {MAX_CHUNKS:,} chunks")


def _size(kind: bytes, body: bytes) -> tuple[int, int] | None:
    """Of the canvas, or of a simple picture; None if this chunk gives none."""
    if kind == _EXTENDED and len(body) >= 10:
        return int.from_bytes(body[4:7], "little") + 1, int.from_bytes(body[7:10], "little") + 1
    if kind == _LOSSY and body[3:6] == b"\x9d\x01\x2a":
        return int.from_bytes(body[6:8], "little") & 0x3FFF, int.from_bytes(body[8:10], "little") & 0x3FFF
    if kind == _LOSSLESS and body[:1] == b"\x2f":
        bits = int.from_bytes(body[1:5], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return None
