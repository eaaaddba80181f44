"""What is folded into a result, unfolded below its card."""

from collections.abc import Sequence

import streamlit as st

from prodsim.catalog import Catalog
from prodsim.search import Neighbor, readable
from prodsim.ui import grid, trail

SHOWN = 20
"""Near-identical products that are drawn; some catalogs have one placeholder for hundreds."""


def draw(catalog: Catalog, others: Sequence[Neighbor]) -> None:
    """A line such as "+4 near-identical", which unfolds; nothing if there are none."""
    if not others:
        return
    with st.expander(f"+{len(others):,} near-identical"):
        for neighbor in others[:SHOWN]:
            product = catalog.product(neighbor.product_id)
            grid.picture(product)
            st.caption(f"similarity {readable(neighbor.similarity)}")
            st.text(product.name)
            st.button(
                "Look-alikes",
                key=f"unfolded look-alikes of {product.id}",
                on_click=trail.choose,
                args=(product.id,),
                type="tertiary",
            )
        if len(others) > SHOWN:
            st.caption(f"and {len(others) - SHOWN:,} more")
