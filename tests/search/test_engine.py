from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PIL import Image

from prodsim.catalog import Catalog
from prodsim.errors import QueryError, UnknownProduct
from prodsim.index import EmbeddingStore, HashMemory, index
from prodsim.search import MAX_K, Neighbor, Searcher, parse_filters
from tests.samples import DAMAGED, FakeAvailable, ReadsColors

COLORS = {"red": (200, 0, 0), "dark": (100, 0, 0), "yellow": (50, 50, 0), "blue": (0, 0, 250), "torn": DAMAGED}
TYPES = {"red": "Caps", "dark": "Shirts", "yellow": "Caps", "blue": "Shirts", "torn": "Caps"}


@pytest.fixture
def open_searcher(make_catalog, settings, encoder):
    """Indexes a small catalog by mean color and opens it for search."""

    def open_searcher(pictures, attributes=None):
        catalog = make_catalog(pictures, attributes)
        memory = HashMemory(settings.folder() / "hashes.sqlite")
        list(index(catalog, encoder, EmbeddingStore.of(encoder, settings), memory))
        return Searcher.open(catalog, encoder, settings)

    return open_searcher


@pytest.fixture
def searcher(open_searcher):
    return open_searcher(COLORS, {id_: {"articleType": kind} for id_, kind in TYPES.items()})


def ids(neighbors):
    return [neighbor.product_id for neighbor in neighbors]


# by hand


def test_what_is_ranked_are_all_products_that_pass_with_their_similarities(searcher):
    rows, similarities = searcher.candidates(searcher.vector("red"), scoring="linear")
    assert [searcher.catalog.table.index[searcher.positions[row]] for row in rows] == ["red", "dark", "yellow", "blue"]
    np.testing.assert_allclose(similarities, [40_000, 20_000, 10_000, 0])
    rows, _ = searcher.candidates(searcher.vector("red"), filters={"articleType": ["Caps"]}, left_out=["red"])
    assert [searcher.catalog.table.index[searcher.positions[row]] for row in rows] == ["yellow"]


def test_unit_scoring_is_the_cosine_and_scores_are_min_max(searcher):
    neighbors = searcher.by_product("red")
    diagonal = pytest.approx(0.5**0.5)
    assert neighbors == [
        Neighbor(rank=1, product_id="dark", score=1, similarity=pytest.approx(1)),
        Neighbor(rank=2, product_id="yellow", score=diagonal, similarity=diagonal),
        Neighbor(rank=3, product_id="blue", score=0, similarity=0),
    ]


def test_linear_scoring_is_the_inner_product(searcher):
    neighbors = searcher.by_product("yellow", scoring="linear")
    assert neighbors == [
        Neighbor(rank=1, product_id="red", score=1, similarity=10_000),
        Neighbor(rank=2, product_id="dark", score=0.5, similarity=5_000),
        Neighbor(rank=3, product_id="blue", score=0, similarity=0),
    ]


def test_the_query_is_the_best_hit_where_it_is_wanted(searcher):
    assert ids(searcher.by_product("blue", include_query=True))[0] == "blue"
    assert "blue" not in ids(searcher.by_product("blue"))


def test_scores_are_relative_to_what_was_ranked_the_query_too_where_it_is_included(searcher):
    def score_of_dark(include_query):
        neighbors = searcher.by_product("red", scoring="linear", include_query=include_query)
        return {neighbor.product_id: neighbor.score for neighbor in neighbors}["dark"]

    assert (score_of_dark(False), score_of_dark(True)) == (1, 0.5)


def test_scores_do_not_depend_on_how_many_are_shown(searcher):
    assert searcher.by_product("red", k=1) == searcher.by_product("red", k=3)[:1]
    assert searcher.by_product("red", k=2)[1].score == pytest.approx(0.5**0.5)


def test_fewer_products_than_k_are_all_of_them(searcher):
    assert len(searcher.by_product("red", k=MAX_K)) == 3


