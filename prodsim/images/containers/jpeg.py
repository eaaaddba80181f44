"""JPEG files (ITU T.81): a row of segments, each begun by a marker, and the entropy-coded data of the scans."""

import re
from collections.abc import Iterator
from functools import partial

import simplejpeg

from prodsim.images.containers.container import Container, TooCostly
from prodsim.images.containers.directory import orientation

MAX_SCANS = 100
"""A progressive photo has about ten. Each makes the decoder go over all of the picture, whatever little it holds."""
MAX_SCANNED_PIXELS = 1_250_000_000
"""Scans times pixels: eleven scans of a phone's 108 megapixels."""
MAX_BUFFERED = 1 << 29
"""Bytes that a decoder keeps of a picture in several scans, whose pixels it has after the last one: two for a number.
Enough for 64 megapixels of four colors, and for 108 of the usual three, two of which have a half of the sides.
"""
MAX_SEGMENTS = 5_000
"""Photos have some hundred at most: their descriptions go on over segments of 64 kB."""

_START, _END, _SCAN, _ADOBE = 0xD8, 0xD9, 0xDA, 0xEE
_SEQUENTIAL = {0xC0, 0xC1, 0xC9}
_FRAMES = {0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF}
_TABLES = {0xC4, 0xCC, 0xDB, 0xDD}
"""Huffman, arithmetic coding, quantization, restart interval."""
_BARE = {0x01, *range(0xD0, 0xD8)}
"""Markers that stand alone."""
_DEPTH = 8
_EXIF, _PROFILE = b"Exif\0\0", b"ICC_PROFILE\0"

_MARKER = re.compile(rb"\xff([\x01-\xfe])", re.DOTALL)
_AFTER_SCAN = re.compile(rb"\xff([\x01-\xcf\xd8-\xfe])", re.DOTALL)
"""The next marker that is none of those within the data of a scan."""


def read_jpeg(data: bytes) -> Container:
    """The first picture of a file; a phone's may be followed by others. ValueError, TooCostly if it has many scans."""
    kept: list[bytes | memoryview] = [b"\xff\xd8"]
    frames, scans = [], 0
    exif, profile = b"", b""
    for marker, body, scan in _segments(data):
        if marker in _FRAMES:
            frames.append((marker, body))
        elif marker == _SCAN:
            scans += 1
        elif body.startswith(_EXIF):
            exif = exif or body[len(_EXIF) :]
        elif body.startswith(_PROFILE):
            profile += body[len(_PROFILE) + 2 :]
        if marker in _FRAMES | _TABLES | {_SCAN} or (marker == _ADOBE and body.startswith(b"Adobe")):
            kept += [bytes([0xFF, marker]), (len(body) + 2).to_bytes(2), body, scan]
        if scans > MAX_SCANS:
            raise TooCostly(f"it has more than {MAX_SCANS} scans")
    if len(frames) != 1 or not scans:
        raise ValueError("it has no picture, or more than one in one")
    marker, frame = frames[0]
    width, height, bands = int.from_bytes(frame[3:5]), int.from_bytes(frame[1:3]), frame[5]
    if scans * width * height > MAX_SCANNED_PIXELS:
        raise TooCostly(f"it has {scans} scans of {width} x {height} pixels")
    buffered = 2 * _numbers(frame) if scans > 1 or marker not in _SEQUENTIAL else 0
    if buffered > MAX_BUFFERED:
        raise TooCostly(f"its {width} x {height} pixels are in several parts, of which each is of the whole")
    content = b"".join([*kept, b"\xff\xd9"])
    checks, bands = (partial(_check_whole, content),), bands if frame[0] == _DEPTH else 0
    return Container("JPEG", (width, height), content, orientation(exif), profile, checks, bands, buffered)


def _numbers(frame: bytes) -> int:
    """How many a picture has, of all colors, of which some may have fewer than pixels. ValueError."""
    width, height, bands = int.from_bytes(frame[3:5]), int.from_bytes(frame[1:3]), frame[5]
    sampled = [divmod(frame[7 + 3 * band], 16) for band in range(bands)]
    across, down = max((h for h, _ in sampled), default=0), max((v for _, v in sampled), default=0)
    if not across * down:
        raise ValueError("its header makes no sense")
    return width * height * sum(h * v for h, v in sampled) // (across * down)


def _check_whole(stream: bytes) -> None:
    """ValueError if data is missing or damaged, where a decoder would go on with gray.

    Pillow passes over what libjpeg only warns of; this decodes at an eighth of the size, and does not.
    """
    simplejpeg.decode_jpeg(stream, "GRAY", min_height=1, min_width=1, min_factor=8, strict=True)


def _segments(data: bytes) -> Iterator[tuple[int, bytes, memoryview]]:
    """Marker, what the segment holds, and the data of the scan that it begins, until the picture's end."""
    position, whole = 2, memoryview(data)  # slices of which are no copies
    for _ in range(MAX_SEGMENTS):
        found = _MARKER.search(data, position)
        if found is None:
            raise ValueError("its end is missing")
        marker, position = found[1][0], found.end()
        if marker == _END:
            return
        if marker == _START:
            raise ValueError("it has no picture, or more than one in one")
        if marker in _BARE:
            continue
        end = position + int.from_bytes(data[position : position + 2])
        if not position + 2 <= end <= len(data):
            raise ValueError("its end is missing")
        body, position = data[position + 2 : end], end
        if marker == _SCAN:
            after = _AFTER_SCAN.search(data, end)
            position = after.start() if after else len(data)
        yield marker, body, whole[end:position]
    raise TooCostly(f"it has more than {MAX_SEGMENTS} segments")
