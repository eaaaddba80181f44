"""Warnings about photos: given to bad ones, and not to good ones."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageFilter

from prodsim.images import SENTENCES, flaws, open_rgb
from prodsim.images.photo_quality import TINY, sharpness
from prodsim.ui.resources import SAMPLES
from tests.samples import noise

PHOTO = open_rgb(SAMPLES / "T-shirt.jpg")


@pytest.mark.parametrize("path", sorted(SAMPLES.iterdir()), ids=lambda path: path.stem)
def test_nothing_is_wrong_with_the_sample_photos(path):
    assert flaws(open_rgb(path)) == []


def test_a_tiny_photo_is_called_tiny_by_its_shorter_side():
    assert flaws(PHOTO.resize((TINY - 1, 200))) == ["tiny"]
    assert flaws(PHOTO.resize((TINY, 200))) == []


def test_a_dark_photo_is_called_dark():
    assert flaws(PHOTO.point(lambda value: value // 6)) == ["dark"]


def test_a_black_garment_on_a_light_ground_is_not_dark():
    picture = Image.new("RGB", (200, 200), "white")
    picture.paste("black", (10, 10, 190, 190))
    assert flaws(picture) == []


def test_a_blurred_photo_is_called_blurred_at_any_size():
    for size in ((240, 320), (480, 640)):
        photo = PHOTO.resize(size)
        assert flaws(photo.filter(ImageFilter.GaussianBlur(size[1] * 0.04))) == ["blurred"]


def test_a_photo_of_one_color_is_called_so_and_not_blurred():
    assert flaws(Image.new("RGB", (200, 200), "teal")) == ["nearly uniform"]
    assert flaws(Image.new("RGB", (200, 200), "black")) == ["dark", "nearly uniform"]


@given(width=st.integers(1, 150), height=st.integers(1, 150), light=st.integers(0, 255))
def test_a_photo_of_any_size_can_be_judged(width, height, light):
    for photo in (noise((width, height)), Image.new("RGB", (width, height), (light, light, light))):
        found = flaws(photo)
        assert ("tiny" in found) == (min(width, height) < TINY)
        assert all(SENTENCES[flaw].startswith("The photo is") for flaw in found)


def test_sharpness_knows_neither_light_nor_contrast():
    gray = np.asarray(noise((30, 20)).convert("L"), dtype=np.float32)
    assert sharpness(gray / 4 + 90) == pytest.approx(sharpness(gray), rel=1e-4)


def test_sharpness_is_the_variance_of_the_laplacian_over_that_of_the_luminance():
    gray = np.zeros((5, 5), dtype=np.float32)
    gray[2, 2] = 1
    laplacian = np.zeros((5, 5))
    laplacian[2, 2] = -4
    for row, column in ((1, 2), (3, 2), (2, 1), (2, 3)):
        laplacian[row, column] = 1
    assert sharpness(gray) == pytest.approx(laplacian.var() / gray.var())
