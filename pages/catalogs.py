"""Catalogs: those kept here, and the way to add one: give it, look at what was read, index it."""

import streamlit as st

from prodsim.ui import launch

launch.imported()
from prodsim.catalog import Library
from prodsim.ui import adding, frame, preview, resources, shelf, sources, visitors
from prodsim.ui.places import CATALOGS
from prodsim.ui.text import literal

with frame.plain_page(CATALOGS):
    st.title("Catalogs", anchor=False)
    library = Library(resources.settings())
    library.sweep()
    st.header("Catalogs kept here")
    shelf.show(library)

    given = None
    st.header("Add a catalog")
    if visitors.may_change_catalogs():
        given = sources.ask(library.settings)
    else:
        visitors.ask_for_password(library.settings)
    if given:
        seen = resources.preview(given)
        st.header(f"What was read of {literal(given.name)}")
        preview.show(seen)
        st.header("Index and add")
        adding.ask(given, seen.catalog, library)
