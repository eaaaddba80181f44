"""The way a visitor went from one query to the next, and back."""

from dataclasses import dataclass

import streamlit as st

from prodsim.catalog import Catalog
from prodsim.ui import state
from prodsim.ui.text import literal

WAY = "way"
FROM_CATALOG, UPLOAD, CAMERA = "Product", "Photo", "Camera"
LONGEST = 50
_TRAIL = "trail"


@dataclass(frozen=True)
class Step:
    """A query that was left: of which catalog, the way it was given, and the product if it was one."""

    catalog: str
    way: str
    product: str


def choose(product_id: str) -> None:
    """Make a product the query, and remember the one before."""
    here = Step(st.session_state[state.CATALOG], st.session_state[WAY], st.session_state[state.PRODUCT])
    st.session_state[_TRAIL] = [*st.session_state.get(_TRAIL, []), here][-LONGEST:]
    _go(FROM_CATALOG, product_id)


def back_button(catalog: Catalog) -> None:
    """A button to the query before, if there is one in this catalog."""
    trail = st.session_state.get(_TRAIL, [])
    if not trail or trail[-1].catalog != st.session_state[state.CATALOG]:
        return
    last = trail[-1]
    if last.way == FROM_CATALOG and last.product not in catalog.rows:  # the catalog has changed meanwhile
        return
    name = catalog.product(last.product).name if last.way == FROM_CATALOG else "your photo"
    st.button(f"Back to {literal(name)}", key="back", icon=":material/arrow_back:", on_click=_back)


def _back() -> None:
    *before, last = st.session_state[_TRAIL]
    st.session_state[_TRAIL] = before
    _go(last.way, last.product)


def _go(way: str, product_id: str) -> None:
    st.session_state.update({WAY: way, state.PRODUCT: product_id, state.FIND: ""})
