"""One box to ask with: words, or a product that is found by its name or id while they are typed.

A component of two parts, which `box.js` joins in the browser. The field runs the whole page when it is asked something,
as any widget does, even while the page is still being drawn. The finder runs for each draft, alone in its fragment.
"""

from base64 import b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from prodsim.catalog import Catalog
from prodsim.ui import resources
from prodsim.ui.text import one_line

FIELD, FINDER = "box", "box_finder"
"""The components' names, and their keys."""
HEIGHT = 44
"""Pixels of the field, kept free before it is there; a finger needs as many."""
MOST = 6
"""Products in the list."""

_TURN = "box turn"
_HTML, _CSS, _JS = (Path(__file__).with_name(f"box.{kind}").read_text("utf-8") for kind in ("html", "css", "js"))

_field = st.components.v2.component(FIELD, html=_HTML, css=_CSS, js=_JS)
_finder = st.components.v2.component(FINDER, js=_JS)


@dataclass(frozen=True)
class Offer:
    """A product in the list; `picture`: JPEG bytes, None if there is none to show."""

    id: str
    name: str
    picture: bytes | None


Find = Callable[[str], Sequence[Offer]]
"""The products for what has been typed."""


def ask(
    words: str, offers: Find, on_words: Callable[[str], None], on_product: Callable[[str], None], *, longest: int
) -> None:
    """Draw the box. `on_words` and `on_product` are called before the page runs that follows: with the words that are
    to be searched, without blanks around them and not empty; with the id that was chosen, which the catalog may lack.

    The field shows `words` at first, after every question, and whenever they change, unless the visitor is typing.
    It takes `longest` characters. A page has one box.
    """

    def answer(call: Callable[[str], None], text: str) -> None:
        st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1
        if text:
            call(text)

    with st.container(gap=None):
        _field(
            key=FIELD,
            data={"words": words, "longest": longest, "turn": st.session_state.get(_TURN, 0)},
            height=HEIGHT,
            on_words_change=lambda: answer(on_words, _words(FIELD, "words", longest)),
            on_product_change=lambda: answer(on_product, _sent(FIELD, "product")),
        )
        _find(offers, longest)


def offers(catalog: Catalog) -> Find:
    """Finds this catalog's products by words of their name or id; the one of exactly this id comes first."""

    def find(text: str) -> list[Offer]:
        rows = [catalog.row(product_id) for product_id in catalog.find(text)[:MOST]]
        return [
            Offer(catalog.table.index[row], catalog.names[row], resources.small_picture(catalog.main_picture(row)))
            for row in rows
        ]

    return find


@st.fragment
def _find(offers: Find, longest: int) -> None:
    draft = _words(FINDER, "draft", longest)
    found = [_shown(offer) for offer in offers(draft)[:MOST]] if draft else []
    data = {"draft": draft, "offers": found}
    # as low as may be, since until it is there Streamlit keeps 40 pixels free; a state is known by having a callback
    _finder(key=FINDER, data=data, height=1, on_draft_change=lambda: None)


def _shown(offer: Offer) -> dict[str, str | None]:
    picture = offer.picture and f"data:image/jpeg;base64,{b64encode(offer.picture).decode()}"
    return {"id": offer.id, "name": one_line(offer.name), "label": one_line(offer.id), "picture": picture or None}


def _words(component: str, name: str, longest: int) -> str:
    return _sent(component, name).strip()[:longest]


def _sent(component: str, name: str) -> str:
    """What the browser sent under this name, which may be anything; empty if it is no text."""
    value = st.session_state.get(component, {}).get(name)
    return value if isinstance(value, str) else ""
