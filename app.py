"""Home: what is in the catalog, and the way to its look-alikes."""

import streamlit as st

from prodsim import statistics
from prodsim.table import KINDS
from prodsim.ui import figures, frame, grid, state
from prodsim.ui.text import literal

SAMPLES = 10
BARS = 20
ARTICLE_TYPE = "articleType"

with frame.page("What looks like this?") as catalog:
    st.markdown(
        f"The catalog **{literal(catalog.name)}** holds {len(catalog):,} products. "
        "Pick one, or upload a photo, and see the products that look most like it."
    )
    st.page_link(
        "pages/similar.py", label="**Find look-alikes**", icon=":material/image_search:", query_params=state.link()
    )

    st.header("From the catalog")
    every = max(1, len(catalog) // SAMPLES)
    grid.products([catalog.product(product_id) for product_id in catalog.table.index[::every][:SAMPLES]])

    st.header("Statistics")
    overview = statistics.overview(catalog)
    metrics = st.container(horizontal=True, gap="large")
    metrics.metric("Products", f"{len(catalog):,}", width="content")
    metrics.metric("Pictures", f"{len(set(catalog.images)):,}", width="content")
    metrics.metric("Attributes", len(catalog.attributes), width="content")
    if ARTICLE_TYPE in catalog.table:
        counts = statistics.counts(catalog, ARTICLE_TYPE)
        metrics.metric("Article types", len(counts), width="content")
        st.subheader("Products per article type")
        st.plotly_chart(
            figures.bars(counts.head(BARS)),
            key="article types",
            config={"displayModeBar": False},
            alt=f"Bars: products per article type, most: {counts.iloc[0, 0]!s}",
        )
        if len(counts) > BARS:
            with st.expander(f"All {len(counts)} article types"):
                st.dataframe(counts, hide_index=True)
    if len(overview):
        st.subheader("Attributes")
        st.dataframe(overview, hide_index=True)

    if catalog.problems:
        st.subheader("Repaired or left out")
        for kind, number in statistics.problem_counts(catalog).itertuples(index=False):
            st.markdown(f"- {number:,} {KINDS[kind]}")
        with st.expander(f"All {len(catalog.problems):,}"):
            st.dataframe(catalog.problems, hide_index=True)
