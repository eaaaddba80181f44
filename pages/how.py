"""How it works: one query through every step of the method, with what comes out of each."""

import streamlit as st

from prodsim.encoders import is_familiar
from prodsim.export import verdict
from prodsim.search import NOTHING, best_of
from prodsim.ui import choices, filters, frame, grid, query, resources, state, steps, terms, trail
from prodsim.ui.encoder import available_encoder
from prodsim.ui.indexing import open_index

K = 5

with frame.page("How it works", shows=(state.PRODUCT,)) as catalog:
    with st.sidebar:
        st.subheader("How to search")
        chosen = choices.encoder_and_scoring()
        choices.include_query()
        st.subheader("Only among")
        narrowed = filters.panel(catalog)
    st.markdown("A product or a photo goes through every step of the search, as it does on the page of look-alikes.")
    asked = query.pick(catalog)
    filters.chips(narrowed)

    if asked.given:
        settings, scoring = resources.settings(), st.session_state[state.SCORING]
        encoder = available_encoder(chosen, settings)
        seen = steps.input_of(asked, encoder.spec)
        with st.spinner(f"Loading {encoder.spec.title} …"), resources.turns().take():
            loaded = encoder.load()
            vector = loaded.encode([seen])[0]
            familiar = not asked.photos or is_familiar(loaded, seen)
        steps.layers_of(loaded)
        steps.embedding(vector, scoring)

        searcher = open_index(catalog, encoder, settings).searcher
        left_out = [asked.product.id] if asked.product and not st.session_state[state.INCLUDE_QUERY] else []
        rows, similarities = searcher.candidates(vector, scoring=scoring, filters=narrowed, left_out=left_out)
        found = best_of(catalog, searcher.positions[rows], similarities, K)
        if found:
            steps.scores(catalog, similarities, found, scoring)
            st.header("5. The most similar", anchor=False)
            known = searcher.closeness(scoring)
            if verdict(found, known, familiar=familiar) == "nothing alike":
                st.warning(NOTHING)
            grid.neighbors([(each, catalog.product(each.product_id)) for each in found], known, trail.choose)
        elif catalog.filter(narrowed).any():
            st.info(f"There is nothing to compare the query with but itself. Choose “{choices.INCLUDE}”.")
        else:
            filters.explain_empty(catalog, narrowed)

    terms.section()
