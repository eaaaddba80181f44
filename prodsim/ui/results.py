"""The results of a query: cards, what their numbers mean, a table, and files to share."""

from collections.abc import Callable

import streamlit as st

from prodsim.catalog import Catalog
from prodsim.export import neighbors_table
from prodsim.search import FOLDED, NOT_FOUND, NOTHING, Engine, SearchResult, heading, meanings, named
from prodsim.ui import cards, filters, grid, sharing
from prodsim.ui.indexing import show_skipped
from prodsim.ui.subject import Subject
from prodsim.ui.text import literal

CARDS = "results"
"""Key of the cards."""

Search = Callable[[], tuple[Engine, SearchResult]]
"""Searches, which may take a while: what searched, and what it found."""


def draw(search: Search, subject: Subject, k: int, *, slow: bool) -> None:
    """Hold the place of `k` results, search, which may be `slow`, and draw them, or why there are none."""
    head, note = st.empty(), st.empty()
    place = cards.skeleton(k, key=CARDS)
    if slow:
        head.header("Searching …", anchor=False)
    engine, result = search()
    if result.neighbors:
        head.header(heading(result), anchor=False)
        if result.nothing_alike:
            note.warning(NOTHING)
        elif result.request.in_names:
            note.caption(f"By names and labels, not pictures: {result.request.encoder.title} does not read text.")
        if subject.words and not result.request.in_names:
            _offer_named(result.catalog, subject.words)
        with place:
            grid.neighbors(result, subject, key=CARDS)
        _below(result)
    else:
        head.empty()
        with place.container():
            _explain_none(result)
    show_skipped(engine)


def _below(result: SearchResult) -> None:
    with st.container(horizontal=True, gap="small"):
        sharing.section(result)
        with st.popover("As a table", icon=":material/table_rows:"):
            st.dataframe(neighbors_table(result), hide_index=True)
        with st.popover("What the numbers mean", icon=":material/help:"):
            lines = [f"**{name}**: {meaning}" for name, meaning in meanings(result).items()]
            st.markdown("  \n".join([*lines, f"**Near-identical**: {FOLDED}"] if result.folds else lines))


def _offer_named(catalog: Catalog, words: str) -> None:
    """Products that the words name, which an encoder that reads text knows nothing of."""
    with st.container(horizontal=True, gap="small"):
        for product_id in named(catalog, words):
            st.button(
                f"Product {literal(product_id)}: {literal(catalog.names[catalog.row(product_id)])}",
                key=f"named {product_id}",
                type="tertiary",
                on_click=grid.search_on,
                args=(product_id,),
            )


def _explain_none(result: SearchResult) -> None:
    if result.request.in_names and result.passing:
        st.info(f"{NOT_FOUND}{', among the products that pass the filters' if result.request.filters else ''}.")
    elif result.passing:
        st.info("There is nothing to compare the query with but itself.")
    else:
        filters.explain_empty(result.catalog, filters.ASKED)
