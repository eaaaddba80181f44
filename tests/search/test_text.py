"""Products found by the words of their names and labels."""

from typing import Any

import numpy as np
import pytest

from prodsim.catalog import LONGEST_WORDS, Catalog, model
from prodsim.catalog.words import Words
from prodsim.errors import QueryError
from prodsim.search import MAX_K, Engine, Neighbor, SearchRequest, SearchResult, WordsQuery, named
from prodsim.search.text import by_names
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


def test_products_come_by_how_well_the_words_fit_them(engine: Engine) -> None:
    found = neighbors(engine, "red summer dress", k=MAX_K)
    assert [one.product_id for one in found] == ["1", "3", "2", "6"]
    fits = sorted(engine.catalog.similarities("red summer dress"), reverse=True)
    assert [one.similarity for one in found] == fits[:4] and fits[4:] == [0, 0]
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
    rows = np.array([1, 2, 4, 5])
    top = by_names(catalog, "red summer dress", rows, 2)
    assert top.owners.tolist() == top.rows.tolist() == [2, 1]
    assert top.similarities.tolist() == catalog.similarities("red summer dress")[[2, 1]].tolist()
    assert (top.compared, top.low, top.high) == (4, 0, top.similarities[0])
    none = by_names(catalog, "red", np.array([], dtype=np.intp), 2)
    assert (len(none.rows), none.compared, none.low, none.high) == (0, 0, 0, 0)


@pytest.mark.parametrize("words", ["", "  "])
def test_no_words_fit_nothing(catalog: Catalog, words: str) -> None:
    assert by_names(catalog, words, np.arange(6), 6).high == 0


@pytest.mark.parametrize(("plural", "singular"), [("dresses", "Dress"), ("JEANS", "jean"), ("T-Shirts", "tshirt")])
def test_a_plural_finds_the_singular(engine: Engine, plural: str, singular: str) -> None:
    assert ids(engine, plural) == ids(engine, singular) != []


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


def test_the_words_of_a_catalog_are_read_once(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[object] = []
    monkeypatch.setattr(model, "Words", lambda *given: read.append(given) or Words(*given))
    assert ids(Engine(catalog), "jeans") == ids(Engine(catalog), "jeans") == catalog.find("jeans") == ["4"]
    assert len(read) == 1


def test_so_many_characters_as_a_search_takes_are_words_like_any(engine: Engine) -> None:
    assert ids(engine, "x" * LONGEST_WORDS) == []
    assert ids(engine, ("jeans " * LONGEST_WORDS)[:LONGEST_WORDS]) == ["4"]


@pytest.mark.parametrize("k", [0, MAX_K + 1])
def test_k_out_of_range_is_refused(engine: Engine, k: int) -> None:
    with pytest.raises(QueryError, match="a search returns 1 to 100"):
        neighbors(engine, "jeans", k=k)


def test_the_index_itself_refuses_to_find_none(catalog: Catalog) -> None:
    with pytest.raises(QueryError, match="k is 0"):
        by_names(catalog, "jeans", np.arange(6), 0)


def test_an_id_or_a_whole_name_finds_its_product_first(engine: Engine) -> None:
    assert ids(engine, " 4 ") == ["4"]
    first, *others = neighbors(engine, "kestrel women red summer dress")
    assert (first.product_id, first.similarity) == ("1", 1) and all(other.similarity < 1 for other in others)
    assert [one.similarity for one in neighbors(engine, "Kestrel Women Blue Dress", k=2)] == [1, 1]


def test_only_the_first_of_many_products_of_one_name_are_named(catalog: Catalog) -> None:
    assert named(catalog, "kestrel women blue dress") == ("2", "6")
    assert named(catalog, "5") == ("5",) and named(catalog, "blue dress") == named(catalog, "zeppelin") == ()
    many = catalog_of({str(n): {"productDisplayName": "Cap"} for n in range(9)})
    assert named(many, "CAP") == ("0", "1", "2", "3")
