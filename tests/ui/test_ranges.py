"""A slider for numbers: its scale, and what filters come of moving its ends."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prodsim.catalog import Filters
from prodsim.ui.filters import Kept, _between
from prodsim.ui.ranges import Scale, without
from tests.indexes import catalog_of

PRICES = catalog_of({str(row): {"price": f"{row * 7.35 + 4.99:.2f}"} for row in range(40)})
WHOLE = catalog_of({str(row): {"price": f"{row * row + 3}"} for row in range(9)})


@given(st.lists(st.integers(-9_999, 99_999_999), min_size=2, max_size=30, unique=True), st.sampled_from([1, 10, 1000]))
def test_a_scale_goes_in_some_hundred_steps_over_all_numbers(numbers: list[int], part: int) -> None:
    shop = catalog_of({str(row): {"price": f"{number / part:.3f} $"} for row, number in enumerate(numbers)})
    scale = Scale.of(shop, "price")
    assert scale.least <= min(numbers) / part and max(numbers) / part <= scale.largest
    assert (scale.largest - scale.least) / scale.step <= 1_002
    assert {type(scale.least), type(scale.largest), type(scale.step)} == {float if scale.decimals else int}
    assert scale.shown({}, shop, "price") == (scale.least, scale.largest)


def test_numbers_that_are_whole_are_chosen_whole() -> None:
    assert Scale.of(WHOLE, "price") == Scale(3, 67, 1, 0)
    assert Scale.of(PRICES, "price") == Scale(4, 292, 1, 0)


BOUND = st.integers(-50, 400).map(str)
FILTERS = st.dictionaries(
    st.sampled_from(["price<", "price<=", "price>", "price>="]), st.lists(BOUND, min_size=1, max_size=2), max_size=4
)


@given(FILTERS, st.data())
def test_only_an_end_that_was_moved_changes_its_bounds(filters: Filters, data: st.DataObject) -> None:
    scale = Scale.of(PRICES, "price")
    chosen: Filters = {"price!": ["4.99"], **filters}
    before = scale.shown(chosen, PRICES, "price")
    assert scale.least <= before[0] <= before[1] <= scale.largest
    assert scale.moved(chosen, "price", before, before) == chosen
    low = data.draw(st.integers(int(scale.least), int(before[1])))
    after = scale.moved(chosen, "price", before, (low, before[1]))
    assert {name: after.get(name) for name in ("price<", "price<=", "price!")} == {
        name: chosen.get(name) for name in ("price<", "price<=", "price!")
    }
    if low != before[0]:
        assert after.get("price>=") == (None if low == scale.least else [str(low)]) and "price>" not in after


def test_both_ends_of_a_scale_are_open() -> None:
    scale = Scale.of(PRICES, "price")
    once = scale.moved({}, "price", (4, 292), (10, 200))
    assert once == {"price>=": ["10"], "price<=": ["200"]}
    assert scale.shown(once, PRICES, "price") == (10, 200)
    assert scale.moved(once, "price", (10, 200), (4, 292)) == {}


@pytest.mark.parametrize(
    ("filters", "between"),
    [
        ({"price>=": ["10"], "price<=": ["20"]}, "10 to 20"),
        ({"price<=": ["20"]}, ""),
        ({"price>=": ["10"], "price<=": ["20", "30"]}, ""),
        ({"price>=": ["10"], "price<=": ["20"], "price<": ["15"]}, ""),
        ({"price>": ["10"], "price<": ["20"]}, ""),
    ],
)
def test_two_bounds_that_make_a_range_are_named_together(filters: Filters, between: str) -> None:
    assert _between(filters, "price") == between


def test_a_range_is_taken_away_as_one_and_other_filters_stay() -> None:
    kept: dict[str, Filters] = {
        "now": {"price>=": ["1"], "price<=": ["9"], "price": ["5"], "price!": ["7"], "size<": ["3"]}
    }
    Kept(lambda: kept["now"], lambda chosen: kept.update(now=chosen)).unbound("price")
    assert kept["now"] == {"price": ["5"], "price!": ["7"], "size<": ["3"]}
    assert without({}, "price") == {}
