"""What the statistics are counted from: the attributes, the table, and what of it was repaired or left out."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import streamlit as st
from numpy.typing import NDArray

from prodsim.catalog import KINDS, Catalog, statistics
from prodsim.export import to_csv

PREVIEWED = 100
HEIGHT, ROW = 282, 28
"""Pixels of height of a long table and of a row."""


def draw(catalog: Catalog, overview: pd.DataFrame, among: NDArray[np.bool_]) -> None:
    """A tab for each that there is. `overview`: that of `among`, bool (len(catalog),)."""
    parts: dict[str, Callable[[], None]] = {}
    if len(overview):
        parts = {"Attributes": lambda: _attributes(overview), "Table": lambda: _table(catalog, among)}
    if catalog.problems:
        parts[f"Repaired or left out ({len(catalog.problems):,})"] = lambda: _problems(catalog)
    if parts:
        for tab, part in zip(st.tabs(list(parts), key="records"), parts.values(), strict=True):
            with tab:
                part()


def _attributes(overview: pd.DataFrame) -> None:
    localized = st.column_config.NumberColumn(format="localized")
    st.dataframe(overview, hide_index=True, row_height=ROW, column_config={"values": localized, "missing": localized})


def _table(catalog: Catalog, among: NDArray[np.bool_]) -> None:
    rows = np.flatnonzero(among)
    st.caption(
        f"{len(rows):,} rows and {len(catalog.attributes) + 1} columns"
        + (f"; the first {PREVIEWED} rows are shown." if len(rows) > PREVIEWED else ".")
    )
    st.dataframe(catalog.table.iloc[rows[:PREVIEWED]], height=HEIGHT, row_height=ROW)


def _problems(catalog: Catalog) -> None:
    counts, problems = statistics.problem_counts(catalog), statistics.problem_table(catalog)
    st.markdown("\n".join(f"- {number:,} {KINDS[kind]}" for kind, number in counts.itertuples(index=False)))
    st.dataframe(problems, hide_index=True, row_height=ROW)
    st.download_button(
        "Download as CSV",
        lambda: to_csv(problems),
        file_name="problems.csv",
        mime="text/csv",
        key="download problems",
        on_click="ignore",
        icon=":material/download:",
    )
