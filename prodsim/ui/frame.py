"""What every page has: its title, the menu, the catalog, and an answer to errors, foreseen or not."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from prodsim.catalog import Catalog, Library
from prodsim.errors import Busy, ProdsimError
from prodsim.runtime import allow_long_cells, give_back_pictures
from prodsim.ui import faults, kept, notices, resources, state, visitors
from prodsim.ui.text import literal

PAGES = {
    "app.py": "Overview",
    "pages/catalog.py": "Catalog",
    "pages/similar.py": "Look-alikes",
    "pages/compare.py": "Compare",
    "pages/how.py": "How it works",
    "pages/quality.py": "How good is it?",
    "pages/your_catalog.py": "Your catalogs",
}

_CHOICE = "catalog to open"


@contextmanager
def page(title: str, *, shows: tuple[str, ...] = ()) -> Iterator[Catalog]:
    """Everything a page of a catalog draws goes inside; `shows` names the parameters of `state.WHAT` that it has.

    An error of ours is shown as a sentence, and the page ends there.
    """
    with plain_page(title):
        catalog = resources.catalog(st.session_state[state.CATALOG])
        _warn(state.seed_what(catalog))
        yield catalog
        state.write(catalog, *shows)


@contextmanager
def plain_page(title: str) -> Iterator[None]:
    """The same for a page that does not need the catalog."""
    st.set_page_config(page_title=f"{title} - prodsim", layout="wide")
    allow_long_cells()
    give_back_pictures()
    with faults.answered():
        catalogs: list[str] = []
        try:
            visitors.admit()
            try:
                settings = resources.settings()
                problems = state.seed_how(settings, title)
                catalogs = Library(settings).names()
            finally:
                _menu(catalogs)
                st.title(title)
            if notice := resources.cache_notice():
                st.info(literal(notice))
            _warn(problems)
            with notices.above():
                yield
            kept.drawn(title)
        except Busy as error:
            st.warning(literal(error))
            st.button("Try again", key="try again")
            st.stop()
        except ProdsimError as error:
            st.error(literal(error))
            st.stop()


def _menu(catalogs: list[str]) -> None:
    with st.sidebar:
        st.markdown("### prodsim")
        if len(catalogs) > 1:
            st.session_state[_CHOICE] = st.session_state[state.CATALOG]
            st.selectbox("Catalog", catalogs, key=_CHOICE, on_change=_choose)
        for script, label in PAGES.items():
            st.page_link(script, label=label, query_params=state.link())
        visitors.name_and_way_out()


def _choose() -> None:
    state.show(st.session_state[_CHOICE])


def _warn(problems: list[str]) -> None:
    for problem in problems:
        st.warning(literal(problem))
