"""Search before anything is asked: what there is, in one line, and products to begin with."""

import numpy as np
import streamlit as st

from prodsim.catalog import Catalog
from prodsim.ui import ask, filters, grid, statistics, visit

SAMPLES = 10

_SHUFFLED = "shuffled"


def draw(catalog: Catalog) -> None:
    """Draw it, with sample photos below."""
    statistics.line(catalog)
    passing = np.flatnonzero(catalog.filter(visit.now().asked.filters))
    if len(passing) == 0:
        filters.explain_empty(catalog, filters.ASKED)
    rows = np.random.default_rng(st.session_state.get(_SHUFFLED, 0)).permutation(passing)[:SAMPLES]
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.header("Products to begin with", anchor=False, width="content")
        if len(passing) > SAMPLES:
            st.button("Shuffle", key="shuffle", icon=":material/shuffle:", type="tertiary", on_click=_shuffle)
    grid.products([catalog.product(catalog.table.index[row]) for row in rows], "products to begin with")
    ask.samples()


def _shuffle() -> None:
    st.session_state[_SHUFFLED] = st.session_state.get(_SHUFFLED, 0) + 1
    visit.now().touch()
