import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from prodsim.search.rocchio import combined

NONE = np.empty((0, 3), dtype=np.float32)


def vectors(least=0):
    return arrays(np.float32, st.tuples(st.integers(least, 4), st.just(3)), elements=st.floats(-9, 9, width=32))


@given(vectors(least=1), vectors(), vectors())
def test_the_combination_is_the_formula_number_by_number(queries, more, less):
    def mean(group, place):
        return sum(float(vector[place]) for vector in group) / len(group) if len(group) else 0

    expected = [mean(queries, place) + 0.75 * mean(more, place) - 0.15 * mean(less, place) for place in range(3)]
    np.testing.assert_allclose(combined(queries, more, less), expected, rtol=1e-5, atol=1e-5)


@given(vectors(least=1))
def test_queries_alone_are_their_mean(queries):
    np.testing.assert_allclose(combined(queries, NONE, NONE), queries.mean(axis=0, dtype=np.float64), atol=1e-6)


@given(vectors(least=1), vectors(), vectors())
def test_the_order_within_a_group_does_not_matter(queries, more, less):
    turned = combined(queries[::-1], more[::-1], less[::-1])
    np.testing.assert_allclose(turned, combined(queries, more, less), atol=1e-5)


@given(vectors(least=1), vectors(least=1))
def test_more_of_something_brings_the_query_nearer_to_it_and_less_takes_it_away(queries, marked):
    mark = marked[:1]
    plain, more, less = (
        float(combined(queries, *groups).astype(np.float64) @ mark[0])
        for groups in ((NONE, NONE), (mark, NONE), (NONE, mark))
    )
    assert less <= plain + 1e-3 and plain <= more + 1e-3


def test_more_weighs_five_times_as_much_as_less():
    one = np.float32([[1, 0, 0]])
    zero = np.zeros_like(one)
    assert combined(zero, one, NONE)[0] == np.float32(0.75)
    assert combined(zero, NONE, one)[0] == np.float32(-0.15)
