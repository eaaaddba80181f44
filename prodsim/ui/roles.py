"""What each column of a catalog is taken for, why, and a way to say otherwise, before anything is indexed."""

from dataclasses import replace

import streamlit as st

from prodsim.catalog import ROLES, Catalog, Role, Source
from prodsim.ui.text import literal

NONE = "No column"
COLUMNS, COLUMN = 4, 200
"""Choices side by side, and the pixels that each has at least."""


def said(source: Source) -> Source:
    """The source with what the visitor said of its columns."""
    return replace(source, roles=_said(source))


def forget(source: Source) -> None:
    """Draw a button to take back what was said, if anything was."""
    if _said(source):
        st.button("Take the columns as they were found", key="roles as found", on_click=_said(source).clear)


def ask(source: Source, catalog: Catalog) -> None:
    """Draw a choice for each role, with why the column was chosen; a table of none has no choices."""
    if catalog.source is None:
        for role, why in catalog.schema.evidence.items():
            st.caption(literal(f"{role.capitalize()}: {why}"))
        return
    own = catalog.schema["id"]
    columns = [*([own] if own else []), *catalog.attributes]
    cells = st.grid(COLUMNS, min_column_width=COLUMN)
    for role in ROLES:
        with cells.cell():
            key = f"role {role} of {source.folder.name}"
            st.session_state[key] = catalog.schema[role] or NONE
            st.selectbox(
                role.capitalize(),
                [NONE, *columns],
                key=key,
                format_func=literal,
                on_change=_say,
                args=(source, role, key),
            )
            st.caption(literal(_why(catalog, role)))


def _why(catalog: Catalog, role: Role) -> str:
    why = catalog.schema.evidence.get(role)
    return f"{why[:1].upper()}{why[1:]}." if why else "Nothing speaks for one."


def _say(source: Source, role: Role, key: str) -> None:
    chosen = st.session_state[key]
    _said(source)[role] = "" if chosen == NONE else chosen


def _said(source: Source) -> dict[Role, str]:
    said: dict[Role, str] = st.session_state.setdefault(f"roles said of {source.folder.name}", {})
    return said
