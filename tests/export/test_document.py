"""Results as JSON documents."""

import json

import numpy as np
import pytest

from prodsim.config import Settings
from prodsim.encoders import require
from prodsim.export import catalog_document, heading, neighbors_table, search_document, verdict
from prodsim.search import Searcher
from prodsim.storage import to_json
from tests.conftest import MakeCatalog

VECTORS = np.array([[1, 0], [0, 1], [1, 1]], dtype=np.float32)
ROWS = {
    "a": {"productDisplayName": "Röd [tröja]", "articleType": "Tshirts"},
    "b": {"productDisplayName": "", "articleType": "Tshirts"},
    "c": {"productDisplayName": "C", "articleType": ""},
}


@pytest.fixture
def searcher(make_catalog: MakeCatalog) -> Searcher:
    catalog = make_catalog({"a": "red", "b": "green", "c": "blue"}, ROWS)
    return Searcher(catalog, VECTORS, np.arange(3), "digest")


def test_a_search_is_told_with_all_that_decided_it(searcher: Searcher, settings: Settings) -> None:
    encoder = require("pixels", settings)
    document = search_document({"product_id": "a"}, searcher.by_product("a"), searcher, encoder=encoder, scoring="unit")
    assert document["query"] == {"product_id": "a"}
    assert document["encoder"] == {"name": "pixels", "fingerprint": encoder.fingerprint}
    assert document["scoring"] == "unit"
    assert document["closeness"] == {
        "verdict": "very close",
        "words": ["very close", "nothing alike"],
        "percentiles": [pytest.approx(100 / 3, abs=1), 0.0],
    }
    assert document["catalog"] == {"name": "shop", "digest": "digest", "products": 3}
    assert document["neighbors"] == [
        {
            "rank": 1,
            "product_id": "c",
            "name": "C",
            "score": 1.0,
            "similarity": pytest.approx(0.5**0.5),
            "attributes": {"productDisplayName": "C"},
            "image": "images/c.png",
        },
        {
            "rank": 2,
            "product_id": "b",
            "name": "b",
            "score": 0.0,
            "similarity": 0.0,
            "attributes": {"articleType": "Tshirts"},
            "image": "images/b.png",
        },
    ]


def test_text_is_ascii_and_reads_back_the_same(searcher: Searcher, settings: Settings) -> None:
    encoder = require("pixels", settings)
    neighbors = searcher.by_product("c", include_query=True)
    document = search_document({"image": "é\udce9.jpg"}, neighbors, searcher, encoder=encoder, scoring="linear")
    text = to_json(document)
    assert text.isascii()
    assert text.endswith("}\n")
    assert json.loads(text) == document


def test_numbers_that_json_does_not_know_are_refused() -> None:
    with pytest.raises(ValueError, match="JSON"):
        to_json({"score": float("nan")})


def test_a_catalog_is_told_in_counts(searcher: Searcher) -> None:
    document = catalog_document(searcher.catalog)
    assert document["catalog"] == {"name": "shop", "rows_read": 3, "products": 3}
    assert document["problems"] == []
    assert document["missing"] == {"productDisplayName": 1, "articleType": 1}
    assert document["values"]["articleType"] == {"Tshirts": 2}
    assert json.loads(to_json(document)) == document


def test_nothing_is_alike_to_a_picture_that_the_encoder_was_not_made_for(searcher: Searcher) -> None:
    neighbors, known = searcher.by_product("a"), searcher.closeness()
    assert verdict(neighbors, known) == "very close"
    assert verdict(neighbors, known, familiar=False) == "nothing alike"


def test_without_neighbors_or_anything_to_compare_with_there_is_no_verdict(searcher: Searcher) -> None:
    assert verdict([], searcher.closeness()) is None
    assert verdict(searcher.by_product("a"), None) is None


def test_nothing_is_alike_to_a_strange_picture_though_there_is_nothing_to_compare_with(searcher: Searcher) -> None:
    assert verdict(searcher.by_product("a"), None, familiar=False) == "nothing alike"


def test_a_table_says_what_similarities_mean_where_that_is_known(searcher: Searcher) -> None:
    neighbors = searcher.by_product("a")
    told = neighbors_table(neighbors, searcher.catalog, searcher.closeness())
    assert list(told["closeness"]) == ["very close", "nothing alike"]
    assert "percentile" not in neighbors_table(neighbors, searcher.catalog, None)


@pytest.mark.parametrize(
    ("found", "among", "words", "told"),
    [
        (5, 1300, False, "The 5 most similar of 1,300 products"),
        (1, 12, False, "The most similar of 12 products"),
        (1, 1, False, "The most similar of 1 product"),
        (5, 12, True, "The 5 best matches of 12 products"),
        (1, 12, True, "The best match of 12 products"),
    ],
)
def test_a_heading_reads_right_over_one_result_and_over_many(found: int, among: int, words: bool, told: str) -> None:
    assert heading(found, among, words=words) == told
