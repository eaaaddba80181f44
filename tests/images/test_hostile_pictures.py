"""What is promised of pictures that were made, or damaged, to do harm: docs/reliability.md."""

import random
import struct
import zlib
from io import BytesIO

import numpy as np
import pytest
import simplejpeg
from PIL import Image, ImageFile

from prodsim.errors import ImageError
from prodsim.images import enlarged, jpeg, open_rgb, thumbnail
from prodsim.images import open as images
from prodsim.images.containers import FORMATS, read_container
from prodsim.images.containers.bmp import MAX_RUN_LENGTH_PIXELS
from prodsim.images.containers.jpeg import MAX_SCANS
from tests.crafted import (
    SECRET,
    bmp,
    chunk,
    described,
    gray_tiff,
    in_gif,
    in_jpeg,
    in_png,
    in_webp,
    mutations,
    png,
    swapped_profile,
    tiff,
    with_scans,
)
from tests.samples import encoded, noise, picture

PHOTO = noise((12, 8)).resize((48, 32), Image.Resampling.BICUBIC)
KINDS = {
    **{format: (format, {}) for format in FORMATS},
    "progressive JPEG": ("JPEG", {"progressive": True}),
    "JPEG with restarts": ("JPEG", {"restart_marker_rows": 1}),
    "lossless WebP": ("WEBP", {"lossless": True}),
    "BigTIFF": ("TIFF", {"big_tiff": True}),
    "LZW in TIFF": ("TIFF", {"compression": "tiff_lzw"}),
    "deflate in TIFF": ("TIFF", {"compression": "tiff_deflate"}),
    "JPEG in TIFF": ("TIFF", {"compression": "jpeg"}),
    "PackBits in TIFF": ("TIFF", {"compression": "packbits"}),
    "lossless AVIF": ("AVIF", {"quality": 100, "subsampling": "4:4:4"}),
    "lossless HEIF": ("HEIF", {"quality": -1, "chroma": 444}),
}
GOOD = {name: encoded(PHOTO, format, **options) for name, (format, options) in KINDS.items()}
GOOD["CMYK in JPEG"] = encoded(PHOTO.convert("CMYK"), "JPEG")

kinds = pytest.mark.parametrize("kind", GOOD)


@pytest.fixture
def no_decoder(monkeypatch):
    """Any decoder that is asked, whatever for, fails the test."""
    monkeypatch.setattr(Image, "open", lambda *_, **__: pytest.fail("Pillow was asked"))
    monkeypatch.setattr(simplejpeg, "decode_jpeg", lambda *_, **__: pytest.fail("libjpeg was asked"))


@kinds
def test_a_good_picture_of_each_kind_looks_as_it_should(kind):
    opened = np.asarray(open_rgb(GOOD[kind]), dtype=int)
    assert np.abs(opened - np.asarray(PHOTO)).mean() < 25
    with Image.open(BytesIO(GOOD[kind])) as image:
        np.testing.assert_array_equal(opened, np.asarray(image.convert("RGB")))


# only some kinds of files


@pytest.mark.parametrize("format", ["BLP", "DDS", "DIB", "EPS", "ICNS", "ICO", "JPEG2000", "PCX", "PDF"])
def test_another_format_is_refused_before_any_decoder_is_asked(format, no_decoder):
    data = encoded(PHOTO.convert("P") if format == "BLP" else PHOTO, format)
    with pytest.raises(ImageError, match=r"photo\.jpg is not a picture of a known format"):
        open_rgb(data, "photo.jpg")


@pytest.mark.parametrize("start", [b"8BPS\0\1", b"<svg/>", b"%!PS-Adobe", b"GIF90a", b"RIFF\0\0\0\0WAVE", b"\xff\xd8"])
def test_what_only_begins_like_a_picture_is_refused_before_any_decoder_is_asked(start, no_decoder):
    with pytest.raises(ImageError, match="not a picture of a known format"):
        open_rgb(start + bytes(1000))


# limits, from the header


LARGE = {
    "JPEG": GOOD["JPEG"].replace(struct.pack(">HH", 32, 48), struct.pack(">HH", 15_000, 15_000)),
    "CMYK in JPEG": GOOD["CMYK in JPEG"].replace(struct.pack(">HH", 32, 48), struct.pack(">HH", 9000, 9000)),
    "PNG": png(9000, 9000, 8, 2, b"\0"),
    "WEBP": in_webp(b"RIFF\0\0\0\0WEBP", (b"VP8X", bytes(4) + b"\xff" * 6)),
    "GIF": GOOD["GIF"][:6] + struct.pack("<HH", 9000, 9000) + GOOD["GIF"][10:],
    "GIF, by its frame": GOOD["GIF"].replace(struct.pack("<HHHH", 0, 0, 48, 32), struct.pack("<4H", 0, 0, 9000, 9000)),
    "BMP": bmp(9000, -9000, 0, b""),
    "TIFF": gray_tiff(2**32 - 1, 9000),
}


