"""Measures of a ranking, against naive loops, scikit-learn, and the mean over all orders there are."""

import math
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import average_precision_score, ndcg_score, precision_score, recall_score

from prodsim.evaluation import MEASURES
from prodsim.evaluation.metrics import RESAMPLES, interval

rankings = st.tuples(st.lists(st.booleans(), min_size=1, max_size=12), st.integers(1, 14))
"""Which of all others, best first, are relevant; and k."""


def measured(ranking, k, name):
    """The measure of one query whose others come in this order."""
    hits = np.zeros((1, k), dtype=bool)
    hits[0, : len(ranking)] = ranking[:k]
    (value,) = MEASURES[name].of(hits, np.array([sum(ranking)]))
    return value


def naive(ranking, k, name):
    """The same, from its definition, in plain Python."""
    relevant, first = sum(ranking), ranking[:k]
    if not relevant:
        return 0
    if name == "precision":
        return sum(first) / k
    if name == "recall":
        return sum(first) / relevant
    if name == "first_hit":
        return int(ranking[0])
    if name == "average_precision":
        total = 0.0
        for rank, hit in enumerate(first, start=1):
            if hit:
                total += sum(first[:rank]) / rank
        return total / min(k, relevant)
    gain = sum(1 / math.log2(rank + 1) for rank, hit in enumerate(first, start=1) if hit)
    return gain / sum(1 / math.log2(rank + 1) for rank in range(1, min(k, relevant) + 1))


@given(rankings)
@pytest.mark.parametrize("name", MEASURES)
def test_each_measure_equals_its_definition_in_a_naive_loop(name, drawn):
    ranking, k = drawn
    assert measured(ranking, k, name) == pytest.approx(naive(ranking, k, name))


@given(st.lists(st.booleans(), min_size=2, max_size=12), st.data())
def test_measures_equal_those_of_scikit_learn(ranking, data):
    k = data.draw(st.integers(1, len(ranking)))
    scores = -np.arange(len(ranking))
    taken = np.arange(len(ranking)) < k
    assert measured(ranking, k, "ndcg") == pytest.approx(ndcg_score([ranking], [scores], k=k))
    assert measured(ranking, k, "precision") == pytest.approx(precision_score(ranking, taken, zero_division=0))
    assert measured(ranking, k, "recall") == pytest.approx(recall_score(ranking, taken, zero_division=0))
    if any(ranking):
        whole = measured(ranking, len(ranking), "average_precision")
        assert whole == pytest.approx(average_precision_score(ranking, scores))


@given(st.integers(1, 7), st.integers(1, 9), st.data())
@pytest.mark.parametrize("name", MEASURES)
def test_the_value_at_random_is_the_mean_over_all_orders(name, others, k, data):
    relevant = data.draw(st.integers(0, others))
    orders = [[place in chosen for place in range(others)] for chosen in combinations(range(others), relevant)]
    (expected,) = MEASURES[name].at_random(np.array([relevant]), others, k)
    assert expected == pytest.approx(np.mean([naive(order, k, name) for order in orders]))


@pytest.mark.parametrize("name", MEASURES)
def test_a_product_that_is_alone_in_the_world_has_nothing_at_random(name):
    assert MEASURES[name].at_random(np.array([0]), 0, 5).tolist() == [0]


@pytest.mark.parametrize("name", ["precision", "average_precision", "ndcg", "first_hit"])
def test_nothing_but_right_results_have_one_however_many_more_are_right(name):
    assert measured([True] * 9, 5, name) == pytest.approx(1)


def test_each_query_is_measured_by_itself():
    hits = np.array([[True, False], [False, True], [False, False]])
    relevant = np.array([1, 4, 0])
    by_hand = {
        "precision": [1 / 2, 1 / 2, 0],
        "recall": [1, 1 / 4, 0],
        "average_precision": [1, 1 / 4, 0],
        "ndcg": [1, 1 / math.log2(3) / (1 + 1 / math.log2(3)), 0],
        "first_hit": [1, 0, 0],
    }
    for name, expected in by_hand.items():
        np.testing.assert_allclose(MEASURES[name].of(hits, relevant), expected)


# interval


@pytest.mark.parametrize("n", [2, 37, 3000])
def test_the_interval_is_that_of_means_of_rows_drawn_again(n):
    """At once, whereas it is done in pieces of any size."""
    values = np.random.default_rng(1).random((n, 3))
    drawn = np.random.default_rng(5).integers(n, size=(RESAMPLES, n))
    means = np.stack([values[rows].mean(axis=0) for rows in drawn])
    np.testing.assert_allclose(interval(values, seed=5), np.percentile(means, [2.5, 97.5], axis=0))


def test_the_interval_of_many_values_is_two_standard_errors_to_each_side():
    values = np.random.default_rng(0).random((5000, 1))
    low, high = interval(values)
    error = values.std() / math.sqrt(len(values))
    assert (high - low) == pytest.approx(2 * 1.96 * error, rel=0.1)
    assert low < values.mean() < high


def test_the_interval_is_the_same_each_time_and_another_with_another_seed():
    values = np.random.default_rng(0).random((50, 2))
    np.testing.assert_array_equal(interval(values), interval(values))
    assert not np.array_equal(interval(values), interval(values, seed=1))


def test_the_interval_of_one_value_has_no_width():
    assert [end.tolist() for end in interval(np.array([[0.4, 1.0]]))] == [[0.4, 1.0], [0.4, 1.0]]
