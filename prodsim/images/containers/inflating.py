"""How much a zlib stream holds, without keeping it."""

import zlib

_STEP = 1 << 20


def unpacked_length(stream: bytes, most: int) -> int:
    """Bytes that it unpacks to; counting ends above `most`. ValueError if it is cut, zlib.error if it is damaged."""
    unpacking, left, length = zlib.decompressobj(), stream, 0
    while not unpacking.eof and length <= most:
        unpacked = unpacking.decompress(left, _STEP)
        left = unpacking.unconsumed_tail
        length += len(unpacked)
        if not (unpacked or unpacking.eof):
            raise ValueError("its pixels are cut")
    return length
