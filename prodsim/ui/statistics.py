"""What is in the catalog, in figures: how much, some of it, how it is distributed, and the table behind that."""

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from prodsim.catalog import Catalog, statistics
from prodsim.ui import filters, linked, narrowing, records, state, strip

TAB = {"tab": ["statistics"]}
"""In the address of the catalog's page."""
IN_LINE = ("product", "type", "color", "missing value")


def draw(catalog: Catalog) -> None:
    """All there is to tell about the products that the filters leave, most of it on one screen of a desk."""
    chosen = state.filters(catalog)
    for attribute, values in chosen.items():
        _accept(attribute, values)  # no widget here has its key, so Streamlit would forget it

    def address(values: Mapping[str, str]) -> dict[str, list[str]]:
        return state.link(**{**chosen, **{attribute: [value] for attribute, value in values.items()}})

    narrowing.draw(catalog, chosen, _accept)
    among = catalog.filter(chosen)
    if not among.any():
        filters.explain_empty(catalog, chosen)
    overview = statistics.overview(catalog, among)
    st.markdown(" &emsp; ".join(_number(word, number) for word, number in _numbers(int(among.sum()), overview).items()))
    strip.draw(catalog, among)
    linked.draw(catalog, among, address)
    linked.links(catalog, among, address)
    records.draw(catalog, overview, among)


def line(catalog: Catalog) -> None:
    """How much there is in the whole catalog, in one line that leads to its statistics."""
    numbers = _numbers(len(catalog), statistics.overview(catalog))
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(" · ".join(_number(word, numbers[word]) for word in IN_LINE if word in numbers), width="content")
        st.page_link(linked.CATALOG_PAGE, label="Statistics", query_params=state.link() | TAB)


def _numbers(products: int, overview: pd.DataFrame) -> dict[str, int]:
    """What is counted -> how many there are; without what the catalog does not have."""
    values = dict(zip(overview["attribute"], overview["values"], strict=True))
    known = {
        word: values[attribute]
        for word, attribute in (("type", linked.TYPE), ("color", linked.COLOR))
        if attribute in values
    }
    if len(overview):
        known = {"attribute": len(overview), **known, "missing value": int(overview["missing"].sum())}
    return {"product": products, "picture": products, **known}


def _number(word: str, number: int) -> str:
    return f"**{number:,}**&nbsp;{word}{'' if number == 1 else 's'}"


def _accept(attribute: str, values: Sequence[str]) -> None:
    st.session_state[state.filter_key(attribute)] = list(values)
