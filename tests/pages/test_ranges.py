"""Ranges of numbers, and tags, on the pages."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from prodsim.ui import linked
from tests.pages.cards import cards
from tests.pages.running import no_error, rainbow, run, two_colored
from tests.pages.searching import chips, found, search
from tests.samples import write_catalog

PRICE = "range price from 5 to 200"
IDS = [*rainbow(20)]
PRICES = dict(zip(IDS, [5, 19.9, 20, 25.5, *range(40, 200, 10)], strict=False)) | {IDS[-1]: 199.95}


@pytest.fixture(autouse=True)
def priced(shop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A catalog of twenty prices, from 5 to 199.95 euros; every second product is of cotton, and all are new."""
    rows = {
        id_: {
            "articleType": "Shirts" if place % 2 else "Shoes",
            "price": f"{PRICES[id_]:.2f} EUR",
            "Tags": "new, cotton" if place % 2 else "new, red" if place % 3 else "new",
        }
        for place, id_ in enumerate(IDS)
    }
    pictures = {id_: two_colored(color) for id_, color in rainbow(20).items()}
    folder = write_catalog(tmp_path / "priced", pictures, rows, suffix=".png")
    monkeypatch.setenv("PRODSIM_CATALOG", str(folder))
    return folder


def browse(**address: str | Sequence[str]) -> AppTest:
    return run("pages/catalog.py", unfolded=("filters open", linked.LINKS), **address)


def listed(page: AppTest) -> set[str]:
    return {card["id"] for card in cards(page)}


def between(low: float, high: float) -> set[str]:
    """Ids of the products of these prices, both included."""
    return {id_ for id_, price in PRICES.items() if low <= price <= high}


def labels(page: AppTest) -> list[str]:
    """Of the chips, without what escapes their marks."""
    return [button.label.replace("\\", "") for button in page.button if button.key.startswith("chip ")]


def test_a_range_of_prices_is_chosen_with_a_slider_shown_as_a_chip_and_written_into_the_address() -> None:
    page = browse()
    no_error(page)
    assert "filter price" not in [each.key for each in page.multiselect]
    page.slider(key=PRICE).set_range(20, 50).run()
    no_error(page)
    assert listed(page) == between(20, 50)
    assert labels(page) == ["Price 20 to 50"]
    assert (page.query_params["price<"], page.query_params["price>"]) == ("50", "20")
    again = browse(**{"price>": "20", "price<": "50"})
    assert again.slider(key=PRICE).value == (20, 50) and listed(again) == listed(page)
    page.button(key="chip price 20 to 50").click().run()
    assert len(listed(page)) == 20 and "price<" not in page.query_params and "price>" not in page.query_params
    assert page.slider(key=PRICE).value == (5, 200)


def test_an_end_of_the_slider_that_is_not_moved_stays_open_and_an_exact_bound_stays_exact() -> None:
    page = browse(**{"price<": "19.9"})
    assert listed(page) == between(0, 19.9) and labels(page) == ["Price at most 19.9"]
    page.slider(key=PRICE).set_range(10, 20).run()
    no_error(page)
    assert listed(page) == {IDS[1]}
    assert labels(page) == ["Price 10 to 19.9"]


def test_a_range_filters_a_search_and_stays_when_another_filter_is_chosen() -> None:
    page = search(product=IDS[4], k="20")
    page.slider(key=PRICE).set_range(5, 100).run()
    no_error(page)
    assert IDS[4] not in found(page) and len(found(page)) > 5 and {*found(page)} <= between(5, 100)
    assert chips(page) == ["chip price<==100"]
    page.multiselect(key="filter Tags").set_value(["cotton"]).run()
    no_error(page)
    assert found(page) and {*found(page)} <= {id_ for id_ in between(5, 100) if IDS.index(id_) % 2}
    assert page.slider(key=PRICE).value == (5, 100)


def test_tags_are_chosen_one_by_one_and_counted_in_each_product() -> None:
    page = browse()
    assert page.multiselect(key="filter Tags").options == ["new\u2002(20)", "cotton\u2002(10)", "red\u2002(6)"]


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ({"price<": "cheap"}, "price<=cheap makes no sense: 'cheap' is no number."),
        ({"Tags>": "5"}, "The values of Tags are no numbers, so Tags>=5 makes no sense."),
        ({"price": "6"}, "no product has price=6. It is left out."),
    ],
)
def test_what_makes_no_sense_is_said_and_left_out(address: dict[str, str], said: str) -> None:
    page = browse(**address)
    no_error(page)
    assert len(listed(page)) == 20
    shown = [warning.value.replace("\\", "").replace(":color[=]", "=") for warning in page.warning]
    assert any(said in sentence for sentence in shown), shown


def test_a_range_that_leaves_nothing_can_be_dropped() -> None:
    page = browse(**{"price>": "500"})
    no_error(page)
    (drop,) = [button for button in page.button if button.key.startswith("drop ")]
    assert drop.label == "Without Price at least 500 there would be some: drop it"
    drop.click().run()
    assert len(listed(page)) == 20


def test_prices_are_drawn_as_ranges_and_a_click_on_one_opens_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """AppTest cannot click on a figure, so the click is made up."""
    drawn = {}

    def clicked(figure, name, heading, alt):
        drawn[name] = (figure, alt)
        return 1 if name == "price" else None

    monkeypatch.setattr(linked, "_clicked", clicked)
    page = browse(tab="statistics")
    no_error(page)
    figure, _ = drawn["price"]
    assert [*figure.data[0].y] == [*range(len(figure.data[0].x))] and sum(figure.data[0].x) == 20
    assert list(figure.data[0].customdata)[:3] == ["5 to 19.9", "20 to 25.5", "40 to 50"]
    assert listed(page) == {IDS[2], IDS[3]} and labels(page) == ["Price 20 to 25.5"]


def test_ranges_are_links_as_well() -> None:
    page = browse(tab="statistics")
    no_error(page)
    shown = [link.proto.label for link in page.page_link]
    assert any(label.replace("\\", "") == "5 to 19.9 (2)" for label in shown)
