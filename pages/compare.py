"""Compare: one query, a row of results for each way to search, and where they agree."""

import time

import streamlit as st

from prodsim.evaluation import also_found, overlaps
from prodsim.search import NO_MARKS, steered
from prodsim.ui import compared, filters, frame, query, resources, state
from prodsim.ui.indexing import open_index

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
        way = ways[title]
        searcher = open_index(catalog, way.encoder, settings).searcher
        if asked.product:
            started = time.perf_counter()
            neighbors = searcher.by_product(asked.product.id, k=K, scoring=way.scoring, filters=narrowed)
        else:
            seen = [photo.seen(way.encoder.spec) for photo in asked.photos]
            with st.spinner(f"Loading {title} …"), resources.turns().take():
                loaded = way.encoder.load()
                started = time.perf_counter()
                vector = steered(searcher, [*loaded.encode(seen)], NO_MARKS, way.scoring)
                neighbors = searcher.by_vector(vector, k=K, scoring=way.scoring, filters=narrowed)
        took[title] = time.perf_counter() - started
        found[title] = [neighbor.product_id for neighbor in neighbors]

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
