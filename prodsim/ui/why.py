"""Why a match: what each place of both pictures adds to the similarity, which labels agree, and the main colors."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import streamlit as st
from PIL import Image, ImageOps

from prodsim.catalog import Product
from prodsim.encoders import Available, EncoderSpec
from prodsim.errors import ImageError
from prodsim.images import MainColor, jpeg, main_colors
from prodsim.index import Scoring
from prodsim.search import Attribution, Framing, SearchResult, readable, which_picture
from prodsim.ui import heatmap, resources, visit
from prodsim.ui.device import is_phone
from prodsim.ui.grid import EXPLAINED
from prodsim.ui.palette import OUTLINE
from prodsim.ui.sentences import told
from prodsim.ui.subject import Subject
from prodsim.ui.text import label, literal, plain

CHOICE = 72
"""Pixels of the choice among the results, kept free before it is there."""
WIDE, NARROW, CAPTION = 288, 170, 32
"""Pixels: the width of a picture on a desk and on a phone, two in a row, and the height below it."""
SCALE = (120, 12)
SWATCH = (34, 22)
"""Pixels (width, height) of the legend's colors, and of one main color."""
COLOR = 68
"""Pixels for a main color and its code: five in a row on a phone."""
_RESULT = "explained"
_ALONE = (
    "The search used a combination of several pictures. This explains how the match compares with the product or the "
    "first photo that you search with, alone."
)


def draw(result: SearchResult, subject: Subject, encoder: Available) -> None:
    """One of the results explained. If the query is combined of several pictures, its first one is explained alone."""
    if subject.words:
        st.info("Words are no picture, so there are no places of it to explain. The table says how well they fit.")
        return
    if not result.neighbors:
        st.info("There is no result to explain.")
        return
    catalog = result.catalog
    if result.request.query.combined:
        st.caption(_ALONE)
    by_id = {neighbor.product_id: neighbor for neighbor in result.alone}
    explained = st.session_state.get(EXPLAINED)
    visit.mirror(_RESULT, explained if explained in by_id else next(iter(by_id)))
    chosen = st.container(height=CHOICE, border=False).selectbox(
        "Result",
        list(by_id),
        format_func=lambda id_: f"{by_id[id_].rank}. {plain(catalog.product(id_).name)}",
        key=_RESULT,
        on_change=_choose,
    )
    match, counted = catalog.product(chosen), by_id[chosen].image
    try:
        sides = _sides(subject, counted, encoder.spec)
    except ImageError as error:
        st.warning(literal(told(error)))
        return
    left, right = st.columns(2, gap="medium")
    with left:
        which = which_picture(match, counted)
        titles = "Query", f"Match, picture {which}" if which else "Match"
        _maps(sides, titles, by_id[chosen].similarity, encoder, result.request.kernel.name)
    with right:
        _colors(sides)
        if subject.product:
            _labels(subject.product, match)


def _choose() -> None:
    st.session_state[EXPLAINED] = st.session_state[_RESULT]
    visit.now().touch()


@dataclass(frozen=True)
class _Side:
    """What is kept of a picture, which is let go: `fitted` as the model sees it, `framed` as heat maps lie on it."""

    fitted: Image.Image
    framed: Image.Image
    colors: Sequence[MainColor]


def _sides(subject: Subject, counted: Path, encoder: EncoderSpec) -> tuple[_Side, _Side]:
    """The query, a photo as the model saw it, which is what was compared; and the match, by its picture that counted.
    ImageError.
    """

    def side(image: Image.Image) -> _Side:
        return _Side(Framing().fit(image, encoder), heatmap.framed(image, encoder), main_colors(image))

    query = subject.made_of_product(side) if subject.product else side(subject.photos[0].seen(encoder))
    return query, resources.made_of(counted, side)


def _maps(
    sides: Sequence[_Side], titles: Sequence[str], similarity: float, encoder: Available, scoring: Scoring
) -> None:
    query, match = (side.fitted for side in sides)
    with st.spinner(f"Looking at both pictures with {encoder.spec.title} …"), resources.turn_to_encode():
        found = resources.attribution(encoder, query, match, scoring)
    st.markdown(_sentence(found, readable(similarity)))
    most = found.most or 1.0
    width = NARROW if is_phone() else WIDE
    cells = st.container(horizontal=True, gap="small")
    for title, side, values in zip(titles, sides, (found.query, found.match), strict=True):
        colored = heatmap.over(side.framed, values, most)
        height = colored.height * width // colored.width + CAPTION
        with cells.container(gap="xxsmall", width=width, height=height, border=False):
            st.image(jpeg(colored), width=width, alt=f"What each place of the {title.lower()} adds to the similarity")
            st.caption(title)
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
    names = [*{**query.labels, **match.labels}]
    if not names:
        return
    rows = []
    for name in names:
        values = [product.attributes.get(name) for product in (query, match)]
        verdict = "unknown" if None in values else "**same**" if values[0] == values[1] else "differs"
        rows.append([*(literal(value or "no label") for value in values), verdict])
    table = pd.DataFrame(rows, index=[label(name) for name in names], columns=["Query", "Match", ""])
    st.table(table, border="horizontal")
    st.caption("Labels of the catalog: the encoder does not see them.")


def _colors(sides: Sequence[_Side]) -> None:
    for title, side in zip(("query", "match"), sides, strict=True):
        st.caption(f"Main colors of the {title}, without white ground")
        row = st.container(horizontal=True, gap="xxsmall")
        for color in side.colors:
            swatch = ImageOps.expand(Image.new("RGB", SWATCH, color.code), 1, OUTLINE)
            with row.container(width=COLOR, gap=None):
                st.image(jpeg(swatch), width=swatch.width, alt=color.code)
                st.caption(f"{color.code}  \n{color.share:.0%}")