def test_a_vector_without_length_is_like_nothing(searcher):
    assert {neighbor.similarity for neighbor in searcher.by_vector(np.zeros(3, dtype=np.float32))} == {0}


def test_a_product_without_length_is_like_nothing(open_searcher):
    neighbors = open_searcher({"black": "black", "red": "red", "dark": (9, 0, 0)}).by_product("red")
    assert [(neighbor.product_id, neighbor.similarity) for neighbor in neighbors][1] == ("black", 0)


def test_a_picture_is_searched_by_its_embedding(searcher, encoder):
    neighbors = searcher.by_image(Image.new("RGB", (30, 40), (0, 0, 9)), encoder.load(), k=2)
    assert neighbors[0] == Neighbor(1, "blue", 1, pytest.approx(1))


def test_a_photo_of_a_product_finds_the_product_itself(searcher, encoder):
    assert ids(searcher.by_image(Image.new("RGB", (6, 8), COLORS["yellow"]), encoder.load(), k=1)) == ["yellow"]


def test_words_are_searched_by_their_embedding_at_unit_length(searcher):
    neighbors = searcher.by_words("red and green, half each", ReadsColors(), k=2)
    assert neighbors[0] == Neighbor(1, "yellow", 1, pytest.approx(1))
    assert ids(searcher.by_words("blue", ReadsColors(), filters={"articleType": ["Caps"]}, k=1)) == ["red"]


# filters


def test_filters_apply_before_ranking(searcher):
    """The best three of all hold one shirt only; of shirts there are two."""
    neighbors = searcher.by_product("red", k=2, filters={"articleType": ["Shirts"]})
    assert [(neighbor.product_id, neighbor.score) for neighbor in neighbors] == [("dark", 1), ("blue", 0)]


def test_the_query_need_not_pass_the_filter(searcher):
    assert ids(searcher.by_product("blue", filters={"articleType": ["Caps"]}, include_query=True)) == ["red", "yellow"]


def test_one_product_that_passes_scores_zero(searcher):
    (neighbor,) = searcher.by_product("red", filters={"articleType": ["Caps"]})
    assert (neighbor.product_id, neighbor.score) == ("yellow", 0)


def test_where_nothing_passes_nothing_is_found(open_searcher):
    kinds = {"1": {"kind": "Caps", "color": "red"}, "2": {"kind": "Hats", "color": "blue"}}
    searcher = open_searcher({"1": "red", "2": "blue"}, kinds)
    assert searcher.by_product("1", filters={"kind": ["Caps"], "color": ["blue"]}) == []


@pytest.mark.parametrize("filters", [{"size": ["L"]}, {"articleType": ["Hats"]}])
def test_a_filter_that_makes_no_sense_is_refused(searcher, filters):
    with pytest.raises(QueryError):
        searcher.by_product("red", filters=filters)


# ties


def test_equal_pictures_come_in_the_order_of_the_catalog(open_searcher):
    searcher = open_searcher({"9": "red", "1": "blue", "5": "red", "3": "red", "4": "green"})
    assert ids(searcher.by_product("1", k=4)) == ["9", "5", "3", "4"]
    assert ids(searcher.by_product("5", k=2)) == ["9", "3"]


def test_products_that_share_a_photo_tie_to_the_last_bit(make_catalog, settings):
    """A matrix product alone does not give that: rows at the end of the matrix are summed in another order."""
    rng = np.random.default_rng(0)
    encoder = FakeAvailable()
    encoder.spec = replace(encoder.spec, dim=512)
    catalog = make_catalog({str(number): "red" for number in range(295)})
    (hash_,) = {*HashMemory(settings.folder() / "hashes.sqlite").of(catalog.images)}
    EmbeddingStore.of(encoder, settings).add({hash_: rng.random(512, dtype=np.float32)}, {})
    neighbors = Searcher.open(catalog, encoder, settings).by_vector(rng.random(512, dtype=np.float32), k=100)
    assert ids(neighbors) == [str(number) for number in range(100)]
    assert len({neighbor.similarity for neighbor in neighbors}) == 1


