"""The query: what goes with it from tab to tab, what the next one takes over, and the way back."""

from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from prodsim.ui import query_bar
from prodsim.ui.text import literal
from tests.pages.box import chosen, shown, typed
from tests.pages.cards import act, cards, choose
from tests.pages.running import NAME, no_error
from tests.pages.searching import chips, found, give, has_results, open_tab, photo, search

TABS = ["Results", "Why", "Compare", "Step by step"]


def _title(page: AppTest) -> str:
    return page.title[0].value


# from tab to tab


def test_a_product_its_marks_and_its_filters_stay_from_tab_to_tab() -> None:
    page = search(product="103", more="107", less="102", articleType="Shirts")
    asked, before = dict(page.query_params), cards(page, "results")
    for title in [*TABS[1:], TABS[0]]:
        open_tab(page, title)
        no_error(page)
        assert _title(page) == literal(f"Model 103 {NAME}")
        assert chips(page) == ["chip articleType=Shirts", "chip more 107", "chip less 102"]
        assert {name: value for name, value in page.query_params.items() if name != "tab"} == asked
    assert cards(page, "results") == before


def test_photos_their_crop_and_their_marks_stay_from_tab_to_tab() -> None:
    page = give(search(gender="Men"), photo("104"), photo("106"))
    page.slider(key="crop down").set_range(40, 100).run()
    marked = found(page)[-1]
    act(page, "more", marked)
    before = cards(page, "results")
    for title in [*TABS[1:], TABS[0]]:
        open_tab(page, title)
        no_error(page)
        assert _title(page) == "Your 2 photos"
        assert chips(page) == ["chip gender=Men", f"chip more {marked}"]
        assert page.slider(key="crop down").value == (40, 100)
    assert cards(page, "results") == before


def test_words_stay_from_tab_to_tab() -> None:
    page = typed(search(gender="Women"), "shoes")
    before = cards(page, "results")
    for title in [*TABS[1:], TABS[0]]:
        open_tab(page, title)
        no_error(page)
        assert (_title(page), shown(page)) == ("“shoes”", "shoes")
        assert chips(page) == ["chip gender=Women"]
    assert cards(page, "results") == before


@pytest.mark.parametrize(("tab", "title"), [("why", "Why"), ("compare", "Compare"), ("steps", "Step by step")])
def test_a_tab_has_an_address_which_opens_it(tab: str, title: str) -> None:
    page = open_tab(search(product="103", encoder="pixels"), title)
    assert page.query_params["tab"] == tab
    again = search(**page.query_params)
    no_error(again)
    assert again.query_params == page.query_params
    assert not has_results(again) and _title(again) == literal(f"Model 103 {NAME}")


def test_another_query_begins_with_its_results() -> None:
    page = chosen(search(product="103", tab="why"), "105")
    no_error(page)
    assert "tab" not in page.query_params and len(found(page)) == 5


# what the next query takes over


def test_filters_stay_with_the_next_query_however_it_is_asked() -> None:
    page = search(product="103", articleType="Shirts")
    for ask in (
        lambda: choose(page, found(page)[0], "results"),
        lambda: chosen(page, "108"),
        lambda: typed(page, "model 105 women"),
        lambda: give(page, photo("105")),
        lambda: page.button(key="new search").click().run(),
    ):
        ask()
        no_error(page)
        assert page.query_params["articleType"] == "Shirts"
        assert all(int(product_id) % 3 for product_id in found(page))
    assert chosen(page, "108").query_params["articleType"] == "Shirts"


def test_marks_do_not_go_to_the_next_query_however_it_is_asked() -> None:
    page = search(product="103")
    for ask in (
        lambda: choose(page, found(page)[0], "results"),
        lambda: chosen(page, "108"),
        lambda: give(page, photo("105")),
        lambda: give(page, photo("107")),
        lambda: typed(page, "shoes"),
    ):
        act(page, "more", found(page)[1])
        assert len(chips(page)) == 1 and page.query_params["more"]
        ask()
        no_error(page)
        assert not chips(page) and "more" not in page.query_params


