import numpy as np
import pytest
from PIL import Image

from prodsim.encoders import REGISTRY
from prodsim.encoders.pixels import PixelsEncoder
from prodsim.index import COSINE, KERNELS, LINEAR
from prodsim.search import Attribution, attribute
from prodsim.search.explain import GRID, exact, occlusion
from tests.samples import MeanColor, noise

PARTS = np.float32([[[1, 0], [2, 4]]])
"""One row of two places; the embedding is (3, 4), of length 5."""


def test_a_place_adds_its_own_inner_product():
    np.testing.assert_array_equal(exact(PARTS, np.float32([10, -5]), LINEAR), [[10, 0]])


def test_of_a_cosine_it_adds_that_over_both_lengths():
    np.testing.assert_allclose(exact(PARTS, np.float32([0, 2])), [[0, 0.8]])
    np.testing.assert_allclose(exact(PARTS, np.float32([0, 2]), COSINE), [[0, 0.8]])


def test_a_place_may_take_away():
    np.testing.assert_allclose(exact(PARTS, np.float32([2, -1])), np.float32([[2, 0]]) / (5 * 5**0.5))
    assert exact(PARTS, np.float32([-1, 0]))[0, 0] < 0


@pytest.mark.parametrize(("parts", "other"), [(PARTS, [0, 0]), (np.zeros_like(PARTS), [3, 4])])
def test_without_an_embedding_no_place_adds_anything(parts, other):
    np.testing.assert_array_equal(exact(parts, np.float32(other)), [[0, 0]])


@pytest.mark.parametrize("kernel", KERNELS.values(), ids=KERNELS)
def test_an_additive_encoder_explains_a_match_exactly(kernel):
    encoder = PixelsEncoder(REGISTRY["pixels"])
    query, match = noise((60, 80), 1), noise((30, 30), 2)
    one, other = encoder.encode([query, match])
    ((similarity,),) = kernel.similarities(other[np.newaxis], one[np.newaxis])
    found = attribute(encoder, query, match, kernel)
    assert found.exact
    assert found.query.sum(dtype=np.float64) == pytest.approx(similarity, rel=1e-4)
    assert found.match.sum(dtype=np.float64) == pytest.approx(similarity, rel=1e-4)


def test_any_other_encoder_explains_it_by_covering_patches():
    encoder = MeanColor()
    query, match = Image.new("RGB", (8, 8), "red"), noise((8, 8))
    found = attribute(encoder, query, match)
    assert not found.exact
    assert found.query.shape == found.match.shape == GRID
    np.testing.assert_array_equal(found.query, np.zeros(GRID))
    np.testing.assert_array_equal(found.match, occlusion(encoder, match, encoder.encode([query])[0]))


@pytest.mark.parametrize("kernel", KERNELS.values(), ids=KERNELS)
def test_covering_finds_the_patch_that_makes_two_pictures_similar(kernel):
    image = Image.new("RGB", (40, 40), "blue")
    image.paste("red", (20, 10, 30, 20))
    falls = occlusion(MeanColor(), image, np.float32([255, 0, 0]), kernel, (4, 4))
    assert falls.dtype == np.float32 and falls.shape == (4, 4)
    assert np.unravel_index(falls.argmax(), falls.shape) == (1, 2)
    assert np.delete(falls.ravel(), 6).max() < 0, "where blue is covered, the picture becomes more red"


def test_a_patch_is_covered_with_the_mean_color():
    """The mean of 15 blue and one red pixel has 16 of red, rounded; with it in the red one's place, the mean has 1."""
    image = Image.new("RGB", (4, 4), "blue")
    image.putpixel((2, 1), (255, 0, 0))
    falls = occlusion(MeanColor(), image, np.float32([1, 0, 0]), LINEAR, (4, 4))
    assert falls[1, 2] == pytest.approx((255 - 16) / 16)
    assert falls[0, 0] == pytest.approx(-16 / 16)


def test_the_largest_number_counts_for_both_pictures_whatever_its_sign():
    assert Attribution(np.float32([[1, 2]]), np.float32([[-3, 0]]), exact=True).most == 3
