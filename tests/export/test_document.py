"""Results as JSON documents."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from prodsim.catalog import read_catalog
from prodsim.config import Settings
from prodsim.encoders import REGISTRY, require
from prodsim.export import catalog_document, neighbors_table, search_document, to_csv
from prodsim.search import (
    Engine,
    Marks,
    Neighbor,
    Photo,
    ProductQuery,
    SearchRequest,
    SearchResult,
    WordsQuery,
    heading,
)
from prodsim.storage import to_json
from tests.conftest import MakeCatalog
from tests.indexes import catalog_of, engine_of, indexed, search
from tests.samples import picture

VECTORS = [[1, 0, 0], [0, 1, 0], [1, 1, 0]]
ROWS = {
    "a": {"productDisplayName": "Röd [tröja]", "articleType": "Tshirts"},
    "b": {"productDisplayName": "", "articleType": "Tshirts"},
    "c": {"productDisplayName": "C", "articleType": ""},
}


@pytest.fixture
def engine(make_catalog: MakeCatalog) -> Engine:
    return engine_of(make_catalog({"a": "red", "b": "green", "c": "blue"}, ROWS), VECTORS)


def test_a_search_is_told_with_all_that_decided_it(engine: Engine, settings: Settings) -> None:
    encoder = require("pixels", settings)
    result = search(engine_of(engine.catalog, VECTORS, encoder=encoder), "a")
    document = search_document(result, "digest")
    assert document["query"] == {"product_id": "a"}
    assert document["searched"] == "pictures"
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
            "pictures": ["images/c.png"],
        },
        {
            "rank": 2,
            "product_id": "b",
            "name": "b",
            "score": 0.0,
            "similarity": 0.0,
            "attributes": {"articleType": "Tshirts"},
            "image": "images/b.png",
            "pictures": ["images/b.png"],
        },
    ]
    assert (document["steered"], document["near_identical"]) == (None, {})


def test_the_picture_that_counted_is_told_among_all_of_a_product(make_catalog: MakeCatalog, tmp_path: Path) -> None:
    make_catalog({"a": "red", "b": "green"})
    (tmp_path / "shop" / "images" / "b_2.png").write_bytes(picture("blue"))
    catalog = read_catalog(tmp_path / "shop")
    found = replace(indexed(catalog, [[1, 0], [0, 1], [1, 1]], owners=[0, 1, 1]), places=np.arange(3))
    (neighbor,) = search_document(search(Engine(catalog, found), "a"), "digest")["neighbors"]
    assert neighbor["image"] == "images/b_2.png"
    assert neighbor["pictures"] == ["images/b.png", "images/b_2.png"]


def test_text_is_ascii_and_reads_back_the_same(engine: Engine) -> None:
    photo = Photo("é\udce9.jpg", picture("red"))
    document = search_document(search(engine, photos=(photo,), scoring="linear"), "digest")
    text = to_json(document)
    assert text.isascii()
    assert text.endswith("}\n")
    read = json.loads(text)
    assert read["query"] == {"image": "é\udce9.jpg", "crop": [0, 0, 100, 100], "fit": "squash"}
    assert read == document | {"query": read["query"]}


def test_several_photos_and_what_steered_them_are_told_and_not_what_their_similarities_mean(engine: Engine) -> None:
    photos = tuple(Photo(f"{color}.jpg", picture(color)) for color in ("red", "lime"))
    document = search_document(search(engine, photos=photos, marks=Marks(more=("c",))), "digest")
    assert [photo["image"] for photo in document["query"]["images"]] == ["red.jpg", "lime.jpg"]
    assert json.loads(to_json(document["steered"])) == {"more": ["c"], "less": [], "alpha": 1, "beta": 0.75} | {
        "gamma": 0.15
    }
    assert document["closeness"] is None


def test_numbers_that_json_does_not_know_are_refused() -> None:
    with pytest.raises(ValueError, match="JSON"):
        to_json({"score": float("nan")})


def test_a_catalog_is_told_in_counts(engine: Engine) -> None:
    document = catalog_document(engine.catalog)
    assert document["catalog"] == {"name": "shop", "rows_read": 3, "products": 3}
    assert document["problems"] == []
    assert document["missing"] == {"productDisplayName": 1, "articleType": 1}
    assert document["values"]["articleType"] == {"Tshirts": 2}
    assert json.loads(to_json(document)) == document


def test_nothing_is_alike_to_a_picture_that_the_encoder_was_not_made_for(engine: Engine) -> None:
    result = search(engine, "a")
    assert (result.verdict, result.nothing_alike) == ("very close", False)
    strange = replace(result, familiar=False)
    assert (strange.verdict, strange.nothing_alike) == ("nothing alike", True)
    closeness = search_document(strange, "digest")["closeness"]
    assert (closeness["verdict"], closeness["words"]) == ("nothing alike", ["very close", "nothing alike"])


def test_without_neighbors_or_anything_to_compare_with_there_is_no_verdict(engine: Engine) -> None:
    result = search(engine, "a")
    assert replace(result, neighbors=()).verdict is None
    assert replace(result, calibrate=None).verdict is None


def test_nothing_is_alike_to_a_strange_picture_though_there_is_nothing_to_compare_with(engine: Engine) -> None:
    assert replace(search(engine, "a"), calibrate=None, familiar=False).verdict == "nothing alike"


def test_a_table_says_what_similarities_mean_where_that_is_known(engine: Engine) -> None:
    result = search(engine, "a")
    told = neighbors_table(result)
    assert list(told.columns[:6]) == ["rank", "id", "score", "similarity", "percentile", "closeness"]
    assert list(told["id"]) == ["c", "b"]
    assert list(told["closeness"]) == ["very close", "nothing alike"]
    assert "percentile" not in neighbors_table(replace(result, calibrate=None))
    assert "percentile" not in neighbors_table(search(engine, "a", marks=Marks(more=("b",))))


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
    catalog = catalog_of({str(place): {"articleType": "Caps"} for place in range(among)})
    query = WordsQuery("caps") if words else ProductQuery("0")
    neighbors = tuple(Neighbor(rank, str(rank), 1, 1, Path()) for rank in range(1, found + 1))
    assert heading(SearchResult(SearchRequest(query, REGISTRY["pixels"]), catalog, neighbors, among)) == told


def test_a_heading_counts_the_products_that_pass_the_filters_the_query_among_them(engine: Engine) -> None:
    assert heading(search(engine, "a", filters={"articleType": ["Tshirts"]})) == "The most similar of 2 products"


def test_attributes_called_like_a_number_of_a_result_are_told_apart_from_it(make_catalog: MakeCatalog) -> None:
    rows = {id_: {"score": "ten", "rank": "first", "articleType": "Caps"} for id_ in "abc"}
    result = search(engine_of(make_catalog(dict.fromkeys("abc", "red"), rows), VECTORS), "a")
    table = neighbors_table(result)
    assert table.columns.is_unique
    assert list(table["rank"]) == [1, 2] and list(table["score (catalog)"]) == ["ten", "ten"]
    assert {"rank (catalog)", "articleType"} <= {*table.columns}


def test_a_table_has_the_columns_of_the_catalog_the_link_among_them(make_catalog: MakeCatalog) -> None:
    rows = {id_: {"title": id_, "url": f"https://shop.example/{id_}"} for id_ in "abc"}
    result = search(engine_of(make_catalog(dict.fromkeys("abc", "red"), rows), VECTORS), "a")
    assert list(neighbors_table(result)["url"]) == ["https://shop.example/c", "https://shop.example/b"]
    assert b"https://shop.example/c" in to_csv(neighbors_table(result))
