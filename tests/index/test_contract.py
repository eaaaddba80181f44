"""What every `VectorIndex` keeps, whatever holds and compares the vectors. An index of another kind joins INDEXES."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from prodsim.errors import QueryError
from prodsim.index import COSINE, KERNELS, LINEAR, ExactIndex, Kernel, VectorIndex, exact
from prodsim.index.kernels import BLOCK
from tests.index.lists import ListIndex

Make = Callable[[NDArray[np.float32], NDArray[np.intp]], VectorIndex]

INDEXES: dict[str, Make] = {"exact": ExactIndex, "lists": ListIndex}

every_index = pytest.mark.parametrize("make", INDEXES.values(), ids=INDEXES)
every_kernel = pytest.mark.parametrize("kernel", KERNELS.values(), ids=KERNELS)

VECTORS = np.float32([[3, 0], [0, 2], [4, 4], [1, 0], [0, 0]])
OWNERS = np.array([2, 2, 5, 7, 9])
"""Product 2 has two pictures."""


@st.composite
def whole_numbers(draw: st.DrawFn) -> tuple[NDArray[np.float32], NDArray[np.intp]]:
    """Vectors whose products are exact, and so are the ties; of each product one to three."""
    n, dim = draw(st.integers(1, 20)), draw(st.integers(1, 3))
    steps = draw(st.lists(st.integers(0, 2), min_size=n, max_size=n))
    vectors = draw(arrays(np.float32, (n, dim), elements=st.integers(-3, 3)))
    return vectors, np.cumsum(steps).astype(np.intp)


def naive(
    vectors: NDArray[np.float32], owners: NDArray[np.intp], query: NDArray[np.float32], rows: Sequence[int]
) -> list[tuple[int, int, float]]:
    """(owner, best row, inner product), best first, by sorting all of them."""
    best: dict[int, tuple[float, int]] = {}
    for row in rows:
        product = float(vectors[row].astype(np.float64) @ query)
        if owners[row] not in best or product > best[owners[row]][0]:
            best[int(owners[row])] = product, row
    return sorted(((owner, row, value) for owner, (value, row) in best.items()), key=lambda each: (-each[2], each[1]))


def told(top: Any) -> list[tuple[int, int, float]]:
    return list(zip(top.owners.tolist(), top.rows.tolist(), top.similarities.tolist(), strict=True))


@every_index
def test_a_row_is_a_picture_and_its_owner_the_product(make: Make) -> None:
    index = make(VECTORS.copy(), OWNERS)
    assert (len(index), index.products, index.dim) == (5, 4, 2)
    assert index.first_rows.tolist() == [0, 2, 3, 4] and index.distinct_owners.tolist() == [2, 5, 7, 9]
    assert [index.row_of(owner) for owner in (2, 5, 9, 0, 3, 99)] == [0, 2, 4, None, None, None]
    np.testing.assert_array_equal(index.vectors(np.array([2, 0, 2])), VECTORS[[2, 0, 2]])
    assert index.vectors(np.array([], dtype=np.intp)).shape == (0, 2)


@every_index
def test_a_product_of_two_pictures_is_found_once_by_the_better_one(make: Make) -> None:
    index = make(VECTORS.copy(), OWNERS)
    top = index.top(np.float32([0, 1]), 9, LINEAR)
    assert told(top) == [(5, 2, 4), (2, 1, 2), (7, 3, 0), (9, 4, 0)]
    assert (top.low, top.high, top.compared) == (0, 4, 4)
    top = index.top(np.float32([1, 0]), 2, COSINE)
    assert told(top) == [(2, 0, 1), (7, 3, 1)]
    assert (top.low, top.high, top.compared) == (0, 1, 4)


@every_index
@given(drawn=whole_numbers(), k=st.integers(1, 25), data=st.data())
def test_the_best_are_those_of_a_full_sort_among_the_rows_that_take_part(
    make: Make, drawn: tuple[NDArray[np.float32], NDArray[np.intp]], k: int, data: st.DataObject
) -> None:
    vectors, owners = drawn
    query = data.draw(arrays(np.float32, vectors.shape[1], elements=st.integers(-3, 3)))
    taking_part = data.draw(arrays(np.bool_, len(vectors)))
    for rows in (None, taking_part):
        expected = naive(vectors, owners, query, range(len(vectors)) if rows is None else np.flatnonzero(rows))
        top = make(vectors.copy(), owners).top(query, k, LINEAR, rows)
        assert told(top) == expected[:k]
        assert top.compared == len(expected)
        values = [value for _, _, value in expected]
        assert (top.low, top.high) == (min(values, default=0), max(values, default=0))


@every_index
@given(drawn=whole_numbers(), k=st.integers(1, 25), data=st.data())
def test_neighbors_are_the_best_of_the_other_products(
    make: Make, drawn: tuple[NDArray[np.float32], NDArray[np.intp]], k: int, data: st.DataObject
) -> None:
    vectors, owners = drawn
    rows = np.array(data.draw(st.lists(st.integers(0, len(vectors) - 1), max_size=8)), dtype=np.intp)
    found = [
        list(zip(*each, strict=True))
        for block in make(vectors.copy(), owners).neighbors(rows, k, LINEAR)
        for each in zip(block.owners.tolist(), block.rows.tolist(), block.similarities.tolist(), strict=True)
    ]
    others = [np.flatnonzero(owners != owners[row]) for row in rows]
    assert found == [naive(vectors, owners, vectors[row], some)[:k] for row, some in zip(rows, others, strict=True)]


@every_index
@every_kernel
def test_similarities_are_the_formula_number_by_number(make: Make, kernel: Kernel) -> None:
    vectors = np.random.default_rng(0).standard_normal((40, 7)).astype(np.float32)
    index, query = make(vectors.copy(), np.arange(40)), vectors[3] * 2
    expected = vectors.astype(np.float64) @ query
    if kernel is COSINE:
        expected /= np.linalg.norm(vectors.astype(np.float64), axis=1) * np.linalg.norm(query)
    top = index.top(query, 40, kernel)
    np.testing.assert_allclose(top.similarities, np.sort(expected)[::-1], rtol=1e-5, atol=1e-6)
    assert top.rows.tolist() == np.argsort(-expected).tolist()
    (block,) = [each for each in [*index.neighbors(np.array([3]), 2, kernel)]]
    assert block.rows[0].tolist() == [row for row in top.rows.tolist() if row != 3][:2]


@every_index
@every_kernel
def test_a_histogram_counts_every_product_that_was_compared_by_its_score(make: Make, kernel: Kernel) -> None:
    index = make(VECTORS.copy(), OWNERS)
    assert index.histogram(np.float32([0, 1]), LINEAR, 4).tolist() == [2, 0, 1, 1]
    assert index.histogram(np.float32([1, 1]), kernel, 10).sum() == 4
    rows = OWNERS != 5
    assert index.histogram(np.float32([0, 1]), LINEAR, 2, rows).tolist() == [2, 1]
    assert index.histogram(np.float32([0, 1]), LINEAR, 2, np.zeros(5, dtype=bool)).tolist() == [0, 0]


@every_index
def test_where_all_are_alike_each_has_the_highest_score(make: Make) -> None:
    index = make(np.ones((3, 2), dtype=np.float32), np.arange(3))
    assert index.histogram(np.float32([1, 0]), COSINE, 5).tolist() == [0, 0, 0, 0, 3]


@every_index
@every_kernel
def test_equal_vectors_tie_wherever_they_lie(make: Make, kernel: Kernel) -> None:
    """A product of matrices alone does not give that: rows at the end are added up in another order."""
    generator = np.random.default_rng(0)
    number = 2 * BLOCK + 77 if make is ExactIndex else 50
    vectors = generator.random((number, 192), dtype=np.float32)
    equal = np.unique(np.r_[0, 5, generator.integers(number, size=20), number - 3 : number])
    vectors[equal] = vectors[7]
    index = make(vectors, np.arange(number))
    top = index.top(vectors[7], len(equal) + 1, kernel)
    assert len({*top.similarities.tolist()}) == 1 or kernel is LINEAR
    similarity = dict(zip(top.rows.tolist(), top.similarities.tolist(), strict=True))
    found = [similarity[row] for row in equal.tolist() if row in similarity]
    assert len({*found}) == 1
    for block in index.neighbors(np.array([7, 8]), number - 1, kernel):
        for rows, similarities in zip(block.rows, block.similarities, strict=True):
            assert len({*similarities[np.isin(rows, equal)].tolist()}) == 1


@every_index
def test_where_nothing_takes_part_nothing_is_found(make: Make) -> None:
    top = make(VECTORS.copy(), OWNERS).top(np.float32([1, 1]), 3, COSINE, np.zeros(5, dtype=bool))
    assert (told(top), top.low, top.high, top.compared) == ([], 0, 0, 0)


@every_index
def test_one_product_has_no_neighbors_and_no_queries_have_none_either(make: Make) -> None:
    index = make(np.ones((2, 2), dtype=np.float32), np.array([4, 4]))
    (block,) = index.neighbors(np.array([0]), 5, COSINE)
    assert block.owners.shape == block.rows.shape == block.similarities.shape == (1, 0)
    assert [*index.neighbors(np.array([], dtype=np.intp), 5, COSINE)] == []


@every_index
def test_a_newer_snapshot_is_taken_while_the_old_one_is_searched(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exact, "AT_ONCE", 10)
    older = make(VECTORS.copy(), OWNERS)
    expected = [block.owners.tolist() for block in older.neighbors(np.arange(5), 2, COSINE)]
    steps = older.neighbors(np.arange(5), 2, COSINE)
    found = [next(steps).owners.tolist()]
    newer = make(np.concatenate([VECTORS, [[9, 9]]]).astype(np.float32), np.append(OWNERS, 11))
    assert newer.top(np.float32([1, 1]), 1, LINEAR).owners.tolist() == [11]
    found += [block.owners.tolist() for block in steps]
    assert found == expected
    assert 11 not in older.top(np.float32([1, 1]), 9, LINEAR).owners


@every_index
@pytest.mark.parametrize("k", [0, -1])
def test_k_below_one_is_refused(make: Make, k: int) -> None:
    with pytest.raises(QueryError, match=f"k is {k}"):
        make(VECTORS.copy(), OWNERS).top(np.float32([1, 0]), k, COSINE)
    for owners in (OWNERS, np.zeros(5, dtype=np.intp)):
        with pytest.raises(QueryError, match=f"k is {k}"):
            [*make(VECTORS.copy(), owners).neighbors(np.array([0]), k, COSINE)]


@every_index
def test_a_choice_of_rows_of_another_index_is_refused(make: Make) -> None:
    with pytest.raises(QueryError, match="fit"):
        make(VECTORS.copy(), OWNERS).top(np.float32([1, 0]), 2, COSINE, np.ones(4, dtype=bool))


@every_index
@every_kernel
@pytest.mark.parametrize("query", [[1, np.nan], [np.inf, 0], [1, 2, 3], [1]])
def test_a_query_that_cannot_be_compared_is_refused(make: Make, kernel: Kernel, query: list[float]) -> None:
    with pytest.raises(QueryError, match=r"NaN or infinite|do(es)? not fit"):
        make(VECTORS.copy(), OWNERS).top(np.float32(query), 2, kernel)


@every_index
def test_owners_out_of_order_are_refused(make: Make) -> None:
    with pytest.raises(QueryError, match="not in ascending order"):
        make(VECTORS.copy(), OWNERS[::-1].copy())
