"""The engine, from a request to a result, in catalogs whose vectors can be computed by hand."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PIL import Image

from prodsim.encoders import REGISTRY
from prodsim.errors import QueryError, UnknownProduct
from prodsim.images import open_rgb
from prodsim.index import COSINE, KERNELS, EmbeddingStore, ExactIndex, HashMemory, index, kernel_of, open_index
from prodsim.search import (
    MAX_K,
    Engine,
    Framing,
    Marks,
    Photo,
    PhotosQuery,
    ProductQuery,
    SearchRequest,
    WordsQuery,
)
from prodsim.search import engine as engine_module
from prodsim.search import photo as photo_module
from tests.indexes import PHOTO, SeesAlways, catalog_of, engine_of, ids, indexed, neighbors, search
from tests.samples import DAMAGED, FakeAvailable, MeanColor, ReadsColors, encoded, picture

COLORS = {"red": (200, 0, 0), "dark": (100, 0, 0), "yellow": (50, 50, 0), "blue": (0, 0, 250), "torn": DAMAGED}
TYPES = {"red": "Caps", "dark": "Shirts", "yellow": "Caps", "blue": "Shirts", "torn": "Caps"}


@pytest.fixture
def open_engine(make_catalog, settings):
    """Indexes a small catalog, by mean color unless told otherwise, and opens it for search."""

    def open_engine(pictures, attributes=None, encoder=None):
        catalog, encoder = make_catalog(pictures, attributes), encoder or FakeAvailable()
        *_, last = index(catalog, encoder, settings)
        return Engine(catalog, open_index(catalog, encoder, settings, last.skipped))

    return open_engine


@pytest.fixture
def engine(open_engine):
    return open_engine(COLORS, {id_: {"articleType": kind} for id_, kind in TYPES.items()})


def photo(color, size=(30, 40)):
    return Photo("photo.png", picture(color, size))


def by_vector(vector, vectors, catalog=None, **more):
    """What a photo with this embedding finds among products p0, p1, ... of these vectors."""
    catalog = catalog or catalog_of({f"p{row}": {} for row in range(len(vectors))})
    engine = engine_of(catalog, vectors, encoder=FakeAvailable(SeesAlways(vector)))
    return search(engine, photos=(PHOTO,), **more)


def by_words(engine, words, **more):
    return engine.search(SearchRequest(WordsQuery(words), engine.encoder, **more))


def numbers(found):
    return [(each.rank, each.product_id, each.score, each.similarity) for each in found]


# by hand


def test_what_is_ranked_are_all_products_that_pass_with_their_similarities(engine):
    found = search(engine, photos=(photo(COLORS["red"]),), scoring="linear")
    assert [(each.product_id, each.similarity) for each in found.neighbors] == [
        ("red", 40_000),
        ("dark", 20_000),
        ("yellow", 10_000),
        ("blue", 0),
    ]
    assert (found.compared, found.low, found.high) == (4, 0, 40_000)
    assert ids(neighbors(engine, "red", filters={"articleType": ["Caps"]})) == ["yellow"]


def test_the_cosine_is_the_default_and_scores_are_min_max(engine):
    found = search(engine, "red")
    diagonal = pytest.approx(0.5**0.5)
    assert numbers(found.neighbors) == [
        (1, "dark", 1, pytest.approx(1)),
        (2, "yellow", diagonal, diagonal),
        (3, "blue", 0, 0),
    ]


def test_linear_scoring_is_the_inner_product(engine):
    assert numbers(neighbors(engine, "yellow", scoring="linear")) == [
        (1, "red", 1, 10_000),
        (2, "dark", 0.5, 5_000),
        (3, "blue", 0, 0),
    ]


def test_the_query_is_the_best_hit_where_it_is_wanted(engine):
    assert ids(neighbors(engine, "blue", include_query=True))[0] == "blue"
    assert "blue" not in ids(neighbors(engine, "blue"))


def test_scores_are_relative_to_what_was_ranked_the_query_too_where_it_is_included(engine):
    def score_of_dark(include_query):
        found = neighbors(engine, "red", scoring="linear", include_query=include_query)
        return {neighbor.product_id: neighbor.score for neighbor in found}["dark"]

    assert (score_of_dark(False), score_of_dark(True)) == (1, 0.5)


def test_scores_and_the_ends_do_not_depend_on_how_many_are_shown(engine):
    few, many = search(engine, "red", k=1), search(engine, "red", k=3)
    assert few.neighbors == many.neighbors[:1]
    assert (few.compared, few.low, few.high) == (many.compared, many.low, many.high) == (3, 0, pytest.approx(1))
    assert neighbors(engine, "red", k=2)[1].score == pytest.approx(0.5**0.5)


def test_fewer_products_than_k_are_all_of_them(engine):
    assert len(neighbors(engine, "red", k=MAX_K)) == 3


def test_a_vector_without_length_is_like_nothing(engine):
    found = search(engine, photos=(photo("black"),))
    assert {neighbor.similarity for neighbor in found.neighbors} == {0}


def test_a_product_without_length_is_like_nothing(open_engine):
    found = neighbors(open_engine({"black": "black", "red": "red", "dark": (9, 0, 0)}), "red")
    assert [(neighbor.product_id, neighbor.similarity) for neighbor in found][1] == ("black", 0)


def test_a_photo_is_searched_by_its_embedding(engine):
    found = search(engine, photos=(photo((0, 0, 9)),), k=2).neighbors
    assert numbers(found)[0] == (1, "blue", 1, pytest.approx(1))


def test_a_photo_of_a_product_finds_the_product_itself(engine):
    assert ids(search(engine, photos=(photo(COLORS["yellow"], (18, 24)),), k=1).neighbors) == ["yellow"]


def test_of_a_photo_only_the_part_in_its_frame_is_searched_with(engine):
    halves = Image.new("RGB", (40, 40), "red")
    halves.paste("blue", (20, 0, 40, 40))
    framed = Photo("photo.png", encoded(halves), Framing((50, 0, 100, 100)))
    assert ids(search(engine, photos=(framed,), k=1).neighbors) == ["blue"]


# photos that were searched with before


def test_a_photo_that_was_searched_with_is_neither_decoded_nor_encoded_again(open_engine, monkeypatch):
    available, opened = FakeAvailable(), []
    engine = open_engine(COLORS, encoder=available)
    monkeypatch.setattr(photo_module, "open_rgb", lambda *given: opened.append(given) or open_rgb(*given))
    indexed, asked = available.encoded, PhotosQuery((photo("red"), photo("blue")))
    assert engine.needs_model(asked)
    first = engine.search(SearchRequest(asked, engine.encoder))
    assert (available.encoded - indexed, len(opened)) == (2, 2)
    loads = available.loads
    for k in (1, 3):
        again = search(engine, photos=(photo("red"), photo("blue")), k=k)
        np.testing.assert_array_equal(again.vector, first.vector)
    assert not engine.needs_model(asked)
    assert (available.encoded - indexed, len(opened), available.loads) == (2, 2, loads)
    search(engine, photos=(photo("blue"), photo("lime")))
    assert (available.encoded - indexed, len(opened)) == (3, 3), "the new one alone"


def test_a_photo_is_encoded_anew_for_another_crop_another_fitting_and_another_engine(open_engine):
    available = FakeAvailable()
    engine = open_engine(COLORS, encoder=available)
    indexed = available.encoded
    for framing in (None, Framing((0, 0, 50, 100)), Framing(fitting="pad"), Framing()):
        search(engine, photos=(Photo("photo.png", picture("red"), framing),))
    assert available.encoded - indexed == 3
    search(Engine(engine.catalog, engine.indexed), photos=(photo("red"),))
    assert available.encoded - indexed == 4


def test_what_is_known_of_a_photo_equals_what_is_found_out_beside_others(open_engine):
    """A network's last bits hang on how many pictures go through it at once: so each goes alone."""

    class DependsOnTheBatch(MeanColor):
        def encode(self, images):
            return super().encode(images) + np.float32(len(images) - 1)

    engine = open_engine({"red": "red"}, encoder=FakeAvailable(DependsOnTheBatch()))
    alone = search(engine, photos=(photo("lime"),)).vector
    together = search(engine, photos=(photo("lime"), photo("lime")), scoring="linear").vector
    afresh = search(Engine(engine.catalog, engine.indexed), photos=(photo("lime"), photo("lime")), scoring="linear")
    np.testing.assert_array_equal(alone, together)
    np.testing.assert_array_equal(together, afresh.vector)


