"""Home: what is in the catalog, and the way to its look-alikes."""

import numpy as np
import streamlit as st

from prodsim.catalog import KINDS, filterable, statistics
from prodsim.export import to_csv
from prodsim.ui import filters, frame, grid, linked, state
from prodsim.ui.linked import COLOR, TYPE
from prodsim.ui.text import literal

SAMPLES = 10
MOST, MOST_IN_SMALL = 15, 13  # bars in a figure; the real catalog's products are of 13 years
PREVIEWED = 100
SHUFFLED = "shuffled"


def shuffle() -> None:
    st.session_state[SHUFFLED] = st.session_state.get(SHUFFLED, 0) + 1


with frame.page("What looks like this?") as catalog:
    chosen = state.filters(catalog)
    among = catalog.filter(chosen)
    products = int(among.sum())
    attributes = filterable(catalog)

    st.markdown(
        f"The catalog **{literal(catalog.name)}** holds {len(catalog):,} products. "
        "Pick one, or upload a photo, and see the products that look most like it."
    )
    st.page_link(
        "pages/similar.py", label="**Find look-alikes**", icon=":material/image_search:", query_params=state.link()
    )

    st.header("From the catalog", anchor=False)
    rows = np.random.default_rng(st.session_state.get(SHUFFLED, 0)).permutation(np.flatnonzero(among))[:SAMPLES]
    grid.products([catalog.product(catalog.table.index[row]) for row in rows])
    if products > SAMPLES:
        st.button("Shuffle", key="shuffle", icon=":material/shuffle:", on_click=shuffle)

    st.header("Statistics", anchor=False)
    linked.narrow(catalog)
    if not products:
        filters.explain_empty(catalog, chosen)
    overview = statistics.overview(catalog, among)
    metrics = st.grid(5, min_column_width=130)
    metrics.metric("Products", f"{products:,}")
    metrics.metric("Pictures", f"{products:,}")
    metrics.metric("Attributes", len(catalog.attributes))
    if len(overview):
        metrics.metric("Missing values", f"{overview['missing'].sum():,}")
    for types in overview["values"][overview["attribute"] == TYPE]:
        metrics.metric("Article types", f"{types:,}")

    large = st.grid(2, min_column_width=320, gap="medium")
    for attribute in (TYPE, COLOR):
        if attribute in attributes:
            with large.cell():
                linked.bars(catalog, attribute, chosen, among, most=MOST)
                linked.links(catalog, [attribute], chosen, among)
    small = st.grid(3, min_column_width=240, gap="medium")
    others = [attribute for attribute in attributes if attribute not in (TYPE, COLOR)]
    for attribute in others:
        with small.cell():
            linked.bars(catalog, attribute, chosen, among, most=MOST_IN_SMALL)
    if others:
        linked.links(catalog, others, chosen, among)
    linked.heat_map(catalog, chosen, among)

    if len(overview):
        st.subheader("Attributes", anchor=False)
        localized = st.column_config.NumberColumn(format="localized")
        st.dataframe(overview, hide_index=True, column_config={"values": localized, "missing": localized})
        st.subheader("The table", anchor=False)
        st.caption(
            f"{products:,} rows and {len(catalog.attributes) + 1} columns"
            + (f"; the first {PREVIEWED} rows are shown." if products > PREVIEWED else ".")
        )
        st.dataframe(catalog.table.iloc[np.flatnonzero(among)[:PREVIEWED]], height=300)

    if catalog.problems:
        st.subheader("Repaired or left out", anchor=False)
        for kind, number in statistics.problem_counts(catalog).itertuples(index=False):
            st.markdown(f"- {number:,} {KINDS[kind]}")
        problems = statistics.problem_table(catalog)
        with st.expander(f"All {len(problems):,}"):
            st.dataframe(problems, hide_index=True)
        st.download_button(
            "Download as CSV",
            lambda: to_csv(problems),
            file_name="problems.csv",
            mime="text/csv",
            key="download problems",
            on_click="ignore",
            icon=":material/download:",
        )
