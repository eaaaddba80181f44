"""What every place has: the menu, the catalog, and an answer to errors, foreseen or not."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from prodsim.catalog import Catalog, Library
from prodsim.errors import Busy, ProdsimError
from prodsim.runtime import allow_long_cells, give_back_pictures
from prodsim.ui import faults, models, notices, resources, visit, visitors
from prodsim.ui.places import PLACES, Place
from prodsim.ui.sentences import told
from prodsim.ui.text import literal

T = TypeVar("T")

MENU, CHOICE = 60, 220
"""Pixels: the height of the menu, and the width of the choice among catalogs."""

_CHOICE = "catalog to open"


@contextmanager
def page(place: Place) -> Iterator[Catalog]:
    """Everything that a place of a catalog draws goes inside.

    An error of ours is shown as a sentence, and the page ends there.
    """

    def read() -> tuple[Catalog, list[str]]:
        catalog = resources.catalog(visit.now().catalog)
        return catalog, visit.now().read(place, catalog)

    with _framed(place, read) as catalog:
        yield catalog


@contextmanager
def plain_page(place: Place) -> Iterator[None]:
    """The same for a place that does not need the catalog."""
    with _framed(place, lambda: (None, [])):
        yield


@contextmanager
def _framed(place: Place, read: Callable[[], tuple[T, list[str]]]) -> Iterator[T]:
    """`read`: what the place shows, and what was wrong in its address; the menu leads to what was read."""
    st.set_page_config(page_title=f"{place.title} - prodsim", layout="wide")
    allow_long_cells()
    give_back_pictures()
    with faults.answered():
        catalogs: list[str] = []
        try:
            visitors.begin()
            try:
                settings = resources.settings()
                problems = visit.now().begin(place, settings)
                catalogs = Library(settings).names()
                shown, more = read()
            finally:
                _menu(catalogs)
            if notice := resources.cache_notice():
                st.info(literal(told(notice)))
            for problem in (*problems, *more):
                st.warning(literal(problem))
            with notices.above():
                yield shown
            st.space("large")
            models.fetch_missing(settings)
            visit.now().write(place)
        except Busy as error:
            st.warning(literal(told(error)))
            st.button("Try again", key="try again")
            st.stop()
        except ProdsimError as error:
            st.error(literal(told(error)))
            st.stop()


def shape(name: str, among: Sequence[str]) -> DeltaGenerator:
    """A container for this shape of a page, one of several. Each has a place of its own, and what another one had goes
    at once: in one place it would stay, and move about, until what is drawn there is whole.
    """
    places = {each: st.container() if each == name else st.empty() for each in among}
    return places[name]


def _menu(catalogs: list[str]) -> None:
    row = st.container(
        horizontal=True, wrap=False, vertical_alignment="center", gap="small", height=MENU, border=False, key="menu"
    )
    with row:
        for to in PLACES:
            st.page_link(to.script, label=to.title, query_params=visit.now().link(to))
        if len(catalogs) > 1:
            visit.mirror(_CHOICE, visit.now().catalog)
            st.selectbox(
                "Catalog", catalogs, key=_CHOICE, on_change=_choose, label_visibility="collapsed", width=CHOICE
            )
        visitors.name_and_way_out()


def _choose() -> None:
    visit.now().turn_to(st.session_state[_CHOICE])
