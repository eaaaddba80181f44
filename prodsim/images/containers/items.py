"""The items of a HEIF file (ISO/IEC 23008-12): pictures and their parts, in lists that refer to each other."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from prodsim.images.containers.boxes import Numbers, boxes
from prodsim.images.containers.container import TooCostly

MAX_LIST = 1 << 20
"""Bytes of a list of items, places, properties or references."""
MAX_EXTENTS = 20_000
"""Pieces that data is in, all items together."""

_FILE, _HERE = 0, 1
"""Where data may be: places count from the file's beginning, or within the box `idat`."""


@dataclass(frozen=True)
class Property:
    """What is said of an item. `essential`: who does not know this kind cannot show it."""

    kind: bytes
    body: bytes
    essential: bool = False


@dataclass(frozen=True)
class Items:
    """What a file's box `meta` lists. `places`: source, offset and length of each piece of an item's data."""

    data: bytes
    here: bytes
    primary: int
    kinds: Mapping[int, bytes]
    places: Mapping[int, Sequence[tuple[int, int, int]]]
    properties: Mapping[int, Sequence[Property]]
    references: Mapping[tuple[bytes, int], Sequence[int]]

    def content(self, item: int) -> bytes:
        """An item's data. ValueError if a piece lies outside of the file, TooCostly if they overlap a lot."""
        pieces, left = [], len(self.data)
        for source, offset, length in self.places.get(item, ()):
            whole = {_FILE: self.data, _HERE: self.here}.get(source, b"")
            if offset + length > len(whole):
                raise ValueError("its end is missing")
            left -= length
            if left < 0:
                raise TooCostly("its pieces are more than the whole")
            pieces.append(whole[offset : offset + length] if length else whole[offset:])
        return b"".join(pieces)

    def properties_of(self, item: int, kind: bytes) -> list[bytes]:
        """What those of one kind hold."""
        return [each.body for each in self.properties.get(item, ()) if each.kind == kind]


def read_items(data: bytes) -> Items:
    """All that the file lists, without following it to any data. ValueError, TooCostly."""
    meta = next((body for kind, body in boxes(data) if kind == b"meta"), None)
    if meta is None:
        raise ValueError("it has no picture, or is a film")
    lists: dict[bytes, bytes] = {}
    for kind, body in boxes(meta[4:]):
        lists.setdefault(kind, body)
    if any(len(lists.get(kind, b"")) > MAX_LIST for kind in (b"iinf", b"iloc", b"iref")):
        raise TooCostly(f"it lists more than {MAX_LIST >> 20} MB")
    if not {b"pitm", b"iinf", b"iloc", b"iprp"} <= lists.keys():
        raise ValueError("it has no picture, or is a film")
    primary = Numbers(lists[b"pitm"])
    return Items(
        data,
        lists.get(b"idat", b""),
        primary.next(4 if primary.versioned()[0] else 2),
        _kinds(lists[b"iinf"]),
        _places(lists[b"iloc"]),
        _properties(lists[b"iprp"]),
        _references(lists.get(b"iref", bytes(4))),
    )


def _kinds(body: bytes) -> dict[int, bytes]:
    entries = Numbers(body)
    entries.next(4 if entries.versioned()[0] else 2)
    kinds = {}
    for kind, entry in boxes(entries.rest()):
        numbers = Numbers(entry)
        version, _ = numbers.versioned()
        if kind == b"infe" and version >= 2:
            item = numbers.next(2 if version == 2 else 4)
            numbers.next(2)
            kinds[item] = numbers.take(4)
    return kinds


def _places(body: bytes) -> dict[int, list[tuple[int, int, int]]]:
    numbers = Numbers(body)
    version, _ = numbers.versioned()
    sizes, more = numbers.next(1), numbers.next(1)
    index = more & 15 if version else 0
    places: dict[int, list[tuple[int, int, int]]] = {}
    left = MAX_EXTENTS
    for _ in range(numbers.next(4 if version >= 2 else 2)):
        item = numbers.next(4 if version >= 2 else 2)
        source = numbers.next(2) & 15 if version else _FILE
        elsewhere, base = numbers.next(2), numbers.next(more >> 4)
        if elsewhere:
            raise ValueError("its pixels are in another file")
        extents = numbers.next(2)
        left -= extents
        if left < 0:
            raise TooCostly(f"it is in more than {MAX_EXTENTS:,} pieces")
        places[item] = []
        for _ in range(extents):
            numbers.next(index)
            places[item].append((source, base + numbers.next(sizes >> 4), numbers.next(sizes & 15)))
    return places


def _properties(body: bytes) -> dict[int, list[Property]]:
    parts = list(boxes(body))
    known = [each for kind, held in parts if kind == b"ipco" for each in boxes(held)]
    properties: dict[int, list[Property]] = defaultdict(list)
    for kind, held in parts:
        if kind != b"ipma":
            continue
        if len(held) > MAX_LIST:
            raise TooCostly(f"it lists more than {MAX_LIST >> 20} MB")
        numbers = Numbers(held)
        version, flags = numbers.versioned()
        bits = 15 if flags & 1 else 7
        for _ in range(numbers.next(4)):
            item = numbers.next(4 if version else 2)
            for _ in range(numbers.next(1)):
                found = numbers.next((bits + 1) // 8)
                place = found & (1 << bits) - 1
                if place > len(known):
                    raise ValueError("a list of it makes no sense")
                if place:
                    properties[item].append(Property(*known[place - 1], bool(found >> bits)))
    return properties


def _references(body: bytes) -> dict[tuple[bytes, int], list[int]]:
    """By kind, and by the item that refers to others."""
    whole = Numbers(body)
    wide = 4 if whole.versioned()[0] else 2
    references: dict[tuple[bytes, int], list[int]] = defaultdict(list)
    for kind, held in boxes(whole.rest()):
        numbers = Numbers(held)
        item = numbers.next(wide)
        references[kind, item] += [numbers.next(wide) for _ in range(numbers.next(2))]
    return references
