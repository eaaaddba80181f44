"""The query: a product of the catalog, found by name or id, or a photo."""

from dataclasses import dataclass

import streamlit as st
from PIL import Image

from prodsim.catalog import Catalog, Product
from prodsim.errors import ImageError
from prodsim.images import open_rgb, thumbnail
from prodsim.ui import grid
from prodsim.ui.state import FIND, PRODUCT
from prodsim.ui.text import literal

FROM_CATALOG, PHOTO = "Catalog product", "Your photo"
WAY = "way"
WIDTH = 210
"""Pixels of the query's picture."""
OFFERED = 200
"""Products in the list at once; typing narrows them down."""


@dataclass(frozen=True)
class Query:
    """A product, or a picture, or nothing yet."""

    product: Product | None = None
    image: Image.Image | None = None

    @property
    def given(self) -> bool:
        """Whether there is something to search with."""
        return self.product is not None or self.image is not None


def pick(catalog: Catalog) -> Query:
    """Draw the panel and say what is asked."""
    left, right = st.columns([1, 2.6], vertical_alignment="top")
    with right:
        ways = [FROM_CATALOG, PHOTO]
        st.session_state.setdefault(WAY, FROM_CATALOG)
        way = st.segmented_control("Search with", ways, required=True, key=WAY)
        query = _product(catalog) if way == FROM_CATALOG else _photo()
    with left:
        if query.product:
            grid.picture(query.product, WIDTH)
        elif query.image:
            st.image(thumbnail(query.image), width=WIDTH, alt="Your photo")
    return query


def choose(product_id: str) -> None:
    """Make a product the query."""
    st.session_state[WAY] = FROM_CATALOG
    st.session_state[PRODUCT] = product_id
    st.session_state[FIND] = ""


def _product(catalog: Catalog) -> Query:
    text = st.text_input("Find by name or id", key=FIND, placeholder="for example: red shirt")
    found = catalog.find(text)
    if text and found and st.session_state[PRODUCT] not in found:
        st.session_state[PRODUCT] = found[0]
    current = st.session_state[PRODUCT]
    offered = found[:OFFERED]
    st.selectbox(
        f"Product ({len(found):,} found)" if text else f"Product (of {len(catalog):,})",
        offered if current in offered else [current, *offered],
        format_func=lambda product_id: f"{catalog.product(product_id).name} ({product_id})",
        key=PRODUCT,
    )
    if not found:
        st.caption(f"No product has “{literal(text)}” in its name or id.")
    product = catalog.product(current)
    st.caption(literal(", ".join(value for value in product.attributes.values() if value != product.name)))
    return Query(product=product)


def _photo() -> Query:
    upload = st.file_uploader("A photo of one garment, JPEG or PNG for example, up to 20 MB", key="upload")
    if upload is None:
        return Query()
    try:
        return Query(image=open_rgb(upload.getvalue(), upload.name))
    except ImageError as error:
        st.error(literal(error))
        return Query()
