"""JPEGs are decoded at the size that is needed: nearly what all of their pixels give, as strictly checked."""

from io import BytesIO

import numpy as np
import pytest
import simplejpeg
from hypothesis import given
from hypothesis import strategies as st
from PIL import ExifTags, Image

from prodsim.encoders import REGISTRY
from prodsim.errors import ImageError
from prodsim.images import fit, open_fitted, open_rgb
from prodsim.images import open as images
from prodsim.images.containers import Container, TooCostly, jpeg, read_container
from prodsim.images.scaling import ENOUGH, scale_for, scale_towards
from tests.crafted import in_jpeg, swapped_profile, with_scans
from tests.samples import encoded, noise

PHOTO = noise((24, 32)).resize((603, 801), Image.Resampling.BICUBIC)
KINDS = {
    "colors": encoded(PHOTO, "JPEG", quality=90),
    "fine colors": encoded(PHOTO, "JPEG", quality=90, subsampling=0),
    "progressive": encoded(PHOTO, "JPEG", progressive=True),
    "gray": encoded(PHOTO.convert("L"), "JPEG", quality=90),
    "a profile": encoded(PHOTO, "JPEG", icc_profile=swapped_profile()),
    "a profile that is for others": encoded(PHOTO.convert("L"), "JPEG", icc_profile=swapped_profile()),
}
WAYS = [((60, 80), "bilinear", "pad"), ((60, 60), "bicubic", "squash"), ((15, 20), "box", "squash")]


@pytest.fixture
def decoded(monkeypatch):
    """Sizes of what is decoded by simplejpeg, in which way (1: in gray, which is the check alone), and by Pillow."""
    found, decode, load = [], simplejpeg.decode_jpeg, images._loaded

    def watched(content, colorspace, **options):
        pixels = decode(content, colorspace, **options)
        assert options["strict"]
        found.append(pixels.shape[1::-1])
        return pixels

    monkeypatch.setattr(simplejpeg, "decode_jpeg", watched)
    monkeypatch.setattr(images, "_loaded", lambda container: found.append("Pillow") or load(container))
    return found


def container(width: int, height: int, format: str = "JPEG", bands: int = 3) -> Container:
    return Container(format, (width, height), b"", bands=bands)


# which scale


@given(
    st.integers(16, 20_000),
    st.integers(16, 20_000),
    st.integers(1, 500),
    st.integers(1, 500),
    st.sampled_from([*ENOUGH]),
)
def test_it_is_the_smallest_that_leaves_enough_of_both_sides(width, height, across, down, resample):
    scale = scale_for(container(width, height), (across, down), resample)
    enough = [one for one in (1, 2, 4, 8) if min(width / across, height / down) >= one * ENOUGH[resample] or one == 1]
    assert scale == max(enough)


def test_at_least_twice_the_sides_are_left():
    assert min(ENOUGH.values()) >= 2


@pytest.mark.parametrize(
    ("format", "bands", "resample"), [("PNG", 3, "bilinear"), ("JPEG", 4, "bilinear"), ("JPEG", 3, "nearest")]
)
def test_other_formats_inks_and_single_pixels_are_of_the_whole(format, bands, resample):
    assert scale_for(container(4000, 4000, format, bands), (60, 80), resample) == 1


@pytest.mark.parametrize(("pixels", "scale"), [(1, 1), (1.01, 2), (4, 2), (9, 2), (9.1, 4), (12, 4)])
def test_a_large_one_is_decoded_towards_what_is_kept(pixels, scale):
    assert scale_towards(container(4000, int(4000 * pixels)), 4000 * 4000) == scale


# what comes


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("way", WAYS, ids=lambda way: way[1])
def test_it_is_nearly_what_all_pixels_give(kind, way):
    fitted, whole = open_fitted(KINDS[kind], "", *way), fit(open_rgb(KINDS[kind]), *way)
    assert fitted.size == way[0] and fitted.mode == "RGB" and not fitted.info
    far = np.abs(np.asarray(fitted, dtype=int) - np.asarray(whole))
    assert far.mean() < 1 and far.max() < 12


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("fitting", ["pad", "squash"])
def test_it_is_turned_as_the_whole_is(orientation, fitting):
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    data = encoded(PHOTO, "JPEG", exif=exif, quality=90)
    way = ((60, 80), "bilinear", fitting)
    far = np.abs(np.asarray(open_fitted(data, "", *way), dtype=int) - np.asarray(fit(open_rgb(data), *way)))
    assert far.mean() < 1


@pytest.mark.parametrize("size", [(100, 100), (224, 224)])
def test_the_published_method_sees_exactly_what_it_saw(size):
    """Whatever the size of the picture: `load_img` of Keras decodes it whole, and takes the nearest pixel."""
    for picture in (PHOTO, PHOTO.resize((2000, 2600))):
        data = encoded(picture, "JPEG")
        with Image.open(BytesIO(data)) as image:
            expected = image.convert("RGB").resize(size, Image.Resampling.NEAREST)
        np.testing.assert_array_equal(np.asarray(open_fitted(data, "", size, "nearest")), np.asarray(expected))
    assert REGISTRY["vgg16"].sees == ((100, 100), "nearest", "squash")


@pytest.mark.parametrize("size", [(60, 80), (96, 128), (119, 159)])
@pytest.mark.parametrize("way", WAYS, ids=lambda way: way[1])
def test_a_small_picture_is_fitted_as_before_to_the_byte(size, way):
    data = encoded(PHOTO.resize(size), "JPEG")
    if way[1] == "bicubic" and min(size) >= 120:
        pytest.skip("large enough")
    np.testing.assert_array_equal(np.asarray(open_fitted(data, "", *way)), np.asarray(fit(open_rgb(data), *way)))


