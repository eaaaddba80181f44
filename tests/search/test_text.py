"""Products found by the words of their names and labels."""

import math
from collections import Counter

import pytest

from prodsim.errors import QueryError
from prodsim.search import MAX_K, WordIndex
from prodsim.search.text import split
from tests.conftest import MakeCatalog

CLOTHES = {
    "1": ("Kestrel Women Red Summer Dress", "Dresses", "Red"),
    "2": ("Kestrel Women Blue Dress", "Dresses", "Blue"),
    "3": ("Oskelin Men Red Polo T-shirt", "Tshirts", "Red"),
    "4": ("Oskelin Men's Blue Ripped Jeans", "Jeans", "Navy Blue"),
    "5": ("Oskelin Men White Shirt", "Shirts", "White"),
    "6": ("Kestrel Women Blue Dress", "Dresses", "Blue"),
}


@pytest.fixture
def index(make_catalog: MakeCatalog) -> WordIndex:
    rows = {id_: {"productDisplayName": n, "articleType": t, "baseColour": c} for id_, (n, t, c) in CLOTHES.items()}
    return WordIndex(make_catalog(dict.fromkeys(CLOTHES, "red"), rows))


def ids(index: WordIndex, words: str, **options: object) -> list[str]:
    return [neighbor.product_id for neighbor in index.search(words, **options)]  # type: ignore[arg-type]


def naive(words: str) -> dict[str, float]:
    """TF-IDF cosines as the class defines them, with plain numbers."""
    texts = {id_: Counter(split(" ".join(row))) for id_, row in CLOTHES.items()}
    known = {word for text in texts.values() for word in text}

    def weights(counts: Counter[str]) -> dict[str, float]:
        found = {
            word: (1 + math.log(count)) * (1 + math.log(7 / (1 + sum(word in text for text in texts.values()))))
            for word, count in counts.items()
            if word in known
        }
        length = math.sqrt(sum(weight**2 for weight in found.values()))
        return {word: weight / length for word, weight in found.items()}

    question = weights(Counter(split(words)))
    return {
        id_: sum(weight * question.get(word, 0) for word, weight in weights(text).items())
        for id_, text in texts.items()
    }


@pytest.mark.parametrize("words", ["red summer dress", "blue jeans", "Dresses", "shirt shirt white of Kestrel"])
def test_products_come_by_the_cosine_of_their_weighted_words(index: WordIndex, words: str) -> None:
    expected = {id_: similarity for id_, similarity in naive(words).items() if similarity > 0}
    found = index.search(words, k=MAX_K)
    assert {one.product_id: one.similarity for one in found} == pytest.approx(expected, rel=1e-5)
    assert [one.similarity for one in found] == sorted((one.similarity for one in found), reverse=True)
    assert [one.rank for one in found] == list(range(1, len(found) + 1))


def test_scores_are_min_max_over_what_was_compared(index: WordIndex) -> None:
    found = index.search("red summer dress")
    assert found[0].product_id == "1" and found[0].score == 1
    assert found[1].score == pytest.approx(found[1].similarity / found[0].similarity)


def test_products_of_the_same_words_come_in_the_order_of_the_catalog(index: WordIndex) -> None:
    assert ids(index, "blue dress", k=2) == ["2", "6"]


def test_what_has_none_of_the_words_is_no_result(index: WordIndex) -> None:
    assert ids(index, "jeans", k=MAX_K) == ["4"]
    for words in ("zeppelin", "", "  ", "!?", "for the"):
        assert ids(index, words) == []


@pytest.mark.parametrize(("plural", "singular"), [("dresses", "Dress"), ("JEANS", "jean"), ("T-Shirts", "tshirt")])
def test_a_plural_finds_the_singular(index: WordIndex, plural: str, singular: str) -> None:
    assert ids(index, plural) == ids(index, singular) != []


@pytest.mark.parametrize("word", ["dress", "glass", "citrus", "iris", "xs", "is"])
def test_not_every_word_with_an_s_is_a_plural(word: str) -> None:
    assert split(word) == [word]


def test_a_t_shirt_is_no_shirt(index: WordIndex) -> None:
    assert ids(index, "t-shirt") == ["3"]
    assert ids(index, "shirt") == ["5"]


def test_little_words_do_not_count(index: WordIndex) -> None:
    assert index.search("a dress for the summer") == index.search("dress summer")


def test_filters_apply_before_ranking(index: WordIndex) -> None:
    assert ids(index, "red dress", filters={"baseColour": ["Blue"]}) == ["2", "6"]
    assert ids(index, "jeans", filters={"baseColour": ["Blue"]}) == []


def test_words_of_any_script_are_found(make_catalog: MakeCatalog) -> None:
    names = {"1": "Красное платье", "2": "红色连衣裙", "3": "लाल साड़ी", "4": "Röd klänning", "5": "빨간 드레스"}
    catalog = make_catalog(dict.fromkeys(names, "red"), {i: {"productDisplayName": name} for i, name in names.items()})
    index = WordIndex(catalog)
    for product_id, words in {"1": "ПЛАТЬЕ", "2": "连衣裙", "3": "साड़ी", "4": "klänning", "5": "드레스"}.items():
        assert ids(index, words) == [product_id]


def test_where_products_have_no_names_their_ids_are_searched(make_catalog: MakeCatalog) -> None:
    assert ids(WordIndex(make_catalog({"blue_dress": "blue", "red_dress": "red"})), "Blue") == ["blue_dress"]


def test_a_catalog_without_words_says_so(make_catalog: MakeCatalog) -> None:
    with pytest.raises(QueryError, match=r"in the catalog shop have no words\. Search with a product or a photo"):
        WordIndex(make_catalog({"_": "red", "__": "blue"}))


def test_ten_thousand_characters_are_words_like_any(index: WordIndex) -> None:
    assert ids(index, "x" * 10_000) == []
    assert ids(index, "jeans " * 2_000) == ["4"]


@pytest.mark.parametrize("k", [0, MAX_K + 1])
def test_k_out_of_range_is_refused(index: WordIndex, k: int) -> None:
    with pytest.raises(QueryError, match="a search returns 1 to 100"):
        index.search("jeans", k=k)
