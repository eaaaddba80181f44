"""All there is to know about one product, in a dialog."""

import pandas as pd
import streamlit as st

from prodsim.catalog import Product
from prodsim.ui import faults, picture, visit
from prodsim.ui.places import SEARCH
from prodsim.ui.text import label, literal

PICTURE = 300
"""Pixels of width of the picture: most of a phone, under half of the dialog on a desk."""


def show(product: Product) -> None:
    """Open the dialog over the page; one at a time."""
    st.dialog(literal(product.name), width="medium")(_draw)(product)


def _draw(product: Product) -> None:
    with faults.answered():
        left, right = st.columns(2, gap="medium")
        with left:
            picture.draw(product, PICTURE)
        with right:
            _facts(product)


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
