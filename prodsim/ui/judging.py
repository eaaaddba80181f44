"""The judgments of a visit: the marks that were set on results of products, also for queries that were left since.

A photo has no id that another could search with, so marks on its results are not judgments.
"""

from datetime import UTC, datetime

import streamlit as st

from prodsim.evaluation import Judgment, of_marks
from prodsim.search import Marks
from prodsim.ui import visit

_KEPT = "judgments"
"""The session's key for the judgments by catalog, query and judged product."""


def keep(query: str, marks: Marks, encoder: str) -> None:
    """Keep the marks set for a product; one that was kept with the same label stays as it was made then."""
    everything = st.session_state.setdefault(_KEPT, {})
    for judgment in of_marks(query, marks, encoder, datetime.now(UTC)):
        place = (visit.now().catalog, query, judgment.product)
        if place not in everything or everything[place].label != judgment.label:
            everything[place] = judgment


def forget(query: str, product_id: str) -> None:
    """What was said of this product for this query, which was taken back."""
    st.session_state.get(_KEPT, {}).pop((visit.now().catalog, query, product_id), None)


def kept() -> list[Judgment]:
    """All judgments on products of the catalog at hand, in the order in which they were made."""
    everything = st.session_state.get(_KEPT, {})
    return [judgment for (catalog, *_), judgment in everything.items() if catalog == visit.now().catalog]
