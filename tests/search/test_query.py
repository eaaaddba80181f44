"""What a search may be asked, and how marks and several photos steer it."""

import numpy as np
import pytest

from prodsim.catalog import LONGEST_WORDS
from prodsim.encoders import REGISTRY
from prodsim.errors import QueryError, UnknownProduct
from prodsim.index import COSINE, KERNELS, LINEAR
from prodsim.search import (
    MAX_K,
    MAX_MARKS,
    MAX_PHOTOS,
    NO_MARKS,
    Marks,
    Photo,
    PhotosQuery,
    ProductQuery,
    SearchRequest,
    WordsQuery,
    parse_filters,
)
from tests.indexes import PHOTO, catalog_of, engine_of, ids, search
from tests.samples import FakeAvailable, MeanColor, ReadsColors, picture

VECTORS = np.float32([[4, 0], [0, 2], [1, 1], [3, 4]])
SPEC = MeanColor.spec


class SeesRed(MeanColor):
    """Encoder whose embedding of a picture is one of two vectors, by whether it is red."""

    def encode(self, images):
        red = super().encode(images)[:, 0] > 128
        return np.where(red[:, np.newaxis], VECTORS[0], VECTORS[1])


@pytest.fixture
def catalog():
    return catalog_of({id_: {"kind": "x" if id_ in "ab" else "y"} for id_ in ("a", "b", "c", "d", "unseen")})


@pytest.fixture
def engine(catalog):
    return engine_of(catalog, VECTORS, encoder=FakeAvailable(SeesRed()))


# steering


def test_a_query_that_nothing_steers_stays_as_it_is(engine):
    for kernel in KERNELS:
        np.testing.assert_array_equal(search(engine, "d", scoring=kernel).vector, [3, 4])
        np.testing.assert_array_equal(search(engine, photos=(PHOTO,), scoring=kernel).vector, [4, 0])


def test_at_unit_length_only_directions_count(engine):
    found = search(engine, "a", marks=Marks(more=("d",), less=("b",)))
    np.testing.assert_allclose(found.vector, [1.45, 0.45])


def test_the_raw_kernel_combines_vectors_as_they_are(engine):
    found = search(engine, "a", marks=Marks(more=("d",), less=("b",)), scoring="linear")
    np.testing.assert_allclose(found.vector, [4 + 0.75 * 3, 0.75 * 4 - 0.15 * 2])


def test_several_photos_are_their_mean(engine):
    photos = (PHOTO, Photo("other.png", picture("black")))
    np.testing.assert_allclose(search(engine, photos=photos).vector, [0.5, 0.5])
    np.testing.assert_allclose(search(engine, photos=photos, scoring="linear").vector, [2, 1])
    assert ids(search(engine, photos=photos, k=1).neighbors) == ["c"]


def test_marks_steer_several_photos_too(engine):
    photos = (PHOTO, Photo("other.png", picture("black")))
    found = search(engine, photos=photos, marks=Marks(more=("d",)))
    np.testing.assert_allclose(found.vector, [0.5 + 0.75 * 0.6, 0.5 + 0.75 * 0.8])
    assert ids(found.neighbors) == ["c", "b", "a"]


def test_what_was_marked_stays_out_of_the_results(engine):
    assert ids(search(engine, "a", marks=Marks(more=("d",), less=("b",))).neighbors) == ["c"]
    marked = search(engine, "a", marks=Marks(less=("b",)), include_query=True)
    assert sorted(ids(marked.neighbors)) == ["a", "c", "d"]


def test_a_result_tells_how_similar_it_is_to_the_query_that_is_not_steered(engine):
    found = search(engine, "a", marks=Marks(more=("d",)))
    alone = {each.product_id: each.similarity for each in found.alone}
    assert alone == {"c": pytest.approx(0.5**0.5), "b": 0}


def test_what_is_no_product_or_has_no_embedding_cannot_steer(engine):
    with pytest.raises(UnknownProduct, match="nowhere"):
        search(engine, "a", marks=Marks(more=("nowhere",)))
    with pytest.raises(QueryError, match=r"unseen.*no embedding"):
        search(engine, "a", marks=Marks(less=("unseen",)))


# marks


@pytest.mark.parametrize("marks", [{"more": ("a",), "less": ("a",)}, {"more": ("a", "a")}, {"less": ("b", "a", "a")}])
def test_a_product_is_marked_once(marks):
    with pytest.raises(QueryError, match="'a' is marked twice"):
        Marks(**marks)


def test_a_query_takes_so_many_marks():
    ids = tuple(map(str, range(MAX_MARKS + 1)))
    assert Marks(ids[:20], ids[20:MAX_MARKS])
    with pytest.raises(QueryError, match=f"A query takes {MAX_MARKS} marks, and {MAX_MARKS + 1} were given"):
        Marks(ids[:20], ids[20:])


def test_marks_are_true_if_there_are_any():
    assert not Marks() and Marks(more=("a",)) and Marks(less=("a",))
    assert Marks(more=("b",), less=("a",)).all == ("b", "a")


# requests


@pytest.mark.parametrize("k", [0, -1, MAX_K + 1, 2.5, "5", True])
@pytest.mark.parametrize("query", [ProductQuery("a"), PhotosQuery((PHOTO,)), WordsQuery("a")])
def test_k_out_of_range_is_refused(query, k):
    with pytest.raises(QueryError, match=f"k is {k}, but a search returns 1 to 100"):
        SearchRequest(query, SPEC, k=k)


