"""Why a match: what each place of both pictures adds to the similarity, which labels agree, and the main colors."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st
from PIL import Image, ImageOps

from prodsim.catalog import NAME_ATTRIBUTE, Product
from prodsim.encoders import Available, EncoderSpec
from prodsim.errors import ImageError
from prodsim.images import jpeg, main_colors, open_rgb
from prodsim.index import Scoring
from prodsim.search import Attribution, SearchResult, readable
from prodsim.ui import heatmap, resources
from prodsim.ui.palette import OUTLINE
from prodsim.ui.query import Panel
from prodsim.ui.text import label, literal, plain

CARD = 150
"""Pixels that a picture has at least: two in a row on a phone."""
SCALE = (120, 12)
SWATCH = (34, 22)
"""Pixels (width, height) of the legend's colors, and of one main color."""
COLOR = 68
"""Pixels for a main color and its code: five in a row on a phone."""
_ALONE = (
    "The search used a combination of several pictures. This explains how the match compares with the product or the "
    "first photo that you search with, alone."
)


def section(asked: Panel, result: SearchResult, encoder: Available) -> None:
    """A switch, and below it, once it is on, one of the results explained. The query is a product or photos; if it is
    combined with others, its first picture is explained alone.
    """
    if not st.toggle("Why this match?", key="why"):
        return
    catalog = result.catalog
    if result.request.query.combined:
        st.caption(_ALONE)
    by_id = {neighbor.product_id: neighbor for neighbor in result.alone}
    chosen = st.selectbox(
        "Result",
        list(by_id),
        format_func=lambda id_: f"{by_id[id_].rank}. {plain(catalog.product(id_).name)}",
        key="explained",
    )
    match = catalog.product(chosen)
    try:
        pictures = [_picture(asked, encoder.spec), open_rgb(match.image)]
    except ImageError as error:
        st.warning(literal(error))
        return
    left, right = st.columns(2, gap="medium")
    with left:
        _maps(pictures, by_id[chosen].similarity, encoder, result.request.kernel.name)
    with right:
        if asked.product:
            _labels(asked.product, match)
        _colors(pictures)


def _picture(asked: Panel, encoder: EncoderSpec) -> Image.Image:
    """A photo as the model saw it, which is what was compared."""
    if asked.product:
        return open_rgb(asked.product.image)
    return resources.seen(asked.photos[0], encoder)


def _maps(pictures: Sequence[Image.Image], similarity: float, encoder: Available, scoring: Scoring) -> None:
    with st.spinner(f"Looking at both pictures with {encoder.spec.title} …"), resources.turns().take():
        loaded = encoder.load()
        query, match = (loaded.fit(picture) for picture in pictures)
        found = resources.attribution(encoder, query, match, scoring)
    st.markdown(_sentence(found, readable(similarity)))
    most = found.most or 1.0
    cells = st.grid(2, min_column_width=CARD)
    for title, picture, values in zip(("query", "match"), pictures, (found.query, found.match), strict=True):
        with cells.container(gap="xxsmall"):
            colored = heatmap.over(heatmap.framed(picture, encoder.spec), values, most)
            st.image(jpeg(colored), width="stretch", alt=f"What each place of the {title} adds to the similarity")
            st.caption(title.capitalize())
    with st.container(horizontal=True, gap="xsmall", vertical_alignment="center"):
        st.caption("pulls apart", width="content")
        st.image(jpeg(heatmap.scale(SCALE)), width=SCALE[0], alt="From blue to orange")
        st.caption("pulls together", width="content")
    st.caption(f"The strongest color stands for {readable(most)}.")


def _sentence(found: Attribution, similarity: str) -> str:
    rows, columns = found.query.shape
    if found.exact:
        return f"**Exact.** In either picture, {rows * columns} places add up to the similarity {similarity}."
    return (
        f"**An approximation.** Each of {rows * columns} patches was covered with the picture's mean color: this is "
        f"how much the similarity {similarity} fell. The falls do not add up to it."
    )


def _labels(query: Product, match: Product) -> None:
    """Which of the catalog's labels agree, as far as both products have them."""
    names = [name for name in {**query.attributes, **match.attributes} if name != NAME_ATTRIBUTE]
    if not names:
        return
    rows = []
    for name in names:
        values = [product.attributes.get(name) for product in (query, match)]
        told = "unknown" if None in values else "**same**" if values[0] == values[1] else "differs"
        rows.append([*(literal(value or "no label") for value in values), told])
    table = pd.DataFrame(rows, index=[label(name) for name in names], columns=["Query", "Match", ""])
    st.table(table, border="horizontal")
    st.caption("Labels of the catalog: the encoder does not see them.")


def _colors(pictures: Sequence[Image.Image]) -> None:
    for title, picture in zip(("query", "match"), pictures, strict=True):
        st.caption(f"Main colors of the {title}, without white ground")
        row = st.container(horizontal=True, gap="xxsmall")
        for color in main_colors(picture):
            swatch = ImageOps.expand(Image.new("RGB", SWATCH, color.code), 1, OUTLINE)
            with row.container(width=COLOR, gap=None):
                st.image(jpeg(swatch), width=swatch.width, alt=color.code)
                st.caption(f"{color.code}  \n{color.share:.0%}")
