"""Look-alikes: pick a product, give a photo or type words, see what looks most like it."""

import streamlit as st

from prodsim.closeness import NOTHING
from prodsim.results import neighbors_table, verdict
from prodsim.search import MAX_K
from prodsim.ui import choices, filters, frame, grid, query, searching, sharing, state, trail, why
from prodsim.ui.indexing import show_skipped
from prodsim.ui.ways import IN_WORDS, PICTURES
from prodsim.words import NOT_FOUND

with frame.page("Look-alikes", shows=(state.PRODUCT, state.WORDS)) as catalog:
    with st.sidebar:
        st.subheader("How to search")
        chosen = choices.encoder_and_scoring()
        st.number_input("Results", 1, MAX_K, step=1, key=state.K)
        choices.include_query()
        st.subheader("Only among")
        narrowed = filters.panel(catalog)

    asked = query.pick(catalog, (*PICTURES, IN_WORDS))
    outcome = searching.search(catalog, asked, chosen, narrowed)
    found, known = outcome.found, outcome.known

    filters.chips(narrowed)
    among = int(catalog.filter(narrowed).sum())
    if found:
        best = "best matches" if asked.words else "most similar"
        st.header(f"The {len(found)} {best} of {among:,} products")
        if verdict(found, known, familiar=outcome.familiar) == "nothing alike":
            st.warning(NOTHING)
        grid.neighbors([(neighbor, catalog.product(neighbor.product_id)) for neighbor in found], known, trail.choose)
        st.caption(outcome.numbers)
        if outcome.encoder:
            why.section(catalog, asked, found, outcome.encoder)
        with st.expander("As a table"):
            st.dataframe(neighbors_table(found, catalog, known), hide_index=True)
        sharing.section(catalog, asked, outcome, narrowed)
    elif asked.words and among:
        st.info(f"{NOT_FOUND}{', among the products that pass the filters' if narrowed else ''}.")
    elif asked.given:
        filters.explain_empty(catalog, narrowed)
    if outcome.opened:
        show_skipped(outcome.opened)
