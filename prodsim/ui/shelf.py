"""The catalogs kept here, one to a row: open it, or delete it after a question."""

import streamlit as st

from prodsim.catalog import Library
from prodsim.errors import ProdsimError
from prodsim.ui import faults, resources, visit, visitors
from prodsim.ui.places import SEARCH
from prodsim.ui.sentences import told
from prodsim.ui.text import literal
from prodsim.upkeep import tidy

_FAILED = "why it could not be deleted"


def show(library: Library) -> None:
    """Draw the rows."""
    if failed := st.session_state.pop(_FAILED, ""):
        st.error(literal(told(failed)))
    imported = library.imported()
    may_delete = visitors.may_change_catalogs()
    for name in library.names():
        about = _about(library, name, name in imported)
        with st.container(border=True, horizontal=True, vertical_alignment="center", gap="small"):
            with st.container(width="stretch", gap="xxsmall"):
                st.markdown(f"**{literal(name)}**")
                st.caption(about)
            if name == visit.now().catalog:
                st.badge("Open now")
            else:
                st.page_link(
                    SEARCH.script,
                    label="Open",
                    help=f"Open {literal(name)}",
                    query_params=visit.now().link(SEARCH, catalog=name),
                )
            if (
                may_delete
                and name in imported
                and st.button("Delete", key=f"delete {name}", help=f"Delete {literal(name)}")
            ):
                _ask(library, name)


def _about(library: Library, name: str, imported: bool) -> str:
    try:
        if not imported:
            kind = "of the settings" if library.settings.catalog and name == library.default else "built in"
            return f"{len(resources.catalog(name)):,} products, {kind}"
        entry = library.entry(name)
    except ProdsimError as error:
        return literal(told(error))
    gone = "" if entry.folder.is_dir() else ", but its files are gone: delete it, or put them back"
    return f"{entry.products:,} products{gone}"


@st.dialog("Delete this catalog?")
def _ask(library: Library, name: str) -> None:
    with faults.answered():
        st.markdown(f"**{literal(name)}** will be gone for everybody who uses this app.")
        st.caption(
            "What was made of its pictures is removed, and so are the files of an upload. A folder of the server stays."
        )
        with st.container(horizontal=True):
            if st.button("Delete it", key="delete", on_click=_delete, args=(library, name)):
                st.rerun()
            if st.button("Keep it", key="keep"):
                st.rerun()


def _delete(library: Library, name: str) -> None:
    try:
        visitors.check_may_change_catalogs()
        library.delete(name)
        tidy(library.settings)
    except ProdsimError as error:
        st.session_state[_FAILED] = str(error)
    if visit.now().catalog not in library.names():
        visit.now().turn_to(library.default)
