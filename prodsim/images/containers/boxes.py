"""Boxes (ISO/IEC 14496-12): length, kind, and what they hold, which may be boxes again. Read and written here."""

from collections.abc import Iterator
from dataclasses import dataclass

from prodsim.images.containers.container import TooCostly

MAX_BOXES = 20_000
"""In one box. A picture of 64 megapixels in tiles has some hundred items, and a property or two for each."""


@dataclass
class Numbers:
    """Whole numbers, one after the other, of the bytes of a box. ValueError where it ends too early."""

    data: bytes
    at: int = 0

    def next(self, length: int) -> int:
        """The next one, of so many bytes; 0 of none."""
        return int.from_bytes(self.take(length))

    def take(self, length: int) -> bytes:
        """So many as they are."""
        self.at += length
        if self.at > len(self.data):
            raise ValueError("a part of it ends too early")
        return self.data[self.at - length : self.at]

    def rest(self) -> bytes:
        """All that is left."""
        return self.data[self.at :]

    def versioned(self) -> tuple[int, int]:
        """Version and flags, with which many boxes begin."""
        return self.next(1), self.next(3)


def boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Kind of each box, and what it holds. ValueError if one reaches beyond the end, TooCostly if there are many."""
    position = 0
    for _ in range(MAX_BOXES):
        if position == len(data):
            return
        if position + 8 > len(data):
            raise ValueError("its end is missing")
        length, kind, start = int.from_bytes(data[position : position + 4]), data[position + 4 : position + 8], 8
        if length == 1:
            length, start = int.from_bytes(data[position + 8 : position + 16]), 16
        elif length == 0:  # to the end
            length = len(data) - position
        if length < start or position + length > len(data):
            raise ValueError("its end is missing")
        yield kind, data[position + start : position + length]
        position += length
    raise TooCostly(f"it has more than {MAX_BOXES:,} boxes")


def box(kind: bytes, *parts: bytes) -> bytes:
    """One that holds these parts."""
    return (8 + sum(map(len, parts))).to_bytes(4) + kind + b"".join(parts)


def full_box(kind: bytes, version: int, *parts: bytes, flags: int = 0) -> bytes:
    """One that begins with a version and flags."""
    return box(kind, bytes([version]) + flags.to_bytes(3), *parts)
