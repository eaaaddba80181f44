"""GIF files (GIF89a): a screen, and frames on it, among extensions; data is in blocks of up to 255 bytes."""

from prodsim.images.containers.container import Container, TooCostly

MAX_BLOCKS = 200_000
"""Of 255 bytes, a file of the largest size has some 82,000."""

_EXTENSION, _IMAGE, _CONTROL = 0x21, 0x2C, 0xF9


def read_gif(data: bytes) -> Container:
    """The first frame of a file, on its screen. ValueError if it is cut, TooCostly if it has many blocks."""
    width, height = int.from_bytes(data[6:8], "little"), int.from_bytes(data[8:10], "little")
    position = 13 + _palette(data[10])
    kept = [data[:position]]
    for _ in range(MAX_BLOCKS):
        kind = data[position]
        if kind == _EXTENSION:
            end = _after_blocks(data, position + 2)
            if data[position + 1] == _CONTROL:
                kept.append(data[position:end])
            position = end
        elif kind == _IMAGE:
            left, top, across, down = (
                int.from_bytes(data[place : place + 2], "little") for place in range(position + 1, position + 9, 2)
            )
            end = _after_blocks(data, position + 11 + _palette(data[position + 9]))
            size = max(width, left + across), max(height, top + down)
            return Container("GIF", size, b"".join(kept) + data[position:end] + b";")
        else:
            raise ValueError("it has no picture")
    raise TooCostly(f"it has more than {MAX_BLOCKS:,} blocks")


def _palette(flags: int) -> int:
    """Bytes of the palette that these flags announce."""
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _after_blocks(data: bytes, position: int) -> int:
    """Where the row of blocks that begins here is over."""
    for _ in range(MAX_BLOCKS):
        length = data[position]
        position += 1 + length
        if not length:
            return position
    raise TooCostly(f"it has more than {MAX_BLOCKS:,} blocks")
