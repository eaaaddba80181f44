import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from prodsim.errors import QueryError
from prodsim.search import Marks, near_duplicates
from prodsim.search.near_duplicates import CANDIDATES, NEAR_IDENTICAL
from tests.indexes import PHOTO, SeesAlways, catalog_of, engine_of, ids, search
from tests.samples import FakeAvailable

ANGLES = {"a": 0, "b": 1, "c": 2, "d": 30, "e": 31, "f": 80}
"""Degrees; the cosine of one degree is 0.9998, of two 0.9994, of four 0.9976."""
QUERY = [1, 0]


def direction(degrees):
    return [np.cos(np.radians(degrees)), np.sin(np.radians(degrees))]


def engine_with(products, vectors, query=QUERY, **more):
    """Every photo is the query."""
    catalog = catalog_of({id_: {"articleType": "Caps" if id_ in "bcd" else "Hats"} for id_ in products})
    return engine_of(catalog, vectors, encoder=FakeAvailable(SeesAlways(query)), **more)


@pytest.fixture
def engine():
    return engine_with(ANGLES, [direction(angle) for angle in ANGLES.values()])


def folded(engine, **more):
    return search(engine, photos=(PHOTO,), fold=True, **more)


def groups(result):
    return [(neighbor.product_id, ids(result.folds.get(neighbor.product_id, ()))) for neighbor in result.neighbors]


def test_near_identical_results_are_one_and_k_results_are_k(engine):
    assert groups(folded(engine, k=2)) == [("a", ["b", "c"]), ("d", ["e"])]
    assert groups(folded(engine, k=5)) == [("a", ["b", "c"]), ("d", ["e"]), ("f", [])]


def test_only_results_that_have_taken_something_in_have_a_fold(engine):
    assert list(folded(engine, k=5).folds) == ["a", "d"]
    assert search(engine, photos=(PHOTO,)).folds == {}


def test_ranks_count_results_and_scores_are_those_of_the_search(engine):
    result, plain = folded(engine, k=3), search(engine, photos=(PHOTO,), k=6)
    known = {neighbor.product_id: neighbor for neighbor in plain.neighbors}
    assert len(result.neighbors) == 3
    for rank, neighbor in enumerate(result.neighbors, start=1):
        for each in (neighbor, *result.folds.get(neighbor.product_id, ())):
            assert (each.rank, each.score) == (rank, known[each.product_id].score)
            assert each.similarity == known[each.product_id].similarity
    assert (result.compared, result.low, result.high) == (plain.compared, plain.low, plain.high)


def test_alone_are_the_results_that_are_left(engine):
    result = folded(engine, k=3)
    assert ids(result.alone) == ids(result.neighbors) == ["a", "d", "f"]
    assert [each.similarity for each in result.alone] == pytest.approx([each.similarity for each in result.neighbors])


def test_what_is_filtered_or_left_out_is_folded_into_nothing(engine):
    assert groups(folded(engine, filters={"articleType": ["Caps"]})) == [("b", ["c"]), ("d", [])]
    assert groups(search(engine, "a", fold=True, k=1)) == [("b", ["c"])]
    assert groups(search(engine, "a", marks=Marks(more=("c",)), fold=True, k=1)) == [("b", [])]


def test_results_are_compared_by_direction_in_the_raw_kernel_too():
    engine = engine_with("abc", [[1, 0], [9, 0], [5, 5]])
    assert groups(folded(engine, scoring="linear")) == [("b", ["a"]), ("c", [])]


def test_vectors_without_length_are_near_identical_to_nothing():
    assert groups(folded(engine_with("ab", np.zeros((2, 2))))) == [("a", []), ("b", [])]


def test_products_of_several_pictures_are_folded_by_the_picture_that_was_found():
    engine = engine_with("abc", [direction(angle) for angle in (80, 0, 1, 60, 80)], owners=[0, 0, 1, 1, 2])
    assert groups(folded(engine)) == [("a", ["b"]), ("c", [])]


@pytest.mark.parametrize("k", [0, 101])
def test_k_is_as_in_any_search(engine, k):
    with pytest.raises(QueryError, match="1 to 100 neighbors"):
        folded(engine, k=k)


@pytest.mark.parametrize("candidates", [1, 5, CANDIDATES])
def test_k_results_are_k_though_more_than_the_candidates_are_near_identical(monkeypatch, candidates):
    monkeypatch.setattr(near_duplicates, "CANDIDATES", candidates)
    alike = [f"p{row}" for row in range(2 * candidates)]
    angles = [*np.linspace(0, 3, len(alike)), 30, 31, 60, 80]
    engine = engine_with([*alike, "d", "e", "f", "g"], [direction(angle) for angle in angles])
    assert groups(folded(engine, k=3)) == [("p0", alike[1:]), ("d", ["e"]), ("f", [])]
    assert len(folded(engine, k=99).neighbors) == 4


@pytest.fixture(scope="module")
def of_vectors():
    return lambda vectors: engine_with([str(row) for row in range(len(vectors))], vectors, [1, 2, 3])


few = arrays(np.float32, (9, 3), elements=st.integers(-3, 3))


@given(few, st.integers(1, 9))
def test_where_nothing_is_near_identical_nothing_changes_and_else_no_two_results_are(of_vectors, vectors, k):
    engine = of_vectors(vectors)
    result = folded(engine, k=k)
    rows = [int(id_) for id_ in ids(result.neighbors)]
    lengths = np.linalg.norm(vectors, axis=1)
    cosines = vectors @ vectors.T / np.maximum(np.outer(lengths, lengths), 1e-9)
    np.fill_diagonal(cosines, 0)
    assert (cosines[np.ix_(rows, rows)] < NEAR_IDENTICAL).all()
    if (cosines < NEAR_IDENTICAL).all():
        assert result.neighbors == search(engine, photos=(PHOTO,), k=k).neighbors
        assert not result.folds


@given(few, st.integers(1, 9), st.integers(1, 8), st.sampled_from(["unit", "linear"]))
def test_few_candidates_lead_to_the_same_results_as_many(of_vectors, vectors, k, candidates, scoring):
    engine = of_vectors(vectors)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(near_duplicates, "CANDIDATES", candidates)
        found = folded(engine, k=k, scoring=scoring)
    assert found.neighbors == folded(engine, k=k, scoring=scoring).neighbors
