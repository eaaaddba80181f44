"""How to search, as a visitor chooses it."""

from dataclasses import replace

import streamlit as st

from prodsim.encoders import REGISTRY
from prodsim.index import KERNELS
from prodsim.search import MAX_K
from prodsim.ui import resources, visit

INCLUDE = "Include the query itself"

_ENCODER, _K, _SCORING, _INCLUDE = "model", "k", "scoring", "include_query"


def choices() -> None:
    """Draw them: the model, how many results, and how their similarities are computed."""
    here = visit.now()
    visit.mirror(_ENCODER, here.method.encoder)
    st.selectbox(
        "Model", list(REGISTRY), format_func=lambda name: REGISTRY[name].title, key=_ENCODER, on_change=_search_by
    )
    st.caption(REGISTRY[here.method.encoder].summary)
    visit.mirror(_K, here.method.k)
    st.number_input("Results", 1, MAX_K, step=1, key=_K, on_change=_set, args=("k", _K))
    st.markdown("**Advanced**")
    visit.mirror(_SCORING, here.method.scoring)
    st.selectbox(
        "Scoring",
        list(KERNELS),
        format_func=lambda name: KERNELS[name].title,
        key=_SCORING,
        on_change=_set,
        args=("scoring", _SCORING),
    )
    visit.mirror(_INCLUDE, here.method.include_query)
    st.checkbox(INCLUDE, key=_INCLUDE, on_change=_set, args=("include_query", _INCLUDE))


def _search_by() -> None:
    visit.now().search_by(st.session_state[_ENCODER], resources.settings())


def _set(name: str, key: str) -> None:
    here = visit.now()
    here.method = replace(here.method, **{name: st.session_state[key]})
