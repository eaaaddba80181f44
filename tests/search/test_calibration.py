import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from prodsim.errors import QueryError
from prodsim.index import norms, unit
from prodsim.search import Closeness
from prodsim.search.calibration import SIMILAR, closeness

LOOSE = 97.5


def random_rows(n, dim=8):
    return np.random.default_rng(n).normal(size=(n, dim)).astype(np.float32)


def by_unit(matrix):
    lengths = norms(matrix)
    lengths[lengths == 0] = 1
    return closeness(matrix, lengths, LOOSE)


def test_it_samples_the_similarities_that_all_pairs_and_all_nearest_have():
    matrix = random_rows(300)
    known = by_unit(matrix)
    every = unit(matrix).astype(np.float64) @ unit(matrix).T
    np.fill_diagonal(every, np.nan)
    levels = (1, 25, 50, 75, 99)
    np.testing.assert_allclose(np.percentile(known.pairs, levels), np.nanpercentile(every, levels), atol=0.03)
    np.testing.assert_allclose(known.nearest, np.sort(np.nanmax(every, axis=1)), atol=1e-6)


def test_raw_products_are_not_divided_by_lengths():
    matrix = random_rows(20) * 10
    known = closeness(matrix, np.ones(20, dtype=np.float32), LOOSE)
    every = matrix @ matrix.T
    np.fill_diagonal(every, -np.inf)
    np.testing.assert_allclose(known.nearest, np.sort(every.max(axis=1)), rtol=1e-5)


def test_no_product_is_a_pair_with_itself():
    known = by_unit(np.eye(3, dtype=np.float32))
    assert known.pairs.max() == 0 and known.nearest.max() == 0


def test_it_is_the_same_again():
    one, other = by_unit(random_rows(50)), by_unit(random_rows(50))
    np.testing.assert_array_equal(one.pairs, other.pairs)
    np.testing.assert_array_equal(one.nearest, other.nearest)


@pytest.mark.parametrize("n", [0, 1])
def test_with_fewer_than_two_products_there_is_nothing_to_compare_with(n):
    assert by_unit(np.ones((n, 3), dtype=np.float32)) is None


def test_a_number_that_is_none_is_refused():
    with pytest.raises(QueryError, match="NaN"):
        closeness(np.float32([[1, np.nan], [1, 0]]), np.ones(2, dtype=np.float32), LOOSE)


@given(
    arrays(np.float32, 40, elements=st.floats(-1, 1, width=32)),
    st.floats(-2, 2, width=32),
)
def test_a_percentile_is_the_share_of_pairs_that_are_less_alike(pairs, similarity):
    known = Closeness(np.sort(pairs), np.float32([1]), LOOSE)
    assert known.percentile(similarity) == pytest.approx(100 * sum(pair < similarity for pair in pairs) / 40)


def test_words_go_with_the_percentile_and_the_best_with_the_nearest_of_the_products():
    known = Closeness(np.linspace(0, 1, 10_000, dtype=np.float32), np.float32([0.9, 0.999, 0.9995]), LOOSE)
    steps = {
        0.9995: "very close",
        0.999: "very close",
        SIMILAR / 100 + 0.001: "similar",
        LOOSE / 100 + 0.001: "loosely",
    }
    for similarity, word in steps.items():
        assert known.word(similarity).startswith(word)
    assert known.word(LOOSE / 100 - 0.001) == known.word(-1) == "nothing alike"
