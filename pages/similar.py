"""Look-alikes: pick a product or give a photo, see what looks most like it."""

from typing import get_args

import streamlit as st

from prodsim.closeness import NOTHING
from prodsim.encoders import REGISTRY, is_familiar
from prodsim.export import to_csv
from prodsim.results import neighbors_table, verdict
from prodsim.search import MAX_K, Scoring
from prodsim.ui import filters, frame, grid, query, resources, state, trail
from prodsim.ui.encoder import available_encoder, warm_up
from prodsim.ui.indexing import open_index
from prodsim.ui.numbers import explained

SCORINGS = {"unit": "Unit length (cosine)", "linear": "Raw linear kernel, as published"}

with frame.page("Look-alikes", shows=(state.PRODUCT,)) as catalog:
    with st.sidebar:
        st.subheader("How to search")
        chosen = st.selectbox(
            "Encoder", list(REGISTRY), format_func=lambda name: REGISTRY[name].title, key=state.ENCODER
        )
        st.caption(REGISTRY[chosen].summary)
        st.selectbox("Scoring", get_args(Scoring), format_func=SCORINGS.__getitem__, key=state.SCORING)
        st.number_input("Results", 1, MAX_K, step=1, key=state.K)
        st.checkbox("Include the query itself", key=state.INCLUDE_QUERY)
        st.subheader("Only among")
        narrowed = filters.panel(catalog)

    asked = query.pick(catalog)
    settings = resources.settings()
    encoder = available_encoder(chosen, settings)
    if not asked.product:
        warm_up(encoder)
    opened = open_index(catalog, encoder, settings)
    k, scoring = st.session_state[state.K], st.session_state[state.SCORING]

    familiar = True
    if asked.product:
        include_query = st.session_state[state.INCLUDE_QUERY]
        found = opened.searcher.by_product(
            asked.product.id, k=k, scoring=scoring, filters=narrowed, include_query=include_query
        )
    elif asked.image:
        with st.spinner(f"Looking at the photo with {encoder.spec.title} …"):
            loaded = encoder.load()
            found = opened.searcher.by_image(asked.image, loaded, k=k, scoring=scoring, filters=narrowed)
            familiar = is_familiar(loaded, asked.image)
    else:
        found = []

    filters.chips(narrowed)
    if found:
        among = int(catalog.filter(narrowed).sum())
        st.header(f"The {len(found)} most similar of {among:,} products")
        known = opened.searcher.closeness(scoring)
        if verdict(found, known, familiar=familiar) == "nothing alike":
            st.warning(NOTHING)
        grid.neighbors([(neighbor, catalog.product(neighbor.product_id)) for neighbor in found], known, trail.choose)
        st.caption(explained(scoring, encoder.spec))
        with st.expander("As a table"):
            table = neighbors_table(found, catalog, known)
            st.dataframe(table, hide_index=True)
            st.download_button(
                "Download as CSV", to_csv(table), "look-alikes.csv", "text/csv", key="download", on_click="ignore"
            )
    elif asked.given:
        filters.explain_empty(catalog, narrowed)
    if opened.skipped:
        with st.expander(f"{len(opened.skipped):,} products are left out: their pictures cannot be used"):
            st.dataframe(opened.skipped, hide_index=True)
