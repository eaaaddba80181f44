"""Pictures of many pixels are the same pictures in fewer, and never held as a whole by more than their decoder."""

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from threading import Lock

import numpy as np
import pytest
from PIL import ExifTags, Image

from prodsim.errors import ImageError
from prodsim.images import open as images
from prodsim.images import open_rgb, pixels_of
from tests.crafted import png, swapped_profile
from tests.images.test_hostile_pictures import GOOD, LARGE
from tests.samples import DAMAGED, encoded, noise, picture

SIZE = (96, 61)
"""Of what is reduced: by two 48 x 31 pixels come of it, the last row of a single one each."""
SMOOTH = noise((12, 8)).resize(SIZE, Image.Resampling.BICUBIC)
CLEAR = SMOOTH.copy()
CLEAR.putalpha(SMOOTH.convert("L").point(lambda level: 255 * (level > 100)))
DEEP = Image.fromarray(np.asarray(SMOOTH.convert("L"), dtype=np.uint16) * 257)
FLOAT = Image.fromarray(np.asarray(SMOOTH.convert("L"), dtype=np.float32) / 255)
PICTURES = {
    "colors": (SMOOTH, "PNG", {}),
    "gray": (SMOOTH.convert("L"), "PNG", {}),
    "black and white": (SMOOTH.convert("1"), "PNG", {}),
    "a palette": (SMOOTH.quantize(200), "PNG", {}),
    "a transparent color": (SMOOTH.quantize(200), "PNG", {"transparency": 3}),
    "alpha": (CLEAR, "PNG", {}),
    "gray with alpha": (CLEAR.convert("LA"), "PNG", {}),
    "16 bits": (DEEP, "PNG", {}),
    "float": (FLOAT, "TIFF", {}),
    "CMYK": (SMOOTH.convert("CMYK"), "TIFF", {}),
    "WebP": (CLEAR, "WEBP", {"lossless": True}),
    "GIF": (SMOOTH, "GIF", {}),
    "BMP": (SMOOTH, "BMP", {}),
    "a profile": (SMOOTH, "PNG", {"icc_profile": swapped_profile()}),
}


