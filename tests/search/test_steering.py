import numpy as np
import pytest

from prodsim.errors import QueryError, UnknownProduct
from prodsim.search import Marks, Searcher, steered

VECTORS = np.float32([[4, 0], [0, 2], [1, 1], [3, 4]])


@pytest.fixture
def searcher(make_catalog):
    catalog = make_catalog({"a": "red", "b": "green", "c": "blue", "d": "black", "unseen": "white"})
    return Searcher(catalog, VECTORS, np.arange(4), "digest")


def test_a_query_that_nothing_steers_stays_as_it_is(searcher):
    np.testing.assert_array_equal(steered(searcher, [VECTORS[3]], Marks()), [3, 4])


def test_at_unit_length_only_directions_count(searcher):
    np.testing.assert_allclose(steered(searcher, [VECTORS[0]], Marks(more=("d",), less=("b",))), [1.45, 0.45])


def test_the_raw_kernel_combines_vectors_as_they_are(searcher):
    made = steered(searcher, [VECTORS[0]], Marks(more=("d",), less=("b",)), "linear")
    np.testing.assert_allclose(made, [4 + 0.75 * 3, 0.75 * 4 - 0.15 * 2])


def test_several_photos_are_their_mean(searcher):
    np.testing.assert_allclose(steered(searcher, [VECTORS[0], VECTORS[1]], Marks()), [0.5, 0.5])
    np.testing.assert_allclose(steered(searcher, [VECTORS[0], VECTORS[1]], Marks(), "linear"), [2, 1])


def test_a_product_is_marked_once():
    with pytest.raises(QueryError, match="'a' is marked twice"):
        Marks(more=("a",), less=("a",))


def test_what_is_no_product_or_has_no_embedding_cannot_steer(searcher):
    with pytest.raises(UnknownProduct, match="nowhere"):
        steered(searcher, [VECTORS[0]], Marks(more=("nowhere",)))
    with pytest.raises(QueryError, match=r"unseen.*no embedding"):
        steered(searcher, [VECTORS[0]], Marks(less=("unseen",)))


def test_what_was_marked_stays_out_of_the_results(searcher):
    marks = Marks(more=("d",), less=("b",))
    found = searcher.by_vector(steered(searcher, [VECTORS[0]], marks), left_out=("a", *marks.all))
    assert [neighbor.product_id for neighbor in found] == ["c"]
