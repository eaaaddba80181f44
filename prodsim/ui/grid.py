"""Products as cards, five in a row on a desk and two on a phone."""

from collections.abc import Callable, Iterator, Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from prodsim.catalog import Product
from prodsim.search import FOLDED, Calibration, SearchResult, above, meanings, readable
from prodsim.ui import resources, state
from prodsim.ui.text import literal

CARD = 132
"""Pixels that a card has at least."""
LONGEST_NAME = 90
"""Characters of a name on a card, so that one name cannot stretch its row; real catalogs' names have up to 88."""

FOLDS = f"**Near-identical**: {FOLDED}"

Choose = Callable[[str], None]
"""Called with a product's id when its look-alikes are asked for."""

ShowDetails = Callable[[Product], None]
"""Called with a product whose details are asked for."""

DrawMore = Callable[[Product], None]
"""Draws what else there is about a result, above the button to its look-alikes."""


def products(items: Sequence[Product], details: ShowDetails | None = None) -> None:
    """Cards with picture, name, a button for the details and a link to the product's look-alikes."""
    for product, cell in zip(items, _cells(len(items)), strict=True):
        with cell:
            with st.container(gap="xsmall"):
                picture(product)
                st.text(_short(product.name))
            with st.container(horizontal=True, gap="xxsmall", vertical_alignment="center"):
                if details and st.button("Details", key=f"details of {product.id}", type="tertiary"):
                    details(product)
                st.page_link("pages/similar.py", label="Look-alikes", query_params=state.link(product=product.id))


def neighbors(result: SearchResult, choose: Choose, more: DrawMore | None = None) -> None:
    """Cards with picture, rank, score, similarity, what it means, name and a button that searches on from there."""
    known = result.calibration
    for neighbor, cell in zip(result.neighbors, _cells(len(result.neighbors)), strict=True):
        product = result.catalog.product(neighbor.product_id)
        with cell:
            with st.container(gap="xsmall"):
                picture(product)
                st.markdown(f"**{neighbor.rank}** &ensp; score **{neighbor.score:.2f}**")
                st.caption(f"similarity {readable(neighbor.similarity)}{_meaning(neighbor.similarity, known)}")
                st.text(_short(product.name))
            with st.container(gap="xxsmall"):
                if more:
                    more(product)
                key = f"look-alikes of {product.id}"
                st.button("Look-alikes", key=key, on_click=choose, args=(product.id,), type="tertiary")


def legend(result: SearchResult) -> None:
    """What the numbers on the cards mean, a line for each."""
    lines = [f"**{name}**: {meaning}" for name, meaning in meanings(result).items()]
    st.caption("  \n".join([*lines, FOLDS] if result.folds else lines))


def picture(product: Product, width: int | None = None) -> None:
    """The product's picture, `width` pixels wide or as wide as there is room; a sentence if it cannot be shown."""
    thumbnail = resources.picture(product.image)
    if thumbnail:
        st.image(thumbnail, width=width or "stretch", alt=product.name)
    else:
        st.caption(f"The picture {literal(product.image.name)} is missing or damaged.")


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"


def _meaning(similarity: float, known: Calibration | None) -> str:
    """In words, and the percentile, where that is known."""
    if known is None:
        return ""
    return f"  \n{known.word(similarity)}, {above(known.percentile(similarity))}"


def _cells(number: int) -> Iterator[DeltaGenerator]:
    """Containers as high as their row, so that what is put last into each lines up."""
    grid = st.grid(5, min_column_width=CARD)
    for _ in range(number):
        yield grid.container(gap="xsmall", height="stretch", vertical_alignment="distribute")
