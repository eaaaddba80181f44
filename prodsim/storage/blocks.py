"""Blocks of bytes in a file that only grows: a kill at any time leaves whole blocks, and perhaps a last one cut short.

    mark, size of the text, size of the numbers, checksum of these | text | numbers | checksum of both

Every byte is compared or lies under a checksum (CRC-32), which begins with what the caller says the file is: blocks
that were copied from another file do not pass.
"""

import struct
import zlib
from collections.abc import Iterator
from enum import StrEnum
from typing import BinaryIO

_MARK = b"\x89vec"
_HEAD = struct.Struct("<4sIQI")
_CHECK = struct.Struct("<I")


class Flaw(StrEnum):
    """What can be wrong with a file, in words that follow its name."""

    CUT = "is cut short"
    CHANGED = "was changed: a checksum does not match"


def block(text: bytes, numbers: bytes, owner: bytes) -> bytes:
    """The bytes to append to the file of `owner`."""
    sizes = _MARK + struct.pack("<IQ", len(text), len(numbers))
    seed = zlib.crc32(owner)
    checked = zlib.crc32(numbers, zlib.crc32(text, seed))
    return b"".join([sizes, _CHECK.pack(zlib.crc32(sizes, seed)), text, numbers, _CHECK.pack(checked)])


def read_blocks(file: BinaryIO, owner: bytes) -> Iterator[tuple[bytes, bytes] | Flaw]:
    """Text and numbers of each block from here to the end, or what is wrong in its place.

    After a block whose sizes are wrong nothing more is read, for nobody knows where the next one begins.
    """
    seed = zlib.crc32(owner)
    while head := file.read(_HEAD.size):
        if len(head) < _HEAD.size:
            yield Flaw.CUT
            return
        mark, text_size, numbers_size, check = _HEAD.unpack(head)
        if mark != _MARK or check != zlib.crc32(head[: -_CHECK.size], seed):
            yield Flaw.CHANGED
            return
        body = file.read(text_size + numbers_size + _CHECK.size)
        if len(body) < text_size + numbers_size + _CHECK.size:
            yield Flaw.CUT
            return
        if _CHECK.unpack(body[-_CHECK.size :]) == (zlib.crc32(body[: -_CHECK.size], seed),):
            yield body[:text_size], body[text_size : -_CHECK.size]
        else:
            yield Flaw.CHANGED
