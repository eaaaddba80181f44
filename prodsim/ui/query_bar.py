"""What is asked, in one row: its picture, its name, and what steers the search."""

from dataclasses import replace
from textwrap import shorten

import streamlit as st

from prodsim.catalog import NAME_ATTRIBUTE, Catalog, Product
from prodsim.encoders import EncoderSpec
from prodsim.images import SENTENCES
from prodsim.ui import filters, method, photos, pivots, resources, steer, visit
from prodsim.ui.chosen import Asked
from prodsim.ui.pivots import COLOR, PIVOTS, TYPE
from prodsim.ui.subject import Subject
from prodsim.ui.text import literal

WIDTH, ONE_OF_SEVERAL = 72, 54
"""Pixels of the query's picture, and of each of several photos."""
GAP = 8
"""Pixels beside each of them."""
HEIGHT, NARROWING = 96, 48
"""Pixels of the picture and of the row below: kept free, so that nothing moves when they come."""
LONGEST_NAME, LONGEST_BEFORE = 64, 28
"""Characters of the query's name, three lines on a phone, and of that of the query before."""
LABELS = 3
"""Labels that are shown of a product that has neither a type nor a color."""


def draw(catalog: Catalog, subject: Subject, encoder: EncoderSpec) -> None:
    """The query, then filters and how to search."""
    with st.container(horizontal=True, wrap=False, vertical_alignment="center", gap="small", key="query"):
        with st.container(width="content"):  # also if there are none: the name keeps its place among the elements
            _pictures(subject)
        with st.container(width="stretch", gap="xxsmall"):
            st.title(literal(shorten(subject.name, LONGEST_NAME, placeholder="…")), anchor=False)
            if subject.product:
                st.caption(literal(" · ".join([subject.product.id, *_main_labels(subject.product)])))
            for photo in subject.photos:
                for flaw in photo.look().flaws:
                    st.caption(f":material/photo_camera: {SENTENCES[flaw]}")
        if subject.photos:
            photos.draw(visit.now().asked.photo, encoder)
    row = st.container(
        horizontal=True,
        wrap=False,
        vertical_alignment="center",
        gap="xsmall",
        height=NARROWING,
        border=False,
        key="narrowing",
    )
    with row:
        _ways_out(catalog)
        _narrowing(catalog, subject, encoder)


def _main_labels(product: Product) -> list[str]:
    """Type and color; of a catalog without them, some others."""
    known = {name: value for name, value in product.attributes.items() if name != NAME_ATTRIBUTE}
    return [known[name] for name in (TYPE, COLOR) if name in known] or list(known.values())[:LABELS]


def _pictures(subject: Subject) -> None:
    pictures = [photo.look().shown for photo in subject.photos]
    if subject.product and (thumbnail := resources.picture(subject.product.image)):
        pictures = [thumbnail]
    if not pictures:
        return
    alt = subject.product.name if subject.product else "Your photo"
    width = WIDTH if len(pictures) == 1 else ONE_OF_SEVERAL
    room = len(pictures) * (width + GAP)
    with st.container(horizontal=True, wrap=False, gap="xxsmall", height=HEIGHT, width=room, border=False):
        for picture in pictures:
            st.image(picture, width=width, alt=alt)


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


def _narrowing(catalog: Catalog, subject: Subject, encoder: EncoderSpec) -> None:
    """Filters, the pivot and the marks, each of which can be taken away."""
    here = visit.now()
    asked = here.asked
    filters.button(catalog, filters.ASKED)
    settings = st.popover(f"By {encoder.title}", icon=":material/tune:", key="settings open", on_change=here.touch)
    if settings.open:
        with settings:
            method.choices()
    if asked.pivot:
        st.button(
            PIVOTS[asked.pivot].title,
            key="chip pivot",
            help="Search among all again",
            icon=":material/close:",
            icon_position="right",
            on_click=_pivot,
            args=("",),
        )
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
