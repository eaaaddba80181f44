import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from prodsim.catalog import read_catalog
from prodsim.errors import QueryError
from prodsim.search import Searcher, folded
from prodsim.search.near_duplicates import NEAR_IDENTICAL
from tests.samples import write_catalog

ANGLES = {"a": 0, "b": 1, "c": 2, "d": 30, "e": 31, "f": 80}
"""Degrees; the cosine of one degree is 0.9998, of two 0.9994, of four 0.9976."""
QUERY = np.float32([1, 0])


def direction(degrees):
    return [np.cos(np.radians(degrees)), np.sin(np.radians(degrees))]


@pytest.fixture
def searcher(make_catalog):
    kinds = {id_: {"articleType": "Caps" if id_ in "bcd" else "Hats"} for id_ in ANGLES}
    catalog = make_catalog(dict.fromkeys(ANGLES, "red"), kinds)
    return Searcher(catalog, np.float32([direction(angle) for angle in ANGLES.values()]), np.arange(6), "digest")


def ids(groups):
    return [(group.neighbor.product_id, [other.product_id for other in group.others]) for group in groups]


def test_near_identical_results_are_one_and_k_results_are_k(searcher):
    assert ids(folded(searcher, QUERY, k=2)) == [("a", ["b", "c"]), ("d", ["e"])]
    assert ids(folded(searcher, QUERY, k=5)) == [("a", ["b", "c"]), ("d", ["e"]), ("f", [])]


def test_ranks_count_results_and_scores_are_those_of_the_search(searcher):
    groups = folded(searcher, QUERY, k=3)
    plain = {neighbor.product_id: neighbor for neighbor in searcher.by_vector(QUERY, k=6)}
    for rank, group in enumerate(groups, start=1):
        for each in (group.neighbor, *group.others):
            assert (each.rank, each.score) == (rank, plain[each.product_id].score)
            assert each.similarity == plain[each.product_id].similarity


def test_what_is_filtered_or_left_out_is_folded_into_nothing(searcher):
    assert ids(folded(searcher, QUERY, filters={"articleType": ["Caps"]})) == [("b", ["c"]), ("d", [])]
    assert ids(folded(searcher, QUERY, k=1, left_out=("a", "c"))) == [("b", [])]


def test_results_are_compared_by_direction_in_the_raw_kernel_too(make_catalog):
    catalog = make_catalog(dict.fromkeys("abc", "red"))
    searcher = Searcher(catalog, np.float32([[1, 0], [9, 0], [5, 5]]), np.arange(3), "digest")
    assert ids(folded(searcher, QUERY, scoring="linear")) == [("b", ["a"]), ("c", [])]


def test_vectors_without_length_are_near_identical_to_nothing(make_catalog):
    searcher = Searcher(make_catalog(dict.fromkeys("ab", "red")), np.zeros((2, 2), np.float32), np.arange(2), "digest")
    assert ids(folded(searcher, QUERY)) == [("a", []), ("b", [])]


@pytest.mark.parametrize("k", [0, 101])
def test_k_is_as_in_any_search(searcher, k):
    with pytest.raises(QueryError, match="1 to 100 neighbors"):
        folded(searcher, QUERY, k=k)


@pytest.fixture(scope="module")
def of_vectors(tmp_path_factory):
    folder = write_catalog(tmp_path_factory.mktemp("many") / "shop", dict.fromkeys(map(str, range(9)), "red"))
    return lambda vectors: Searcher(read_catalog(folder), vectors, np.arange(9), "digest")


@given(arrays(np.float32, (9, 3), elements=st.integers(-3, 3)), st.integers(1, 9))
def test_where_nothing_is_near_identical_nothing_changes_and_else_no_two_results_are(of_vectors, vectors, k):
    searcher = of_vectors(vectors)
    query = np.float32([1, 2, 3])
    groups = folded(searcher, query, k=k)
    rows = [int(group.neighbor.product_id) for group in groups]
    lengths = np.linalg.norm(vectors, axis=1)
    cosines = vectors @ vectors.T / np.maximum(np.outer(lengths, lengths), 1e-9)
    np.fill_diagonal(cosines, 0)
    assert (cosines[np.ix_(rows, rows)] < NEAR_IDENTICAL).all()
    if (cosines < NEAR_IDENTICAL).all():
        assert [group.neighbor for group in groups] == searcher.by_vector(query, k=k)
        assert not any(group.others for group in groups)
