"""What is in the catalog, in figures: how much, some of it, how it is distributed, and the table behind that."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
import streamlit as st
from numpy.typing import NDArray

from prodsim.catalog import Catalog, Role, statistics
from prodsim.ui import filters, linked, records, strip, visit
from prodsim.ui.chosen import Browsing
from prodsim.ui.places import BROWSE, CATALOG, STATISTICS
from prodsim.ui.text import literal

LINE, NARROWED = 52, 48
"""Pixels of the line, and of the row of filters, kept free before what is in them has come."""
IN_LINE = ("product", "type", "color", "missing value")


def draw(catalog: Catalog) -> None:
    """All there is to tell about the products that the filters leave, most of it on one screen of a desk."""
    chosen = filters.BROWSED.get()

    def address(values: Mapping[str, str]) -> dict[str, list[str]]:
        opened = {**chosen, **{attribute: [value] for attribute, value in values.items()}}
        return visit.now().link(CATALOG, browsing=Browsing(filters=opened), tab=BROWSE)

    row = st.container(
        horizontal=True, wrap=False, vertical_alignment="center", gap="xsmall", height=NARROWED, border=False
    )
    with row:
        filters.button(catalog, filters.BROWSED)
        filters.chips(filters.BROWSED)
    among = catalog.filter(chosen)
    if not among.any():
        filters.explain_empty(catalog, filters.BROWSED)
    overview = statistics.overview(catalog, among)
    st.markdown(" · ".join(_number(word, number) for word, number in _numbers(catalog, among, overview).items()))
    strip.draw(catalog, among)
    linked.draw(catalog, among, address)
    linked.links(catalog, among, address)
    records.draw(catalog, overview, among)


def line(catalog: Catalog) -> None:
    """How much there is in the whole catalog, in one line that leads to its statistics."""
    numbers = _numbers(catalog, np.ones(len(catalog), dtype=bool), statistics.overview(catalog))
    told = " · ".join(_number(word, numbers[word]) for word in IN_LINE if word in numbers)
    row = st.container(
        horizontal=True, wrap=False, vertical_alignment="center", gap="small", height=LINE, border=False, key="figures"
    )
    with row:
        st.markdown(f"{literal(catalog.name)}: {told}")
        there = visit.now().link(CATALOG, browsing=Browsing(), tab=STATISTICS)
        st.page_link(CATALOG.script, label="Statistics", icon=":material/bar_chart:", query_params=there)


def _numbers(catalog: Catalog, among: NDArray[np.bool_], overview: pd.DataFrame) -> dict[str, int]:
    """What is counted -> how many there are; without what the catalog does not have."""
    values = dict(zip(overview["attribute"], overview["values"], strict=True))
    roles: tuple[Role, ...] = ("type", "color")
    known: dict[str, int] = {role: values[column] for role in roles if (column := catalog.schema[role]) in values}
    if len(overview):
        known = {"attribute": len(overview), **known, "missing value": int(overview["missing"].sum())}
    return {"product": int(among.sum()), "picture": int(among[catalog.owners].sum()), **known}


def _number(word: str, number: int) -> str:
    return f"**{number:,}**&nbsp;{word}{'' if number == 1 else 's'}"
