"""The catalog's products, looked over by name and attributes."""

import streamlit as st

from prodsim.catalog import LONGEST_WORDS, Catalog
from prodsim.ui import filters, grid, paging, visit
from prodsim.ui.text import literal

ROW = 72
"""Pixels of the field with its label, kept free before it is there."""

_FIND = "find"


def draw(catalog: Catalog) -> None:
    """What narrows them down, and a page of them."""
    here = visit.now()
    visit.mirror(_FIND, here.browsing.find)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", height=ROW, border=False):
        st.text_input(
            "Search by name or id",
            key=_FIND,
            max_chars=LONGEST_WORDS,
            type="search",
            live="300ms",
            placeholder="for example: red shirt",
            on_change=_find,
        )
        text = here.browsing.find
        among = catalog.matching(text)
        chosen = here.browsing.filters
        filters.button(catalog, filters.BROWSED, among)
    with st.container(horizontal=True, gap="xsmall"):
        filters.chips(filters.BROWSED)

    found = catalog.ids(among & catalog.filter(chosen), first=text)
    if found:
        st.header(f"{len(found):,} of {len(catalog):,} products", anchor=False)
        with paging.page_of(found) as shown:
            grid.products([catalog.product(product_id) for product_id in shown], "browsed")
    elif among.any():
        filters.explain_empty(catalog, filters.BROWSED, among)
    else:
        st.info(f"No product has “{literal(text)}” in its name or id. Use fewer or other words.")


def _find() -> None:
    visit.now().browse(find=st.session_state[_FIND])
