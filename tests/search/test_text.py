"""Products found by the words of their names and labels."""

import math
from collections import Counter
from typing import Any

import numpy as np
import pytest

from prodsim.catalog import Catalog
from prodsim.errors import QueryError
from prodsim.search import MAX_K, Engine, Neighbor, SearchRequest, SearchResult, WordsQuery
from prodsim.search import engine as engine_module
from prodsim.search.text import WordIndex, split
from tests.conftest import MakeCatalog
from tests.indexes import catalog_of
from tests.samples import MeanColor

CLOTHES = {
    "1": ("Kestrel Women Red Summer Dress", "Dresses", "Red"),
    "2": ("Kestrel Women Blue Dress", "Dresses", "Blue"),
    "3": ("Oskelin Men Red Polo T-shirt", "Tshirts", "Red"),
    "4": ("Oskelin Men's Blue Ripped Jeans", "Jeans", "Navy Blue"),
    "5": ("Oskelin Men White Shirt", "Shirts", "White"),
    "6": ("Kestrel Women Blue Dress", "Dresses", "Blue"),
}


@pytest.fixture
def catalog() -> Catalog:
    return catalog_of(
        {id_: {"productDisplayName": n, "articleType": t, "baseColour": c} for id_, (n, t, c) in CLOTHES.items()}
    )


@pytest.fixture
def engine(catalog: Catalog) -> Engine:
    return Engine(catalog)


def search(engine: Engine, words: str, **more: Any) -> SearchResult:
    return engine.search(SearchRequest(WordsQuery(words), MeanColor.spec, **more))


def neighbors(engine: Engine, words: str, **more: Any) -> tuple[Neighbor, ...]:
    return search(engine, words, **more).neighbors


def ids(engine: Engine, words: str, **more: Any) -> list[str]:
    return [neighbor.product_id for neighbor in neighbors(engine, words, **more)]


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
def test_products_come_by_the_cosine_of_their_weighted_words(engine: Engine, words: str) -> None:
    expected = {id_: similarity for id_, similarity in naive(words).items() if similarity > 0}
    found = neighbors(engine, words, k=MAX_K)
    assert {one.product_id: one.similarity for one in found} == pytest.approx(expected, rel=1e-5)
    assert [one.similarity for one in found] == sorted((one.similarity for one in found), reverse=True)
    assert [one.rank for one in found] == list(range(1, len(found) + 1))


def test_scores_are_min_max_over_what_was_compared(engine: Engine) -> None:
    found = neighbors(engine, "red summer dress")
    assert found[0].product_id == "1" and found[0].score == 1
    assert found[1].score == pytest.approx(found[1].similarity / found[0].similarity)


def test_products_of_the_same_words_come_in_the_order_of_the_catalog(engine: Engine) -> None:
    assert ids(engine, "blue dress", k=2) == ["2", "6"]


def test_what_has_none_of_the_words_is_no_result(engine: Engine) -> None:
    assert ids(engine, "jeans", k=MAX_K) == ["4"]
    for words in ("zeppelin", "!?", "for the"):
        found = search(engine, words)
        assert found.neighbors == () and (found.compared, found.low, found.high) == (6, 0, 0)


def test_the_best_of_these_rows_come_with_the_ends_of_them_all(catalog: Catalog) -> None:
    top = WordIndex(catalog).search("red summer dress", np.array([1, 2, 4, 5]), 2)
    expected = naive("red summer dress")
    assert top.owners.tolist() == top.rows.tolist() == sorted((1, 2), key=lambda row: -expected[str(row + 1)])
    assert top.similarities.tolist() == pytest.approx(sorted((expected["2"], expected["3"]), reverse=True), rel=1e-5)
    assert (top.compared, top.low, top.high) == (4, 0, top.similarities[0])
    none = WordIndex(catalog).search("red", np.array([], dtype=np.intp), 2)
    assert (len(none.rows), none.compared, none.low, none.high) == (0, 0, 0, 0)


@pytest.mark.parametrize("words", ["", "  "])
def test_no_words_fit_nothing(catalog: Catalog, words: str) -> None:
    assert WordIndex(catalog).search(words, np.arange(6), 6).high == 0


@pytest.mark.parametrize(("plural", "singular"), [("dresses", "Dress"), ("JEANS", "jean"), ("T-Shirts", "tshirt")])
def test_a_plural_finds_the_singular(engine: Engine, plural: str, singular: str) -> None:
    assert ids(engine, plural) == ids(engine, singular) != []


@pytest.mark.parametrize("word", ["dress", "glass", "citrus", "iris", "xs", "is"])
def test_not_every_word_with_an_s_is_a_plural(word: str) -> None:
    assert split(word) == [word]


def test_a_t_shirt_is_no_shirt(engine: Engine) -> None:
    assert ids(engine, "t-shirt") == ["3"]
    assert ids(engine, "shirt") == ["5"]


def test_little_words_do_not_count(engine: Engine) -> None:
    assert neighbors(engine, "a dress for the summer") == neighbors(engine, "dress summer")


def test_filters_apply_before_ranking(engine: Engine) -> None:
    blue = search(engine, "red dress", filters={"baseColour": ["Blue"]}, k=1)
    assert (blue.compared, blue.passing, [one.score for one in blue.neighbors]) == (2, 2, [1])
    assert ids(engine, "red dress", filters={"baseColour": ["Blue"]}) == ["2", "6"]
    assert ids(engine, "jeans", filters={"baseColour": ["Blue"]}) == []


def test_words_of_any_script_are_found() -> None:
    names = {"1": "Красное платье", "2": "红色连衣裙", "3": "लाल साड़ी", "4": "Röd klänning", "5": "빨간 드레스"}
    engine = Engine(catalog_of({id_: {"productDisplayName": name} for id_, name in names.items()}))
    for product_id, words in {"1": "ПЛАТЬЕ", "2": "连衣裙", "3": "साड़ी", "4": "klänning", "5": "드레스"}.items():
        assert ids(engine, words) == [product_id]


def test_where_products_have_no_names_their_ids_are_searched(make_catalog: MakeCatalog) -> None:
    assert ids(Engine(make_catalog({"blue_dress": "blue", "red_dress": "red"})), "Blue") == ["blue_dress"]


def test_a_catalog_without_words_says_so(make_catalog: MakeCatalog) -> None:
    engine = Engine(make_catalog({"_": "red", "__": "blue"}))
    with pytest.raises(QueryError, match=r"in the catalog shop have no words\. Search with a product or a photo"):
        search(engine, "red")


def test_the_words_of_a_catalog_are_read_once(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[Catalog] = []
    monkeypatch.setattr(engine_module, "WordIndex", lambda catalog: read.append(catalog) or WordIndex(catalog))
    assert ids(engine, "jeans") == ids(engine, "jeans") == ["4"]
    assert read == [engine.catalog]


def test_ten_thousand_characters_are_words_like_any(engine: Engine) -> None:
    assert ids(engine, "x" * 10_000) == []
    assert ids(engine, "jeans " * 2_000) == ["4"]


@pytest.mark.parametrize("k", [0, MAX_K + 1])
def test_k_out_of_range_is_refused(engine: Engine, k: int) -> None:
    with pytest.raises(QueryError, match="a search returns 1 to 100"):
        neighbors(engine, "jeans", k=k)


def test_the_index_itself_refuses_to_find_none(catalog: Catalog) -> None:
    with pytest.raises(QueryError, match="k is 0"):
        WordIndex(catalog).search("jeans", np.arange(6), 0)