def test_no_more_photos_are_known_than_may_be(open_engine, monkeypatch):
    monkeypatch.setattr(engine_module, "PHOTOS", 2)
    engine = open_engine({"red": "red"})
    for color in ("red", "lime", "blue"):
        search(engine, photos=(photo(color),))
    assert [engine.needs_model(PhotosQuery((photo(color),))) for color in ("red", "lime", "blue")] == [
        True,
        False,
        False,
    ]


def test_a_product_needs_no_model_and_neither_do_words_that_it_does_not_read(engine):
    assert not engine.needs_model(ProductQuery("red")) and not engine.needs_model(WordsQuery("red"))
    assert not Engine(engine.catalog).needs_model(WordsQuery("red"))


# what a result tells besides


def test_a_result_is_of_its_request_its_catalog_and_its_vectors(engine):
    found = search(engine, "red")
    assert found.request.query == ProductQuery("red")
    assert found.catalog is engine.catalog and found.indexed is engine.indexed
    np.testing.assert_array_equal(found.vector, [200, 0, 0])


def test_what_passes_the_filters_counts_the_query_and_what_has_no_embedding(engine):
    assert search(engine, "red").passing == 5
    found = search(engine, "red", filters={"articleType": ["Caps"]})
    assert (found.passing, found.compared) == (3, 1)


