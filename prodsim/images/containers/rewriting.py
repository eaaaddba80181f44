"""A HEIF file written from a few items, the first of which is the picture: what `heif` hands to a decoder."""

from collections.abc import Sequence
from dataclasses import dataclass

from prodsim.images.containers.boxes import box, full_box
from prodsim.images.containers.items import Property


@dataclass(frozen=True)
class Piece:
    """An item: its number, from 1, its data, and which others it refers to, by kind of reference."""

    number: int
    kind: bytes
    properties: tuple[Property, ...]
    content: bytes
    references: tuple[tuple[bytes, tuple[int, ...]], ...] = ()


def written(brand: bytes, pieces: Sequence[Piece]) -> bytes:
    """The bytes of the file."""
    begin = box(b"ftyp", brand, bytes(4), b"mif1", b"miaf", brand)
    start = len(begin) + len(_meta(pieces, 0)) + 8
    return b"".join([begin, _meta(pieces, start), box(b"mdat", *(piece.content for piece in pieces))])


def _meta(pieces: Sequence[Piece], start: int) -> bytes:
    """All lists. `start`: where the first piece's data begins."""
    entries = [full_box(b"infe", 2, _two(piece.number), bytes(2), piece.kind, bytes(1)) for piece in pieces]
    places = []
    for piece in pieces:
        places.append(_two(piece.number) + bytes(2) + _two(1) + start.to_bytes(4) + len(piece.content).to_bytes(4))
        start += len(piece.content)
    references = [
        box(kind, _two(piece.number), _two(len(others)), *map(_two, others))
        for piece in pieces
        for kind, others in piece.references
    ]
    return full_box(
        b"meta",
        0,
        full_box(b"hdlr", 0, bytes(4), b"pict", bytes(13)),
        full_box(b"pitm", 0, _two(pieces[0].number)),
        full_box(b"iloc", 0, b"\x44\0", _two(len(places)), *places),
        full_box(b"iinf", 0, _two(len(entries)), *entries),
        *([full_box(b"iref", 0, *references)] if references else []),
        _properties(pieces),
    )


def _properties(pieces: Sequence[Piece]) -> bytes:
    """Each property once, and which items have it."""
    known: dict[tuple[bytes, bytes], int] = {}
    had = []
    for piece in pieces:
        places = [
            known.setdefault((each.kind, each.body), len(known) + 1) | each.essential << 15 for each in piece.properties
        ]
        had.append(_two(piece.number) + bytes([len(places)]) + b"".join(map(_two, places)))
    kept = box(b"ipco", *(box(kind, body) for kind, body in known))
    return box(b"iprp", kept, full_box(b"ipma", 0, len(had).to_bytes(4), *had, flags=1))


def _two(number: int) -> bytes:
    return number.to_bytes(2)
