import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from sklearn.metrics.pairwise import cosine_similarity, linear_kernel
from sklearn.preprocessing import normalize

from prodsim.errors import QueryError
from prodsim.index import COSINE, KERNELS, LINEAR, kernel_of, norms, unit
from prodsim.index.kernels import BLOCK, inner_products

LARGEST = float(np.finfo(np.float32).max)
TINIEST = float(np.finfo(np.float32).smallest_subnormal)

moderate = st.floats(-1e3, 1e3, width=32).filter(lambda x: x == 0 or abs(x) > 1e-3)
any_finite = st.floats(-LARGEST, LARGEST, width=32)


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


# kernels


@given(st.data(), st.integers(0, 6), st.integers(1, 6), st.integers(1, 3))
def test_similarities_equal_scikit_learn_and_the_sum_of_products(data, n, dim, q):
    vectors = data.draw(arrays(np.float32, (n, dim), elements=moderate))
    queries = data.draw(arrays(np.float32, (q, dim), elements=moderate))
    result = LINEAR.similarities(vectors, queries)
    assert result.shape == (q, n) and result.dtype == np.float32
    naive = [
        [sum(float(a) * float(b) for a, b in zip(row, query, strict=True)) for row in vectors] for query in queries
    ]
    np.testing.assert_allclose(result, np.reshape(naive, (q, n)), rtol=1e-4, atol=1)
    if n:
        np.testing.assert_allclose(result, linear_kernel(queries, vectors), rtol=1e-4, atol=1)
        cosines = cosine_similarity(queries.astype(np.float64), vectors.astype(np.float64))
        np.testing.assert_allclose(COSINE.similarities(vectors, queries), cosines, atol=1e-5)


@pytest.mark.parametrize("kernel", KERNELS.values(), ids=KERNELS)
@given(arrays(np.float32, st.tuples(st.integers(1, 9), st.just(3)), elements=moderate))
def test_pairs_have_the_similarities_that_they_have_among_all(kernel, vectors):
    every = kernel.similarities(vectors, vectors)
    np.testing.assert_allclose(kernel.paired(vectors, vectors[::-1]), every[:, ::-1].diagonal(), rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("kernel", KERNELS.values(), ids=KERNELS)
@given(matrices(moderate))
def test_inner_products_of_prepared_vectors_are_the_similarities(kernel, vectors):
    prepared = kernel.prepared(vectors)
    np.testing.assert_allclose(prepared @ prepared.T, kernel.similarities(vectors, vectors), rtol=1e-4, atol=1e-5)


def test_the_cosine_neither_overflows_nor_loses_extreme_vectors():
    vectors = np.float32([[1, 2, 3], [3, 2, 1]]) * np.float32([[1e-18], [1e18]])
    for size in (1e-30, 1, 1e15):
        query = np.float32([[1, 2, 3]]) * np.float32(size)
        assert COSINE.similarities(vectors, query)[0] == pytest.approx([1, 10 / 14])


def test_a_vector_without_length_is_like_nothing():
    zero, ones = np.zeros((1, 3), dtype=np.float32), np.ones((2, 3), dtype=np.float32)
    assert COSINE.similarities(ones, zero).tolist() == [[0, 0]]
    assert COSINE.similarities(zero, ones).tolist() == [[0], [0]]
    assert COSINE.paired(zero, ones[:1]).tolist() == [0]


@pytest.mark.parametrize("queries", [1, 2, 5, 64])
@pytest.mark.parametrize("dim", [3, 192, 512, 577])
def test_equal_rows_have_equal_products_in_every_place_of_a_block_and_in_the_last_one(dim, queries):
    generator = np.random.default_rng(dim)
    vectors = np.tile(generator.standard_normal(dim).astype(np.float32), (BLOCK + 295, 1))
    asked = generator.standard_normal((queries, dim)).astype(np.float32)
    assert all(len({*row}) == 1 for row in inner_products(vectors, asked).tolist())


@pytest.mark.parametrize("shape", [(1, 2), (1, 4), (3,), ()])
def test_queries_of_another_shape_are_refused(shape):
    with pytest.raises(QueryError, match="do not fit"):
        inner_products(np.ones((5, 3), dtype=np.float32), np.ones(shape, dtype=np.float32))


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_a_bad_number_in_any_row_is_refused_even_against_zero(bad):
    vectors = np.ones((5, 3), dtype=np.float32)
    vectors[3, 1] = bad
    with pytest.raises(QueryError, match="NaN or infinite"):
        LINEAR.similarities(vectors, np.zeros((1, 3), dtype=np.float32))


@pytest.mark.parametrize("kernel", KERNELS.values(), ids=KERNELS)
@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_a_bad_query_is_refused(kernel, bad):
    with pytest.raises(QueryError, match="NaN or infinite"):
        kernel.similarities(np.zeros((2, 2), dtype=np.float32), np.float32([[0, bad]]))


def test_an_overflow_is_refused():
    large = np.full((2, 2), LARGEST, dtype=np.float32)
    for similarities in (LINEAR.similarities, LINEAR.paired):
        with pytest.raises(QueryError, match="NaN or infinite"):
            similarities(large, large)


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_no_vector_of_length_one_is_made_of_numbers_that_are_none(bad):
    with pytest.raises(QueryError, match="NaN or infinite"):
        unit(np.float32([[1, 1], [bad, 1]]))


def test_a_kernel_is_found_by_its_name_and_an_unknown_one_is_refused_with_those_there_are():
    assert (kernel_of("unit"), kernel_of("linear")) == (COSINE, LINEAR)
    for name in ("cosine", "", None):
        with pytest.raises(QueryError, match=r"no scoring .+ Choose one of: unit, linear"):
            kernel_of(name)
