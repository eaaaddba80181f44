"""Look-alikes: pick a product, give a photo or type words, see what looks most like it."""

import streamlit as st

from prodsim.catalog import Product
from prodsim.export import heading, neighbors_table, verdict
from prodsim.search import MAX_K, NOT_FOUND, NOTHING
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
    found, known = outcome.found, outcome.known
    if asked.product and outcome.encoder:
        judging.keep(asked.product.id, marks, outcome.encoder.spec.name)

    pivots.buttons(catalog, asked)
    filters.chips(narrowed)
    among = int(catalog.filter(narrowed).sum())

    def below(product: Product) -> None:
        folds.draw(catalog, outcome.folds.get(product.id, ()))
        if asked.words is None:
            steer.buttons(product)

    if found:
        st.header(heading(len(found), among, words=asked.words is not None))
        if verdict(found, known, familiar=outcome.familiar) == "nothing alike":
            st.warning(NOTHING)
        shown = [(neighbor, catalog.product(neighbor.product_id)) for neighbor in found]
        grid.neighbors(shown, known, trail.choose, below)
        st.caption(f"{outcome.numbers}  \n{folds.NUMBER}" if outcome.folds else outcome.numbers)
        if outcome.encoder:
            alone = outcome.alone
            why.section(catalog, asked, alone or found, outcome.encoder, combined=alone is not None)
        with st.expander("As a table"):
            st.dataframe(neighbors_table(found, catalog, known, outcome.folds), hide_index=True)
        sharing.section(catalog, asked, outcome, narrowed)
    elif asked.words and among:
        st.info(f"{NOT_FOUND}{', among the products that pass the filters' if narrowed else ''}.")
    elif asked.given:
        filters.explain_empty(catalog, narrowed)
    if outcome.opened:
        show_skipped(outcome.opened)
