"""How to search, as it is chosen in the sidebar: the same on every page that searches in one way."""

import streamlit as st

from prodsim.encoders import REGISTRY
from prodsim.index import KERNELS
from prodsim.ui import state

INCLUDE = "Include the query itself"


def encoder_and_scoring() -> str:
    """Draw both choices; the encoder's name."""
    chosen: str = st.selectbox(
        "Encoder", list(REGISTRY), format_func=lambda name: REGISTRY[name].title, key=state.ENCODER
    )
    st.caption(REGISTRY[chosen].summary)
    st.selectbox("Scoring", list(KERNELS), format_func=lambda name: KERNELS[name].title, key=state.SCORING)
    return chosen


def include_query() -> None:
    """Draw whether a product is among its own results."""
    st.checkbox(INCLUDE, key=state.INCLUDE_QUERY)
