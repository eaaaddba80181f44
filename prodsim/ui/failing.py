"""From a class to its failing queries: each with its results in pictures, the wrong ones marked."""

from collections.abc import Sequence

import streamlit as st

from prodsim.catalog import Catalog
from prodsim.evaluation import Failure, Relevance
from prodsim.ui import picture
from prodsim.ui.text import literal

CARD = 96
"""Pixels that a picture has at least: three in a row on a phone."""


def show(catalog: Catalog, found: Sequence[Failure], relevance: Relevance) -> None:
    """A row for each query."""
    for failure in found:
        query = catalog.product(failure.product_id)
        wrong = sum(not right for _, right in failure.neighbors)
        st.markdown(f"**{literal(query.name)}** &ensp; {wrong} of {len(failure.neighbors)} wrong")
        cells = st.grid(6, min_column_width=CARD)
        with cells.container(gap="xxsmall"):
            picture.draw(query)
            st.caption("the query")
        for product_id, right in failure.neighbors:
            product = catalog.product(product_id)
            with cells.container(gap="xxsmall"):
                picture.draw(product)
                values = ", ".join(product.attributes.get(name, "no label") for name in relevance)
                st.caption("right" if right else f":red[wrong:] {literal(values)}")
