"""Cards, told to the browser and told by it."""

import pytest
from streamlit.testing.v1 import AppTest

from prodsim.ui.cards import Card
from tests.pages.cards import act, cards, choose, grid

JPEG = "data:image/jpeg;base64,"


def page() -> None:
    """Two cards; a third comes only when it is let in."""
    import streamlit as st

    from prodsim.ui.cards import Card, Picture, show, skeleton

    told = st.session_state.setdefault("told", [])
    place = skeleton(3, key="found")
    if st.session_state.get("held"):
        return
    items = [
        Card("1", "Red <b>\nshirt", "?product=1", b"one", "very close", 1.0, 1, 4, (("Similarity", "0.9"),), "more"),
        Card("2", "\u202eabc", "?product=2", None, score=0.996, which="2 of 3", link="https://shop.example/2"),
    ]
    with place:
        show(
            items,
            key="found",
            on_choose=lambda id_: told.append(id_),
            on_act=lambda action, id_: told.append((action, id_)),
            actions=("less", "more"),
            query=Picture(b"query", "mine.jpg"),
            muted=True,
        )


def opened(held: bool = False) -> AppTest:
    opened = AppTest.from_function(page, default_timeout=60)
    opened.session_state["held"] = held
    return opened.run()


def test_the_browser_is_told_all_that_is_on_the_cards() -> None:
    first, second = cards(opened())
    assert first == {
        "id": "1",
        "name": "Red <b> shirt",
        "called": "Red <b> shirt",
        "href": "?product=1",
        "picture": f"{JPEG}b25l",
        "badge": "very close",
        "score": "1.00",
        "rank": 1,
        "folded": 4,
        "details": [["Similarity", "0.9"]],
        "marked": "more",
        "which": "",
        "link": "",
    }
    assert (second["which"], second["link"]) == ("2 of 3", "https://shop.example/2")
    assert (second["picture"], second["badge"], second["score"], second["rank"]) == (None, "", "1.00", None)
    assert (second["name"], second["called"]) == ("\u202eabc", "\u2068\u202eabc\u2069")
    drawn = grid(opened(), "found")
    assert drawn["query"] == {"name": "mine.jpg", "picture": f"{JPEG}cXVlcnk="}
    assert (drawn["actions"], drawn["muted"], drawn["layout"]) == (["more", "less"], True, "results")


def test_who_follows_a_card_or_presses_a_button_is_answered_once() -> None:
    visited = choose(opened(), "2")
    assert visited.session_state["told"] == ["2"]
    visited = act(visited, "less", "1")
    assert visited.session_state["told"] == ["2", ("less", "1")]
    assert visited.run().session_state["told"] == ["2", ("less", "1")]
    assert act(visited, "folds", "1").session_state["told"][-1] == ("folds", "1")


@pytest.mark.parametrize("action", ["why", "other", ""])
def test_what_is_not_on_a_card_cannot_be_told(action: str) -> None:
    assert choose(opened(), "3").session_state["told"] == []
    assert act(opened(), action, "1").session_state["told"] == []
    assert act(opened(), "more", "3").session_state["told"] == []


def test_gray_cards_hold_the_place_until_there_is_something_and_never_again() -> None:
    waiting = opened(held=True)
    assert grid(waiting)["waiting"] and len(grid(waiting)["cards"]) == 3
    assert cards(waiting) == []
    waiting.session_state["held"] = False
    assert len(cards(waiting.run())) == 2
    waiting.session_state["held"] = True
    assert not waiting.run().get("bidi_component")


@pytest.mark.parametrize("address", ["https://example.org/", "//example.org/", "javascript:alert(1)", "/similar", ""])
def test_a_card_leads_to_no_other_place(address: str) -> None:
    with pytest.raises(ValueError, match="relative"):
        Card("1", "Shirt", address, None)


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,1", "/1", 'https://shop.example/"', " "])
def test_a_card_opens_nothing_but_pages_of_the_web(link: str) -> None:
    with pytest.raises(ValueError, match="whole address of the web"):
        Card("1", "Shirt", "?product=1", None, link=link)
