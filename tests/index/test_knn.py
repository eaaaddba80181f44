"""The nearest of many queries at once, against a full sort of each."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from prodsim.errors import QueryError
from prodsim.index import nearest
from tests.search.test_engine import in_memory

whole_numbers = st.tuples(st.integers(1, 20), st.integers(1, 3)).flatmap(
    lambda shape: arrays(np.float32, shape, elements=st.integers(-3, 3))
)
"""Their products are exact, and so are the ties."""


def found(vectors, queries, k, **options):
    return [row for block in nearest(vectors, np.array(queries), k, **options) for row in block.tolist()]


def naive(vectors, query, k, twins):
    similarities = (vectors @ vectors[query])[twins]
    others = [row for row in range(len(vectors)) if row != query]
    return sorted(others, key=lambda row: (-similarities[row], row))[:k]


@given(whole_numbers, st.integers(1, 25), st.integers(1, 200), st.data())
def test_in_blocks_of_any_size_it_equals_a_full_sort_of_the_others(vectors, k, block, data):
    rows = st.integers(0, len(vectors) - 1)
    queries = data.draw(st.lists(rows, max_size=20))
    first = data.draw(st.lists(rows, min_size=len(vectors), max_size=len(vectors)))
    twins = np.array([min(first.index(each), row) for row, each in enumerate(first)])
    expected = [naive(vectors, query, k, twins) for query in queries]
    queries = np.array(queries, dtype=np.intp)
    assert found(vectors, queries, k, twins=twins, block=block) == expected
    expected = [naive(vectors, query, k, np.arange(len(vectors))) for query in queries]
    assert found(vectors, queries, k, block=block) == expected


@pytest.mark.parametrize("block", [1, 1000, 2**24])
def test_it_equals_a_search_for_each_product(block):
    vectors = np.random.default_rng(0).standard_normal((300, 40)).astype(np.float32)
    searcher = in_memory(vectors)
    expected = [
        [int(each.product_id[1:]) for each in searcher.by_product(f"p{row}", k=7, scoring="linear")]
        for row in range(300)
    ]
    assert found(vectors, range(300), 7, block=block) == expected


def test_a_block_holds_no_more_similarities_than_it_may():
    vectors = np.eye(10, dtype=np.float32)
    assert [len(block) for block in nearest(vectors, np.arange(10), 2, block=40)] == [4, 4, 2]


def test_twins_tie_though_their_products_may_differ_in_the_last_bit():
    row = np.random.default_rng(0).random(512, dtype=np.float32)
    vectors = np.tile(row, (295, 1))
    twins = np.zeros(295, dtype=np.intp)
    assert found(vectors, [7], 100, twins=twins) == [[row for row in range(101) if row != 7]]


def test_one_product_has_no_others():
    assert found(np.ones((1, 2), dtype=np.float32), [0], 5) == [[]]


@pytest.mark.parametrize("bad", [np.nan, np.inf, 1e30])
def test_what_cannot_be_ranked_is_refused(bad):
    vectors = np.ones((5, 2), dtype=np.float32)
    vectors[3] = bad
    with pytest.raises(QueryError, match="NaN or infinite"):
        found(vectors, range(5), 2)
