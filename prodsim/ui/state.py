"""What a visitor has chosen, kept in the address so that a reload or a link shows the same.

The address is read when it changed since it was written here (a link, the back button); else the widgets are right.
What is wrong in it is said. Widgets take their value from `st.session_state` by the parameter's name.
"""

from collections.abc import Callable
from typing import get_args

import streamlit as st

from prodsim.catalog import Catalog
from prodsim.config import Settings
from prodsim.encoders import REGISTRY, encoder_spec
from prodsim.errors import ProdsimError, QueryError
from prodsim.search import MAX_K, Scoring

PRODUCT, ENCODER, K, SCORING, INCLUDE_QUERY = "product", "encoder", "k", "scoring", "include_query"

_WRITTEN = "address written"


def seed(catalog: Catalog, settings: Settings) -> list[str]:
    """Put the address's choices, or the defaults, into the session. Returns a sentence for each that is wrong."""
    address = st.query_params.to_dict()
    changed = address != st.session_state.get(_WRITTEN)
    problems = []
    for name, (read, default) in _parameters(catalog, settings).items():
        if not changed and name in st.session_state:
            continue
        try:
            st.session_state[name] = read(address.get(name, default))
        except ProdsimError as error:
            place = "In the address" if name in address else "In the environment"
            st.session_state[name] = read(default) if name in address else next(iter(REGISTRY))
            problems.append(f"{place}: {error} {st.session_state[name]} is shown instead.")
    return problems


def link() -> dict[str, str]:
    """What a link to another search carries along: how to search, not what for."""
    return {name: _written(st.session_state[name]) for name in (ENCODER, K, SCORING, INCLUDE_QUERY)}


def write() -> None:
    """Put the choices into the address."""
    address = {PRODUCT: st.session_state[PRODUCT], **link()}
    if address != st.query_params.to_dict():
        st.query_params.from_dict(address)
    st.session_state[_WRITTEN] = address


def _parameters(catalog: Catalog, settings: Settings) -> dict[str, tuple[Callable[[str], str | int | bool], str]]:
    """How each parameter is read, and what it is if the address does not say."""
    return {
        PRODUCT: (lambda text: catalog.product(text).id, catalog.table.index[0]),
        ENCODER: (lambda text: encoder_spec(text).name, settings.encoder),
        K: (_k, "5"),
        SCORING: (lambda text: _one_of(text, get_args(Scoring), "scoring"), "unit"),
        INCLUDE_QUERY: (lambda text: _one_of(text, ("true", "false"), "include_query") == "true", "false"),
    }


def _k(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= MAX_K):
        raise QueryError(f"k is {text}, but a search returns 1 to {MAX_K} neighbors.")
    return int(text)


def _one_of(text: str, known: tuple[str, ...], name: str) -> str:
    if text not in known:
        raise QueryError(f"{name} is {text!r}, which is none of: {', '.join(known)}.")
    return text


def _written(value: str | int | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
