"""Today's answers are those that are stored; `python -m tests.golden` stores them anew."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.golden import addresses, commands, demo, documents, fingerprints, real, shop
from tests.golden.documents import differences
from tests.needs import real_data

MOST = 20
"""Differences that a failure shows."""

REAL = documents.read("real")


def compare(found: Any, file: str, *names: str) -> None:
    """Fail, and name every place where an answer differs from the one in this place of a file."""
    stored: Any = documents.read(file)
    for name in names:
        stored = stored.get(name, {})
    told = [*differences(stored, found, "/".join([f"{file}.json", *names]))]
    if told:
        more = [f"... and {len(told) - MOST} more"] if len(told) > MOST else []
        wanted = "If this is wanted: python -m tests.golden, in a commit of its own that says why."
        pytest.fail("\n".join(["The answer has changed.", *told[:MOST], *more, wanted]), pytrace=False)


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache for all of these tests: the demo is unpacked and indexed once."""
    folder = tmp_path_factory.mktemp("golden")
    demo.prepare(folder)
    return folder


@pytest.fixture(scope="module")
def server() -> Iterator[None]:
    with addresses.server():
        yield


# the demo


@pytest.mark.parametrize("case", demo.SEARCHES)
def test_a_search_finds_what_it_found(cache: Path, case: str) -> None:
    compare(demo.searched(cache, case), "searches", case)


@pytest.mark.parametrize("case", demo.TABLES)
def test_results_as_csv_are_those_that_they_were(cache: Path, case: str) -> None:
    compare(demo.table(cache, case), "catalog", "tables", case)


def test_the_demo_is_counted_as_it_was(cache: Path) -> None:
    compare(demo.counted(cache), "catalog", "stats")


@pytest.mark.parametrize("case", demo.EVALUATIONS)
def test_results_are_judged_by_labels_as_they_were(cache: Path, case: str) -> None:
    compare(demo.evaluated(cache, case), "quality", case)


def test_results_are_judged_by_people_as_they_were(cache: Path) -> None:
    compare(demo.judged(cache), "quality", "judgments")


def test_a_catalog_with_faults_is_read_and_named_as_it_was(tmp_path: Path) -> None:
    compare(shop.answers(tmp_path), "shop")


# real products


@pytest.fixture(scope="module")
def products(cache: Path) -> Path:
    """The real products, indexed."""
    catalog = real_data(real.FILE)
    real.prepare(catalog, cache)
    return catalog


@pytest.mark.parametrize("way", real.WAYS)
def test_real_products_have_the_neighbors_that_they_had(products: Path, cache: Path, way: str) -> None:
    compare({query: real.searched(products, cache, way, query) for query in REAL[way]}, "real", way)


def test_of_real_products_only_ids_and_scores_are_stored() -> None:
    assert [*REAL] == sorted(real.WAYS)
    for queries in REAL.values():
        assert len(queries) == real.QUERIES
        for query, neighbors in queries.items():
            assert query.isdigit() and set(neighbors) == {"ids", "scores"}
            assert all(id_.isdigit() for id_ in neighbors["ids"])
            assert all(isinstance(score, float) for score in neighbors["scores"])


# commands, addresses, fingerprints


def test_commands_take_what_they_took() -> None:
    compare(commands.answers(), "commands")


def test_what_is_in_an_address_is_called_as_it_was() -> None:
    compare(addresses.names(), "addresses", "names")


def test_the_menu_leads_where_it_led(server: None, cache: Path) -> None:
    compare(addresses.menu(cache), "addresses", "menu")


@pytest.mark.parametrize("script", addresses.SCRIPTS)
def test_a_page_opens_where_and_how_it_did(server: None, cache: Path, script: str) -> None:
    compare(addresses.opened(cache, script), "addresses", "opened", script)


@pytest.mark.parametrize("visit", addresses.VISITS)
def test_an_address_shows_what_it_showed(server: None, cache: Path, visit: str) -> None:
    compare(addresses.visited(cache, visit), "addresses", "visited", visit)


def test_encoders_have_the_fingerprints_that_they_had(tmp_path: Path) -> None:
    compare(fingerprints.answers(tmp_path), "fingerprints")


# how it is compared


@pytest.mark.parametrize(
    ("file", "names", "cases"),
    [
        ("searches", (), demo.SEARCHES),
        ("catalog", ("tables",), demo.TABLES),
        ("quality", (), [*demo.EVALUATIONS, "judgments"]),
        ("addresses", ("opened",), addresses.SCRIPTS),
        ("addresses", ("visited",), addresses.VISITS),
    ],
)
def test_nothing_is_stored_that_is_no_longer_asked_for(file: str, names: tuple[str, ...], cases: list[str]) -> None:
    stored = documents.read(file)
    for name in names:
        stored = stored[name]
    assert [*stored] == sorted(cases)


def test_files_are_written_as_a_refresh_writes_them() -> None:
    for path in documents.FOLDER.glob("*.json"):
        text = path.read_text(encoding="utf-8")
        assert documents.to_text(json.loads(text)) == text


def test_neighbors_that_change_places_are_a_difference_in_both_places() -> None:
    one, other = {"product_id": "1", "score": 1.0}, {"product_id": "2", "score": 0.99999}
    assert [*differences({"neighbors": [one, other]}, {"neighbors": [other, one]}, "searches.json")] == [
        'searches.json/neighbors/0/product_id: stored is "1", found was "2"',
        'searches.json/neighbors/1/product_id: stored is "2", found was "1"',
    ]


@pytest.mark.parametrize(
    ("stored", "found", "alike"),
    [
        (0.5, 0.50009, True),
        (0.5, 0.50011, False),
        (144_869.7, 144_870.7, True),
        (144_869.7, 144_873.0, False),
        (1, 1.0, True),
        (1, True, False),
        (1, "1", False),
        (None, 0, False),
        ("a", "A", False),
        ([1, 2], [1, 2, 3], False),
        ([1, 2], [1], False),
        ({"a": 1}, {"a": 1, "b": None}, False),
        ({"a": 1}, {}, False),
        ({"percentile": 99.5}, {"percentile": 99.509}, True),
        ({"percentile": 99.5}, {"percentile": 99.511}, False),
        ({"scores": [0.94]}, {"scores": [0.95]}, True),
        ({"scores": [0.94]}, {"scores": [0.96]}, False),
    ],
)
def test_texts_are_compared_exactly_and_numbers_to_a_tolerance(stored: Any, found: Any, alike: bool) -> None:
    assert (not [*differences(stored, found)]) == alike


def test_a_refresh_leaves_what_is_alike_as_it_is_stored() -> None:
    stored = {"a": [0.5, 0.7], "b": "x", "gone": 1, "more": [1]}
    found = {"a": [0.500001, 0.8], "b": "y", "new": 2.0, "more": (1, 2)}
    assert documents.refreshed(stored, found) == {"a": [0.5, 0.8], "b": "y", "new": 2.0, "more": (1, 2)}
