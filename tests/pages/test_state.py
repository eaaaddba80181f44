"""What the pages' own tests do not reach; see there for nonsense in the address and for its round trip."""

import pytest
import streamlit as st

from prodsim.ui import grid
from tests.pages.running import no_error, run

CATALOG = "pages/catalog.py"
GENDER = "filter gender"


def test_a_choice_counts_although_it_interrupts_the_first_drawing_of_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as drawing:
        drawing.setattr(grid, "products", lambda *_: st.stop())
        page = run(CATALOG, gender="Women")
        assert page.multiselect(key=GENDER).value == ["Women"]
    page.multiselect(key=GENDER).set_value(["Men"]).run()
    no_error(page)
    assert page.multiselect(key=GENDER).value == ["Men"]
    assert page.query_params["gender"] == "Men"


def test_an_address_that_changes_in_an_open_window_is_shown() -> None:
    page = run(CATALOG, gender="Men", find="model")
    page.query_params["gender"] = ["Women"]
    del page.query_params["find"]
    page.run()
    assert page.multiselect(key=GENDER).value == ["Women"]
    assert page.text_input(key="find").value == ""


def test_a_choice_counts_although_the_browser_still_sends_the_address_from_before_the_last_one() -> None:
    page = run(CATALOG)
    before = dict(page.query_params)
    page.multiselect(key=GENDER).set_value(["Men"]).run()
    page.query_params.clear()
    page.query_params.update(before)
    page.multiselect(key=GENDER).set_value(["Men", "Women"]).run()
    assert page.multiselect(key=GENDER).value == ["Men", "Women"]
    assert page.query_params["gender"] == ["Men", "Women"]


def test_a_link_to_another_page_counts_although_a_choice_was_not_drawn_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    page = run(CATALOG)
    with monkeypatch.context() as drawing:
        drawing.setattr(grid, "products", lambda *_: st.stop())
        page.multiselect(key=GENDER).set_value(["Men"]).run()
    page.query_params["product"] = "103"
    page.switch_page("pages/similar.py").run()
    no_error(page)
    assert page.query_params["product"] == "103"


def test_an_address_holds_how_to_search_and_of_the_rest_only_what_was_chosen() -> None:
    page = run(CATALOG)
    assert set(page.query_params) == {"catalog", "encoder", "k", "scoring", "include_query"}
    page.multiselect(key=GENDER).set_value(["Men", "Women"]).run()
    assert page.query_params["gender"] == ["Men", "Women"]


def test_links_carry_how_to_search_and_not_what_is_looked_at() -> None:
    page = run(CATALOG, k="7", scoring="linear", gender="Men", find="model")
    (link,) = [link.proto.query_string for link in page.page_link if link.label == "Overview"]
    assert "k=7" in link and "scoring=linear" in link
    assert "gender" not in link and "find" not in link


def test_a_repeated_parameter_that_takes_one_value_takes_the_last() -> None:
    page = run(CATALOG, find=["roll", "model 103"])
    no_error(page)
    assert page.header[0].value == "1 of 12 products"


@pytest.mark.parametrize("text", ["a&b=c", "50%", "ü ß 中", "#1 + 2", "  "])
def test_any_search_text_survives_in_the_address(text: str) -> None:
    page = run(CATALOG)
    page.text_input(key="find").set_value(text).run()
    again = run(CATALOG, **page.query_params)
    assert again.text_input(key="find").value == text
