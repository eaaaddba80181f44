"""Some products of the catalog in one row, which scrolls sideways where there is no room for it."""

from textwrap import shorten

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from prodsim.catalog import Catalog, Product
from prodsim.ui import picture, visit
from prodsim.ui.places import RESULTS, SEARCH
from prodsim.ui.text import literal

SAMPLES = 10
WIDTH, HEIGHT = 96, 164
"""Pixels of a product's picture and link, kept free before the picture has come."""
LONGEST_NAME = 8
"""Characters of a name, as many as stand below a picture."""

_SHUFFLED = "shuffled"


def draw(catalog: Catalog, among: NDArray[np.bool_]) -> None:
    """A few of these products, the same ones until they are shuffled; each leads to its look-alikes.

    `among`: bool (len(catalog),).
    """
    rows = np.flatnonzero(among)
    if not len(rows):
        return
    drawn = np.random.default_rng(st.session_state.get(_SHUFFLED, 0)).permutation(rows)[:SAMPLES]
    with st.container(gap="xxsmall"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.subheader("From the catalog", anchor=False, width="content")
            if len(rows) > SAMPLES:
                st.button("Shuffle", key="shuffle", icon=":material/shuffle:", on_click=_shuffle, type="tertiary")
        with st.container(horizontal=True, wrap=False, gap="xsmall", key="samples"):
            for row in drawn:
                _sample(catalog.product(catalog.table.index[row]))


def _sample(product: Product) -> None:
    with st.container(width=WIDTH, height=HEIGHT, gap=None, border=False, vertical_alignment="distribute"):
        picture.draw(product, WIDTH)
        st.page_link(
            SEARCH.script,
            label=literal(_short(product.name)),
            help=f"Look-alikes of {literal(product.name)}",
            query_params=visit.now().link(SEARCH, asked=visit.now().asked.about(product=product.id), tab=RESULTS),
        )


def _shuffle() -> None:
    st.session_state[_SHUFFLED] = st.session_state.get(_SHUFFLED, 0) + 1
    visit.now().touch()


def _short(name: str) -> str:
    """Its first words, as many as fit; else the beginning of the first."""
    words = shorten(name, LONGEST_NAME, placeholder="…")
    return words if words != "…" else f"{name[: LONGEST_NAME - 1]}…"
