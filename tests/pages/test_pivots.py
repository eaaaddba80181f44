"""Pivots: the same type in another color, and the same color of another type. One goes with its product."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.cards import choose
from tests.pages.running import no_error, rainbow, two_colored
from tests.pages.searching import chips, found, open_tab, search
from tests.samples import write_catalog

PLAIN = {"100", "101", "102"}
"""Ids without a color."""


@pytest.fixture(autouse=True)
def colored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Twelve products: every third a shoe, every second red, else blue, and some without a color; one is for kids."""
    labels = {
        id_: {
            "articleType": "Shirts" if int(id_) % 3 else "Shoes",
            "baseColour": "" if id_ in PLAIN else "Blue" if int(id_) % 2 else "Red",
            "gender": "Kids" if id_ == "104" else "Women",
        }
        for id_ in rainbow(12)
    }
    pictures = {id_: two_colored(color) for id_, color in rainbow(12).items()}
    monkeypatch.setenv("PRODSIM_CATALOG", str(write_catalog(tmp_path / "colored", pictures, labels, suffix=".png")))


def offered(page: AppTest) -> list[str]:
    """Labels of the pivots that can be chosen."""
    return [button.label for button in page.button if button.key.startswith("pivot ")]


def test_one_click_leads_to_the_same_type_in_another_color_and_the_chip_back() -> None:
    page = search(product="103", k="12")
    assert offered(page) == ["Same type, other color", "Same color, other type"]
    page.button(key="pivot color").click().run()
    no_error(page)
    assert set(found(page)) == {"104", "106", "110"}
    assert page.query_params["pivot"] == "color"
    assert not {"articleType", "baseColour", "baseColour!"} & {*page.query_params}, "no filter is touched"
    assert chips(page) == ["chip pivot"] and not offered(page)
    assert page.button(key="chip pivot").label == "Same type, other color"
    page.button(key="chip pivot").click().run()
    assert "pivot" not in page.query_params and offered(page)
    assert set(found(page)) == {*rainbow(12)} - {"103"}


def test_one_click_leads_to_the_same_color_of_another_type() -> None:
    page = search(product="103", k="12")
    page.button(key="pivot type").click().run()
    no_error(page)
    assert set(found(page)) == {"105", "111"}
    assert page.query_params["pivot"] == "type"


def test_a_pivot_is_an_address_that_can_be_opened() -> None:
    page = search(product="103", k="12", pivot="color")
    no_error(page)
    assert set(found(page)) == {"104", "106", "110"}
    assert chips(page) == ["chip pivot"]


def test_an_old_address_has_a_pivot_as_filters_which_are_chips_that_can_be_removed() -> None:
    page = search(product="103", k="12", **{"articleType": "Shirts", "baseColour!": "Blue"})
    no_error(page)
    assert set(found(page)) == {"104", "106", "110"}
    chip = page.button(key="chip baseColour!=Blue")
    assert chip.label == "Not base colour: Blue"
    chip.click().run()
    no_error(page)
    assert "baseColour!" not in page.query_params
    assert set(found(page)) == {"100", "101", "104", "106", "107", "109", "110"}


def test_a_pivot_goes_with_its_product_and_filters_stay() -> None:
    page = search(product="103", k="12", pivot="color", gender="Women")
    assert set(found(page)) == {"106", "110"}
    choose(page, "106")
    no_error(page)
    assert "pivot" not in page.query_params and page.query_params["gender"] == "Women"
    assert set(found(page)) == {*rainbow(12)} - {"104", "106"}
    page.button(key="back").click().run()
    assert page.query_params["pivot"] == "color"
    assert set(found(page)) == {"106", "110"}


@pytest.mark.parametrize("title", ["Why", "Compare", "Step by step"])
def test_a_pivot_stays_from_tab_to_tab(title: str) -> None:
    page = search(product="103", pivot="type")
    open_tab(page, title)
    no_error(page)
    assert chips(page) == ["chip pivot"] and page.query_params["pivot"] == "type"


def test_a_product_without_a_color_has_no_pivots() -> None:
    page = search(product="101")
    no_error(page)
    assert not offered(page)


def test_a_pivot_of_a_product_without_a_color_is_answered() -> None:
    page = search(product="101", pivot="color", k="12")
    no_error(page)
    assert "lacks a type or a color" in page.warning[0].value
    assert not chips(page) and "pivot" not in page.query_params
    assert len(found(page)) == 11


def test_a_pivot_that_would_lead_nowhere_is_not_offered() -> None:
    page = search(product="103", gender="Kids")
    no_error(page)
    assert offered(page) == ["Same type, other color"]
