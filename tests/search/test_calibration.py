import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from prodsim.errors import QueryError
from prodsim.index import COSINE, LINEAR, ExactIndex, unit
from prodsim.search import Calibration
from prodsim.search.calibration import PAIRS, SIMILAR, calibrate

LOOSE = 97.5


def random_rows(n, dim=8):
    return np.random.default_rng(n).normal(size=(n, dim)).astype(np.float32)


def calibrated(matrix, kernel=COSINE, owners=None):
    return calibrate(ExactIndex(matrix, np.arange(len(matrix)) if owners is None else owners), kernel, LOOSE)


def test_it_samples_the_similarities_that_all_pairs_and_all_nearest_have():
    matrix = random_rows(300)
    known = calibrated(matrix)
    every = unit(matrix).astype(np.float64) @ unit(matrix).T
    np.fill_diagonal(every, np.nan)
    levels = (1, 25, 50, 75, 99)
    np.testing.assert_allclose(np.percentile(known.pairs, levels), np.nanpercentile(every, levels), atol=0.03)
    np.testing.assert_allclose(known.nearest, np.sort(np.nanmax(every, axis=1)), atol=1e-6)


def test_raw_products_are_not_divided_by_lengths():
    matrix = random_rows(20) * 10
    known = calibrated(matrix, LINEAR)
    every = matrix @ matrix.T
    np.fill_diagonal(every, -np.inf)
    np.testing.assert_allclose(known.nearest, np.sort(every.max(axis=1)), rtol=1e-5)
    np.fill_diagonal(every, 0)
    assert known.pairs.max() == pytest.approx(every.max(), rel=1e-5)
    assert known.pairs.min() == pytest.approx(every.min(), rel=1e-5)


@pytest.mark.parametrize("kernel", [COSINE, LINEAR])
def test_no_product_is_a_pair_with_itself(kernel):
    known = calibrated(np.eye(3, dtype=np.float32), kernel)
    assert known.pairs.max() == 0 and known.nearest.max() == 0


def test_pictures_of_one_product_are_no_pair_and_no_neighbors():
    matrix = np.repeat(np.eye(3, dtype=np.float32), 2, axis=0)
    known = calibrated(matrix, owners=np.array([0, 0, 4, 4, 7, 7]))
    assert known.pairs.max() == 0 and known.nearest.tolist() == [0, 0, 0]


def test_a_product_asks_with_its_first_picture_and_is_found_by_its_best():
    matrix = np.float32([[1, 0], [0, 1], [0, 1]])
    known = calibrated(matrix, owners=np.array([0, 0, 1]))
    assert {*known.pairs.tolist()} == {0, 1}, "the second finds the other's second picture, and not the other way"
    assert known.nearest.tolist() == [0, 1]


@pytest.mark.parametrize("kernel", [COSINE, LINEAR])
def test_pairs_of_products_of_several_pictures_are_as_similar_as_a_search_finds_them(kernel):
    matrix, owners = random_rows(60), np.repeat(np.arange(20), [1, 2, 3, 6] * 5)
    known = calibrated(matrix, kernel, owners)
    vectors = unit(matrix) if kernel is COSINE else matrix
    first = np.flatnonzero(np.diff(owners, prepend=-1))
    every = [
        max(float(vectors[row] @ vectors[other]) for other in np.flatnonzero(owners == product))
        for row in first
        for product in range(20)
        if owners[row] != product
    ]
    np.testing.assert_allclose(np.unique(known.pairs.round(3)), np.unique(np.float32(every).round(3)), atol=2e-3)
    assert 0 < known.percentile(np.median(every)) == pytest.approx(50, abs=3)


def test_a_product_of_many_pictures_takes_no_more_work_than_many_products():
    owners = np.concatenate([np.zeros(5_000, dtype=np.intp), np.arange(1, 11)])
    known = calibrated(random_rows(5_010), owners=owners)
    assert 1 <= len(known.pairs) <= PAIRS * 11 // 5_010


def test_it_is_the_same_again():
    one, other = calibrated(random_rows(50)), calibrated(random_rows(50))
    np.testing.assert_array_equal(one.pairs, other.pairs)
    np.testing.assert_array_equal(one.nearest, other.nearest)


@pytest.mark.parametrize("n", [0, 1])
def test_with_fewer_than_two_products_there_is_nothing_to_compare_with(n):
    assert calibrated(np.ones((n, 3), dtype=np.float32)) is None
    assert calibrated(np.ones((2 * n, 3), dtype=np.float32), owners=np.zeros(2 * n, dtype=np.intp)) is None


@pytest.mark.parametrize("kernel", [COSINE, LINEAR])
def test_a_number_that_is_none_is_refused(kernel):
    with pytest.raises(QueryError, match="NaN"):
        calibrated(np.float32([[1, np.nan], [1, 0]]), kernel)


@given(
    arrays(np.float32, 40, elements=st.floats(-1, 1, width=32)),
    st.floats(-2, 2, width=32),
)
def test_a_percentile_is_the_share_of_pairs_that_are_less_alike(pairs, similarity):
    known = Calibration(np.sort(pairs), np.float32([1]), LOOSE)
    assert known.percentile(similarity) == pytest.approx(100 * sum(pair < similarity for pair in pairs) / 40)


def test_words_go_with_the_percentile_and_the_best_with_the_nearest_of_the_products():
    known = Calibration(np.linspace(0, 1, 10_000, dtype=np.float32), np.float32([0.9, 0.999, 0.9995]), LOOSE)
    steps = {
        0.9995: "very close",
        0.999: "very close",
        SIMILAR / 100 + 0.001: "similar",
        LOOSE / 100 + 0.001: "loosely",
    }
    for similarity, word in steps.items():
        assert known.word(similarity).startswith(word)
    assert known.word(LOOSE / 100 - 0.001) == known.word(-1) == "nothing alike"
