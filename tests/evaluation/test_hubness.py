"""How unevenly products occur in results."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import skew

from prodsim.evaluation.hubness import hubness, skewness


@given(arrays(np.intp, st.integers(1, 40), elements=st.integers(0, 50)))
def test_skewness_equals_scipy(counts):
    assume(counts.min() < counts.max())
    assert skewness(counts) == pytest.approx(skew(counts))


def test_where_all_occur_alike_there_is_no_skewness():
    assert skewness(np.full(5, 3)) == 0


def test_a_ring_in_which_each_finds_the_next_has_no_hubs():
    found = hubness(np.roll(np.arange(200), -1)[:, np.newaxis], 200)
    assert (found.skewness, found.never, found.top_share) == (0, 0, 2 / 200)


def test_where_all_find_the_first_it_is_a_hub_and_others_are_never_found():
    found = hubness(np.array([1] + [0] * 99)[:, np.newaxis], 100)
    assert found.never == 0.98
    assert found.top_share == 0.99
    assert found.skewness > 9


def test_the_most_frequent_percent_is_at_least_one_product():
    assert hubness(np.array([[1], [0], [0]]), 3).top_share == pytest.approx(2 / 3)


@pytest.mark.parametrize("queries", [60, 300])
def test_random_results_leave_out_as_many_as_expected(queries):
    """Of all products as queries, and of a sample of them."""
    generator = np.random.default_rng(0)
    products, k = 300, 3
    shares = []
    for _ in range(30):
        asked = generator.permutation(products)[:queries]
        others = [np.delete(np.arange(products), query) for query in asked]
        results = np.stack([generator.choice(each, k, replace=False) for each in others])
        found = hubness(results, products)
        shares.append(found.never)
    assert np.mean(shares) == pytest.approx(found.never_at_random, rel=0.03)


def test_what_random_results_leave_out_by_hand():
    """Of three products one is a query: it is never its own result, each other one is so half of the time."""
    assert hubness(np.array([[2]]), 3).never_at_random == pytest.approx((1 + 1 / 2 + 1 / 2) / 3)


def test_one_product_is_in_nobodys_results():
    found = hubness(np.empty((1, 0), dtype=np.intp), 1)
    assert (found.skewness, found.never, found.never_at_random, found.top_share) == (0, 1, 1, 0)