@pytest.fixture
def small(monkeypatch):
    """More than half the pixels of SIZE are many."""
    monkeypatch.setattr(images, "MAX_KEPT", SIZE[0] * SIZE[1] // 2)


def means(image: Image.Image, times: int = 2) -> np.ndarray:
    """The mean of each square of pixels, those at the edges of what is there of it."""
    pixels = np.asarray(image, dtype=np.float64)
    tops, lefts = range(0, pixels.shape[0], times), range(0, pixels.shape[1], times)
    return np.array([[pixels[y : y + times, x : x + times].mean((0, 1)) for x in lefts] for y in tops])


@pytest.mark.parametrize("kind", PICTURES)
def test_each_pixel_is_the_mean_of_a_square_whatever_the_kind(kind, monkeypatch):
    image, format, options = PICTURES[kind]
    file = encoded(image, format, **options)
    whole = open_rgb(file)
    monkeypatch.setattr(images, "MAX_KEPT", SIZE[0] * SIZE[1] // 2)
    reduced = open_rgb(file)
    assert reduced.mode == "RGB" and reduced.size == (48, 31) and not reduced.info
    np.testing.assert_allclose(np.asarray(reduced), means(whole), atol=2)


@pytest.mark.parametrize("times", [2, 3, 7])
def test_it_is_made_of_bands_that_meet(times, monkeypatch):
    file = encoded(SMOOTH)
    monkeypatch.setattr("prodsim.images.reducing._ROWS", 3)
    monkeypatch.setattr(images, "MAX_KEPT", -(-SIZE[0] * SIZE[1] // times**2))
    np.testing.assert_allclose(np.asarray(open_rgb(file)), means(SMOOTH, times), atol=1)


@pytest.mark.parametrize("progressive", [False, True])
@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
def test_a_jpeg_is_decoded_at_the_half_of_its_sides(mode, progressive, small):
    file = encoded(SMOOTH.convert(mode), "JPEG", progressive=progressive)
    with Image.open(BytesIO(file)) as half:
        half.draft(None, (48, 30))
        expected = half.convert("RGB")
    assert expected.size == (48, 31)
    np.testing.assert_array_equal(np.asarray(open_rgb(file)), np.asarray(expected))


@pytest.mark.parametrize("format", ["JPEG", "PNG"])
def test_it_is_turned_upright_as_well(format, small):
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    turned = open_rgb(encoded(SMOOTH, format, exif=exif))
    upright = open_rgb(encoded(SMOOTH, format)).transpose(Image.Transpose.ROTATE_270)
    np.testing.assert_array_equal(np.asarray(turned), np.asarray(upright))


@pytest.mark.parametrize("format", ["JPEG", "PNG"])
def test_a_picture_of_just_as_many_pixels_as_are_kept_is_not_touched(format, monkeypatch):
    file = encoded(SMOOTH, format)
    monkeypatch.setattr(images, "MAX_KEPT", SIZE[0] * SIZE[1])
    with Image.open(BytesIO(file)) as image:
        np.testing.assert_array_equal(np.asarray(open_rgb(file)), np.asarray(image.convert("RGB")))


@pytest.mark.parametrize("kind", PICTURES)
def test_what_is_made_of_it_is_made_of_what_is_kept(kind, small, monkeypatch):
    image, format, options = PICTURES[kind]
    held, to_rgb = [], images.to_rgb
    monkeypatch.setattr(
        images, "to_rgb", lambda image, profile: held.append(image.width * image.height) or to_rgb(image, profile)
    )
    open_rgb(encoded(image, format, **options))
    assert held == [48 * 31]


def test_of_those_that_are_reduced_one_is_decoded_at_a_time(small, monkeypatch):
    busy, lock, reduced_to = Lock(), images._one_large, images.reduced_to

    def watched(image, most):
        assert not busy.locked()
        with busy:
            assert lock.locked()
            return reduced_to(image, most)

    monkeypatch.setattr(images, "reduced_to", watched)
    file = encoded(SMOOTH)
    with ThreadPoolExecutor(8) as pool:
        assert {opened.size for opened in pool.map(open_rgb, [file] * 40)} == {(48, 31)}


def test_a_damaged_one_keeps_none_of_the_next_ones_from_being_opened(small):
    for _ in range(2):
        with pytest.raises(ImageError, match="damaged"):
            open_rgb(encoded(SMOOTH)[:-40])
    assert open_rgb(encoded(SMOOTH)).size == (48, 31)


@pytest.mark.parametrize("kind", ["JPEG", "progressive JPEG", "JPEG with restarts"])
@pytest.mark.parametrize("missing", [1, 4, 40])
def test_a_jpeg_that_is_cut_and_ended_is_refused_at_the_half_of_its_sides_too(kind, missing, monkeypatch):
    monkeypatch.setattr(images, "MAX_KEPT", 48 * 32 // 3)
    assert open_rgb(GOOD[kind]).size == (24, 16)
    with pytest.raises(ImageError, match="damaged: Corrupt JPEG data"):
        open_rgb(GOOD[kind][: -2 - missing] + b"\xff\xd9")


def test_a_png_whose_rows_end_early_is_refused_when_it_is_reduced_too(small):
    rows = b"".join(b"\0" + bytes(3 * SIZE[0]) for _ in range(SIZE[1] - 1))
    with pytest.raises(ImageError, match="damaged: its pixels are cut"):
        open_rgb(png(*SIZE, 8, 2, rows))


def test_float_pixels_that_are_no_numbers_are_refused_when_they_are_reduced_too(small):
    pixels = np.asarray(FLOAT).copy()
    pixels[3, 3] = np.nan
    with pytest.raises(ImageError, match="no numbers"):
        open_rgb(encoded(Image.fromarray(pixels), "TIFF"))


def test_how_many_pixels_a_file_has_is_known_from_its_header():
    assert pixels_of(png(8000, 8000, 8, 2, b"")) == 64_000_000, "though no row of pixels follows"
    for format in GOOD:
        assert pixels_of(GOOD[format]) in (48 * 32, 64 * 64), "HEVC has no smaller one, and a part of it is seen"


@pytest.mark.parametrize("data", [DAMAGED, b"", picture("red", (8, 8)), *LARGE.values()])
def test_what_is_refused_undecoded_holds_no_pixels(data):
    assert pixels_of(data) == 0
