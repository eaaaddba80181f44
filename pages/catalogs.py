"""Catalogs: those kept here, and the way to add one: give it, look at what was read, index it."""

import streamlit as st

from prodsim.ui import launch

launch.imported()
from prodsim.catalog import Addressed, Library, Source
from prodsim.ui import adding, fetching, frame, preview, resources, roles, shelf, sources, visitors
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
    if isinstance(given, Addressed):
        folder = fetching.offer(given.name, given.table, given.products, given.addresses, library)
        given = Source(given.name, folder) if folder else None
    if given:
        source = roles.said(given)
        roles.forget(source)
        seen = resources.preview(source)
        st.header(f"What was read of {literal(given.name)}")
        preview.show(seen)
        st.subheader("What its columns are taken for")
        roles.ask(source, seen.catalog)
        preview.show_columns(seen.catalog)
        st.header("Index and add")
        adding.ask(source, seen.catalog, library)
