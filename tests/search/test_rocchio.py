import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from prodsim.errors import QueryError
from prodsim.index import COSINE, LINEAR, unit
from prodsim.search.rocchio import combined

NONE = np.empty((0, 3), dtype=np.float32)


def vectors(least=0):
    return arrays(np.float32, st.tuples(st.integers(least, 4), st.just(3)), elements=st.floats(-9, 9, width=32))


kernels = st.sampled_from([COSINE, LINEAR])


@given(vectors(least=1), vectors(), vectors())
def test_the_combination_is_the_formula_number_by_number(queries, more, less):
    def mean(group, place):
        return sum(float(vector[place]) for vector in group) / len(group) if len(group) else 0

    expected = [mean(queries, place) + 0.75 * mean(more, place) - 0.15 * mean(less, place) for place in range(3)]
    found = combined(LINEAR, queries, more, less)
    assert found.dtype == np.float32
    np.testing.assert_allclose(found, expected, rtol=1e-5, atol=1e-5)


@given(vectors(least=1), vectors(), vectors())
def test_the_cosine_combines_the_same_vectors_at_length_one(queries, more, less):
    expected = combined(LINEAR, unit(queries), unit(more), unit(less))
    np.testing.assert_array_equal(combined(COSINE, queries, more, less), expected)


@given(vectors(least=1))
def test_queries_alone_are_their_mean(queries):
    np.testing.assert_allclose(combined(LINEAR, queries, NONE, NONE), queries.mean(axis=0, dtype=np.float64), atol=1e-6)


@given(kernels, vectors(least=1), vectors(), vectors())
def test_the_order_within_a_group_does_not_matter(kernel, queries, more, less):
    turned = combined(kernel, queries[::-1], more[::-1], less[::-1])
    np.testing.assert_allclose(turned, combined(kernel, queries, more, less), atol=1e-5)


@given(kernels, vectors(least=1), vectors(least=1))
def test_more_of_something_brings_the_query_nearer_to_it_and_less_takes_it_away(kernel, queries, marked):
    mark = marked[:1]
    plain, more, less = (
        float(combined(kernel, queries, *groups).astype(np.float64) @ mark[0])
        for groups in ((NONE, NONE), (mark, NONE), (NONE, mark))
    )
    assert less <= plain + 1e-3 and plain <= more + 1e-3


@pytest.mark.parametrize("kernel", [COSINE, LINEAR])
def test_more_weighs_five_times_as_much_as_less(kernel):
    one = np.float32([[1, 0, 0]])
    zero = np.zeros_like(one)
    assert combined(kernel, zero, one, NONE)[0] == np.float32(0.75)
    assert combined(kernel, zero, NONE, one)[0] == np.float32(-0.15)


@pytest.mark.parametrize("kernel", [COSINE, LINEAR])
def test_what_is_no_number_is_not_combined(kernel):
    with pytest.raises(QueryError, match="NaN or infinite"):
        combined(kernel, np.ones((1, 3), dtype=np.float32), np.float32([[0, np.nan, 0]]), NONE)
