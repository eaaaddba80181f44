"""Compare: one query, a row of results for each way to search, and where they agree."""

import time

import streamlit as st

from prodsim.evaluation import also_found, overlaps
from prodsim.search import SearchRequest
from prodsim.ui import compared, filters, frame, query, resources, searching, state
from prodsim.ui.indexing import open_engine

K = 5

with frame.page("Compare", shows=(state.PRODUCT,)) as catalog:
    with st.sidebar:
        st.subheader("Only among")
        narrowed = filters.panel(catalog)
    asked = query.pick(catalog)
    settings = resources.settings()
    ways = compared.ways(settings)
    chosen = st.pills("Ways to search", list(ways), selection_mode="multi", default=list(ways)[:2], key="ways")
    for encoder in dict.fromkeys(ways[title].encoder.spec for title in chosen):
        asked.show_seen(encoder)
    filters.chips(narrowed)

    found, took = {}, {}
    for title in chosen if asked.given else []:
        way, searched = ways[title], asked.query()
        assert searched is not None  # it is given
        engine = open_engine(catalog, way.encoder, settings)
        if asked.photos:
            with st.spinner(f"Loading {title} …"):
                way.encoder.load()
        started = time.perf_counter()
        result = searching.answer(engine, SearchRequest(searched, way.encoder.spec, way.kernel, K, narrowed))
        took[title] = time.perf_counter() - started
        found[title] = [neighbor.product_id for neighbor in result.neighbors]

    shared = also_found(found)
    for title, ids in found.items():
        compared.row(catalog, title, ids, took[title], shared[title])
    if len(found) > 1 and any(found.values()):
        st.header("Agreement", anchor=False)
        for (one, other), number in overlaps(found).items():
            st.markdown(f"- **{one}** and **{other}** share {number} of {K}.")
    if found and not any(found.values()):
        filters.explain_empty(catalog, narrowed)
    if asked.given and not chosen:
        st.info("Choose at least one way to search.")
