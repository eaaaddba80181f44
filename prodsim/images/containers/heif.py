"""HEIF files (ISO/IEC 23008-12, MIAF), which AVIF and HEIC are: of their items the first picture, its tiles and alpha.

They are written anew, as one plain file that says everything once: to a decoder come no film, no thumbnail, no depth,
no description, no list that refers to itself, and no place that leads elsewhere.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from prodsim.images.containers.boxes import Numbers
from prodsim.images.containers.coded import av1_frames, hevc_frames
from prodsim.images.containers.container import Box, Container, TooCostly
from prodsim.images.containers.items import Items, Property, read_items
from prodsim.images.containers.rewriting import Piece, written

MAX_TILES = 4096
"""Of 512 x 512, as phones make them, a picture of the largest size has 244."""
MAX_FRAMES = 8
"""In the data of one picture, which may come in layers."""
MARGIN = 1_000_000
"""Pixels by which what is decoded may be more than what is seen: blocks and tiles at the edges."""
MAX_CONTENT = 20 * 1024 * 1024
"""Bytes of all tiles, as they are handed to a decoder: those of different ones may be the same in the file."""
MAX_PROFILE = 4 * 1024 * 1024

_CODED = {b"av01": ("AVIF", b"avif", b"av1C", av1_frames), b"hvc1": ("HEIF", b"heic", b"hvcC", hevc_frames)}
"""How pixels are coded -> what decodes them, the brand of such files, the property that a decoder is set up by, and
what counts the frames.
"""
_KEPT = {b"ispe", b"pixi", b"av1C", b"hvcC", b"auxC", b"a1op", b"a1lx", b"lsel"}
"""What a decoder has to know of pixels."""
_ALPHA = {b"urn:mpeg:mpegB:cicp:systems:auxiliary:alpha", b"urn:mpeg:hevc:2015:auxid:1"}

_ORIENTATIONS = {
    **{(0, False): 1, (1, False): 8, (2, False): 3, (3, False): 6},
    **{(0, True): 2, (1, True): 7, (2, True): 4, (3, True): 5},
}
"""Quarters of a turn to the left, and whether it is then mirrored left to right -> as EXIF counts."""


@dataclass
class _Budget:
    """Pixels that may still be decoded, and bytes that may be taken from the file for them."""

    left: int
    content: int = MAX_CONTENT

    def take(self, pixels: int) -> None:
        self.left -= pixels
        if self.left < 0:
            raise TooCostly("its data holds far more pixels than it says")

    def read(self, size: int) -> None:
        self.content -= size
        if self.content < 0:
            raise TooCostly("its tiles are more than the whole")


def read_heif(data: bytes) -> Container:
    """The picture of a file. ValueError, also for one that is put together in a rare way; TooCostly."""
    items = read_items(data)
    size = _size(items, items.primary)
    budget = _Budget(4 * size[0] * size[1] + MARGIN)
    pieces = _pieces(items, items.primary, 1, budget)
    if (alpha := _alpha(items)) is not None:
        number = len(pieces) + 1
        layer = _pieces(items, alpha, number, budget)
        layer[0] = replace(layer[0], references=(*layer[0].references, (b"auxl", (1,))))
        if alpha in items.references.get((b"prem", items.primary), ()):
            pieces[0] = replace(pieces[0], references=(*pieces[0].references, (b"prem", (number,))))
        pieces += layer
    kind = next(piece.kind for piece in pieces if piece.kind in _CODED)
    format, brand, _, _ = _CODED[kind]
    tiles = items.references.get((b"dimg", items.primary), ())[:1]
    profile = next((found for item in (items.primary, *tiles) if (found := _profile(items, item))), b"")
    seen = _aperture(items, size)
    return Container(format, size, written(brand, pieces), _orientation(items), profile, seen=seen)


def _pieces(items: Items, item: int, number: int, budget: _Budget) -> list[Piece]:
    """A picture that is coded as a whole, or a grid and its tiles, numbered from here."""
    if items.kinds.get(item) != b"grid":
        return [_coded(items, item, number, 1, budget)]
    tiles, content = items.references.get((b"dimg", item), ()), items.content(item)
    _check_grid(items, item, tiles, content)
    numbers = {tile: number + place for place, tile in enumerate(dict.fromkeys(tiles), 1)}
    refers = ((b"dimg", tuple(numbers[tile] for tile in tiles)),)
    pieces = [_coded(items, tile, numbers[tile], times, budget) for tile, times in Counter(tiles).items()]
    return [Piece(number, b"grid", _kept(items, item), content, refers), *pieces]


def _coded(items: Items, item: int, number: int, times: int, budget: _Budget) -> Piece:
    """An item of pixels, which is decoded so many times. ValueError if it is of a rare kind, TooCostly if its data is
    more than it says.
    """
    kind = items.kinds.get(item, b"none")
    if kind not in _CODED:
        raise ValueError(f"its pixels are stored in a rare way ({kind.decode('ascii', 'replace')})")
    _, _, configured, frames = _CODED[kind]
    configurations, content = items.properties_of(item, configured), items.content(item)
    budget.read(len(content))
    if not configurations or not content:
        raise ValueError("it has no pixels")
    pixels, count = frames(configurations[0], content)
    if not pixels or not count:
        raise ValueError("its data makes no sense")
    if count > MAX_FRAMES:
        raise TooCostly(f"it has more than {MAX_FRAMES} frames in one")
    width, height = _size(items, item)
    if pixels > width * height + MARGIN:
        raise TooCostly("its data holds far more pixels than it says")
    budget.take(times * count * pixels)
    return Piece(number, kind, _kept(items, item), content)


def _check_grid(items: Items, item: int, tiles: Sequence[int], content: bytes) -> None:
    """ValueError if tiles are missing or leave a part of the picture open, TooCostly if there are very many."""
    numbers = Numbers(content)
    _, flags = numbers.next(1), numbers.next(1)
    rows, columns = numbers.next(1) + 1, numbers.next(1) + 1
    wide = 4 if flags & 1 else 2
    size = numbers.next(wide), numbers.next(wide)
    if len(tiles) > MAX_TILES:
        raise TooCostly(f"it has more than {MAX_TILES:,} tiles")
    if len(tiles) != rows * columns or size != _size(items, item) or item in tiles:
        raise ValueError("its tiles make no sense")
    across, down = _size(items, tiles[0])
    if across * columns < size[0] or down * rows < size[1]:
        raise ValueError("its pixels are cut")


def _size(items: Items, item: int) -> tuple[int, int]:
    for body in items.properties_of(item, b"ispe"):
        numbers = Numbers(body, 4)
        return numbers.next(4), numbers.next(4)
    raise ValueError("its size is missing")


def _kept(items: Items, item: int) -> tuple[Property, ...]:
    """Without color profiles, which are applied elsewhere, and without what turns or crops."""
    return tuple(
        each
        for each in items.properties.get(item, ())
        if each.kind in _KEPT or (each.kind == b"colr" and each.body[:4] == b"nclx")
    )


def _alpha(items: Items) -> int | None:
    """The item that says how transparent the picture is."""
    for (kind, item), others in items.references.items():
        kinds = {body[4:].split(b"\0")[0] for body in items.properties_of(item, b"auxC")}
        if kind == b"auxl" and items.primary in others and item != items.primary and kinds & _ALPHA:
            return item
    return None


def _profile(items: Items, item: int) -> bytes:
    found = (body[4:] for body in items.properties_of(item, b"colr") if body[:4] in (b"prof", b"rICC"))
    profile = next(found, b"")
    return profile if len(profile) <= MAX_PROFILE else b""


def _orientation(items: Items) -> int:
    """As it is to be turned and mirrored, in the order that the file says. EXIF only repeats it."""
    quarters, mirrored = 0, False
    for each in items.properties.get(items.primary, ()):
        if each.kind == b"irot":
            turn = each.body[0] & 3
            quarters += -turn if mirrored else turn
        elif each.kind == b"imir":  # 0: upside down, which is left to right after half a turn
            quarters += 0 if each.body[0] & 1 else 2
            mirrored = not mirrored
    return _ORIENTATIONS[quarters % 4, mirrored]


def _aperture(items: Items, size: tuple[int, int]) -> Box | None:
    """The part that is meant to be seen, of whole pixels; None for all, and if what is said makes no sense."""
    for body in items.properties_of(items.primary, b"clap"):
        numbers = [int.from_bytes(body[at : at + 4], signed=at >= 16 and at % 8 == 0) for at in range(0, 32, 4)]
        if not all(numbers[1::2]):
            return None
        width, height, right, down = (Fraction(*numbers[at : at + 2]) for at in range(0, 8, 2))
        left, top = (size[0] - width) / 2 + right, (size[1] - height) / 2 + down
        seen = round(left), round(top), round(left + width), round(top + height)
        if 0 <= seen[0] < seen[2] <= size[0] and 0 <= seen[1] < seen[3] <= size[1]:
            return seen
    return None
