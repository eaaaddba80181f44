"""Catalog: search by name, narrow down by attributes, look at the details, go on to the look-alikes."""

import streamlit as st

from prodsim.catalog import filterable
from prodsim.ui import details, filters, frame, grid, paging, state
from prodsim.ui.text import literal

with frame.page("Catalog", shows=(state.FIND, state.PAGE)) as catalog:
    text = st.text_input(
        "Search by name or id",
        key=state.FIND,
        type="search",
        live="300ms",
        placeholder="for example: red shirt",
        on_change=paging.first,
    )
    among = catalog.matching(text)
    with st.sidebar:
        if filterable(catalog):
            st.subheader("Filters")
        chosen = filters.panel(catalog, among, on_change=paging.first)
    filters.chips(chosen, on_change=paging.first)

    found = catalog.ids(among & catalog.filter(chosen), first=text)
    if found:
        st.header(f"{len(found):,} of {len(catalog):,} products")
        with paging.page_of(found) as shown:
            grid.products([catalog.product(product_id) for product_id in shown], details.show)
    elif among.any():
        filters.explain_empty(catalog, chosen, among, on_change=paging.first)
    else:
        st.info(f"No product has “{literal(text)}” in its name or id. Use fewer or other words.")
