"""The exact index, beyond the contract of all of them."""

import numpy as np
import pytest

from prodsim.errors import QueryError
from prodsim.index import COSINE, LINEAR, ExactIndex, exact


@pytest.mark.parametrize("at_once", [1, 1000, 2**24])
def test_in_blocks_of_any_size_the_neighbors_are_the_same(monkeypatch, at_once):
    vectors = np.random.default_rng(0).standard_normal((300, 40)).astype(np.float32)
    index = ExactIndex(vectors, np.arange(300))
    expected = []
    for row in range(300):
        top = index.top(vectors[row], 8, LINEAR)
        expected.append([owner for owner in top.owners.tolist() if owner != row][:7])
    monkeypatch.setattr(exact, "AT_ONCE", at_once)
    found = [owners for block in index.neighbors(np.arange(300), 7, LINEAR) for owners in block.owners.tolist()]
    assert found == expected


def test_a_block_holds_no_more_similarities_than_it_may(monkeypatch):
    monkeypatch.setattr(exact, "AT_ONCE", 40)
    index = ExactIndex(np.eye(10, dtype=np.float32), np.arange(10))
    assert [len(block.owners) for block in index.neighbors(np.arange(10), 2, COSINE)] == [4, 4, 2]


@pytest.mark.parametrize("bad", [np.nan, np.inf, 1e30])
def test_vectors_that_cannot_be_ranked_are_refused(bad):
    vectors = np.ones((5, 2), dtype=np.float32)
    vectors[3] = bad
    index = ExactIndex(vectors, np.arange(5))
    with pytest.raises(QueryError, match="NaN or infinite"):
        index.top(np.full(2, 1e30, dtype=np.float32), 2, LINEAR)
    with pytest.raises(QueryError, match="NaN or infinite"):
        [*index.neighbors(np.array([3]), 2, LINEAR)]


def test_its_vectors_cannot_be_changed():
    matrix = np.ones((2, 2), dtype=np.float32)
    ExactIndex(matrix, np.arange(2))
    with pytest.raises(ValueError, match="read-only"):
        matrix[0, 0] = 2


def test_owners_for_other_vectors_are_refused():
    with pytest.raises(QueryError, match="do not fit"):
        ExactIndex(np.ones((3, 2), dtype=np.float32), np.arange(2))