def test_alone_are_the_neighbors_with_their_similarity_to_the_first_picture(engine):
    found = search(engine, photos=(photo("red"), photo("blue")), k=3)
    cosines = {"red": 1, "dark": 1, "yellow": 0.5**0.5, "blue": 0}
    assert [each.product_id for each in found.alone] == ids(found.neighbors)
    assert [(each.rank, each.score) for each in found.alone] == [(each.rank, each.score) for each in found.neighbors]
    assert [each.similarity for each in found.alone] == pytest.approx([cosines[id_] for id_ in ids(found.neighbors)])
    assert [each.similarity for each in found.alone] != [each.similarity for each in found.neighbors]


@pytest.mark.parametrize("scoring", KERNELS)
def test_alone_a_single_picture_finds_the_same(engine, scoring):
    found = search(engine, "yellow", scoring=scoring)
    assert found.alone == tuple(
        replace(each, similarity=pytest.approx(each.similarity, rel=1e-6)) for each in found.neighbors
    )


@pytest.mark.parametrize("scoring", KERNELS)
def test_a_histogram_counts_each_product_that_was_compared_by_its_score(engine, scoring):
    for more in ({}, {"include_query": True}, {"filters": {"articleType": ["Shirts"]}, "k": 1}):
        found = search(engine, "yellow", scoring=scoring, **more)
        assert engine.histogram(found, 7).sum() == found.compared
    found = search(engine, "yellow", scoring="linear")
    assert engine.histogram(found, 4).tolist() == [1, 0, 1, 1], "scores of 0, 0.5 and 1"


def test_what_a_similarity_means_is_found_out_once(engine, monkeypatch):
    made = []
    calibrate = engine_module.calibrate
    monkeypatch.setattr(engine_module, "calibrate", lambda *given: made.append(given[1].name) or calibrate(*given))
    for _ in range(2):
        for kernel in KERNELS.values():
            found = search(engine, "red", scoring=kernel.name)
            assert found.calibration is engine.calibration(kernel)
    assert made == ["unit", "linear"]
    assert engine.calibration(COSINE).match_threshold == engine.encoder.match_threshold


def test_what_a_similarity_means_is_told_of_one_picture_alone(open_engine):
    engine = open_engine({"1": "red", "2": "blue", "3": "lime"}, encoder=FakeAvailable(ReadsColors()))
    assert search(engine, "1").calibration and search(engine, photos=(PHOTO,)).calibration
    assert search(engine, photos=(PHOTO, PHOTO)).calibration is None
    assert search(engine, "1", marks=Marks(more=("2",))).calibration is None
    assert search(engine, photos=(PHOTO,), marks=Marks(less=("2",))).calibration is None
    assert by_words(engine, "red").calibration is None


def test_among_one_product_a_similarity_means_nothing(open_engine):
    engine = open_engine({"1": "red"})
    found = search(engine, photos=(PHOTO,))
    assert len(found.neighbors) == 1 and found.calibration is None


# words


