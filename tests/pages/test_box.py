"""The box to ask with, as its page knows it; what happens in the browser is in `tests/browser/test_box.py`."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from prodsim.catalog import read_catalog
from prodsim.ui import box
from tests.pages.box import chosen, offered, sent, shown, told, typed
from tests.pages.running import no_error, two_colored
from tests.samples import DAMAGED, write_catalog


def draw() -> None:
    """A page that says what it was asked, and searches in lower case."""
    import streamlit as st

    from prodsim.catalog import Library
    from prodsim.ui import box, resources

    st.session_state.setdefault("asked", [])
    st.session_state.setdefault("words", "at first")

    def search(words: str) -> None:
        st.session_state.asked.append(("words", words))
        st.session_state.words = words.lower()

    def choose(product_id: str) -> None:
        st.session_state.asked.append(("product", product_id))
        st.session_state.words = ""

    catalog = resources.catalog(Library(resources.settings()).default)
    st.text(f"{len(st.session_state.asked)} asked")
    box.ask(st.session_state.words, box.offers(catalog), search, choose, longest=20)


@pytest.fixture
def page() -> AppTest:
    return AppTest.from_function(draw, default_timeout=60).run()


def asked(page: AppTest) -> list[tuple[str, str]]:
    said: list[tuple[str, str]] = page.session_state["asked"]
    return said


def test_words_are_asked_before_the_page_is_drawn_and_the_field_shows_what_the_page_says(page: AppTest) -> None:
    assert shown(page) == "at first"
    typed(page, "Red Dress")
    no_error(page)
    assert asked(page) == [("words", "Red Dress")]
    assert page.text[0].value == "1 asked"
    assert shown(page) == "red dress"


def test_a_product_is_chosen_by_its_id(page: AppTest) -> None:
    assert asked(chosen(page, "105")) == [("product", "105")]
    assert shown(page) == ""


def test_an_id_comes_as_it_is(page: AppTest) -> None:
    assert asked(chosen(page, " 1" * 50)) == [("product", " 1" * 50)]


def test_each_question_is_told_apart_so_that_the_field_shows_what_is_said_anew(page: AppTest) -> None:
    before = told(typed(page, "shoes"), box.FIELD)
    assert told(page.run(), box.FIELD) == before
    assert told(typed(page, "shoes"), box.FIELD) != before


def test_words_come_without_blanks_around_them_and_are_cut(page: AppTest) -> None:
    typed(typed(page, "  shoes "), "x" * 100)
    assert asked(page) == [("words", "shoes"), ("words", "x" * 20)]


@pytest.mark.parametrize("value", ["", "  ", None, 7, ["a"], {"b": 1}])
def test_what_is_no_text_is_no_question(page: AppTest, value: object) -> None:
    sent(page, "words", value)
    no_error(page)
    assert asked(page) == []


def test_products_are_offered_by_words_of_their_name_or_id_the_one_of_this_id_first(page: AppTest) -> None:
    assert offered(page, "model 105") == ["105"]
    assert offered(page, "ROLL shirt") == ["100", "101", "103", "104", "106", "107"], "those that are shirts"
    assert offered(page, " 111 ") == ["111"]
    assert offered(page, "zeppelin") == []
    assert asked(page) == []
    assert shown(page) == "at first"


def test_nothing_is_offered_until_something_is_typed(page: AppTest) -> None:
    assert told(page, box.FINDER) == {"draft": "", "offers": []}


def test_offers_have_the_name_and_a_small_picture(shop: Path) -> None:
    (offer,) = box.offers(read_catalog(shop))("105")
    assert offer.name.startswith("Model 105 Rock & Roll")
    assert offer.picture
    image = Image.open(BytesIO(offer.picture))
    assert (image.format, image.size) == ("JPEG", (96, 128))
    assert len(offer.picture) < 10_000


def test_exactly_this_id_comes_before_what_merely_holds_it(tmp_path: Path) -> None:
    pictures = {id_: two_colored((0, 0, 255)) for id_ in ("10", "210", "1")}
    find = box.offers(read_catalog(write_catalog(tmp_path / "ids", pictures, suffix=".png")))
    assert [offer.id for offer in find("1")] == ["1", "10", "210"]


def test_a_damaged_picture_is_left_out_and_its_product_is_not(shop: Path) -> None:
    find = box.offers(read_catalog(shop))
    (shop / "images" / "105.png").write_bytes(DAMAGED)
    (shop / "images" / "106.png").unlink()
    assert [(offer.id, offer.picture) for text in ("105", "106") for offer in find(text)] == [
        ("105", None),
        ("106", None),
    ]