@pytest.mark.parametrize("kind", LARGE)
def test_too_many_pixels_are_refused_before_any_decoder_is_asked(kind, no_decoder):
    with pytest.raises(ImageError, match=r"pixels.+ more than (64|200)\. Make it smaller"):
        open_rgb(LARGE[kind])


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("size", [(15, 100), (100, 15), (1, 1)])
def test_a_side_under_the_limit_is_refused_before_any_decoder_is_asked(format, size, no_decoder):
    with pytest.raises(ImageError, match="each side must have 16"):
        open_rgb(picture("red", size=size, format=format))


@pytest.mark.parametrize("size", [(16, 321), (400, 19)])
def test_what_is_too_long_is_refused_before_any_decoder_is_asked(size, no_decoder):
    with pytest.raises(ImageError, match="one side is over 20 times the other"):
        open_rgb(picture("red", size=size))


@pytest.mark.parametrize("size", [(16, 16), (16, 320), (320, 16)])
def test_what_just_keeps_the_limits_of_its_sides_is_opened(size):
    assert open_rgb(picture("red", size=size)).size == size


# what would take too long


def in_a_tiff(compression: int, strip: bytes) -> bytes:
    """A TIFF of PHOTO's size, in gray, whose one strip is this."""
    changed = {"compression": (259, 3, 1, compression), "length": (279, 4, 1, len(strip))}
    return gray_tiff(48, 32, **changed)[:200] + strip


