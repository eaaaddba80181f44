"""Look-alikes: pick a product, give a photo or type words, see what looks most like it."""

import streamlit as st

from prodsim.catalog import Product
from prodsim.export import neighbors_table
from prodsim.search import MAX_K, NOT_FOUND, NOTHING, heading
from prodsim.ui import (
    choices,
    filters,
    folds,
    frame,
    grid,
    judging,
    pivots,
    query,
    searching,
    sharing,
    state,
    steer,
    trail,
    why,
)
from prodsim.ui.indexing import show_skipped
from prodsim.ui.ways import IN_WORDS, PICTURES

with frame.page("Look-alikes", shows=(state.PRODUCT, state.WORDS, state.MORE, state.LESS)) as catalog:
    with st.sidebar:
        st.subheader("How to search")
        chosen = choices.encoder_and_scoring()
        st.number_input("Results", 1, MAX_K, step=1, key=state.K)
        choices.include_query()
        st.subheader("Only among")
        narrowed = filters.panel(catalog)

    asked = query.pick(catalog, (*PICTURES, IN_WORDS))
    marks = steer.chips(catalog, asked)
    outcome = searching.search(catalog, asked, chosen, narrowed, marks)
    result, engine = outcome.result, outcome.engine
    if asked.product and result:
        judging.keep(asked.product.id, marks, result.request.encoder.name)

    pivots.buttons(catalog, asked)
    filters.chips(narrowed)

    if result and result.neighbors:
        st.header(heading(result))
        if result.nothing_alike:
            st.warning(NOTHING)

        alike = result.folds

        def below(product: Product) -> None:
            folds.draw(catalog, alike.get(product.id, ()))
            if asked.words is None:
                steer.buttons(product)

        grid.neighbors(result, trail.choose, below)
        grid.legend(result)
        if asked.words is None and result.indexed:
            why.section(asked, result, result.indexed.encoder)
        with st.expander("As a table"):
            st.dataframe(neighbors_table(result), hide_index=True)
        sharing.section(result)
    elif result and result.request.in_names and result.passing:
        st.info(f"{NOT_FOUND}{', among the products that pass the filters' if narrowed else ''}.")
    elif asked.given:
        filters.explain_empty(catalog, narrowed)
    if engine is not None:
        show_skipped(engine)
