import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from sklearn.metrics.pairwise import linear_kernel as sklearn_kernel
from sklearn.preprocessing import normalize

from prodsim.errors import QueryError
from prodsim.index import linear_kernel, min_max, norms, top_k, unit

LARGEST = float(np.finfo(np.float32).max)
TINIEST = float(np.finfo(np.float32).smallest_subnormal)

moderate = st.floats(-1e3, 1e3, width=32).filter(lambda x: x == 0 or abs(x) > 1e-3)
any_finite = st.floats(-LARGEST, LARGEST, width=32)
ties = st.sampled_from([-1.5, -0.0, 0.0, 1.0, 2.0])
rows = st.one_of(
    arrays(np.float32, st.integers(1, 40), elements=ties),
    arrays(np.float32, st.integers(1, 40), elements=any_finite),
)


def matrices(elements):
    return arrays(np.float32, array_shapes(min_dims=2, max_dims=2, max_side=8), elements=elements)


# unit


@given(matrices(moderate))
def test_unit_equals_scikit_learn(vectors):
    np.testing.assert_allclose(unit(vectors), normalize(vectors.astype(np.float64)), rtol=1e-6, atol=1e-7)


@given(matrices(any_finite))
def test_every_row_but_zero_gets_length_one_however_large_or_tiny_it_is(vectors):
    lengths = np.linalg.norm(unit(vectors).astype(np.float64), axis=1)
    np.testing.assert_allclose(lengths, np.any(vectors != 0, axis=1).astype(float), atol=1e-6)


@given(matrices(moderate))
def test_unit_twice_is_unit_once(vectors):
    np.testing.assert_allclose(unit(unit(vectors)), unit(vectors), rtol=1e-6, atol=1e-7)


def test_unit_of_three_and_four_is_by_hand():
    np.testing.assert_array_equal(unit(np.array([[3, 4]], dtype=np.float32)), np.float32([[0.6, 0.8]]))


@pytest.mark.parametrize("size", [LARGEST, 1e-38, TINIEST])
def test_unit_neither_overflows_nor_loses_extreme_rows(size):
    np.testing.assert_allclose(unit(np.full((1, 4), size, dtype=np.float32)), [[0.5] * 4], rtol=1e-6)


def test_unit_of_no_rows_is_no_rows():
    assert unit(np.empty((0, 5), dtype=np.float32)).shape == (0, 5)


def test_unit_leaves_its_argument_alone():
    vectors = np.array([[3, 4]], dtype=np.float32)
    unit(vectors)
    np.testing.assert_array_equal(vectors, [[3, 4]])


@given(matrices(moderate))
def test_norms_are_euclidean(vectors):
    np.testing.assert_allclose(
        norms(vectors), [math.sqrt(sum(float(x) ** 2 for x in row)) for row in vectors], rtol=1e-6
    )


def test_a_norm_beyond_float32_is_refused():
    with pytest.raises(QueryError):
        norms(np.full((1, 4), LARGEST, dtype=np.float32))


# linear_kernel


@given(st.data(), st.integers(0, 6), st.integers(1, 6))
def test_linear_kernel_equals_scikit_learn_and_the_sum_of_products(data, n, dim):
    matrix = data.draw(arrays(np.float32, (n, dim), elements=moderate))
    query = data.draw(arrays(np.float32, dim, elements=moderate))
    result = linear_kernel(matrix, query)
    assert result.shape == (n,) and result.dtype == np.float32
    naive = [sum(float(a) * float(b) for a, b in zip(row, query, strict=True)) for row in matrix]
    np.testing.assert_allclose(result, naive, rtol=1e-4, atol=1)
    if n:
        np.testing.assert_allclose(result, sklearn_kernel(matrix, query[np.newaxis])[:, 0], rtol=1e-4, atol=1)


@pytest.mark.parametrize("shape", [(2,), (4,), (3, 1), ()])
def test_a_query_of_another_shape_is_refused(shape):
    with pytest.raises(QueryError, match="does not fit"):
        linear_kernel(np.ones((5, 3), dtype=np.float32), np.ones(shape, dtype=np.float32))


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_linear_kernel_refuses_a_bad_number_in_any_row_even_against_zero(bad):
    matrix = np.ones((5, 3), dtype=np.float32)
    matrix[3, 1] = bad
    with pytest.raises(QueryError, match="NaN or infinite"):
        linear_kernel(matrix, np.zeros(3, dtype=np.float32))


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_linear_kernel_refuses_a_bad_query(bad):
    with pytest.raises(QueryError, match="NaN or infinite"):
        linear_kernel(np.zeros((2, 2), dtype=np.float32), np.array([0, bad], dtype=np.float32))


def test_linear_kernel_refuses_an_overflow():
    with pytest.raises(QueryError, match="NaN or infinite"):
        linear_kernel(np.full((2, 2), LARGEST, dtype=np.float32), np.full(2, LARGEST, dtype=np.float32))


# min_max


@given(rows)
def test_min_max_is_value_minus_min_over_max_minus_min(values):
    exact = [float(value) for value in values]
    low, high = min(exact), max(exact)
    naive = [0.0 if low == high else (value - low) / (high - low) for value in exact]
    result = min_max(values)
    assert result.dtype == np.float32
    np.testing.assert_allclose(result, naive, rtol=1e-6, atol=1e-7)


@given(rows)
def test_the_largest_scores_one_and_the_smallest_zero(values):
    assume(values.min() < values.max())
    scores = min_max(values)
    assert scores[values.argmax()] == 1 and scores[values.argmin()] == 0


@given(any_finite, st.integers(1, 5))
def test_a_constant_row_scores_zero(value, n):
    np.testing.assert_array_equal(min_max(np.full(n, value, dtype=np.float32)), np.zeros(n))


def test_min_max_spans_the_whole_of_float64():
    largest = np.finfo(np.float64).max
    np.testing.assert_allclose(min_max(np.array([-largest, 0, largest])), [0, 0.5, 1])


def test_min_max_tells_subnormal_numbers_apart():
    np.testing.assert_array_equal(min_max(np.array([0, TINIEST], dtype=np.float32)), [0, 1])


def test_min_max_of_nothing_is_nothing():
    assert min_max(np.empty(0, dtype=np.float32)).size == 0


# top_k


@given(rows, st.integers(1, 50))
def test_top_k_equals_a_full_sort_with_ties_by_position(values, k):
    assert top_k(values, k).tolist() == sorted(range(values.size), key=lambda i: (-values[i], i))[:k]


@pytest.mark.parametrize("k", [0, -1])
def test_k_below_one_is_refused(k):
    with pytest.raises(QueryError, match=f"k is {k}"):
        top_k(np.ones(3, dtype=np.float32), k)


def test_top_k_of_nothing_is_nothing():
    assert top_k(np.empty(0, dtype=np.float32), 5).tolist() == []


@pytest.mark.parametrize("function", [unit, min_max, lambda values: top_k(values, 2)])
@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_nothing_is_made_of_numbers_that_are_none(function, bad):
    values = np.ones((3, 2) if function is unit else 3, dtype=np.float32)
    values[1] = bad
    with pytest.raises(QueryError, match="NaN or infinite"):
        function(values)
