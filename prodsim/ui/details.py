"""All there is to know about one product, in a dialog."""

import pandas as pd
import streamlit as st

from prodsim.catalog import Product
from prodsim.ui import faults, picture, resources, visit
from prodsim.ui.places import SEARCH
from prodsim.ui.text import label, literal

PICTURE = 300
"""Pixels of width of the picture: most of a phone, under half of the dialog on a desk."""
OTHERS, OTHER = 12, 66
"""How many other pictures of the product are shown, and their width in pixels: four in a row."""


def show(product: Product) -> None:
    """Open the dialog over the page; one at a time."""
    st.dialog(literal(product.name), width="medium")(_draw)(product)


def _draw(product: Product) -> None:
    with faults.answered():
        left, right = st.columns(2, gap="medium")
        with left:
            picture.draw(product, PICTURE)
            _others(product)
        with right:
            _facts(product)


def _others(product: Product) -> None:
    """The product's pictures but for the main one, as far as they can be shown."""
    others = product.images[1 : 1 + OTHERS]
    if not others:
        return
    with st.container(horizontal=True, gap="xsmall", width=PICTURE):
        for number, image in enumerate(others, start=2):
            if small := resources.small_picture(image):
                st.image(small, width=OTHER, alt=f"{product.name}, picture {number}")
    if more := len(product.images) - 1 - len(others):
        st.caption(f"and {more:,} more")


def _facts(product: Product) -> None:
    rows = {"Id": literal(product.id)} | {label(name): literal(value) for name, value in product.labels.items()}
    st.table(pd.Series(rows), border="horizontal", hide_header=True)
    here = visit.now()
    st.page_link(
        SEARCH.script,
        label="Find look-alikes",
        icon=":material/image_search:",
        query_params=here.link(SEARCH, asked=here.asked.about(product=product.id), tab=SEARCH.first_tab),
    )
    if product.link:
        st.page_link(product.link, label="Open in the shop", icon=":material/open_in_new:")
