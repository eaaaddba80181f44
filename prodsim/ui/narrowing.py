"""What the statistics are narrowed down by: rows of pills, and a chip for any other filter.

The pills' counts are those of the whole catalog: labels that change would be lost on a quick visitor's next click.
Pills have keys of their own, so that the filters stay in the session, whatever widget the next page has for them.
"""

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from prodsim.catalog import Catalog, Filters, filterable, statistics
from prodsim.ui import filters
from prodsim.ui.text import label, literal

NARROWED_BY = ("gender", "masterCategory")
MOST_PILLS = 12
"""An attribute of more values makes no row of pills; the catalog page filters by it."""

Accept = Callable[[str, Sequence[str]], None]
"""Called with an attribute and the values that are chosen of it, before the page is drawn anew."""


def draw(catalog: Catalog, chosen: Filters, accept: Accept) -> None:
    """A row of pills for each of NARROWED_BY that has a few values, then the chips."""
    others = dict(chosen)
    for attribute in NARROWED_BY:
        counted = statistics.by_value(catalog, attribute) if attribute in filterable(catalog) else {}
        if 2 <= len(counted) <= MOST_PILLS:
            _pills(attribute, counted, others.pop(attribute, []), accept)
    filters.chips(others)


def _pills(attribute: str, counted: Mapping[str, int], chosen: Sequence[str], accept: Accept) -> None:
    def shown(value: str) -> str:
        return f"{literal(value)} ({counted[value]:,})"

    def narrowed() -> None:
        accept(attribute, list(st.session_state[key]))

    key = f"narrow {attribute}"
    if st.session_state.get(key) != chosen:
        st.session_state[key] = chosen
    st.pills(
        label(attribute),
        list(counted),
        selection_mode="multi",
        format_func=shown,
        key=key,
        on_change=narrowed,
        label_visibility="collapsed",
    )
