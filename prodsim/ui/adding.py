"""The last step of adding a catalog: its name, and its index; only then it is there, and the app turns to it."""

import re
from contextlib import ExitStack

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from prodsim.catalog import TABLE_SUFFIXES, Catalog, Library, Source, check_name, free_name
from prodsim.encoders import Available
from prodsim.errors import CatalogError, ProdsimError, QueryError
from prodsim.ui import models, notices, visit, visitors
from prodsim.ui.indexing import open_engine
from prodsim.ui.places import SEARCH
from prodsim.ui.sentences import told
from prodsim.ui.text import literal

_SUFFIX = re.compile(rf"\.(zip|{'|'.join(suffix[1:] for suffix in TABLE_SUFFIXES)})$", re.IGNORECASE)
_STOPPED, _FAILED = "adding was stopped", "why it could not be added"


def ask(source: Source, seen: Catalog, library: Library) -> None:
    """Draw the name and the button, and add the catalog of a source when it is pressed. `seen`: as it was previewed."""
    key = f"name of {seen.folder.name}"
    st.session_state.setdefault(key, free_name(re.sub(_SUFFIX, "", seen.name), library.names()))
    wanted = st.text_input("Its name here", key=key)
    try:
        name = check_name(wanted, library.names())
    except CatalogError as error:
        name = ""
        st.error(literal(told(error)))
    encoder = models.at_hand(visit.now().method.encoder, library.settings)
    note = st.empty()  # has its place always, so that what is below it stays where it is
    stopped, failed = st.session_state.pop(_STOPPED, False), st.session_state.pop(_FAILED, "")
    if failed and name:
        note.error(literal(told(failed)))
    elif stopped:
        note.info("Stopped, and nothing was added. What was indexed is kept: start again, and it goes on from there.")
    st.caption(
        f"Its pictures go through {encoder.spec.title} once; other encoders follow when they are first used. "
        "Meanwhile everybody can go on with the other catalogs."
    )
    place = st.empty()
    if place.button("Index and add", key="index and add", disabled=not name):
        try:
            with place.container():
                _add(name, source, seen, encoder, library)
        except ProdsimError as error:
            st.session_state[_FAILED] = str(error)
            st.rerun()


def _add(name: str, source: Source, seen: Catalog, encoder: Available, library: Library) -> None:
    visitors.check_may_change_catalogs()
    progress = st.container()
    st.button("Stop", key="stop", on_click=st.session_state.update, args=({_STOPPED: True},))
    with ExitStack() as until_added:
        with progress, st.spinner("Unpacking …"):
            catalog = until_added.enter_context(library.unpacked(source))
        _index(catalog, encoder, library, progress)
        added = library.add(name, catalog, source.roles)
    if damaged := len(seen) - len(catalog):
        notices.add(f"{damaged:,} products of {source.name} are left out: their pictures in the ZIP are damaged.")
    st.switch_page(SEARCH.script, query_params=visit.now().link(SEARCH, catalog=added))


def _index(catalog: Catalog, encoder: Available, library: Library, progress: DeltaGenerator) -> None:
    try:
        with progress:
            open_engine(catalog, encoder, library.settings)
    except QueryError as error:
        raise CatalogError(
            f"None of the {len(catalog):,} pictures of {catalog.name} can be used, so there is nothing to search. "
            "Look at one of them, and make the catalog again."
        ) from error