@pytest.fixture
def reads(open_engine):
    attributes = {id_: {"articleType": kind} for id_, kind in TYPES.items()}
    return open_engine(COLORS, attributes, FakeAvailable(ReadsColors()))


def test_words_are_searched_by_the_cosine_of_their_embedding(reads):
    found = by_words(reads, "red and green, half each", k=2)
    assert numbers(found.neighbors)[0] == (1, "yellow", 1, pytest.approx(1))
    assert found.neighbors[1].similarity == pytest.approx(0.5**0.5)
    np.testing.assert_array_equal(found.vector, [1, 1, 0])
    assert found.indexed is reads.indexed and found.compared == 4 and reads.needs_model(WordsQuery("red"))
    assert ids(by_words(reads, "blue", filters={"articleType": ["Caps"]}, k=1).neighbors) == ["red"]


def test_where_the_encoder_reads_no_text_names_are_searched_whether_or_not_there_are_vectors(engine):
    for each in (engine, Engine(engine.catalog)):
        found = each.search(SearchRequest(WordsQuery("shirt"), engine.encoder))
        assert ids(found.neighbors) == ["dark", "blue"]
        assert found.indexed is None and found.vector is None and found.calibration is None
        assert (found.compared, found.low) == (5, 0)


def test_what_reads_text_is_not_asked_for_names_without_its_vectors(reads):
    with pytest.raises(QueryError, match="no embeddings by reads_colors"):
        Engine(reads.catalog).search(SearchRequest(WordsQuery("red"), reads.encoder))


# several pictures of a product


@pytest.mark.parametrize("scoring", KERNELS)
def test_a_product_is_found_once_and_by_the_best_of_its_pictures(scoring):
    catalog = catalog_of({"a": {}, "b": {}, "c": {}})
    engine = engine_of(
        catalog, [[0, 1], [4, 0], [3, 3], [0, 5]], owners=[0, 0, 1, 2], encoder=FakeAvailable(SeesAlways([1, 0]))
    )
    found = search(engine, photos=(PHOTO,), scoring=scoring)
    assert ids(found.neighbors) == ["a", "b", "c"]
    assert [each.similarity for each in found.neighbors] == (
        pytest.approx([1, 0.5**0.5, 0]) if scoring == "unit" else [4, 3, 0]
    )
    assert (found.compared, len(engine)) == (3, 3)
    assert engine.histogram(found, 2).sum() == 3


def test_a_product_of_several_pictures_is_left_out_with_all_of_them_and_asks_with_its_first():
    catalog = catalog_of({"a": {"kind": "x"}, "b": {"kind": "x"}, "c": {"kind": "y"}})
    engine = engine_of(catalog, [[1, 0], [0, 1], [0, 2], [3, 0], [2, 2]], owners=[0, 0, 1, 1, 2])
    found = search(engine, "a")
    np.testing.assert_array_equal(found.vector, [1, 0])
    assert ids(found.neighbors) == ["b", "c"]
    assert found.alone[0].similarity == 1
    assert ids(neighbors(engine, "a", filters={"kind": ["y"]})) == ["c"]


# filters


def test_filters_apply_before_ranking(engine):
    """The best three of all hold one shirt only; of shirts there are two."""
    found = neighbors(engine, "red", k=2, filters={"articleType": ["Shirts"]})
    assert [(neighbor.product_id, neighbor.score) for neighbor in found] == [("dark", 1), ("blue", 0)]


def test_the_query_need_not_pass_the_filter(engine):
    found = neighbors(engine, "blue", filters={"articleType": ["Caps"]}, include_query=True)
    assert ids(found) == ["red", "yellow"]


def test_one_product_that_passes_scores_one(engine):
    found = search(engine, "red", filters={"articleType": ["Caps"]})
    assert numbers(found.neighbors) == [(1, "yellow", 1, pytest.approx(0.5**0.5))]
    assert found.low == found.high == found.neighbors[0].similarity


def test_where_all_are_alike_all_score_one(open_engine):
    assert [each.score for each in neighbors(open_engine(dict.fromkeys("abc", "red")), "a")] == [1, 1]