@pytest.mark.parametrize("way", ["product", "photo", "words", "new search"])
def test_no_next_query_has_the_pivot_of_the_one_before_and_the_way_back_has_it_again(way: str, colorful: Path) -> None:
    page = search(product="103", k="12", pivot="type")
    before = cards(page, "results")
    assert {card["id"] for card in before} == {"102", "105"}
    if way == "product":
        chosen(page, "104")
    elif way == "photo":
        give(page, photo("104"))
    elif way == "words":
        typed(page, "model")
    else:
        chosen(page.button(key="new search").click().run(), "104")
    no_error(page)
    assert not chips(page) and "pivot" not in page.query_params
    assert len(found(page)) >= 11
    page.button(key="back").click().run()
    assert chips(page) == ["chip pivot"] and cards(page, "results") == before


def test_a_new_search_shows_the_start_and_has_a_way_back_once_something_is_asked() -> None:
    page = search(product="103")
    page.button(key="new search").click().run()
    no_error(page)
    assert _title(page) == "What looks like this?" and not has_results(page)
    assert "product" not in page.query_params
    typed(page, "shoes").button(key="back").click().run()
    assert page.query_params["product"] == "103"


# the way back


def test_there_is_a_way_back_to_the_query_before() -> None:
    page = search(product="103")
    first, second = found(page)[:2]
    choose(page, first)
    choose(page, found(page)[-1])
    page.button(key="back").click().run()
    assert page.query_params["product"] == first
    page.button(key="back").click().run()
    no_error(page)
    assert page.query_params["product"] == "103"
    assert found(page)[:2] == [first, second]
    assert "back" not in [button.key for button in page.button]


def test_the_way_back_leads_to_the_photo_with_its_crop_too() -> None:
    page = give(search(), photo("105"))
    page.slider(key="crop down").set_range(40, 100).run()
    address, before = dict(page.query_params), cards(page)
    choose(page, found(page)[0])
    assert page.button(key="back").label == "Back to your photo"
    page.button(key="back").click().run()
    no_error(page)
    assert page.query_params == address
    assert page.slider(key="crop down").value == (40, 100)
    assert cards(page) == before


def test_a_query_whose_product_left_the_catalog_is_passed_on_the_way_back(shop: Path) -> None:
    page = choose(search(product="103"), "104")
    chosen(page, "108")
    table = (shop / "styles.csv").read_text().splitlines(keepends=True)
    (shop / "styles.csv").write_text("".join(line for line in table if not line.startswith("104,")))
    (shop / "images" / "104.png").unlink()
    page.run()
    no_error(page)
    assert page.query_params["product"] == "108"
    page.button(key="back").click().run()
    no_error(page)
    assert page.query_params["product"] == "103"


def test_a_photo_of_long_ago_is_passed_on_the_way_back() -> None:
    page = search(product="103")
    shown = ["105", "101", "109", "107", "111", "100"]
    for product_id in shown:
        give(page, photo(product_id))
    for product_id in reversed(shown[1:-1]):
        page.button(key="back").click().run()
        assert found(page)[0] == product_id
    page.button(key="back").click().run()
    no_error(page)
    assert page.query_params["product"] == "103"


def test_who_goes_back_twice_before_the_page_is_drawn_ends_at_the_first_query(monkeypatch: pytest.MonkeyPatch) -> None:
    page = choose(search(product="103"), "104")
    page.button(key="back").click()
    clicked = page._tree.get_widget_states()
    with monkeypatch.context() as drawing:
        drawing.setattr(query_bar, "draw", lambda *_: st.stop())
        page._run(clicked)
    page._run(clicked)
    no_error(page)
    assert page.query_params["product"] == "103" and len(found(page)) == 5


def test_what_is_asked_twice_is_one_query_on_the_way_back() -> None:
    page = typed(typed(search(product="103"), "shoes"), "shoes")
    page.button(key="back").click().run()
    assert page.query_params["product"] == "103"
