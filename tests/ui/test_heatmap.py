import numpy as np
import pytest
from PIL import Image

from prodsim.encoders import REGISTRY
from prodsim.ui import heatmap
from tests.samples import noise

PADS, SQUASHES = REGISTRY["mini"], REGISTRY["vgg16"]


def test_each_place_has_its_own_color():
    image = Image.new("RGB", (40, 60), "black")
    shown = np.asarray(heatmap.over(image, np.float32([[2, 0], [0, 0], [0, -2]]), 2)).astype(int)
    red, blue = shown[..., 0], shown[..., 2]
    assert (red[:20, :20] > blue[:20, :20]).all()
    assert (red[40:, 20:] < blue[40:, 20:]).all()
    assert (shown[:20, 20:] == heatmap.DARKEST).all() and (shown[20:40] == heatmap.DARKEST).all()


def test_half_the_number_has_half_the_color():
    shown = np.asarray(heatmap.over(Image.new("RGB", (4, 2), "white"), np.float32([[1, 0.5]]), 1)).astype(int)
    np.testing.assert_allclose(255 - shown[0, 3], (255 - shown[0, 0]) / 2, atol=1)


def test_the_picture_shows_below_the_strongest_color():
    image = Image.new("RGB", (2, 1), "white")
    image.putpixel((0, 0), (0, 0, 0))
    black, white = np.asarray(heatmap.over(image, np.float32([[1]]), 1))[0].astype(int)
    assert (white - black > 30).all()
    assert image.getpixel((0, 0)) == (0, 0, 0)


def test_the_scale_goes_from_blue_over_white_to_orange():
    left, *_, right = colors = np.asarray(heatmap.scale((121, 3)))[0].astype(int)
    assert left[2] > left[0] and right[0] > right[2]
    np.testing.assert_array_equal(colors[60], [255, 255, 255])


@pytest.mark.parametrize("size", [(60, 80), (450, 600), (300, 100), (20, 90)])
def test_a_padded_picture_is_framed_as_the_encoder_sees_it(size):
    framed = heatmap.framed(Image.new("RGB", size, "black"), PADS)
    seen = Image.new("RGB", size, "black")
    seen = np.asarray(
        heatmap.fit(seen, PADS.input_size, "nearest", "pad").resize(framed.size, Image.Resampling.NEAREST)
    )
    assert framed.size == (360, 480)
    assert (np.asarray(framed) != seen).mean() < 0.03, "but for less than a pixel of the small picture on each side"


@pytest.mark.parametrize("size", [(60, 80), (450, 600), (300, 100)])
def test_a_squashed_picture_keeps_its_proportions(size):
    framed = heatmap.framed(noise(size), SQUASHES)
    assert framed.width <= 360 and framed.height <= 480
    assert framed.width / framed.height == pytest.approx(size[0] / size[1], rel=0.02)
