"""What was read of a catalog, before anything is done with it."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from prodsim.catalog import (
    KINDS,
    LEFT_OUT_ROWS,
    MAX_VALUES,
    REPAIRED,
    Catalog,
    Kind,
    Preview,
    filterable,
    statistics,
)
from prodsim.ui import picture

WIDTH = 96
"""Pixels of a sample picture."""
_USES: Mapping[Kind, str] = {"number": "a filter by numbers", "tags": "a filter by tags", "text": "a filter"}


def show(preview: Preview) -> None:
    """Numbers, sample pictures, what each column is taken for, and what was repaired or left out."""
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


def show_columns(catalog: Catalog) -> None:
    """All columns, folded."""
    with st.expander(f"All {len(catalog.attributes) + 1:,} columns"):
        st.dataframe(columns(catalog), hide_index=True)
        st.caption(f"A filter has numbers, or 2 to {MAX_VALUES} different values.")


def columns(catalog: Catalog) -> pd.DataFrame:
    """One row per column of the table: `column`, `taken for`, and how many different `values` it has."""
    filters = filterable(catalog)
    roles = {column: role for role, column in catalog.schema.columns.items()}
    rows = [(catalog.schema["id"] or "id", "the id", len(catalog))]
    for attribute in catalog.attributes:
        role = roles.get(attribute)
        use = _USES[catalog.kind(attribute)] if attribute in filters else "shown only"
        rows.append((attribute, f"the {role}" if role else use, len(catalog.values(attribute).texts)))
    return pd.DataFrame(rows, columns=["column", "taken for", "values"])
