"""TIFF files: a directory of tags, which say where the strips or tiles of pixels are."""

from collections.abc import Callable, Iterator
from functools import partial

from prodsim.images.containers.container import Container, TooCostly
from prodsim.images.containers.directory import ORIENTATION, Directory, read_directory
from prodsim.images.containers.inflating import unpacked_length
from prodsim.images.containers.jpeg import read_jpeg

MAX_PIECES = 200_000
"""Strips or tiles: a picture of the largest size and aspect has 143,000 rows in four planes."""
LARGEST_TILE = 1_000_000
"""Pixels by which tiles, those at the edges, may reach beyond a small picture."""

MAX_SAMPLES = 6
"""As many as Pillow reads."""
MOST_BYTES = 40
"""Of a pixel: five numbers of 32 bits, twice, as tiles at the edges may be larger than what is seen of them."""

_WIDTH, _HEIGHT, _COMPRESSION, _SAMPLES, _ROWS, _PLANES = 256, 257, 259, 277, 278, 284
_TILE_WIDTH, _TILE_HEIGHT, _TABLES, _PROFILE = 322, 323, 347, 34675
_PIECES = ((273, 279), (324, 325))
"""Tags of where they are, and of how many bytes they have: strips, and tiles."""
_PIXELS = {
    *(_WIDTH, _HEIGHT, 258, _COMPRESSION, 262, 266, 273, _SAMPLES, _ROWS, 279, _PLANES, 292, 293, 317, 320),
    *(_TILE_WIDTH, _TILE_HEIGHT, 324, 325, 332, 338, 339, _TABLES, 529, 530, 531, 532),
}
"""The tags that say how pixels are stored."""
_JPEG, _DEFLATE = 7, {8, 32946}
_COMPRESSIONS = {1, 2, 3, 4, 5, _JPEG, 32773} | _DEFLATE
"""None, CCITT of three kinds, LZW, JPEG, deflate, PackBits, and deflate, which has two numbers."""


def read_tiff(data: bytes) -> Container:
    """The first page of a file. ValueError, also for rare compressions; TooCostly if it has many strips or tiles."""
    directory = read_directory(data)
    compression = directory.number(_COMPRESSION, 1)
    if compression not in _COMPRESSIONS:
        raise ValueError(f"its compression {compression} is a rare one")
    if directory.number(_SAMPLES, 1) > MAX_SAMPLES:
        raise ValueError(f"it has more than {MAX_SAMPLES} numbers for each pixel")
    kept = [entry for tag, entry in sorted(directory.entries.items()) if tag in _PIXELS]
    if any(entry.count > MAX_PIECES for entry in kept if entry.tag != _TABLES):
        raise TooCostly(f"it is in more than {MAX_PIECES:,} pieces")
    if any(entry.place + entry.length > len(data) for entry in kept):
        raise ValueError("its end is missing")
    size = directory.number(_WIDTH, 0), directory.number(_HEIGHT, 0)
    if directory.number(_TILE_WIDTH, 0) * directory.number(_TILE_HEIGHT, 0) > size[0] * size[1] + LARGEST_TILE:
        raise TooCostly("it has a tile of far more pixels than the whole")
    counted, last = (8, bytes(8)) if directory.big else (2, bytes(4))
    table = len(kept).to_bytes(counted, directory.order) + b"".join(entry.raw for entry in kept) + last
    content = data[: directory.at] + table + data[directory.at + len(table) :]
    checks: tuple[Callable[[], None], ...] = ()
    if compression == _JPEG:
        checks = _checks_of_jpeg(directory, size)
    if compression in _DEFLATE:
        checks = (partial(_check_deflated, directory, size[0] * size[1] * MOST_BYTES),)
    return Container("TIFF", size, content, _orientation(directory), _bytes(directory, _PROFILE), checks)


def _orientation(directory: Directory) -> int:
    found = directory.number(ORIENTATION, 1)
    return found if 1 <= found <= 8 else 1


def _bytes(directory: Directory, tag: int) -> bytes:
    entry = directory.entries.get(tag)
    return directory.data[entry.place : entry.place + entry.length] if entry else b""


def _checks_of_jpeg(directory: Directory, size: tuple[int, int]) -> tuple[Callable[[], None], ...]:
    """Those of each strip or tile, with the tables that they share. ValueError if one is too small; TooCostly."""
    tables = _bytes(directory, _TABLES).removesuffix(b"\xff\xd9")
    checks: list[Callable[[], None]] = []
    left = 4 * size[0] * size[1] + LARGEST_TILE
    for index, piece in enumerate(_pieces(directory)):
        found = read_jpeg(tables + piece.removeprefix(b"\xff\xd8") if tables else piece)
        width, height = found.size
        left -= width * height
        if left < 0:
            raise TooCostly("its pieces have far more pixels than the whole")
        least_width, least_height = _least_size(directory, size, index)
        if width < least_width or height < least_height:
            raise ValueError("its pixels are cut")
        checks.extend(found.checks)
    return tuple(checks)


def _least_size(directory: Directory, size: tuple[int, int], index: int) -> tuple[int, int]:
    """Width and height that a strip or tile must have. Nothing where each color is apart, which may be smaller."""
    if directory.number(_PLANES, 1) != 1:
        return 0, 0
    if _TILE_WIDTH in directory.entries:
        return directory.number(_TILE_WIDTH, 0), directory.number(_TILE_HEIGHT, 0)
    rows = directory.number(_ROWS, size[1])
    return size[0], min(rows, size[1] - index * rows)


def _check_deflated(directory: Directory, most: int) -> None:
    """ValueError if a piece is cut or its checksum is wrong, which libtiff does not look at. `most`: bytes unpacked."""
    for piece in _pieces(directory):
        most -= unpacked_length(piece, most)
        if most < 0:
            raise ValueError("its pixels are more than it says")


def _pieces(directory: Directory) -> Iterator[bytes]:
    for starts, lengths in _PIECES:
        for start, length in zip(directory.numbers(starts), directory.numbers(lengths), strict=True):
            yield directory.data[start : start + length]
