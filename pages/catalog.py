"""Catalog: look its products over by name and attributes, and what there is in figures."""

import streamlit as st

from prodsim.ui import launch

launch.imported()
from prodsim.ui import browse, frame, statistics, visit
from prodsim.ui.places import CATALOG, STATISTICS

_TAB = "tab of the catalog"


def turn() -> None:
    names = {title: name for name, title in CATALOG.tabs.items()}
    visit.now().open(CATALOG, names[st.session_state[_TAB]])


with frame.page(CATALOG) as catalog:
    st.title("Catalog", anchor=False)
    tab = visit.now().tab(CATALOG)
    visit.mirror(_TAB, CATALOG.tabs[tab])
    tabs = dict(zip(CATALOG.tabs, st.tabs([*CATALOG.tabs.values()], key=_TAB, on_change=turn), strict=True))
    with tabs[tab], frame.shape(tab, tuple(CATALOG.tabs)):
        if tab == STATISTICS:
            statistics.draw(catalog)
        else:
            browse.draw(catalog)