@pytest.mark.parametrize("format", ["PNG", "WEBP", "GIF", "BMP", "TIFF", "AVIF", "HEIF"])
def test_other_formats_are_fitted_as_before_to_the_byte(format):
    data = encoded(PHOTO, format)
    np.testing.assert_array_equal(
        np.asarray(open_fitted(data, "", *WAYS[0])), np.asarray(fit(open_rgb(data), *WAYS[0]))
    )


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way[1])
def test_what_is_nearly_of_one_color_is_of_all_pixels(way):
    """A number that is rounded the other way would turn its embedding by more than others' colors do."""
    pale = Image.blend(Image.new("RGB", PHOTO.size, "pink"), PHOTO, 0.1)
    data = encoded(pale, "JPEG", quality=90)
    np.testing.assert_array_equal(np.asarray(open_fitted(data, "", *way)), np.asarray(fit(open_rgb(data), *way)))


# what it costs


@pytest.mark.parametrize(
    ("way", "size"),
    [(WAYS[0], (302, 401)), (WAYS[1], (302, 401)), (WAYS[2], (302, 401)), (((30, 40), "bilinear", "pad"), (151, 201))],
)
def test_it_is_decoded_once_and_small(decoded, way, size):
    open_fitted(KINDS["colors"], "", *way)
    assert decoded == [size]


def test_what_is_wanted_whole_is_checked_apart(decoded):
    open_rgb(KINDS["colors"])
    assert decoded == [(76, 101), "Pillow"]


def test_a_large_one_is_never_decoded_whole(decoded, monkeypatch):
    monkeypatch.setattr(images, "MAX_KEPT", 603 * 801 // 3)
    assert open_rgb(KINDS["colors"]).size == (302, 401) and decoded == [(302, 401)]


def lies(width: int, height: int, data: bytes = KINDS["colors"]) -> bytes:
    """The JPEG with another size in its header."""
    return data.replace(PHOTO.height.to_bytes(2) + PHOTO.width.to_bytes(2), height.to_bytes(2) + width.to_bytes(2))


def test_a_phones_108_megapixels_are_within_the_limit_and_the_others_are_not():
    assert images.pixels_of(lies(12_000, 9_000)) == 108_000_000
    assert images.pixels_of(lies(20_000, 10_000)) == 200_000_000
    with pytest.raises(ImageError, match=r"more than 200\. Make it smaller"):
        open_rgb(lies(20_001, 10_000))
    with pytest.raises(ImageError, match=r"108 megapixels\), more than 64"):
        open_rgb(lies(12_000, 9_000, encoded(PHOTO.convert("CMYK"), "JPEG")))


def test_of_several_scans_a_decoder_holds_all_numbers_which_is_bounded():
    held = {
        (name, interlaced): read_container(
            lies(4000, 4000, encoded(image, "JPEG", progressive=interlaced, **options))
        ).buffered
        for name, (image, options) in {
            "colors": (PHOTO, {}),
            "fine colors": (PHOTO, {"subsampling": 0}),
            "gray": (PHOTO.convert("L"), {}),
            "inks": (PHOTO.convert("CMYK"), {"subsampling": 0}),
        }.items()
        for interlaced in (False, True)
    }
    assert not any(size for (_, interlaced), size in held.items() if not interlaced)
    megapixels = {name: size / 32e6 for (name, interlaced), size in held.items() if interlaced}
    assert megapixels == {"colors": 1.5, "fine colors": 3, "gray": 1, "inks": 4}
    whole = encoded(PHOTO, "JPEG", progressive=True)
    assert read_container(lies(12_000, 9_000, whole)).buffered < jpeg.MAX_BUFFERED
    with pytest.raises(ImageError, match="too long to open: its 12000 x 9000 pixels are in several parts"):
        open_rgb(lies(12_000, 9_000, encoded(PHOTO, "JPEG", progressive=True, subsampling=0)))


def test_one_in_several_scans_that_holds_much_is_decoded_alone(monkeypatch):
    small = read_container(KINDS["progressive"])
    assert small.buffered and not images._is_large(small, 8)
    monkeypatch.setattr(images, "MAX_KEPT", small.buffered // 5)
    assert images._is_large(small, 8) and not images._is_large(read_container(KINDS["colors"]), 8)


def test_so_many_scans_of_a_phones_megapixels_are_refused():
    with pytest.raises(TooCostly, match="scans of 12000 x 9000 pixels"):
        read_container(lies(12_000, 9_000, with_scans(KINDS["progressive"], 10)))


# damage


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("missing", [1, 40, 4000])
def test_what_is_cut_and_ended_is_refused_when_it_is_decoded_small_too(kind, missing):
    data = KINDS[kind][: -2 - missing] + b"\xff\xd9"
    for way in WAYS:
        with pytest.raises(ImageError, match="photo is damaged: Corrupt JPEG data"):
            open_fitted(data, "photo", *way)


def test_what_lies_about_its_size_is_refused_when_it_is_decoded_small_too():
    for size in ((603, 900), (700, 801)):
        with pytest.raises(ImageError, match="damaged"):
            open_fitted(lies(*size), "photo", *WAYS[0])


@pytest.mark.parametrize("frame", [b"\x08\0\x20\0\x30\0", b"\x08\0\x20\0\x30\1\1\0\0", b"\x08\0\x20\0\x30\3\1\x11\0"])
def test_a_frame_whose_colors_make_no_sense_is_refused(frame):
    start, end = KINDS["progressive"].index(b"\xff\xc2"), KINDS["progressive"].index(b"\xff\xc4")
    broken = KINDS["progressive"][:start] + KINDS["progressive"][end:]
    with pytest.raises(ImageError, match="damaged"):
        open_rgb(in_jpeg(broken, b"\xff\xc2" + frame))