COSTLY = {
    "scans": with_scans(GOOD["progressive JPEG"], MAX_SCANS + 1),
    "scans after a comment that ends the picture": with_scans(
        in_jpeg(GOOD["progressive JPEG"], b"\xff\xfe\xff\xd9"), MAX_SCANS + 1
    ),
    "scans of a large picture": with_scans(GOOD["progressive JPEG"], 30).replace(
        struct.pack(">HH", 32, 48), struct.pack(">HH", 7000, 7000)
    ),
    "scans in a TIFF": in_a_tiff(7, with_scans(encoded(PHOTO.convert("L"), "JPEG", progressive=True), 200)),
    "pieces of JPEG, each far larger than the whole": in_a_tiff(
        7, encoded(PHOTO.convert("L"), "JPEG").replace(struct.pack(">HH", 32, 48), struct.pack(">HH", 9000, 9000))
    ),
    "segments": in_jpeg(GOOD["JPEG"], *[b"\xff\xfe"] * 6000),
    "chunks of a PNG": in_png(GOOD["PNG"], chunk(b"tEXt", b"") * 100_001),
    "chunks of a WebP": in_webp(GOOD["WEBP"], *[(b"none", b"")] * 10_001),
    "blocks of a comment": in_gif(GOOD["GIF"], b"\x21\xfe" + b"\1a" * 200_001 + b"\0"),
    "comments": in_gif(GOOD["GIF"], b"\x21\xfe\0" * 200_001),
    "a tile far larger than the whole": gray_tiff(
        48, 32, rows=(322, 4, 1, 40_000), place=(324, 4, 1, 200), length=(325, 4, 1, 10_000), last=(323, 4, 1, 40_000)
    ),
    "pieces": gray_tiff(place=(273, 4, 2**32 - 1, 8)),
    "runs": bmp(2000, 1 + MAX_RUN_LENGTH_PIXELS // 2000, 1, b"\0\0" * 100),
}
"""Small files that a decoder would work on for long, or fill the memory with."""


@pytest.mark.parametrize("kind", COSTLY)
def test_what_would_take_too_long_is_refused_before_any_decoder_is_asked(kind, no_decoder):
    with pytest.raises(ImageError, match="would take too long to open: it"):
        open_rgb(COSTLY[kind], "photo")


def test_so_many_scans_that_count_are_those_of_the_first_picture():
    """Of the others, as phones write them after the first, and of a thumbnail in EXIF nothing is read."""
    hidden = with_scans(GOOD["progressive JPEG"], MAX_SCANS)
    data = in_jpeg(GOOD["JPEG"], b"\xff\xe1Exif\0\0" + hidden) + hidden
    np.testing.assert_array_equal(np.asarray(open_rgb(data)), np.asarray(open_rgb(GOOD["JPEG"])))


HEAVY = bytes(10_000_000)
OPENED = {
    "a text that unpacks to a lot": in_png(GOOD["PNG"], chunk(b"zTXt", b"a\0\0" + zlib.compress(HEAVY)) * 20),
    "a profile that unpacks to a lot": in_png(GOOD["PNG"], chunk(b"iCCP", b"a\0\0" + zlib.compress(HEAVY)) * 20),
    "EXIF of entries that all hold the same megabytes": in_png(
        GOOD["PNG"], chunk(b"eXIf", tiff(*[(tag, 1, 5_000_000, 8) for tag in range(4000)], body=HEAVY[:5_000_000]))
    ),
    "EXIF in hundreds of segments": in_jpeg(GOOD["JPEG"], *[b"\xff\xe1Exif\0\0" + HEAVY[:60_000]] * 200),
    "tags that all hold the same": gray_tiff(100, 100, **{str(n): (60_000 + n, 1, 9_000, 8) for n in range(4000)}),
    "a comment of megabytes": in_gif(GOOD["GIF"], b"\x21\xfe" + (b"\xff" + HEAVY[:255]) * 20_000 + b"\0"),
}


@pytest.mark.parametrize("kind", OPENED)
def test_what_is_around_the_pixels_reaches_no_decoder(kind, monkeypatch):
    """However much that is, a decoder is given no more than a file without it has."""
    given = read_container(OPENED[kind])
    assert len(given.content) < (60_000 if given.format != "TIFF" else len(OPENED[kind]) + 1)
    assert open_rgb(OPENED[kind]).size == given.size
    if given.format == "TIFF":
        with Image.open(BytesIO(given.content)) as image:
            assert max(image.tag_v2) < 60_000


# damage


@kinds
@pytest.mark.parametrize("kept", [0.05, 0.3, 0.5, 0.7, 0.95])
def test_a_picture_that_is_cut_is_refused(kind, kept):
    with pytest.raises(ImageError, match=r"damaged|not a picture"):
        open_rgb(GOOD[kind][: int(len(GOOD[kind]) * kept)])


@pytest.mark.parametrize("kind", ["JPEG", "progressive JPEG", "JPEG with restarts"])
@pytest.mark.parametrize("missing", [1, 4, 40])
def test_a_jpeg_that_is_cut_and_ended_is_refused_where_a_decoder_goes_on_with_gray(kind, missing):
    data = GOOD[kind][: -2 - missing] + b"\xff\xd9"
    with Image.open(BytesIO(data)) as image:
        image.load()
    with pytest.raises(ImageError, match="damaged: Corrupt JPEG data"):
        open_rgb(data)


def test_a_jpeg_without_its_end_is_refused():
    with pytest.raises(ImageError, match="damaged: its end is missing"):
        open_rgb(GOOD["JPEG"][:-2])


def test_a_png_that_was_changed_is_refused_where_a_decoder_does_not_look():
    data = bytearray(png(32, 32, 8, 0, (b"\0" + bytes(32)) * 32))
    data[-14] ^= 1  # in the checksum of the pixels
    with Image.open(BytesIO(data)) as image:
        image.load()
    with pytest.raises(ImageError, match="the checksum of IDAT is wrong"):
        open_rgb(bytes(data))


@pytest.mark.parametrize("interlaced", [0, 1])
@pytest.mark.parametrize(("depth", "color_type"), [(1, 0), (2, 3), (8, 0), (16, 0), (8, 2), (8, 4), (16, 6)])
def test_a_png_whose_rows_end_early_is_refused_whatever_its_kind(depth, color_type, interlaced):
    width, height = 37, 21
    bits = depth * {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[color_type]
    every = np.zeros((height, width))
    passes = [every]
    if interlaced:
        starts = ((0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1))
        passes = [every[y::down, x::right] for y, x, down, right in starts]
    needed = sum(rows * (1 + (columns * bits + 7) // 8) for rows, columns in (part.shape for part in passes))
    colors = chunk(b"PLTE", bytes(12)) if color_type == 3 else b""
    assert open_rgb(png(width, height, depth, color_type, bytes(needed), colors, interlaced)).size == (width, height)
    for missing in (1, needed // 2):
        with pytest.raises(ImageError, match="its pixels are cut"):
            open_rgb(png(width, height, depth, color_type, bytes(needed - missing), colors, interlaced))


def test_a_png_that_pillow_goes_on_with_is_refused():
    data = png(32, 32, 8, 0, (b"\0" + bytes(32)) * 16)
    with Image.open(BytesIO(data)) as image:
        image.load()
    with pytest.raises(ImageError, match="its pixels are cut"):
        open_rgb(data)


@pytest.mark.parametrize(("columns", "rows"), [(48, 16), (24, 32)])
def test_jpeg_in_a_tiff_that_fills_a_part_of_it_alone_is_refused(columns, rows):
    strip = encoded(PHOTO.convert("L").resize((columns, rows)), "JPEG")
    with pytest.raises(ImageError, match="its pixels are cut"):
        open_rgb(in_a_tiff(7, strip))


def test_a_png_without_its_end_is_refused():
    with pytest.raises(ImageError, match="damaged: its end is missing"):
        open_rgb(GOOD["PNG"][:-12])


def test_deflated_pixels_that_were_changed_are_refused():
    strip = bytearray(zlib.compress(bytes(PHOTO.convert("L").tobytes())))
    assert open_rgb(in_a_tiff(8, bytes(strip))).size == PHOTO.size
    strip[-1] ^= 1
    with pytest.raises(ImageError, match="damaged"):
        open_rgb(in_a_tiff(8, bytes(strip)))


def test_deflated_pixels_that_go_on_and_on_are_refused():
    with pytest.raises(ImageError, match="more than it says"):
        open_rgb(in_a_tiff(8, zlib.compress(HEAVY)))


BROKEN = {
    "two frames in one": in_jpeg(GOOD["JPEG"], b"\xff\xc0\x08" + struct.pack(">HHB", 32, 48, 1) + b"\1\x11\0"),
    "no scan": GOOD["JPEG"][: GOOD["JPEG"].index(b"\xff\xda")] + b"\xff\xd9",
    "nothing but fill bytes": b"\xff\xd8" + b"\xff" * 10_000,
    "a header that is wrong": GOOD["PNG"][:20] + b"\1" + GOOD["PNG"][21:],
    "a header that is missing": GOOD["PNG"][:8] + GOOD["PNG"][33:],
    "no pixels": GOOD["PNG"][:33] + chunk(b"IEND", b""),
    "a screen without a frame": GOOD["GIF"][:781] + b";",
    "pixels that are JPEG": bmp(48, 32, 4, GOOD["JPEG"]),
    "runs that end early": bmp(100, 100, 1, b"\0\0" * 10),
    "runs that are no use": bmp(100, 100, 1, b"\0\0" * 1_000_000),
    "old JPEG": gray_tiff(compression=(259, 3, 1, 6)),
    "a rare compression": gray_tiff(compression=(259, 3, 1, 34925)),
    "numbers without end": gray_tiff(samples=(277, 4, 1, 2**31)),
    "a strip outside of the file": gray_tiff(place=(273, 4, 1, 2**31)),
    "tags outside of the file": gray_tiff(place=(273, 4, 100, 2**31)),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_file_is_refused_quietly(kind, capfd):
    with pytest.raises(ImageError, match=r"photo is damaged: .+ Save it again as JPEG or PNG\."):
        open_rgb(BROKEN[kind], "photo")
    assert capfd.readouterr() == ("", "")


def test_nobody_has_told_pillow_to_accept_what_is_cut():
    assert not ImageFile.LOAD_TRUNCATED_IMAGES


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(1, 20))])
def test_of_whatever_was_damaged_nothing_comes_but_a_picture_or_our_error(seed):
    """Some 500 files of each seed; a warning fails as well."""
    dice = random.Random(seed)
    for data in GOOD.values():
        for changed in mutations(data, 500 // len(GOOD) + 1, dice):
            try:
                opened = open_rgb(changed)
            except ImageError:
                continue
            assert opened.mode == "RGB" and min(opened.size) >= images.MIN_SIDE


# colors


@pytest.mark.parametrize(("mode", "format", "off"), [("LAB", "TIFF", 4), ("CMYK", "TIFF", 1), ("YCbCr", "TIFF", 3)])
def test_colors_of_another_space_look_right(mode, format, off):
    opened = open_rgb(encoded(PHOTO.convert(mode), format))
    assert np.abs(np.asarray(opened, dtype=int) - np.asarray(PHOTO)).mean() < off


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF"])
def test_a_color_profile_says_which_colors_the_numbers_mean(format):
    red, green, blue = open_rgb(picture("red", format=format, icc_profile=swapped_profile())).getpixel((9, 9))
    assert green > 200 > 60 > max(red, blue)


@pytest.mark.parametrize("profile", [b"garbage", swapped_profile()[:300]])
def test_a_damaged_profile_counts_as_none(profile):
    assert open_rgb(picture("red", icc_profile=profile)).getpixel((9, 9)) == (255, 0, 0)


def test_a_profile_for_another_kind_of_pixels_counts_as_none():
    assert open_rgb(encoded(PHOTO.convert("L"), icc_profile=swapped_profile())).size == PHOTO.size


# what leaves


@pytest.mark.parametrize("format", FORMATS)
def test_no_byte_of_what_a_file_says_beside_its_pixels_leaves(format):
    data = described(PHOTO, format)
    assert SECRET in data
    opened = open_rgb(data)
    assert not opened.info and not opened.getexif()
    shown = [thumbnail(opened), enlarged(opened), jpeg(opened), *(encoded(opened, kind) for kind in FORMATS)]
    assert not any(SECRET in file or SECRET[:9] in file or b"Swap" in file for file in shown)