@pytest.mark.parametrize("fold", [False, True])
def test_where_nothing_passes_nothing_is_found(open_engine, fold):
    kinds = {"1": {"kind": "Caps", "color": "red"}, "2": {"kind": "Hats", "color": "blue"}}
    engine = open_engine({"1": "red", "2": "blue"}, kinds)
    found = search(engine, "1", filters={"kind": ["Caps"], "color": ["blue"]}, fold=fold)
    assert found.neighbors == found.alone == () and found.folds == {}
    assert (found.compared, found.low, found.high, found.passing) == (0, 0, 0, 0)
    assert engine.histogram(found, 3).tolist() == [0, 0, 0]


@pytest.mark.parametrize("filters", [{"size": ["L"]}, {"articleType": ["Hats"]}])
@pytest.mark.parametrize("query", [ProductQuery("red"), WordsQuery("shirts")])
def test_a_filter_that_makes_no_sense_is_refused(engine, filters, query):
    with pytest.raises(QueryError, match=r"no attribute 'size'|No product has articleType=Hats"):
        engine.search(SearchRequest(query, engine.encoder, filters=filters))


# ties


def test_equal_pictures_come_in_the_order_of_the_catalog(open_engine):
    engine = open_engine({"9": "red", "1": "blue", "5": "red", "3": "red", "4": "green"})
    assert ids(neighbors(engine, "1", k=4)) == ["9", "5", "3", "4"]
    assert ids(neighbors(engine, "5", k=2)) == ["9", "3"]


def test_products_that_share_a_photo_tie_to_the_last_bit(make_catalog, settings):
    rng = np.random.default_rng(0)
    encoder = FakeAvailable(SeesAlways(rng.random(512)))
    catalog = make_catalog({str(number): "red" for number in range(295)})
    (hash_,) = {*HashMemory.in_cache(settings).of(catalog.images)}
    EmbeddingStore.of(encoder, settings).add({hash_: rng.random(512, dtype=np.float32)}, {})
    found = search(Engine(catalog, open_index(catalog, encoder, settings)), photos=(PHOTO,), k=100).neighbors
    assert ids(found) == [str(number) for number in range(100)]
    assert len({neighbor.similarity for neighbor in found}) == 1


@pytest.fixture(scope="module")
def scattered():
    """Thousands of random vectors, and the rows of 90 that are equal to the first; the last seven are among them."""
    rng = np.random.default_rng(5)
    vectors = rng.normal(size=(5007, 512)).astype(np.float32)
    equal = np.append(np.sort(1 + rng.choice(4999, 83, replace=False)), np.arange(5000, 5007))
    vectors[equal] = vectors[0] = rng.normal(size=512)
    return vectors, equal


@pytest.mark.parametrize("kernel", KERNELS.values(), ids=KERNELS)
def test_equal_vectors_tie_to_the_last_bit_wherever_they_lie(scattered, kernel):
    """A matrix product alone does not give that: rows at the end of a matrix are summed in another order."""
    vectors, equal = scattered
    vector_index = ExactIndex(vectors, np.arange(5007))
    for query in vectors[0] + np.random.default_rng(6).normal(scale=0.1, size=(9, 512)).astype(np.float32):
        top = vector_index.top(query, 91, kernel)
        assert top.rows.tolist() == top.owners.tolist() == [0, *equal]
        assert len({*top.similarities.tolist()}) == 1


@pytest.mark.parametrize("kernel", KERNELS.values(), ids=KERNELS)
@pytest.mark.parametrize("queries", [1, 3, 1000])
def test_equal_vectors_tie_as_neighbors_of_many_queries_at_once(scattered, kernel, queries):
    vectors, equal = scattered
    near = [0, *equal]
    rows = np.append(np.arange(1, queries), 0)
    *_, last = ExactIndex(vectors, np.arange(5007)).neighbors(rows, 90, kernel)
    assert last.rows[-1].tolist() == last.owners[-1].tolist() == near[1:]
    assert len({*last.similarities[-1].tolist()}) == 1


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
    return [(row, (similarities[row] - low) / (high - low) if high > low else 1, similarities[row]) for row in best]


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
    catalog = catalog_of({f"p{row}": {"kind": kind} for row, kind in enumerate(kinds)})
    found = by_vector(query, matrix, catalog, k=k, scoring="linear", filters={"kind": [wanted]})
    passing = [kind == wanted for kind in kinds]
    expected = naive(matrix, query, k, "linear", passing)
    assert [neighbor.rank for neighbor in found.neighbors] == [*range(1, len(expected) + 1)]
    assert [(neighbor.product_id, neighbor.similarity) for neighbor in found.neighbors] == [
        (f"p{row}", similarity) for row, _, similarity in expected
    ]
    assert [neighbor.score for neighbor in found.neighbors] == pytest.approx([score for _, score, _ in expected])
    every = [similarity for *_, similarity in naive(matrix, query, len(matrix), "linear", passing)]
    assert (found.compared, found.low, found.high) == (len(every), min(every), max(every))