# naive


def naive(matrix, query, k, scoring, passing):
    """(row, score, similarity) of the k best: a full sort of plain Python numbers."""
    similarities = {}
    for row, vector in enumerate(matrix.tolist()):
        if passing[row]:
            similarities[row] = sum(a * b for a, b in zip(vector, query.tolist(), strict=True))
            if scoring == "unit":
                lengths = sum(a * a for a in vector) * sum(b * b for b in query.tolist())
                similarities[row] = similarities[row] / lengths**0.5 if lengths else 0.0
    low, high = min(similarities.values(), default=0), max(similarities.values(), default=0)
    best = sorted(similarities, key=lambda row: (-similarities[row], row))[:k]
    return [(row, (similarities[row] - low) / (high - low) if high > low else 0, similarities[row]) for row in best]


def in_memory(matrix, kinds=None):
    table = pd.DataFrame({"kind": kinds or ["a"] * len(matrix)}, index=[f"p{row}" for row in range(len(matrix))])
    catalog = Catalog("shop", Path("shop"), table, tuple(Path(id_) for id_ in table.index), len(matrix), ())
    return Searcher(catalog, matrix, np.arange(len(matrix)), "")


vectors = st.integers(1, 4).flatmap(
    lambda dim: st.tuples(
        st.integers(1, 30).flatmap(lambda n: arrays(np.float32, (n, dim), elements=st.integers(-8, 8))),
        arrays(np.float32, dim, elements=st.integers(-8, 8)),
    )
)


@given(vectors, st.integers(1, 40), st.data())
def test_linear_search_equals_a_naive_full_sort(drawn, k, data):
    """Of whole numbers, all of which are exact: so are the ties."""
    matrix, query = drawn
    kinds = data.draw(st.lists(st.sampled_from("ab"), min_size=len(matrix), max_size=len(matrix)))
    wanted = data.draw(st.sampled_from(kinds))
    found = in_memory(matrix, kinds).by_vector(query, k=k, scoring="linear", filters={"kind": [wanted]})
    expected = naive(matrix, query, k, "linear", [kind == wanted for kind in kinds])
    assert [neighbor.rank for neighbor in found] == [*range(1, len(found) + 1)]
    assert [(neighbor.product_id, neighbor.similarity) for neighbor in found] == [
        (f"p{row}", similarity) for row, _, similarity in expected
    ]
    assert [neighbor.score for neighbor in found] == pytest.approx([score for _, score, _ in expected])


@given(vectors, st.integers(1, 40))
def test_unit_search_equals_a_naive_full_sort_of_cosines(drawn, k):
    matrix, query = drawn
    found = in_memory(matrix).by_vector(query, k=k)
    expected = naive(matrix, query, k, "unit", [True] * len(matrix))
    cosines = {f"p{row}": cosine for row, _, cosine in naive(matrix, query, len(matrix), "unit", [True] * len(matrix))}
    assert [neighbor.similarity for neighbor in found] == pytest.approx([cosine for _, _, cosine in expected], abs=1e-6)
    assert [cosines[neighbor.product_id] for neighbor in found] == pytest.approx(
        [cosine for _, _, cosine in expected], abs=1e-6
    )


@pytest.mark.parametrize("size", [1e-30, 1e-20, 1e15])
def test_unit_scoring_does_not_depend_on_the_length_of_the_query(size):
    matrix = np.eye(3, dtype=np.float32) + np.float32(0.5)
    query = np.float32([1, 2, 3])
    similarities = [
        [neighbor.similarity for neighbor in in_memory(matrix).by_vector(query * np.float32(factor), k=3)]
        for factor in (1, size)
    ]
    assert similarities[0] == pytest.approx(similarities[1])