@pytest.mark.parametrize("k", [1, MAX_K])
def test_k_is_within_its_ends(k):
    assert SearchRequest(ProductQuery("a"), SPEC, k=k).k == k


@pytest.mark.parametrize("query", [PhotosQuery((PHOTO,)), WordsQuery("a")])
def test_only_a_product_can_be_among_its_own_results(query):
    with pytest.raises(QueryError, match="Only a product can be among its own results"):
        SearchRequest(query, SPEC, include_query=True)


def test_words_are_neither_compared_by_the_raw_kernel_nor_folded():
    for spec in (SPEC, ReadsColors.spec):
        with pytest.raises(QueryError, match=r"Words are always compared by the cosine\. Choose the scoring .unit."):
            SearchRequest(WordsQuery("a"), spec, LINEAR)
        with pytest.raises(QueryError, match="What words find is not folded"):
            SearchRequest(WordsQuery("a"), spec, COSINE, fold=True)


@pytest.mark.parametrize("words", ["", " ", "\n\t\u3000"])
def test_blank_words_are_refused(words):
    with pytest.raises(QueryError, match="no words to search with"):
        WordsQuery(words)


def test_long_words_are_refused():
    assert WordsQuery("x" * LONGEST_WORDS)
    with pytest.raises(QueryError, match="The words have 1,000 characters, and a search takes 200"):
        WordsQuery("x" * 1000)


def test_no_photo_is_refused_and_so_are_more_than_eight():
    with pytest.raises(QueryError, match="no photo to search with"):
        PhotosQuery(())
    assert PhotosQuery((PHOTO,) * MAX_PHOTOS)
    with pytest.raises(QueryError, match=r"takes 8 photos, and 9 were given\. Leave some out"):
        PhotosQuery((PHOTO,) * 9)


def test_several_pictures_are_combined():
    assert not ProductQuery("a").combined and not PhotosQuery((PHOTO,)).combined
    assert PhotosQuery((PHOTO, PHOTO)).combined
    assert ProductQuery("a", Marks(more=("b",))).combined and PhotosQuery((PHOTO,), Marks(less=("b",))).combined


def test_names_are_searched_for_words_that_the_encoder_does_not_read():
    assert SearchRequest(WordsQuery("a"), SPEC).in_names
    assert not SearchRequest(WordsQuery("a"), ReadsColors.spec).in_names
    assert not any(SearchRequest(query, SPEC).in_names for query in (ProductQuery("a"), PhotosQuery((PHOTO,))))


def test_the_product_and_what_is_marked_take_no_part():
    marks = Marks(more=("b",), less=("c",))
    assert {*SearchRequest(ProductQuery("a", marks), SPEC).left_out} == {"a", "b", "c"}
    assert {*SearchRequest(ProductQuery("a", marks), SPEC, include_query=True).left_out} == {"b", "c"}
    assert {*SearchRequest(PhotosQuery((PHOTO,), marks), SPEC).left_out} == {"b", "c"}
    words = SearchRequest(WordsQuery("a"), SPEC)
    assert words.left_out == () and words.marks is NO_MARKS


def test_a_request_is_checked_against_a_catalog_before_it_is_answered(catalog):
    for query in (ProductQuery("a", Marks(more=("unseen",))), PhotosQuery((PHOTO,)), WordsQuery("nowhere")):
        SearchRequest(query, REGISTRY["pixels"], filters={"kind": ["x"]}).check(catalog)
        with pytest.raises(QueryError, match="no attribute 'size'"):
            SearchRequest(query, SPEC, filters={"size": ["L"]}).check(catalog)
        with pytest.raises(QueryError, match="No product has kind=z"):
            SearchRequest(query, SPEC, filters={"kind": ["z"]}).check(catalog)
    marks = Marks(less=("nowhere",))
    for query in (ProductQuery("nowhere"), ProductQuery("a", marks), PhotosQuery((PHOTO,), marks)):
        with pytest.raises(UnknownProduct, match="no product 'nowhere'"):
            SearchRequest(query, SPEC).check(catalog)


# parse_filters


def test_filters_are_read_from_pairs():
    pairs = ["articleType=Caps", "baseColour=Red", "articleType=Shirts", "name=a=b"]
    assert parse_filters(pairs) == {"articleType": ["Caps", "Shirts"], "baseColour": ["Red"], "name": ["a=b"]}


@pytest.mark.parametrize(
    ("pair", "name", "value"),
    [
        ("price<20", "price<", "20"),
        ("price<=20", "price<=", "20"),
        ("price>10.5", "price>", "10.5"),
        ("price >= 1,299", "price>=", "1,299"),
        ("weight>-5", "weight>", "-5"),
        ("year!=2011", "year!", "2011"),
        ("size=<20", "size", "<20"),
        ("a<b=c", "a<b", "c"),
    ],
)
def test_bounds_are_read_where_a_number_follows(pair, name, value):
    assert parse_filters([pair]) == {name: [value]}


@pytest.mark.parametrize("pair", ["price<cheap", "<20", "price<", "=<20"])
def test_a_bound_without_an_attribute_or_a_number_is_refused(pair):
    with pytest.raises(QueryError, match=r"is no filter\. Write attribute=value, .+, or for numbers price<20"):
        parse_filters([pair])


@pytest.mark.parametrize("pair", ["", "=", "articleType", "articleType=", "=Caps"])
def test_what_is_no_pair_is_refused(pair):
    with pytest.raises(QueryError, match=f"'{pair}' is no filter. Write attribute=value"):
        parse_filters([pair])
