"""Framing: which part of a photo a model sees, and how it is brought to the model's size."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from prodsim.encoders import REGISTRY
from prodsim.encoders.pixels import PixelsEncoder
from prodsim.errors import QueryError
from prodsim.search import WHOLE, Framing, read_box
from tests.samples import noise

edges = st.lists(st.integers(0, 100), min_size=2, max_size=2, unique=True).map(sorted)
boxes = st.tuples(edges, edges).map(lambda both: (both[0][0], both[1][0], both[0][1], both[1][1]))
sizes = st.tuples(st.integers(1, 90), st.integers(1, 90))


@given(size=sizes, box=boxes)
def test_a_crop_is_the_box_to_within_a_pixel_and_never_empty(size, box):
    cropped = Framing(box).crop(Image.new("RGB", size))
    for length, side, start, end in zip(size, cropped.size, box[:2], box[2:], strict=True):
        assert 1 <= side <= length
        assert 0 <= side - (end - start) * length / 100 < 2


@given(size=sizes, box=boxes)
def test_a_marked_photo_has_its_size_and_its_pixels_inside_the_box(size, box):
    photo = noise(size)
    marked = Framing(box).mark(photo)
    assert marked.size == size
    np.testing.assert_array_equal(np.asarray(Framing(box).crop(marked)), np.asarray(Framing(box).crop(photo)))


def test_what_is_cropped_away_is_pale():
    marked = Framing((50, 0, 100, 100)).mark(Image.new("RGB", (10, 10), "black"))
    assert marked.getpixel((4, 5))[0] > 180
    assert marked.getpixel((5, 5)) == (0, 0, 0)


@given(size=sizes, box=boxes, fitting=st.sampled_from([None, "pad", "squash"]))
@pytest.mark.parametrize("name", ["pixels", "mini"])
def test_what_is_fitted_has_the_size_of_the_encoders_input(name, size, box, fitting):
    assert Framing(box, fitting).fit(noise(size), REGISTRY[name]).size == REGISTRY[name].input_size


@given(size=sizes, own=st.sampled_from(["pad", "squash"]))
def test_by_default_a_photo_is_fitted_as_the_encoder_fits_a_catalog(size, own):
    encoder = PixelsEncoder(replace(REGISTRY["pixels"], fitting=own))
    photo = noise(size)
    np.testing.assert_array_equal(np.asarray(Framing().fit(photo, encoder.spec)), np.asarray(encoder.fit(photo)))


@given(size=sizes, box=boxes, fitting=st.sampled_from(["pad", "squash"]))
def test_an_encoder_takes_what_was_fitted_as_it_is(size, box, fitting):
    encoder = PixelsEncoder(REGISTRY["pixels"])
    fitted = Framing(box, fitting).fit(noise(size), encoder.spec)
    assert encoder.fit(fitted) is fitted


def test_a_photo_can_be_padded_for_an_encoder_that_stretches_and_stretched_for_one_that_pads():
    photo = Image.new("RGB", (40, 10), "black")
    padded = np.asarray(Framing(fitting="pad").fit(photo, REGISTRY["vgg16"]))
    assert (padded[0] == 255).all() and (padded[50] == 0).all()
    assert not np.asarray(Framing(fitting="squash").fit(photo, REGISTRY["mini"])).any()


@pytest.mark.parametrize(
    "box", [(50, 0, 50, 100), (60, 0, 40, 100), (0, 100, 100, 100), (-1, 0, 100, 100), (0, 0, 100, 101)]
)
def test_a_box_that_leaves_nothing_or_reaches_beyond_is_refused_with_a_remedy(box):
    with pytest.raises(QueryError, match=r"The crop from .+ leaves nothing of the photo\. .+ within 0 to 100"):
        Framing(box)


def test_a_box_is_read_from_four_numbers():
    assert read_box("10,0,90,100") == (10, 0, 90, 100)
    assert read_box(" 0, 0, 100, 100") == WHOLE


@pytest.mark.parametrize("text", ["", "10", "1,2,3", "1,2,3,4,5", "a,b,c,d", "-1,0,9,9", "1.5,0,9,9", "٣,0,9,9", ",,,"])
def test_what_is_no_box_is_answered_with_an_example(text):
    with pytest.raises(QueryError, match=r"is no crop\. .+10,0,90,100"):
        read_box(text)
