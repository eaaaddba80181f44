"""The way a visitor went from one query to the next, and back."""

from dataclasses import dataclass

import streamlit as st

from prodsim.catalog import Catalog
from prodsim.ui import state
from prodsim.ui.text import literal
from prodsim.ui.ways import FROM_CATALOG, IN_WORDS, WAY

LONGEST = 50
_TRAIL = "trail"


@dataclass(frozen=True)
class Step:
    """A query that was left: of which catalog, the way it was given, the product or the words if it was one, and what
    was marked for it.
    """

    catalog: str
    way: str
    product: str
    words: str
    more: list[str]
    less: list[str]


def choose(product_id: str) -> None:
    """Make a product the query, and remember the one before.

    Of product and words, which are widgets, a session may have none: a browser that sends less than it was shown, as
    after a break of the connection, makes it forget them.
    """
    product, words = (st.session_state.get(name, "") for name in (state.PRODUCT, state.WORDS))
    marked = (st.session_state[name] for name in (state.MORE, state.LESS))
    here = Step(st.session_state[state.CATALOG], st.session_state[WAY], product, words, *marked)
    st.session_state[_TRAIL] = [*st.session_state.get(_TRAIL, []), here][-LONGEST:]
    _go(FROM_CATALOG, product_id, here.words)


def back_button(catalog: Catalog) -> None:
    """A button to the query before, if there is one in this catalog."""
    trail = st.session_state.get(_TRAIL, [])
    if not trail or trail[-1].catalog != st.session_state[state.CATALOG]:
        return
    last = trail[-1]
    if last.way == FROM_CATALOG and last.product not in catalog.rows:  # the catalog has changed meanwhile
        return
    st.button(f"Back to {literal(_name(last, catalog))}", key="back", icon=":material/arrow_back:", on_click=_back)


def _name(step: Step, catalog: Catalog) -> str:
    if step.way == FROM_CATALOG:
        return catalog.product(step.product).name
    return f"“{step.words}”" if step.way == IN_WORDS else "your photo"


def _back() -> None:
    *before, last = st.session_state[_TRAIL]
    st.session_state[_TRAIL] = before
    _go(last.way, last.product, last.words)
    st.session_state.update({state.MORE: last.more, state.LESS: last.less})
    st.session_state.pop(state.MARKED_FOR, None)


def _go(way: str, product_id: str, words: str) -> None:
    st.session_state.update({WAY: way, state.PRODUCT: product_id, state.WORDS: words, state.FIND: ""})
