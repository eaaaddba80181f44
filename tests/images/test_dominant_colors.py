import numpy as np
import pytest
from PIL import Image

from prodsim.images import main_colors
from prodsim.images.dominant_colors import MainColor
from tests.samples import noise


def test_main_colors_are_those_of_what_is_not_white_the_largest_first():
    image = Image.new("RGB", (40, 40), "white")
    image.paste("#204060", (0, 0, 10, 20))
    image.paste("#c03010", (10, 0, 40, 20))
    assert main_colors(image) == [MainColor("#c03010", 0.75), MainColor("#204060", 0.25)]


@pytest.mark.parametrize("size", [(8, 8), (600, 450)])
def test_a_picture_of_one_color_has_one(size):
    assert main_colors(Image.new("RGB", size, "#123456")) == [MainColor("#123456", 1)]


def test_a_white_picture_is_white():
    assert main_colors(Image.new("RGB", (30, 40), "white")) == [MainColor("#ffffff", 1)]


def test_there_are_no_more_than_are_asked_for_and_they_share_the_whole():
    image = noise((300, 200))
    found = main_colors(image, 3)
    assert len(found) == 3 and sum(color.share for color in found) == pytest.approx(1)
    assert [color.share for color in found] == sorted((color.share for color in found), reverse=True)
    np.testing.assert_array_equal(image, noise((300, 200)))
