"""Filters as they are kept: those of the query and those of the catalog that is looked over."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prodsim.catalog import Filters
from prodsim.ui import visit
from prodsim.ui.chosen import Asked, Browsing
from prodsim.ui.filters import ASKED, BROWSED, Kept
from prodsim.ui.visit import Visit

NAMES, VALUES = st.sampled_from(["gender", "color", "color!"]), st.sampled_from("abc")


class Place:
    """Somewhere that filters are kept."""

    def __init__(self, chosen: Filters | None = None) -> None:
        self.chosen: Filters = chosen or {}
        self.kept = Kept(lambda: self.chosen, self.set)

    def set(self, chosen: Filters) -> None:
        self.chosen = chosen


def test_values_take_the_place_of_those_before_them() -> None:
    place = Place({"gender": ["Men"], "color": ["Red"]})
    place.kept.accept("gender", ("Women", "Girls"))
    assert place.chosen == {"gender": ["Women", "Girls"], "color": ["Red"]}
    place.kept.accept("size", ["XL"])
    assert place.chosen == {"gender": ["Women", "Girls"], "color": ["Red"], "size": ["XL"]}


def test_no_values_are_no_filter() -> None:
    place = Place({"gender": ["Men"], "color": ["Red"]})
    place.kept.accept("gender", [])
    place.kept.accept("size", [])
    assert place.chosen == {"color": ["Red"]}


def test_a_value_that_is_removed_leaves_the_others() -> None:
    place = Place({"gender": ["Men", "Boys"], "color": ["Red"]})
    place.kept.remove("gender", "Men")
    assert place.chosen == {"gender": ["Boys"], "color": ["Red"]}
    place.kept.remove("gender", "Boys")
    assert place.chosen == {"color": ["Red"]}


def test_what_is_gone_already_can_be_removed_again() -> None:
    place = Place({"gender": ["Men"]})
    for _ in range(2):
        place.kept.remove("gender", "Men")
        place.kept.remove("color", "Red")
    assert place.chosen == {}


def test_all_can_be_cleared() -> None:
    place = Place({"gender": ["Men", "Boys"], "color!": ["Red"]})
    place.kept.clear()
    assert place.chosen == {}


@given(st.lists(st.tuples(NAMES, st.lists(VALUES, unique=True))), st.lists(st.tuples(NAMES, VALUES)))
def test_there_is_never_a_filter_without_values(
    accepted: list[tuple[str, Sequence[str]]], removed: list[tuple[str, str]]
) -> None:
    place = Place()
    for name, values in accepted:
        place.kept.accept(name, values)
        assert all(place.chosen.values())
        assert place.chosen.get(name, []) == values
    for name, value in removed:
        place.kept.remove(name, value)
        assert all(place.chosen.values())
        assert value not in place.chosen.get(name, [])


def test_what_was_kept_is_not_changed_by_what_comes_after_it() -> None:
    before: Filters = {"gender": ["Men", "Boys"]}
    place = Place(before)
    place.kept.accept("color", ["Red"])
    place.kept.remove("gender", "Men")
    place.kept.clear()
    assert before == {"gender": ["Men", "Boys"]}


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> Visit:
    """The visit of a session: a query, and the second page of what is looked over."""
    visited = Visit(asked=Asked("1", more=("2",), pivot="color"), browsing=Browsing("shirt", page=2))
    monkeypatch.setattr(visit, "now", lambda: visited)
    return visited


def test_filters_of_the_query_are_a_part_of_it_and_not_of_the_catalog(here: Visit) -> None:
    ASKED.accept("gender", ["Men"])
    assert here.asked == Asked("1", more=("2",), pivot="color", filters={"gender": ["Men"]})
    assert here.browsing == Browsing("shirt", page=2)
    assert (ASKED.get(), BROWSED.get()) == ({"gender": ["Men"]}, {})


def test_filters_of_the_catalog_lead_to_its_first_page_and_are_none_of_the_query(here: Visit) -> None:
    BROWSED.accept("gender", ["Men"])
    assert here.browsing == Browsing("shirt", {"gender": ["Men"]}, 1)
    assert here.asked.filters == {}
    assert (ASKED.get(), BROWSED.get()) == ({}, {"gender": ["Men"]})
