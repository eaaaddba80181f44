"""AVIF and HEIC: what is seen of a picture, and of a file that was made to do harm only our error."""

import struct
from dataclasses import replace
from io import BytesIO

import numpy as np
import pillow_heif
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from prodsim.errors import ImageError
from prodsim.images import HEAD_BYTES, open_rgb, picture_format
from prodsim.images.containers import coded, items, read_container
from prodsim.images.containers.boxes import box, boxes, full_box
from prodsim.images.containers.items import Property, read_items
from prodsim.images.containers.rewriting import Piece, written
from tests.crafted import SECRET, described, swapped_profile
from tests.images.test_hostile_pictures import PHOTO, no_decoder  # noqa: F401 a fixture
from tests.samples import encoded, noise, picture

LARGER = noise((12, 8)).resize((320, 192), Image.Resampling.BICUBIC)
AVIF = encoded(LARGER, "AVIF", quality=90)
HEIC = encoded(LARGER, "HEIF", quality=90)
FILES = {"AVIF": AVIF, "HEIF": HEIC}
formats = pytest.mark.parametrize("format", FILES)


def off(data: bytes, image: Image.Image = LARGER) -> float:
    """By how much what is opened is another picture, of 255."""
    opened = open_rgb(data)
    assert opened.size == image.size
    return float(np.abs(np.asarray(opened, dtype=int) - np.asarray(image)).mean())


def piece(data: bytes, number: int = 1, **changed) -> Piece:
    """The picture of a file as an item of another."""
    found = read_items(data)
    kinds = {b"ispe", b"hvcC", b"av1C", b"pixi"}
    properties = tuple(each for each in found.properties[found.primary] if each.kind in kinds)
    return replace(Piece(number, found.kinds[found.primary], properties, found.content(found.primary)), **changed)


def ispe(width: int, height: int) -> Property:
    return Property(b"ispe", bytes(4) + struct.pack(">II", width, height))


def resized(item: Piece, width: int, height: int) -> Piece:
    """That says it has another size."""
    return replace(item, properties=(ispe(width, height), *(p for p in item.properties if p.kind != b"ispe")))


