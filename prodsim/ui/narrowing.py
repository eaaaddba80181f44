"""What narrows and steers the search, in one row: ways out of the query, filters, the method, the pivot, the marks."""

from dataclasses import replace
from textwrap import shorten

import streamlit as st

from prodsim.catalog import Catalog
from prodsim.encoders import EncoderSpec
from prodsim.ui import filters, method, pivots, steer, visit
from prodsim.ui.chip import chip
from prodsim.ui.chosen import Asked
from prodsim.ui.pivots import PIVOTS
from prodsim.ui.subject import Subject
from prodsim.ui.text import literal

HEIGHT = 48
"""Pixels of the row, kept free, so that nothing moves when it comes."""
LONGEST_BEFORE = 28
"""Characters of what the query before is called."""


def draw(catalog: Catalog, subject: Subject, encoder: EncoderSpec) -> None:
    """Draw the row."""
    row = st.container(
        horizontal=True,
        wrap=False,
        vertical_alignment="center",
        gap="xsmall",
        height=HEIGHT,
        border=False,
        key="narrowing",
    )
    with row:
        _ways_out(catalog)
        _narrow(catalog, subject, encoder)


def _ways_out(catalog: Catalog) -> None:
    """Back to the query before, and to none."""
    if before := _before(catalog):
        st.button(
            f"Back to {literal(before)}",
            key="back",
            icon=":material/arrow_back:",
            on_click=visit.now().go_back,
            type="tertiary",
        )
    st.button("New search", key="new search", icon=":material/close:", on_click=_ask_nothing, type="tertiary")


def _before(catalog: Catalog) -> str:
    """What the query before is called, empty if there is none. Queries of which nothing is there any more go."""
    here = visit.now()
    while here.trail:
        before = Subject.of(here.trail[-1], catalog)
        if before.name:
            return "your photo" if before.photos else shorten(before.name, LONGEST_BEFORE, placeholder="…")
        here.trail = here.trail[:-1]
    return ""


def _ask_nothing() -> None:
    here = visit.now()
    here.ask(Asked(filters=here.asked.filters))


def _narrow(catalog: Catalog, subject: Subject, encoder: EncoderSpec) -> None:
    """Filters, the pivot and the marks, each of which can be taken away."""
    here = visit.now()
    asked = here.asked
    filters.button(catalog, filters.ASKED)
    settings = st.popover(f"By {encoder.title}", icon=":material/tune:", key="settings open", on_change=here.touch)
    if settings.open:
        with settings:
            method.choices()
    if asked.pivot:
        chip(PIVOTS[asked.pivot].title, "pivot", "Search among all again", _pivot, "")
    filters.chips(filters.ASKED)
    steer.chips(catalog)
    if subject.product and not asked.pivot:
        for name in pivots.offered(catalog, subject.product, asked.filters):
            st.button(
                PIVOTS[name].title,
                key=f"pivot {name}",
                icon=":material/swap_horiz:",
                type="tertiary",
                on_click=_pivot,
                args=(name,),
            )


def _pivot(name: str) -> None:
    here = visit.now()
    here.asked = replace(here.asked, pivot=name)
