"""What was read of a catalog, before anything is done with it."""

import streamlit as st

from prodsim.catalog import (
    KINDS,
    LEFT_OUT_ROWS,
    REPAIRED,
    Preview,
    statistics,
)
from prodsim.ui import picture

WIDTH = 96
"""Pixels of a sample picture."""


def show(preview: Preview) -> None:
    """Numbers, sample pictures, and what was repaired or left out."""
    catalog = preview.catalog
    counts = dict(statistics.problem_counts(catalog).itertuples(index=False, name=None))
    metrics = st.container(horizontal=True, gap="medium")
    metrics.metric("Products", f"{len(catalog):,}", width="content")
    metrics.metric("Pictures", f"{len(catalog.images):,}", width="content")
    metrics.metric("Rows read", f"{catalog.rows_read:,}", width="content")
    metrics.metric("Rows repaired", f"{counts.get(REPAIRED, 0):,}", width="content")
    metrics.metric("Rows left out", f"{sum(counts.get(kind, 0) for kind in LEFT_OUT_ROWS):,}", width="content")

    row = st.container(horizontal=True, gap="small")
    for product_id, thumbnail in preview.samples.items():
        with row.container(width=WIDTH):
            picture.draw_thumbnail(catalog.product(product_id), thumbnail, WIDTH)

    if counts:
        st.subheader("Repaired, joined or left out")
        st.markdown("\n".join(f"- {number:,} {KINDS[kind]}" for kind, number in counts.items()))
        with st.expander(f"All {len(catalog.problems):,}"):
            st.dataframe(catalog.problems, hide_index=True)