def grid(tiles: list[Piece], columns: int, size: tuple[int, int], used: list[int] | None = None) -> bytes:
    """A file whose picture is put together of tiles, numbered from 2, row by row."""
    used = used or [tile.number for tile in tiles]
    content = struct.pack(">BBBBHH", 0, 0, len(used) // columns - 1, columns - 1, *size)
    whole = Piece(1, b"grid", (ispe(*size),), content, ((b"dimg", tuple(used)),))
    return written(b"avif" if tiles[0].kind == b"av01" else b"heic", [whole, *tiles])


def quarters(format: str) -> list[Piece]:
    """LARGER in four."""
    parts = [LARGER.crop((x, y, x + 160, y + 96)) for y in (0, 96) for x in (0, 160)]
    return [piece(encoded(part, format, quality=90), number) for number, part in enumerate(parts, 2)]


# what is seen


@formats
def test_its_colors_are_those_of_the_picture(format):
    assert off(FILES[format]) < 3


@formats
def test_it_is_known_by_its_first_bytes(format):
    assert picture_format(FILES[format][:HEAD_BYTES]) == format
    assert picture_format(FILES[format][:8]) is None


@formats
def test_a_picture_in_tiles_is_whole(format):
    assert off(grid(quarters(format), 2, LARGER.size)) < 3


@formats
def test_tiles_may_reach_beyond_the_picture(format):
    assert off(grid(quarters(format), 2, (300, 180)), LARGER.crop((0, 0, 300, 180))) < 3


@formats
def test_what_is_transparent_is_white(format):
    clear = LARGER.copy()
    clear.putalpha(Image.linear_gradient("L").resize(LARGER.size))
    ground = Image.new("RGB", LARGER.size, "white")
    ground.paste(clear, mask=clear)
    assert off(encoded(clear, format, quality=95), ground) < 3


@formats
def test_a_color_profile_is_applied(format):
    image = Image.new("RGB", (64, 64), "red")
    image.info["icc_profile"] = swapped_profile()
    red, green, blue = open_rgb(encoded(image, format, quality=95)).getpixel((9, 9))
    assert green > 200 > 60 > max(red, blue)


def test_ten_bits_are_scaled_to_eight():
    deep = np.asarray(LARGER, dtype=np.uint16) * 257
    image = pillow_heif.from_bytes("RGB;16", LARGER.size, deep.tobytes())
    buffer = BytesIO()
    image.save(buffer, quality=90)
    assert b"hvcC" in buffer.getvalue()
    assert off(buffer.getvalue()) < 3


@formats
def test_gray_is_gray(format):
    assert off(encoded(LARGER.convert("L"), format, quality=90), LARGER.convert("L").convert("RGB")) < 3


def test_of_a_film_the_first_picture_is_taken():
    frames = [Image.new("RGB", (32, 32), color) for color in ("red", "blue")]
    red, _, blue = open_rgb(encoded(frames[0], "AVIF", save_all=True, append_images=frames[1:])).getpixel((9, 9))
    assert red > 240 and blue < 15


def test_of_several_pictures_the_first_one_of_the_file_is_taken():
    file = pillow_heif.from_pillow(Image.new("RGB", (64, 64), "red"))
    file.add_from_pillow(Image.new("RGB", (64, 64), "blue"))
    buffer = BytesIO()
    file.save(buffer, quality=90, primary_index=1)
    assert open_rgb(buffer.getvalue()).getpixel((9, 9))[2] > 240


@formats
@pytest.mark.parametrize("turns", [(), ("irot",), ("imir",), ("irot", "imir"), ("imir", "irot")])
def test_it_is_turned_and_mirrored_in_the_order_that_it_says(format, turns):
    bodies = {"irot": b"\1", "imir": b"\1"}
    item = piece(FILES[format])
    item = replace(item, properties=(*item.properties, *(Property(t.encode(), bodies[t], True) for t in turns)))
    expected = LARGER
    for turn in turns:
        how = Image.Transpose.ROTATE_90 if turn == "irot" else Image.Transpose.FLIP_LEFT_RIGHT
        expected = expected.transpose(how)
    assert off(written(b"mif1", [item]), expected) < 3


@pytest.mark.parametrize("angle", range(4))
@pytest.mark.parametrize("axis", range(2))
def test_each_angle_and_axis_is_as_the_standard_says(angle, axis):
    item = piece(AVIF)
    turns = (Property(b"irot", bytes([angle]), True), Property(b"imir", bytes([axis]), True))
    expected = LARGER.rotate(90 * angle, expand=True)
    flip = Image.Transpose.FLIP_LEFT_RIGHT if axis else Image.Transpose.FLIP_TOP_BOTTOM
    assert off(written(b"avif", [replace(item, properties=item.properties + turns)]), expected.transpose(flip)) < 3


def test_what_is_cut_off_by_the_file_is_not_seen():
    clap = Property(b"clap", struct.pack(">8i", 100, 1, 60, 1, 20, 1, -10, 1), True)
    item = piece(AVIF)
    cropped = LARGER.crop((130, 56, 230, 116))
    assert off(written(b"avif", [replace(item, properties=(*item.properties, clap))]), cropped) < 3


@pytest.mark.parametrize(
    "numbers", [(100, 0, 60, 1, 0, 1, 0, 1), (9999, 1, 60, 1, 0, 1, 0, 1), (-5, 1, 60, 1, 0, 1, 0, 1)]
)
def test_a_part_that_makes_no_sense_counts_as_none(numbers):
    item = piece(AVIF)
    clap = Property(b"clap", struct.pack(">8i", *numbers), True)
    assert off(written(b"avif", [replace(item, properties=(*item.properties, clap))])) < 3


# what reaches a decoder


@formats
def test_nothing_but_pixels_and_what_they_are_reaches_a_decoder(format):
    given_to_it = read_container(described(PHOTO, format)).content
    assert SECRET not in given_to_it and b"Swap" not in given_to_it
    assert not any(kind in given_to_it for kind in (b"Exif", b"mime", b"prof", b"irot", b"thmb", b"moov"))


@given(st.lists(st.binary(min_size=1, max_size=20), min_size=1, max_size=5))
def test_what_is_written_is_what_is_read_again(contents):
    pieces = [
        Piece(number, b"av01", (ispe(number, 7), Property(b"pixi", content)), content, ((b"cdsc", (1,)),))
        for number, content in enumerate(contents, 1)
    ]
    found = read_items(written(b"avif", pieces))
    assert found.primary == 1 and found.kinds == {each.number: b"av01" for each in pieces}
    for each in pieces:
        assert found.content(each.number) == each.content
        assert tuple(found.properties[each.number]) == each.properties
        assert found.references[b"cdsc", each.number] == [1]


# limits, from the header


def file_of(*parts: bytes) -> bytes:
    """A file by hand: what stands in the box `meta`, after which 1,000 bytes come."""
    return box(b"ftyp", b"heic", bytes(4), b"mif1") + full_box(b"meta", 0, *parts) + box(b"mdat", bytes(1000))


def listed(iloc: bytes) -> bytes:
    """A file of one item, with places by hand."""
    kinds = full_box(b"iinf", 0, b"\0\1", full_box(b"infe", 2, b"\0\1\0\0hvc1\0"))
    (hvcc,) = [p for p in piece(HEIC).properties if p.kind == b"hvcC"]
    held = box(b"ipco", box(b"ispe", ispe(64, 64).body), box(b"hvcC", hvcc.body))
    had = full_box(b"ipma", 0, b"\0\0\0\1\0\1\2\1\2")
    return file_of(full_box(b"pitm", 0, b"\0\1"), kinds, iloc, box(b"iprp", held, had))


def places(*extents: tuple[int, int], version: int = 0, source: int = 0) -> bytes:
    body = b"".join(struct.pack(">II", *extent) for extent in extents)
    where = struct.pack(">H", source) if version else b""
    return full_box(b"iloc", version, b"\x44\0\0\1\0\1" + where + b"\0\0" + struct.pack(">H", len(extents)) + body)


FRAME = piece(AVIF)
TILES = [piece(picture("red", (1000, 1000), "AVIF"), 2)]
HARMFUL = {
    "more pixels than are decoded": written(b"avif", [resized(FRAME, 9000, 9000)]),
    "a side of four billion": written(b"heic", [resized(piece(HEIC), 2**32 - 1, 16)]),
    "a picture far larger than it says": written(
        b"avif", [resized(piece(picture("red", (1500, 1500), "AVIF")), 16, 16)]
    ),
    "thousands of tiles": grid(quarters("AVIF"), 64, LARGER.size, [2] * 64 * 65),
    "one tile over and over": grid(TILES, 16, (300, 300), [2] * 256),
    "hundreds of frames": written(b"avif", [replace(FRAME, content=FRAME.content * 300)]),
    "hundreds of pictures in one": written(b"heic", [replace(piece(HEIC), content=piece(HEIC).content * 300)]),
    "boxes without end": file_of(box(b"free") * 30_000),
    "a list of megabytes": file_of(full_box(b"iloc", 0, bytes(items.MAX_LIST))),
    "pieces of no length": listed(full_box(b"iloc", 0, b"\0\0" + b"\xff\xff" + b"\0\1\0\0\xff\xff" * 65_535)),
    "pieces that overlap": listed(places(*[(0, 900)] * 100)),
}
"""Small files that a decoder would work on for long, or fill the memory with."""


@pytest.mark.parametrize("kind", HARMFUL)
def test_what_would_cost_too_much_is_refused_before_any_decoder_is_asked(kind, no_decoder):  # noqa: F811
    with pytest.raises(ImageError, match=r"too long to open|megapixels|sides"):
        open_rgb(HARMFUL[kind])


BROKEN = {
    "a place outside of the file": listed(places((2**31, 10))),
    "pixels in another file": listed(places((0, 10)).replace(b"\0\0\0\1\0\0\0\0", b"\0\0\0\1\0\1\0\0")),
    "a source that is no place": listed(places((0, 10), version=1, source=2)),
    "no places": listed(full_box(b"iloc", 0, b"\x44\0\0\0")),
    "a list that ends early": listed(full_box(b"iloc", 0, b"\x44\0\0\5")),
    "no lists": file_of(),
    "a film alone": box(b"ftyp", b"avis", bytes(4), b"avif") + box(b"moov", bytes(100)),
    "no size": written(b"avif", [replace(FRAME, properties=FRAME.properties[1:])]),
    "no way to decode it": written(b"avif", [replace(FRAME, properties=(ispe(320, 192),))]),
    "no data": written(b"avif", [replace(FRAME, content=b"")]),
    "data that makes no sense": written(b"avif", [replace(FRAME, content=b"\xff" * 100)]),
    "a picture that is made of others": written(b"avif", [replace(FRAME, kind=b"iovl")]),
    "a tile that is a grid": grid([replace(FRAME, number=2, kind=b"grid")], 1, LARGER.size),
    "a grid of itself": written(
        b"avif", [Piece(1, b"grid", (ispe(64, 64),), b"\0\0\0\0\0\x40\0\x40", ((b"dimg", (1,)),))]
    ),
    "a tile that is missing": grid(quarters("AVIF"), 2, LARGER.size, [2, 3, 4, 9]),
    "tiles that leave a part open": grid(quarters("AVIF"), 2, (330, 192)),
    "a grid of another size": grid(quarters("AVIF"), 2, LARGER.size).replace(
        ispe(*LARGER.size).body, ispe(310, 190).body
    ),
    "a property that is not there": written(b"avif", [FRAME]).replace(b"\0\0\0\1\0\1\3\0\1", b"\0\0\0\1\0\1\3\0\x77"),
    "a box within itself": AVIF[:4] + b"ftyp" + AVIF[8:32] + b"\0\0\0\7meta" + AVIF[40:],
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_file_is_refused_before_any_decoder_is_asked(kind, no_decoder):  # noqa: F811
    with pytest.raises(ImageError, match="damaged"):
        open_rgb(BROKEN[kind])


def test_frames_are_counted_whatever_their_header_says():
    for data, count, kind in ((AVIF, coded.av1_frames, b"av1C"), (HEIC, coded.hevc_frames, b"hvcC")):
        item = piece(data)
        (configuration,) = [each.body for each in item.properties if each.kind == kind]
        assert count(configuration, item.content) == (320 * 192, 1)
        assert count(configuration, item.content * 3) == (320 * 192, 3)


def test_sides_that_a_frame_may_take_by_its_bits_count():
    """A sequence header by hand: 16 bits for each side, which are 63 and 63."""
    bits = "000" + "1" + "1" + "00000" + "1111" + "1111" + f"{63:016b}" * 2
    body = int(bits.ljust(64, "0"), 2).to_bytes(8)
    assert coded._pixels_of_av1(body) == 2**32


def test_boxes_of_all_kinds_of_lengths_are_read():
    long = b"\0\0\0\1long" + (20).to_bytes(8) + b"1234"
    assert list(boxes(box(b"free", b"12") + long + b"\0\0\0\0last123")) == [
        (b"free", b"12"),
        (b"long", b"1234"),
        (b"last", b"123"),
    ]


def test_tiles_that_are_the_same_bytes_are_taken_once_for_all(no_decoder):  # noqa: F811
    """Else a file of a megabyte would be handed on as 512 of them."""
    padding = b"\x7a\x80\x80\x40" + bytes(1 << 20)  # a unit that says nothing, of a megabyte
    small = piece(encoded(LARGER.crop((0, 0, 64, 64)), "AVIF", quality=90))
    tiles = [replace(small, number=number) for number in range(2, 514)]
    data = grid(tiles, 16, (1024, 2048))
    starts, at = places_in(data), data.index(b"mdat") - 4
    grid_bytes = 8
    content = small.content + padding
    data = bytearray(data[:at] + box(b"mdat", data[at + 8 : at + 8 + grid_bytes], content))
    for place in starts[1:]:
        data[place : place + 8] = struct.pack(">II", at + 8 + grid_bytes, len(content))
    with pytest.raises(ImageError, match="its tiles are more than the whole"):
        open_rgb(bytes(data))


def places_in(data: bytes) -> list[int]:
    """Where a file says the place and the length of each item's data."""
    first = data.index(b"iloc") + 12
    return [first + 14 * item + 6 for item in range(int.from_bytes(data[first - 2 : first]))]
