"""Filters for every attribute, with how many products each choice would leave.

A list's entries are labels with counts, and the browser sends labels back. So they are brought up to date where the
counts have changed, and one with an earlier count, from a visitor quicker than the last answer, is understood.
"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from prodsim.catalog import OTHER, Catalog, Filters, emptied_by, facet_counts, filterable
from prodsim.ui import state
from prodsim.ui.text import label, literal, plain

OnChange = Callable[[], None]
"""Called when a filter has changed, before the page is drawn anew."""

_GAP = "\u2002"
"""Between a value and its count; an en space, which a value hardly has."""


def panel(catalog: Catalog, among: NDArray[np.bool_] | None = None, on_change: OnChange | None = None) -> Filters:
    """Draw the filters and return those that are set. `among`: bool (len(catalog),), counts only these products."""
    for attribute in filterable(catalog):
        _understand(catalog, attribute)
    chosen = state.filters(catalog)
    for attribute, counts in facet_counts(catalog, chosen, among).items():
        values = chosen.get(attribute, [])
        _bring_up_to_date(attribute, values, counts)
        st.multiselect(
            label(attribute),
            [value for value, number in counts.items() if number or value in values],
            format_func=lambda value, counts=counts: f"{plain(value)}{_GAP}({counts[value]:,})",
            key=state.filter_key(attribute),
            placeholder="any",
            on_change=on_change,
        )
    if chosen:
        st.button("Clear filters", key="clear filters", on_click=_clear, args=(catalog, on_change))
    return chosen


def chips(chosen: Filters, on_change: OnChange | None = None) -> None:
    """The filters that are set, each a button that takes it away: in sight where the panel is folded, on a phone."""
    if not chosen:
        return
    with st.container(horizontal=True, gap="xsmall"):
        for attribute, values in chosen.items():
            for value in values:
                st.button(
                    f"{_title(attribute)}: {literal(value)}",
                    key=f"chip {attribute}={value}",
                    help="Remove this filter",
                    icon=":material/close:",
                    icon_position="right",
                    on_click=_accept,
                    args=(attribute, [other for other in values if other != value], on_change),
                )


def explain_empty(
    catalog: Catalog,
    chosen: Filters,
    among: NDArray[np.bool_] | None = None,
    on_change: OnChange | None = None,
) -> None:
    """Say that no product passes, and which choice is the reason."""
    st.info("No product passes these filters.")
    reasons = emptied_by(catalog, chosen, among)
    for attribute in reasons:
        values = ", ".join(literal(value) for value in chosen[attribute])
        st.button(
            f"Without {_title(attribute)} = {values} there would be some: drop it",
            key=f"drop {attribute}",
            on_click=_accept,
            args=(attribute, [], on_change),
        )
    if chosen and not reasons:
        st.button("Clear all filters", key="drop all", on_click=_clear, args=(catalog, on_change))


def _title(name: str) -> str:
    attribute = name.removesuffix(OTHER)
    return label(attribute) if name == attribute else f"Not {label(attribute).lower()}"


def _understand(catalog: Catalog, attribute: str) -> None:
    """Values in place of labels with an earlier count."""
    key, known = state.filter_key(attribute), catalog.coded(attribute).categories
    sent: Sequence[str] = st.session_state.get(key, [])
    shown = {plain(value): value for value in known}
    meant = (text if text in known else shown.get(text.rpartition(_GAP)[0]) for text in sent)
    values = [value for value in dict.fromkeys(meant) if value in known]
    if values != list(sent):
        st.session_state[key] = values


def _bring_up_to_date(attribute: str, values: Sequence[str], counts: Mapping[str, int]) -> None:
    """Send the values again if their counts have changed; else not, as they would overtake a choice on its way."""
    seen = f"counts {attribute}"
    before = st.session_state.get(seen, {})
    if any(before.get(value) != counts[value] for value in values):
        st.session_state[state.filter_key(attribute)] = list(values)
    st.session_state[seen] = counts


def _accept(attribute: str, values: Sequence[str], on_change: OnChange | None) -> None:
    st.session_state[state.filter_key(attribute)] = list(values)
    if on_change:
        on_change()


def _clear(catalog: Catalog, on_change: OnChange | None) -> None:
    for attribute in state.filters(catalog):
        _accept(attribute, [], on_change)