@given(vectors, st.integers(1, 40))
def test_unit_search_equals_a_naive_full_sort_of_cosines(drawn, k):
    matrix, query = drawn
    found = by_vector(query, matrix, k=k).neighbors
    every = naive(matrix, query, len(matrix), "unit", [True] * len(matrix))
    expected = [cosine for _, _, cosine in every[:k]]
    cosines = {f"p{row}": cosine for row, _, cosine in every}
    assert [neighbor.similarity for neighbor in found] == pytest.approx(expected, abs=1e-6)
    assert [cosines[neighbor.product_id] for neighbor in found] == pytest.approx(expected, abs=1e-6)


@given(vectors, st.data())
def test_of_several_pictures_a_product_has_the_naive_maximum(drawn, data):
    matrix, query = drawn
    owners = sorted(data.draw(st.lists(st.integers(0, 9), min_size=len(matrix), max_size=len(matrix))))
    engine = engine_of(
        catalog_of({str(owner): {} for owner in range(10)}),
        matrix,
        owners=owners,
        encoder=FakeAvailable(SeesAlways(query)),
    )
    best = {}
    for owner, vector in zip(owners, matrix, strict=True):
        best[owner] = max(best.get(owner, -np.inf), float(vector @ query))
    expected = sorted(best.items(), key=lambda each: (-each[1], each[0]))
    found = search(engine, photos=(PHOTO,), k=10, scoring="linear")
    assert [(int(each.product_id), each.similarity) for each in found.neighbors] == expected
    assert found.compared == len(best)


@pytest.mark.parametrize("size", [1e-30, 1e-20, 1e15])
def test_unit_scoring_does_not_depend_on_the_length_of_the_query(size):
    matrix = np.eye(3) + 0.5
    plain, sized = (
        [neighbor.similarity for neighbor in by_vector(np.multiply([1, 2, 3], factor), matrix).neighbors]
        for factor in (1, size)
    )
    assert plain == pytest.approx(sized)


@pytest.mark.parametrize("sizes", [(1e-18, 1e18), (1e-25, 1e-25), (1e20, 1e20)])
def test_unit_scoring_does_not_depend_on_the_lengths_of_the_products(sizes):
    matrix = np.float32([[1, 2, 3], [3, 2, 1]]) * np.float32(sizes)[:, np.newaxis]
    found = by_vector([1, 2, 3], matrix).neighbors
    assert [neighbor.similarity for neighbor in found] == pytest.approx([1, 10 / 14])


@pytest.mark.parametrize("size", [1e-25, 1e18, 1e20])
def test_unit_scoring_does_not_depend_on_the_length_of_all_there_is(size):
    matrix = np.float32([[1, 2, 3], [3, 2, 1], [1, 1, 1]]) * np.float32(size)
    found = search(engine_of(catalog_of({"a": {}, "b": {}, "c": {}}), matrix), "a")
    cosines = pytest.approx([6 / 42**0.5, 10 / 14])
    assert [each.similarity for each in found.neighbors] == cosines
    assert [each.similarity for each in found.alone] == cosines
    assert found.calibration.nearest[-1] == pytest.approx(6 / 42**0.5)


# what is refused


@pytest.mark.parametrize("scoring", ["cosine", "", None])
def test_an_unknown_scoring_is_refused_with_those_there_are(scoring):
    with pytest.raises(QueryError, match=r"no scoring .+ Choose one of: unit, linear"):
        kernel_of(scoring)


def test_an_unknown_product_is_refused(engine):
    with pytest.raises(UnknownProduct, match="no product 'gone'"):
        search(engine, "gone")


@pytest.mark.parametrize("dim", [2, 4])
@pytest.mark.parametrize("scoring", KERNELS)
def test_a_vector_of_another_shape_is_refused(dim, scoring):
    with pytest.raises(QueryError, match="not fit"):
        by_vector(np.ones(dim), np.ones((4, 3)), scoring=scoring)


