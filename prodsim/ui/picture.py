"""A product's picture on a page."""

from pathlib import Path

import streamlit as st

from prodsim.catalog import Product
from prodsim.ui import resources
from prodsim.ui.text import literal


def draw(product: Product, width: int | None = None, image: Path | None = None) -> None:
    """The main picture or another one, `width` pixels wide or as wide as there is room; a sentence if it cannot be
    shown.
    """
    draw_thumbnail(product, resources.picture(image or product.image), width, image)


def draw_thumbnail(
    product: Product, thumbnail: bytes | None, width: int | None = None, image: Path | None = None
) -> None:
    """The same, of a thumbnail that is there, or of None."""
    if thumbnail:
        st.image(thumbnail, width=width or "stretch", alt=product.name)
    else:
        st.caption(f"The picture {literal((image or product.image).name)} is missing or damaged.")
