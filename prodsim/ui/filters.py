"""Filters for every attribute, with how many products each choice would leave."""

from collections.abc import Callable

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from prodsim.catalog import Catalog, Filters
from prodsim.facets import emptied_by, facets
from prodsim.ui import state
from prodsim.ui.text import label, literal


def panel(
    catalog: Catalog, among: NDArray[np.bool_] | None = None, on_change: Callable[[], None] | None = None
) -> Filters:
    """Draw the filters and return those that are set. `among`: bool (len(catalog),), counts only these products."""
    chosen = state.filters(catalog)
    for attribute, counts in facets(catalog, chosen, among).items():
        key = state.filter_key(attribute)
        st.session_state[key] = st.session_state.get(key, [])  # kept although the counts in the labels change
        st.multiselect(
            label(attribute),
            [value for value, number in counts.items() if number or value in st.session_state[key]],
            format_func=lambda value, counts=counts: f"{value} ({counts[value]:,})",
            key=key,
            placeholder="any",
            on_change=on_change,
        )
    if chosen:
        st.button("Clear filters", key="clear filters", on_click=clear, args=(catalog,))
    return chosen


def clear(catalog: Catalog) -> None:
    """Accept everything again."""
    for attribute in state.filters(catalog):
        st.session_state[state.filter_key(attribute)] = []


def explain_empty(catalog: Catalog, chosen: Filters, among: NDArray[np.bool_] | None = None) -> None:
    """Say that no product passes, and which choice is the reason."""
    st.info("No product passes these filters.")
    for attribute in emptied_by(catalog, chosen, among):
        values = ", ".join(literal(value) for value in chosen[attribute])
        st.button(
            f"Without {label(attribute)} = {values} there would be some: drop it",
            key=f"drop {attribute}",
            on_click=st.session_state.update,
            args=({state.filter_key(attribute): []},),
        )
