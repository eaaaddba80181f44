"""What is folded into a result, in a dialog."""

import streamlit as st

from prodsim.search import SearchResult, readable, which_picture
from prodsim.ui import faults, picture, visit
from prodsim.ui.text import literal

SHOWN = 20
"""Near-identical products that are drawn; some catalogs have one placeholder for hundreds."""
CELL = 130
"""Pixels that one has at least."""


def show(result: SearchResult, product_id: str) -> None:
    """Open the dialog over the page: what is near-identical to this result."""
    st.dialog("Near-identical", width="large")(_draw)(result, product_id)


def _draw(result: SearchResult, product_id: str) -> None:
    with faults.answered():
        others = result.folds[product_id]
        st.caption(f"{len(others):,} products look the same as {literal(result.catalog.product(product_id).name)}.")
        cells = st.grid(4, min_column_width=CELL)
        for neighbor in others[:SHOWN]:
            product = result.catalog.product(neighbor.product_id)
            with cells.container(gap="xsmall"):
                picture.draw(product, image=neighbor.image)
                st.text(product.name)
                which = which_picture(product, neighbor.image)
                st.caption(f"similarity {readable(neighbor.similarity)}{which and f', picture {which}'}")
                key = f"unfolded look-alikes of {product.id}"
                if st.button("Look-alikes", key=key, type="tertiary", on_click=_search_on, args=(product.id,)):
                    st.rerun()
        if len(others) > SHOWN:
            st.caption(f"and {len(others) - SHOWN:,} more")


def _search_on(product_id: str) -> None:
    here = visit.now()
    here.ask(here.asked.about(product=product_id))
