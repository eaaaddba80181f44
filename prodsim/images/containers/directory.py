"""The first directory of a TIFF file, which EXIF data is too (TIFF 6.0, BigTIFF): entries and their numbers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

ORIENTATION = 274
MAX_ENTRIES = 4096
"""More are not read; cameras write some fifty, microscopes some hundred."""

_BYTES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8, 17: 8, 18: 8}
"""Bytes of a value of each type."""
_WHOLE_NUMBERS = {1, 3, 4, 16}


@dataclass(frozen=True)
class Entry:
    """What one tag has: `count` values of the type `kind`; `place`: where they begin in the file. `raw`: the entry."""

    tag: int
    kind: int
    count: int
    place: int
    raw: bytes

    @property
    def length(self) -> int:
        """Bytes of its values."""
        return self.count * _BYTES.get(self.kind, 1)


@dataclass(frozen=True)
class Directory:
    """`at`: where it begins in `data`; `big`: offsets have eight bytes, not four. Of a tag the first entry counts."""

    data: bytes
    order: Literal["little", "big"]
    big: bool
    at: int
    entries: dict[int, Entry]

    def numbers(self, tag: int) -> Sequence[int]:
        """The whole numbers of a tag; empty if there is none. ValueError if they lie outside of the file."""
        return list(self._numbers(tag))

    def number(self, tag: int, default: int) -> int:
        """The first number of a tag."""
        return next(self._numbers(tag), default)

    def _numbers(self, tag: int) -> Iterator[int]:
        entry = self.entries.get(tag)
        if entry is None or entry.kind not in _WHOLE_NUMBERS:
            return
        if entry.place + entry.length > len(self.data):
            raise ValueError("its end is missing")
        step = _BYTES[entry.kind]
        for place in range(entry.place, entry.place + entry.length, step):
            yield int.from_bytes(self.data[place : place + step], self.order)


def read_directory(data: bytes) -> Directory:
    """The first directory; ValueError if it is none. No entry is followed to where its values are."""
    order: Literal["little", "big"] = "little" if data[:2] == b"II" else "big"

    def number(place: int, length: int) -> int:
        if place + length > len(data):
            raise ValueError("its end is missing")
        return int.from_bytes(data[place : place + length], order)

    version = number(2, 2)
    if data[:2] not in (b"II", b"MM") or version not in (42, 43):
        raise ValueError("it has no directory")
    big = version == 43
    wide, counted, step = (8, 8, 20) if big else (4, 2, 12)
    at = number(8 if big else 4, wide)
    entries: dict[int, Entry] = {}
    for index in range(min(number(at, counted), MAX_ENTRIES)):
        place = at + counted + index * step
        tag, kind, count = number(place, 2), number(place + 2, 2), number(place + 4, wide)
        field = place + 4 + wide
        inline = count * _BYTES.get(kind, 1) <= wide
        start = field if inline else number(field, wide)
        entries.setdefault(tag, Entry(tag, kind, count, start, data[place : place + step]))
    return Directory(data, order, big, at, entries)


def orientation(exif: bytes) -> int:
    """How EXIF data says that the picture is to be turned, 1 to 8; 1 if it is damaged or says nothing."""
    try:
        found = read_directory(exif).number(ORIENTATION, 1)
    except ValueError:
        return 1
    return found if 1 <= found <= 8 else 1