@pytest.mark.parametrize("shape", [(2,), (4,), (1, 3)])
@pytest.mark.parametrize("kernel", KERNELS.values(), ids=KERNELS)
def test_an_index_refuses_a_vector_of_another_shape(shape, kernel):
    with pytest.raises(QueryError, match="not fit"):
        ExactIndex(np.ones((4, 3), dtype=np.float32), np.arange(4)).top(np.ones(shape, dtype=np.float32), 1, kernel)


@pytest.mark.parametrize("bad", [np.nan, np.inf])
@pytest.mark.parametrize("scoring", KERNELS)
def test_a_vector_that_is_no_number_is_refused(scoring, bad):
    with pytest.raises(QueryError, match="NaN or infinite"):
        by_vector([1, bad, 0], np.ones((4, 3)), scoring=scoring)


def test_a_product_whose_picture_is_damaged_is_no_query_and_no_result(engine):
    with pytest.raises(QueryError, match=r"torn \(torn\) has no embedding: its picture is damaged.+Mend the picture"):
        search(engine, "torn")
    assert "torn" not in ids(neighbors(engine, "red", filters={"articleType": ["Caps", "Shirts"]}))
    assert len(engine) == 4
    assert [skipped.product_id for skipped in engine.skipped] == ["torn"]


def test_a_catalog_that_was_not_indexed_says_how_to(make_catalog, settings, encoder):
    with pytest.raises(QueryError, match=r"has no embeddings by mean_color\. Run `python -m prodsim index`"):
        open_index(make_catalog({"1": "red"}), encoder, settings)


def test_without_vectors_there_is_no_encoder_and_no_picture_is_found(engine):
    without = Engine(engine.catalog)
    assert len(without) == 0 and without.skipped == () and without.calibration(COSINE) is None
    with pytest.raises(QueryError, match="no embeddings"):
        _ = without.encoder
    for query in (ProductQuery("red"), PhotosQuery((PHOTO,))):
        with pytest.raises(QueryError, match="no embeddings by mean_color at hand"):
            without.search(SearchRequest(query, engine.encoder))


def test_a_request_for_another_encoder_is_refused(engine):
    for query in (ProductQuery("red"), PhotosQuery((PHOTO,))):
        with pytest.raises(QueryError, match="no embeddings by pixels at hand"):
            engine.search(SearchRequest(query, REGISTRY["pixels"]))


# what is on disk


def test_a_search_from_disk_needs_no_encoder(engine, settings):
    again = FakeAvailable()
    from_disk = Engine(engine.catalog, open_index(engine.catalog, again, settings))
    for more in ({}, {"fold": True}, {"marks": Marks(more=("blue",), less=("dark",))}):
        assert neighbors(from_disk, "red", **more) == neighbors(engine, "red", **more)
    assert again.loads == 0


def test_embeddings_made_one_way_are_not_searched_another_way(engine, settings):
    with pytest.raises(QueryError, match="has no embeddings"):
        open_index(engine.catalog, FakeAvailable(fingerprint="f" * 16), settings)


def test_the_digest_is_that_of_the_catalog_with_its_pictures(engine, settings):
    expected = engine.catalog.digest(HashMemory.in_cache(settings).of(engine.catalog.images))
    assert engine.indexed.digest == search(engine, "red").digest(settings) == expected
    by_names = Engine(engine.catalog).search(SearchRequest(WordsQuery("caps"), engine.encoder))
    assert by_names.digest(settings) == expected


def test_vectors_of_another_catalog_are_refused(make_catalog):
    catalog = make_catalog(dict.fromkeys("ab", "red"))
    other = make_catalog(dict.fromkeys("ba", "red"), name="other")
    with pytest.raises(QueryError, match="not those of this catalog"):
        Engine(other, indexed(catalog, np.eye(2)))


def test_where_no_picture_can_be_used_the_first_reason_is_told(make_catalog, settings, encoder):
    catalog = make_catalog({"1": DAMAGED, "2": DAMAGED})
    *_, last = index(catalog, encoder, settings)
    with pytest.raises(QueryError, match=r"None of the 2 pictures of shop can be used\. The first: .*1\.png"):
        open_index(catalog, encoder, settings, last.skipped)
