"""How large the frames are that HEVC (ITU H.265) and AV1 data hold, and how many: what a decoder will make of them.

The file around them says it too, but a decoder believes the data.
"""

from collections.abc import Iterator

from prodsim.images.containers.container import TooCostly

MAX_UNITS = 20_000
"""Parts of a picture's data: a row of blocks may be one."""

_VIDEO_UNITS, _SEQUENCE_SET = range(32), 33
_SEQUENCE, _FRAME_HEADER, _FRAME, _REDUNDANT = 1, 3, 6, 7


class _Bits:
    """Whole numbers of so many bits. ValueError where the data ends too early."""

    def __init__(self, data: bytes) -> None:
        self._number, self._left = int.from_bytes(data), 8 * len(data)

    def next(self, bits: int) -> int:
        self._left -= bits
        if self._left < 0:
            raise ValueError("its header ends too early")
        return self._number >> self._left & (1 << bits) - 1

    def golomb(self) -> int:
        """Of as many bits as the zeros before them say."""
        zeros = 0
        while not self.next(1):
            zeros += 1
        return (1 << zeros) - 1 + self.next(zeros)


def hevc_frames(configuration: bytes, data: bytes) -> tuple[int, int]:
    """Pixels of the largest frame, and how many frames. `configuration`: what hvcC holds. ValueError, TooCostly."""
    units = [*_configured(configuration), *_prefixed(data, (configuration[21] & 3) + 1)]
    pixels = [_pixels_of_hevc(unit) for unit in units if _kind(unit) == _SEQUENCE_SET]
    first = sum(1 for unit in units if _kind(unit) in _VIDEO_UNITS and unit[2] & 0x80)
    return max(pixels, default=0), first


def _kind(unit: bytes) -> int:
    return unit[0] >> 1 & 63


def _configured(configuration: bytes) -> Iterator[bytes]:
    """The units of parameters that come before the data."""
    at = 23
    for _ in range(configuration[22]):
        number, at = int.from_bytes(configuration[at + 1 : at + 3]), at + 3
        for _ in range(number):
            length = int.from_bytes(configuration[at : at + 2])
            yield _whole(configuration, at + 2, length)
            at += 2 + length


def _prefixed(data: bytes, wide: int) -> Iterator[bytes]:
    """Units, each after its length in so many bytes."""
    at = 0
    for _ in range(MAX_UNITS):
        if at >= len(data):
            return
        length = int.from_bytes(data[at : at + wide])
        yield _whole(data, at + wide, length)
        at += wide + length
    raise TooCostly(f"its data is in more than {MAX_UNITS:,} parts")


def _whole(data: bytes, start: int, length: int) -> bytes:
    if length < 3 or start + length > len(data):
        raise ValueError("its data makes no sense")
    return data[start : start + length]


def _pixels_of_hevc(unit: bytes) -> int:
    """Of a sequence parameter set (7.3.2.2)."""
    bits = _Bits(unit[2:200].replace(b"\0\0\3", b"\0\0"))
    bits.next(4)
    layers = bits.next(3)
    bits.next(1 + 88 + 8)
    if layers:
        present = [(bits.next(1), bits.next(1)) for _ in range(8)][:layers]
        for profile, level in present:
            bits.next(88 * profile + 8 * level)
    bits.golomb()
    if bits.golomb() == 3:  # three planes of their own
        bits.next(1)
    return bits.golomb() * bits.golomb()


def av1_frames(configuration: bytes, data: bytes) -> tuple[int, int]:
    """Pixels of the largest frame, and how many frames. `configuration`: what av1C holds. ValueError, TooCostly."""
    units = [*_units_of_av1(configuration[4:]), *_units_of_av1(data)]
    pixels = [_pixels_of_av1(body) for kind, body in units if kind == _SEQUENCE]
    return max(pixels, default=0), sum(1 for kind, _ in units if kind in (_FRAME_HEADER, _FRAME, _REDUNDANT))


def _units_of_av1(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Kind and what it holds of each unit (5.3)."""
    at = 0
    for _ in range(MAX_UNITS):
        if at >= len(data):
            return
        header = data[at]
        at += 2 if header & 4 else 1
        length = len(data) - at
        if header & 2:
            length, at = _leb128(data, at)
        if at + length > len(data):
            raise ValueError("its data makes no sense")
        yield header >> 3 & 15, data[at : at + length]
        at += length
    raise TooCostly(f"its data is in more than {MAX_UNITS:,} parts")


def _leb128(data: bytes, at: int) -> tuple[int, int]:
    """A number of seven bits for each byte, the lowest first, and where it ends."""
    number = 0
    for place in range(8):
        number |= (data[at + place] & 127) << 7 * place
        if data[at + place] < 128:
            return number, at + place + 1
    raise ValueError("its data makes no sense")


def _pixels_of_av1(body: bytes) -> int:
    """As many as a frame may have by the bits that its sides have in a sequence header (5.5.1)."""
    bits = _Bits(body[:400])
    bits.next(4)  # profile, and whether it is a still picture
    if bits.next(1):
        bits.next(5)
    else:
        _skip_timing(bits)
    across, down = bits.next(4) + 1, bits.next(4) + 1
    width, height = bits.next(across) + 1, bits.next(down) + 1
    if (1 << across) > 2 * width or (1 << down) > 2 * height:  # a frame may have sides of its own, up to these bits
        return 1 << across + down
    return width * height


def _skip_timing(bits: _Bits) -> None:
    """What a film's header says of time, and of its operating points."""
    delays = decoder = 0
    if bits.next(1):
        bits.next(64)
        if bits.next(1):
            bits.golomb()
        if decoder := bits.next(1):
            delays = bits.next(5) + 1
            bits.next(32 + 5 + 5)
    shown = bits.next(1)
    for _ in range(bits.next(5) + 1):
        bits.next(12)
        if bits.next(5) > 7:
            bits.next(1)
        if decoder and bits.next(1):
            bits.next(2 * delays + 1)
        if shown and bits.next(1):
            bits.next(4)