def test_unit_scoring_does_not_depend_on_the_lengths_of_the_products():
    matrix = np.float32([[1, 2, 3], [3, 2, 1]]) * np.float32([[1e-18], [1e18]])
    similarities = [neighbor.similarity for neighbor in in_memory(matrix).by_vector(np.float32([1, 2, 3]))]
    assert similarities == pytest.approx([1, 10 / 14])


# what is refused


@pytest.mark.parametrize("k", [0, -1, MAX_K + 1])
def test_k_out_of_range_is_refused(searcher, k):
    with pytest.raises(QueryError, match=f"k is {k}, but a search returns 1 to 100"):
        searcher.by_product("red", k=k)


@pytest.mark.parametrize("scoring", ["cosine", "", None])
def test_an_unknown_scoring_is_refused_with_those_there_are(searcher, scoring):
    with pytest.raises(QueryError, match=r"no scoring .+ Choose one of: unit, linear"):
        searcher.by_product("red", scoring=scoring)


def test_an_unknown_product_is_refused(searcher):
    with pytest.raises(UnknownProduct):
        searcher.by_product("gone")


@pytest.mark.parametrize("shape", [(2,), (4,), (1, 3)])
@pytest.mark.parametrize("scoring", ["unit", "linear"])
def test_a_vector_of_another_shape_is_refused(searcher, shape, scoring):
    with pytest.raises(QueryError, match="does not fit"):
        searcher.by_vector(np.ones(shape, dtype=np.float32), scoring=scoring)


@pytest.mark.parametrize("scoring", ["unit", "linear"])
def test_a_vector_that_is_no_number_is_refused(searcher, scoring):
    with pytest.raises(QueryError, match="NaN or infinite"):
        searcher.by_vector(np.float32([1, np.nan, 0]), scoring=scoring)


def test_a_product_whose_picture_is_damaged_is_no_query_and_no_result(searcher):
    with pytest.raises(QueryError, match=r"torn \(torn\) has no embedding: its picture is damaged.+Mend the picture"):
        searcher.by_product("torn")
    assert "torn" not in ids(searcher.by_product("red", filters={"articleType": ["Caps", "Shirts"]}))
    assert len(searcher) == 4


def test_a_catalog_that_was_not_indexed_says_how_to(make_catalog, settings, encoder):
    with pytest.raises(QueryError, match=r"has no embeddings by mean_color\. Run `python -m prodsim index`"):
        Searcher.open(make_catalog({"1": "red"}), encoder, settings)


# what is on disk


def test_a_search_from_disk_needs_no_encoder(searcher, settings):
    again = FakeAvailable()
    assert Searcher.open(searcher.catalog, again, settings).by_product("red") == searcher.by_product("red")
    assert again.loads == 0


def test_embeddings_made_one_way_are_not_searched_another_way(searcher, settings):
    with pytest.raises(QueryError, match="has no embeddings"):
        Searcher.open(searcher.catalog, FakeAvailable(fingerprint="f" * 16), settings)


def test_the_digest_is_that_of_the_catalog_with_its_pictures(searcher, settings):
    hashes = HashMemory(settings.folder() / "hashes.sqlite").of(searcher.catalog.images)
    assert searcher.digest == searcher.catalog.digest(hashes)


# parse_filters


def test_filters_are_read_from_pairs():
    pairs = ["articleType=Caps", "baseColour=Red", "articleType=Shirts", "name=a=b"]
    assert parse_filters(pairs) == {"articleType": ["Caps", "Shirts"], "baseColour": ["Red"], "name": ["a=b"]}


@pytest.mark.parametrize("pair", ["", "=", "articleType", "articleType=", "=Caps"])
def test_what_is_no_pair_is_refused(pair):
    with pytest.raises(QueryError, match=f"'{pair}' is no filter. Write attribute=value"):
        parse_filters([pair])
