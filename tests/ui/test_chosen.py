"""What becomes of a query: another one, marks, and what it is searched among."""

from dataclasses import replace
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prodsim.catalog import Filters
from prodsim.search import Marks
from prodsim.ui.chosen import Asked
from prodsim.ui.pivots import PIVOTS, offered
from tests.indexes import KAGGLE, catalog_of

TYPE, COLOR = KAGGLE["type"], KAGGLE["color"]
SHOP = catalog_of(
    {
        "1": {TYPE: "Shirts", COLOR: "Red", "gender": "Men"},
        "2": {TYPE: "Shirts", COLOR: "Blue", "gender": "Women"},
        "3": {TYPE: "Shoes", COLOR: "Red", "gender": "Women"},
        "4": {TYPE: "Hats", COLOR: "Green", "gender": "Men"},
        "plain": {TYPE: "Shirts", "gender": "Men"},
    }
)
MEN: Filters = {"gender": ["Men"]}
STEERED = Asked("1", more=("2",), less=("3", "4"), pivot="color", filters=MEN)

KINDS = st.sampled_from(["more", "less"])
IDS = st.sampled_from("1234")


def ids(asked: Asked) -> list[str]:
    """Of the products that the query is searched among."""
    return [*SHOP.table.index[SHOP.filter(asked.narrowed(SHOP))]]


def test_at_first_nothing_is_asked() -> None:
    assert not Asked(filters=MEN).given
    assert Asked("1").given and Asked(photo="0f").given and Asked(words="red").given


@pytest.mark.parametrize("what", [{"product": "2"}, {"photo": "0f"}, {"words": "red"}, {}])
def test_filters_stay_with_the_next_query_and_marks_and_the_pivot_go_with_theirs(what: dict[str, str]) -> None:
    assert STEERED.about(**what) == Asked(**what, filters=MEN)


def test_a_mark_is_the_last_one_of_its_kind() -> None:
    assert STEERED.marked("more", "plain") == replace(STEERED, more=("2", "plain"))
    assert STEERED.marked("less", "plain") == replace(STEERED, less=("3", "4", "plain"))


def test_the_other_mark_of_a_product_takes_the_place_of_its_first() -> None:
    assert STEERED.marked("less", "2") == replace(STEERED, more=(), less=("3", "4", "2"))
    assert STEERED.marked("more", "3") == replace(STEERED, more=("2", "3"), less=("4",))


def test_a_mark_that_is_taken_away_leaves_the_others() -> None:
    assert STEERED.unmarked("3") == replace(STEERED, less=("4",))
    assert STEERED.unmarked("2") == replace(STEERED, more=())
    assert STEERED.unmarked("plain") == STEERED


@given(st.lists(st.tuples(KINDS, IDS)))
def test_a_product_has_one_mark_at_most_which_is_its_last(marks: list[tuple[Literal["more", "less"], str]]) -> None:
    asked = Asked("1", filters=MEN)
    for kind, product_id in marks:
        asked = asked.marked(kind, product_id)
    last = {product_id: kind for kind, product_id in marks}
    assert sorted(asked.marks.all) == sorted(last)
    assert asked.marks == Marks(asked.more, asked.less)
    assert {id_: "more" for id_ in asked.more} | {id_: "less" for id_ in asked.less} == last
    for product_id in last:
        asked = asked.unmarked(product_id)
    assert asked == Asked("1", filters=MEN)


def test_without_a_pivot_the_filters_say_what_is_searched_among() -> None:
    assert Asked("1", filters=MEN).narrowed(SHOP) == MEN
    assert Asked(words="red", filters=MEN).narrowed(SHOP) == MEN


def test_a_pivot_is_the_same_type_in_another_color_or_the_same_color_of_another_type() -> None:
    assert ids(Asked("1", pivot="color")) == ["2"]
    assert ids(Asked("1", pivot="type")) == ["3"]


def test_a_pivot_stands_in_for_filters_of_type_and_color_and_leaves_the_others() -> None:
    assert ids(Asked("1", pivot="color", filters={TYPE: ["Shoes"], f"{COLOR}!": ["Blue"]})) == ["2"]
    assert ids(Asked("1", pivot="color", filters=MEN)) == []
    asked = Asked("1", pivot="type", filters={"gender": ["Women"], COLOR: ["Green"]})
    assert ids(asked) == ["3"]
    assert asked.filters == {"gender": ["Women"], COLOR: ["Green"]}, "they are there when the pivot is gone"


@pytest.mark.parametrize("pivot", PIVOTS)
def test_a_product_that_lacks_a_color_cannot_be_turned(pivot: str) -> None:
    assert Asked("plain", pivot=pivot, filters=MEN).narrowed(SHOP) == MEN


def test_pivots_are_offered_that_lead_to_some_products() -> None:
    def names(product_id: str, filters: Filters) -> list[str]:
        return offered(SHOP, SHOP.product(product_id), filters)

    assert names("1", {}) == ["color", "type"]
    assert names("1", MEN) == []
    assert names("1", {"gender": ["Women"], COLOR: ["Green"]}) == ["color", "type"]
    assert names("2", {}) == ["color"] and names("4", {}) == [] and names("plain", {}) == []


def test_a_catalog_that_cannot_be_filtered_by_color_offers_no_pivots() -> None:
    shop = catalog_of({"1": {TYPE: "Shirts", COLOR: "Red"}, "2": {TYPE: "Shoes", COLOR: "Red"}})
    assert offered(shop, shop.product("1"), {}) == []
