"""How it works: one query through every step of the method, with what comes out of each."""

from dataclasses import replace

import streamlit as st

from prodsim.search import NOTHING
from prodsim.ui import choices, filters, frame, grid, query, resources, searching, steps, terms, trail
from prodsim.ui.encoder import available_encoder
from prodsim.ui.histogram import BARS
from prodsim.ui.indexing import open_engine
from prodsim.ui.state import PRODUCT

K = 5

with frame.page("How it works", shows=(PRODUCT,)) as catalog:
    with st.sidebar:
        st.subheader("How to search")
        chosen = choices.encoder_and_scoring()
        choices.include_query()
        st.subheader("Only among")
        narrowed = filters.panel(catalog)
    st.markdown("A product or a photo goes through every step of the search, as it does on the page of look-alikes.")
    asked = query.pick(catalog)
    filters.chips(narrowed)
    searched = replace(asked, photos=asked.photos[:1]).query()

    if searched:
        settings = resources.settings()
        encoder = available_encoder(chosen, settings)
        steps.input_of(asked, encoder.spec)
        with st.spinner(f"Loading {encoder.spec.title} …"):
            steps.layers_of(encoder.load())
        engine = open_engine(catalog, encoder, settings)
        request = replace(searching.requested(searched, encoder.spec, narrowed), k=K, fold=False)
        result = searching.answer(engine, request)
        assert result.vector is not None  # pictures are searched with
        steps.embedding(result.vector, request.kernel)
        if result.neighbors:
            steps.scores(result, engine.histogram(result, BARS))
            st.header("5. The most similar", anchor=False)
            if result.nothing_alike:
                st.warning(NOTHING)
            grid.neighbors(result, trail.choose)
        elif result.passing:
            st.info(f"There is nothing to compare the query with but itself. Choose “{choices.INCLUDE}”.")
        else:
            filters.explain_empty(catalog, narrowed)

    terms.section()
