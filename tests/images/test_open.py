import os
import struct
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import ExifTags, Image, ImageCms, ImageOps
from PIL.PngImagePlugin import PngInfo

from prodsim.errors import ImageError
from prodsim.images import content_hash, enlarged, fit, open_rgb, read_picture, thumbnail
from prodsim.images import open as images
from tests.crafted import png
from tests.samples import encoded, noise, picture

SIDE = images.MIN_SIDE
RED, GREEN, BLUE, WHITE = (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255)


def flat(depth: int, color_type: int, numbers: bytes) -> bytes:
    """A PNG by hand in which every pixel has these numbers."""
    return png(SIDE, SIDE, depth, color_type, (b"\0" + numbers * SIDE) * SIDE)


def stripes(values) -> np.ndarray:
    """Rows of pixels in which each value is a stripe, SIDE pixels wide."""
    return np.array([values]).repeat(SIDE, axis=0).repeat(SIDE, axis=1)


def seen_in_stripes(data: bytes, number: int = 2) -> list[tuple[int, ...]]:
    """What `open_rgb` makes of the middle of each stripe."""
    image = open_rgb(data)
    return [image.getpixel((SIDE * place + SIDE // 2, SIDE // 2)) for place in range(number)]


def pixel(data: bytes) -> tuple[int, ...]:
    """The first pixel of what `open_rgb` makes of a file."""
    return open_rgb(data).getpixel((0, 0))


def converted(data: bytes) -> Image.Image:
    """What Pillow makes of a file."""
    with Image.open(BytesIO(data)) as image:
        return image.convert("RGB")


def assert_same(one: Image.Image, other: Image.Image) -> None:
    assert one.mode == other.mode == "RGB"
    np.testing.assert_array_equal(np.asarray(one), np.asarray(other))


# plain pictures


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "BMP", "TIFF", "GIF"])
@pytest.mark.parametrize("mode", ["RGB", "L", "1"])
def test_a_plain_picture_equals_what_pillow_converts_to_rgb(format, mode):
    data = encoded(noise((27, 25)).convert(mode), format)
    assert_same(open_rgb(data), converted(data))


@pytest.mark.parametrize("format", ["PNG", "GIF", "BMP", "TIFF"])
def test_a_palette_equals_what_pillow_converts_to_rgb(format):
    data = encoded(noise((27, 25)).convert("P"), format)
    assert_same(open_rgb(data), converted(data))


@pytest.mark.parametrize("format", ["JPEG", "TIFF"])
def test_cmyk_equals_what_pillow_converts_to_rgb(format):
    data = encoded(Image.new("CMYK", (SIDE, SIDE), (0, 255, 255, 0)), format)
    assert_same(open_rgb(data), converted(data))
    assert pixel(data)[0] > 200


def test_the_name_of_a_file_does_not_matter(tmp_path):
    path = tmp_path / "photo.png"
    path.write_bytes(picture("red", format="JPEG"))
    assert open_rgb(path).size == (18, 24)


def test_bytes_and_path_are_the_same(tmp_path):
    path = tmp_path / "photo.jpg"
    noise((29, 27)).save(path)
    assert_same(open_rgb(path), open_rgb(path.read_bytes()))


def test_a_photo_of_two_pictures_as_phones_make_gives_the_first():
    data = encoded(
        Image.new("RGB", (16, 16), "red"), "MPO", save_all=True, append_images=[Image.new("RGB", (16, 16), "blue")]
    )
    assert pixel(data)[0] > 250


# orientation


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF", "HEIF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_exif_orientation_is_applied(format, orientation):
    """The standard says for each value where the stored picture's row 0 and column 0 are, seen upright."""
    row_0 = {1: "top", 2: "top", 3: "bottom", 4: "bottom", 5: "left", 6: "right", 7: "right", 8: "left"}[orientation]
    column_0 = {1: "left", 2: "right", 3: "right", 4: "left", 5: "top", 6: "top", 7: "bottom", 8: "bottom"}[orientation]
    stored = Image.new("RGB", (48, 32), "white")
    stored.paste("red", (0, 0, 48, 8))
    stored.paste("blue", (0, 8, 8, 32))
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    options = {} if format in ("PNG", "TIFF") else {"quality": 95}
    exif = exif.tobytes() if format == "HEIF" else exif
    upright = open_rgb(encoded(stored, format, exif=exif, **options))
    assert upright.size == ((48, 32) if orientation < 5 else (32, 48))
    width, height = upright.size
    middle = {
        "top": (width // 2, 2),
        "bottom": (width // 2, height - 3),
        "left": (2, height // 2),
        "right": (width - 3, height // 2),
    }
    for side, (x, y) in middle.items():
        red, _, blue = upright.getpixel((x, y))
        seen = "red" if red - blue > 100 else "blue" if blue - red > 100 else "white"
        assert seen == {row_0: "red", column_0: "blue"}.get(side, "white")


@pytest.mark.parametrize("orientation", [0, 9, 70])
def test_an_orientation_that_does_not_exist_is_passed_over(orientation):
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    data = encoded(noise((24, 16)), "PNG", exif=exif)
    assert_same(open_rgb(data), noise((24, 16)))


def test_damaged_exif_does_not_cost_the_picture():
    """`ImageOps.exif_transpose` writes the entries again, and fails on a width that is a text."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    exif[ExifTags.Base.Make] = "Camera"
    make, width = struct.pack(">H", ExifTags.Base.Make), struct.pack(">H", ExifTags.Base.ImageWidth)
    data = encoded(noise((24, 16)), "PNG", exif=exif.tobytes().replace(make, width, 1))
    with Image.open(BytesIO(data)) as image, pytest.raises(struct.error):
        ImageOps.exif_transpose(image)
    assert open_rgb(data).size == (16, 24)


# transparency


def half_transparent(mode: str, color) -> Image.Image:
    image = Image.new(mode, (2 * SIDE, SIDE), color)
    image.paste((*color[:-1], 0), (SIDE, 0, 2 * SIDE, SIDE))
    return image


@pytest.mark.parametrize("format", ["PNG", "WEBP", "TIFF", "HEIF"])
def test_transparent_pixels_are_white_whatever_color_they_hide(format):
    options = {
        "WEBP": {"lossless": True, "exact": True},
        "HEIF": {"quality": -1, "chroma": 444, "matrix_coefficients": 0},
    }
    data = encoded(half_transparent("RGBA", (0, 0, 255, 255)), format, **options.get(format, {}))
    assert seen_in_stripes(data) == [BLUE, WHITE]


def test_gray_with_transparency_is_laid_on_white():
    assert seen_in_stripes(encoded(half_transparent("LA", (40, 255)))) == [(40, 40, 40), WHITE]


def test_a_half_transparent_pixel_is_mixed_with_white():
    red, green, blue = pixel(encoded(Image.new("RGBA", (SIDE, SIDE), (0, 0, 255, 128))))
    assert (red, green, blue) == (pytest.approx(127, abs=1), pytest.approx(127, abs=1), 255)


@pytest.mark.parametrize("format", ["PNG", "GIF"])
def test_a_transparent_palette_color_is_white(format):
    image = Image.fromarray(stripes([0, 1]).astype(np.uint8)).convert("P")
    image.putpalette([*RED, *BLUE])
    assert seen_in_stripes(encoded(image, format, transparency=0)) == [WHITE, BLUE]


def test_a_palette_with_alpha_for_every_color_is_laid_on_white():
    image = Image.fromarray(stripes([0, 1]).astype(np.uint8)).convert("P")
    image.putpalette([*RED, *BLUE])
    assert seen_in_stripes(encoded(image, "PNG", transparency=bytes([0, 255]))) == [WHITE, BLUE]


@pytest.mark.parametrize(("mode", "hidden", "shown"), [("RGB", RED, BLUE), ("L", 10, 200), ("1", 0, 255)])
def test_the_color_that_stands_for_transparent_is_white(mode, hidden, shown):
    image = Image.new(mode, (2 * SIDE, SIDE), shown)
    image.paste(hidden, (0, 0, SIDE, SIDE))
    seen = seen_in_stripes(encoded(image, "PNG", transparency=hidden))
    assert seen == [WHITE, shown if mode == "RGB" else (shown,) * 3]


# deep pixels


@pytest.mark.parametrize(("deep", "shallow"), [(0, 0), (257, 1), (32768, 128), (65535, 255)])
def test_sixteen_bit_gray_is_scaled_and_not_cut_off(deep, shallow):
    data = flat(16, 0, struct.pack(">H", deep))
    assert pixel(data) == (shallow,) * 3


def test_sixteen_bit_colors_are_scaled_and_not_cut_off():
    data = flat(16, 2, struct.pack(">HHH", 0, 32768, 65535))
    assert pixel(data) == (0, 128, 255)


def test_sixteen_bit_colors_with_alpha_are_laid_on_white():
    data = flat(16, 6, struct.pack(">HHHH", 0, 0, 65535, 0))
    assert pixel(data) == WHITE


def test_a_dark_sixteen_bit_picture_stays_dark():
    data = encoded(Image.fromarray(stripes([0, 2570]).astype(np.uint16)), "TIFF")
    assert seen_in_stripes(data) == [(0,) * 3, (10,) * 3]


def test_a_turned_sixteen_bit_picture_is_upright_too():
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    data = encoded(Image.fromarray(np.full((20, 50), 32768, dtype=np.uint16)), "PNG", exif=exif)
    assert open_rgb(data).size == (20, 50)
    assert pixel(data) == (128,) * 3


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([0, 0.5, 1], [0, 128, 255]),
        ([0, 128, 255], [0, 128, 255]),
        ([0, 500, 1000], [0, 128, 255]),
        ([0, 0, 0], [0, 0, 0]),
    ],
)
def test_float_pixels_are_scaled_from_their_range(values, expected):
    data = encoded(Image.fromarray(stripes(values).astype(np.float32)), "TIFF")
    assert [red for red, _, _ in seen_in_stripes(data, 3)] == expected


def test_float_pixels_that_are_no_numbers_are_refused():
    data = encoded(Image.fromarray(stripes([0, np.nan]).astype(np.float32)), "TIFF")
    with pytest.raises(ImageError, match="damaged: it holds pixels that are no numbers"):
        open_rgb(data)


def test_negative_pixels_of_32_bits_do_not_wrap_around():
    data = encoded(Image.fromarray(stripes([-65535, 0, 65535]).astype(np.int32)), "TIFF")
    assert [red for red, _, _ in seen_in_stripes(data, 3)] == [0, 128, 255]


# animations


@pytest.mark.parametrize("format", ["GIF", "WEBP", "PNG", "TIFF"])
def test_of_an_animation_the_first_frame_is_taken(format):
    frames = [Image.new("RGB", (SIDE, SIDE), color) for color in ("red", "blue")]
    options = {"lossless": True} if format == "WEBP" else {}
    data = encoded(frames[0], format, save_all=True, append_images=frames[1:], **options)
    assert pixel(data) == RED


# what is refused


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF", "AVIF", "HEIF"])
def test_a_truncated_picture_is_refused_and_named(format, tmp_path):
    path = tmp_path / "broken.jpg"
    path.write_bytes(encoded(noise((64, 64)), format)[:-200])
    with pytest.raises(ImageError, match=r"broken\.jpg is damaged: .+ Save it again"):
        open_rgb(path)


@pytest.mark.parametrize("data", [b"", b"hello", b"%PDF-1.7", b"<svg/>", b"\0" * 1000, b"\x89PNG\r\n\x1a\n"])
def test_what_is_no_picture_is_refused(data):
    with pytest.raises(ImageError, match=r"upload\.png is (not a picture of a known format|damaged)"):
        open_rgb(data, "upload.png")


@pytest.mark.parametrize("format", ["PPM", "TGA", "PCX", "ICO"])
def test_formats_that_are_not_in_the_list_are_refused(format):
    with pytest.raises(ImageError, match="JPEG, PNG, WEBP"):
        open_rgb(picture("red", size=(16, 16), format=format))


def test_a_picture_that_is_not_there_is_named(tmp_path):
    with pytest.raises(ImageError, match=r"gone\.jpg cannot be read: No such file"):
        open_rgb(tmp_path / "gone.jpg")


def test_a_folder_is_no_picture(tmp_path):
    with pytest.raises(ImageError, match="cannot be read"):
        open_rgb(tmp_path)


def test_a_huge_file_is_refused_without_being_read(tmp_path, monkeypatch):
    path = tmp_path / "huge.jpg"
    with path.open("wb") as file:
        file.truncate(images.MAX_BYTES + 1)
    monkeypatch.setattr(Path, "read_bytes", lambda path: pytest.fail("it was read"))
    with pytest.raises(ImageError, match=r"huge\.jpg has 20\.0 MB, more than 20 MB\. Save it smaller"):
        read_picture(path)


def test_a_pipe_or_device_is_refused_unread(tmp_path):
    os.mkfifo(tmp_path / "1.jpg")
    for path in (tmp_path / "1.jpg", Path("/dev/zero")):
        with pytest.raises(ImageError, match="cannot be read: it is no file, but a pipe or a device"):
            read_picture(path)


def test_huge_bytes_are_refused():
    with pytest.raises(ImageError, match="more than 20 MB"):
        open_rgb(bytes(images.MAX_BYTES + 1))


def test_a_file_of_just_the_limit_is_read(tmp_path, monkeypatch):
    data = picture("red")
    monkeypatch.setattr(images, "MAX_BYTES", len(data))
    (tmp_path / "a.png").write_bytes(data)
    assert read_picture(tmp_path / "a.png") == data
    assert pixel(data) == RED


@pytest.mark.parametrize(("width", "height"), [(30_000, 30_000), (10_000, 10_000), (8_001, 8_001), (1, 64_000_001)])
def test_too_many_pixels_are_refused_from_the_header_alone(width, height):
    data = png(width, height, 8, 2, b"\0")
    with pytest.raises(ImageError, match=r"pixels.+Make it smaller"):
        open_rgb(data)


def test_a_picture_of_just_the_limit_of_pixels_is_opened(monkeypatch):
    monkeypatch.setattr(images, "MAX_PIXELS", 18 * 24)
    assert pixel(picture("red", size=(18, 24))) == RED
    with pytest.raises(ImageError, match="19 x 24 pixels"):
        open_rgb(picture("red", size=(19, 24)))


# fit


@pytest.mark.parametrize("size", [(100, 100), (450, 600), (37, 201), (1, 1)])
def test_nearest_fit_equals_the_resizing_of_pillow(size):
    image = noise(size)
    assert_same(fit(image, (100, 100), "nearest"), image.resize((100, 100), Image.Resampling.NEAREST))


@pytest.mark.parametrize("resample", ["nearest", "bilinear", "box"])
def test_fit_gives_the_size_and_is_idempotent(resample):
    fitted = fit(noise((33, 77)), (15, 20), resample)
    assert fitted.size == (15, 20)
    assert_same(fit(fitted, (15, 20), resample), fitted)


@pytest.mark.parametrize("size", [(300, 100), (100, 300), (7, 5), (3, 4)])
def test_a_padded_picture_is_whole_and_keeps_its_proportions_on_white(size):
    fitted = np.asarray(fit(Image.new("RGB", size, "black"), (60, 80), "bilinear", "pad"))
    assert fitted.shape == (80, 60, 3)
    dark = (fitted < 128).all(axis=2)
    height, width = dark.any(axis=1).sum(), dark.any(axis=0).sum()
    assert width == 60 or height == 80
    assert abs(width * size[1] - height * size[0]) <= max(size)  # a pixel of either
    assert (fitted[~dark] > 128).all() and dark.sum() == width * height


def test_a_padded_picture_is_not_padded_again():
    fitted = fit(noise((300, 100)), (60, 80), "bilinear", "pad")
    np.testing.assert_array_equal(fit(fitted, (60, 80), "bilinear", "pad"), fitted)


def test_box_fit_is_the_mean_of_each_box():
    pixels = np.array([[0, 10, 100, 110], [20, 30, 120, 130]], dtype=np.uint8)
    image = Image.fromarray(pixels).convert("RGB")
    assert [fit(image, (2, 1), "box").getpixel((x, 0))[0] for x in (0, 1)] == [15, 115]


# thumbnail


@pytest.mark.parametrize("size", [(90, 60), (360, 480)], ids=["scaled", "of just its size"])
def test_a_thumbnail_carries_no_metadata(size):
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "Secret"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = encoded(noise(size), "JPEG", exif=exif, icc_profile=profile, comment=b"Secret")
    shown = thumbnail(open_rgb(data))
    assert b"Secret" not in shown and b"Exif" not in shown and b"ICC_PROFILE" not in shown


def test_the_texts_of_a_png_do_not_reach_its_thumbnail():
    texts = PngInfo()
    texts.add_text("comment", "Secret")
    assert b"Secret" not in thumbnail(open_rgb(encoded(noise((19, 19)), pnginfo=texts)))


@pytest.mark.parametrize("size", [(60, 80), (450, 600), (1000, 10), (10, 1000), (1, 1)])
def test_a_thumbnail_is_a_jpeg_of_a_fixed_size(size):
    shown = open_rgb(thumbnail(noise(size), (36, 48)))
    assert shown.size == (36, 48)


def test_a_thumbnail_shows_the_whole_picture_on_white():
    shown = open_rgb(thumbnail(Image.new("RGB", (30, 10), "blue"), (30, 30)))
    middle, top, bottom = (np.asarray(shown)[y, 15] for y in (15, 1, 28))
    assert middle[2] > 200 > 60 > middle[0]
    assert top.min() > 240 and bottom.min() > 240


def test_making_a_thumbnail_leaves_the_picture_alone():
    image = noise((90, 60))
    thumbnail(image)
    assert_same(image, noise((90, 60)))


@pytest.mark.parametrize(("size", "times"), [((16, 20), 12), ((100, 100), 2), ((240, 240), 1), ((300, 16), 1)])
def test_an_enlarged_picture_shows_each_pixel_as_a_square(size, times):
    image = noise(size)
    shown = np.asarray(open_rgb(enlarged(image)))
    np.testing.assert_array_equal(shown, np.asarray(image).repeat(times, axis=0).repeat(times, axis=1))


def test_an_enlarged_picture_carries_no_metadata():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    texts = PngInfo()
    texts.add_text("comment", "Secret")
    shown = enlarged(open_rgb(encoded(noise((19, 19)), icc_profile=profile, pnginfo=texts)))
    assert b"Secret" not in shown and b"iCCP" not in shown


def test_content_hash_is_sha_256():
    assert content_hash(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
