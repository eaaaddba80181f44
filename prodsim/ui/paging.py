"""Long lists in pages; the number of the page is that of the visit, counted from 1."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from math import ceil

import streamlit as st

from prodsim.ui import visit

PER_PAGE = 30
"""Whole rows of five on a desk and of two on a phone."""
ABOVE, BELOW = "above", "below"

_TURNED_BELOW = "page turned below"

_scroll_here = st.components.v2.component(
    "scroll_here",
    js="""export default ({ parentElement }) => {
        (parentElement.host ?? parentElement).scrollIntoView({ block: "center" })
    }""",
)


@contextmanager
def page_of(items: Sequence[str]) -> Iterator[Sequence[str]]:
    """The items of the chosen page, to be drawn between two choices of pages.

    A page after the last is answered, and the last one shown. Who turns the page below the items sees the next ones
    from their beginning.
    """
    pages, page = max(1, ceil(len(items) / PER_PAGE)), visit.now().browsing.page
    if page > pages:
        st.warning(f"There is no page {page:,} here: the last one is shown, page {pages:,}.")
        page = pages
        visit.now().browse(page=page)
    with st.container(gap=None):
        if st.session_state.pop(_TURNED_BELOW, False):
            _scroll_here(key=f"top of page {page}")
        _choice(pages, page, ABOVE)
    yield items[(page - 1) * PER_PAGE : page * PER_PAGE]
    _choice(pages, page, BELOW)


def _choice(pages: int, page: int, place: str) -> None:
    """Numbers of pages, if there are several. What was turned elsewhere needs a new widget: it takes only a default."""
    if pages == 1:
        return
    drawn = f"pages {place}"
    key = f"{drawn} {st.session_state.get(drawn, 0)}"
    if st.session_state.get(key, page) != page:
        st.session_state[drawn] = st.session_state.get(drawn, 0) + 1
        key = f"{drawn} {st.session_state[drawn]}"
    st.pagination(pages, default=page, key=key, on_change=_turn, args=(key, place))


def _turn(key: str, place: str) -> None:
    visit.now().browse(page=st.session_state[key])
    st.session_state[_TURNED_BELOW] = place == BELOW
