import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from prodsim.errors import QueryError
from prodsim.index import min_max
from prodsim.index.ranking import largest

LARGEST = float(np.finfo(np.float32).max)
TINIEST = float(np.finfo(np.float32).smallest_subnormal)

any_finite = st.floats(-LARGEST, LARGEST, width=32)
ties = st.sampled_from([-1.5, -0.0, 0.0, 1.0, 2.0])
rows = st.one_of(
    arrays(np.float32, st.integers(1, 40), elements=ties),
    arrays(np.float32, st.integers(1, 40), elements=any_finite),
)


def scores(values):
    return min_max(values, float(values.min()), float(values.max()))


# min_max


@given(rows)
def test_a_score_is_value_minus_low_over_high_minus_low(values):
    exact = [float(value) for value in values]
    low, high = min(exact), max(exact)
    naive = [1.0 if low == high else (value - low) / (high - low) for value in exact]
    assert scores(values).dtype == np.float32
    np.testing.assert_allclose(scores(values), naive, rtol=1e-6, atol=1e-7)


@given(rows)
def test_the_highest_scores_one_and_the_lowest_zero(values):
    assume(values.min() < values.max())
    assert scores(values)[values.argmax()] == 1 and scores(values)[values.argmin()] == 0


@given(any_finite, st.integers(1, 5))
def test_what_is_all_alike_scores_one(value, n):
    np.testing.assert_array_equal(scores(np.full(n, value, dtype=np.float32)), np.ones(n))


def test_scores_tell_subnormal_numbers_apart():
    np.testing.assert_array_equal(scores(np.array([0, TINIEST], dtype=np.float32)), [0, 1])


def test_scores_of_nothing_are_nothing():
    assert min_max(np.empty(0, dtype=np.float32), 0, 0).size == 0


# largest


@given(arrays(np.float32, array_shapes(min_dims=2, max_dims=2, max_side=12), elements=ties), st.integers(1, 15))
def test_the_largest_equal_a_full_sort_of_each_row_with_ties_by_column(values, k):
    expected = [sorted(range(len(row)), key=lambda i, row=row: (-row[i], i))[:k] for row in values]
    assert largest(values, k).tolist() == expected


@given(rows, st.integers(1, 50))
def test_so_do_those_of_one_row_of_any_numbers(values, k):
    assert largest(values[np.newaxis], k)[0].tolist() == sorted(range(values.size), key=lambda i: (-values[i], i))[:k]


@pytest.mark.parametrize("k", [0, -1])
def test_k_below_one_is_refused(k):
    with pytest.raises(QueryError, match=f"k is {k}"):
        largest(np.ones((1, 3), dtype=np.float32), k)


def test_the_largest_of_nothing_are_nothing():
    assert largest(np.empty((1, 0), dtype=np.float32), 5).shape == (1, 0)
    assert largest(np.empty((0, 3), dtype=np.float32), 2).shape == (0, 2)


def test_what_was_left_out_as_less_than_anything_comes_last():
    assert largest(np.float32([[1, -np.inf, 2]]), 3).tolist() == [[2, 0, 1]]


def test_nothing_is_made_of_numbers_that_are_none():
    bad = np.float32([1, np.nan, 2])
    with pytest.raises(QueryError, match="NaN or infinite"):
        largest(bad[np.newaxis], 2)
    with pytest.raises(QueryError, match="NaN or infinite"):
        min_max(bad, 1, 2)
