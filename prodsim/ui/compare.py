"""One query in several ways: a row of results for each, and where they agree. No scores: those of two encoders have
different scales.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import streamlit as st

from prodsim.catalog import Catalog
from prodsim.config import Settings
from prodsim.encoders import REGISTRY, Available, status
from prodsim.evaluation import also_found, overlaps
from prodsim.index import COSINE, KERNELS, Kernel
from prodsim.search import Neighbor
from prodsim.ui import cards, filters, grid, searching, visit
from prodsim.ui.subject import Subject

K = 5

_WAYS, _CHOSEN = "ways", "ways chosen"


@dataclass(frozen=True)
class Way:
    """An encoder that can be used, and a kernel."""

    encoder: Available
    kernel: Kernel


def ways(settings: Settings) -> dict[str, Way]:
    """By title; every encoder at unit length first, then with the raw kernel."""
    at_hand = [found for name in REGISTRY if isinstance(found := status(name, settings), Available)]
    return {
        encoder.spec.title if kernel is COSINE else f"{encoder.spec.title}, {kernel.short}": Way(encoder, kernel)
        for kernel in KERNELS.values()
        for encoder in at_hand
    }


def draw(catalog: Catalog, subject: Subject, settings: Settings) -> None:
    """The ways to choose from, their rows, and how many results they share."""
    if subject.words:
        st.info("Words are not compared: search with a product or a photo.")
        return
    offered = ways(settings)
    chosen = [title for title in st.session_state.get(_CHOSEN, list(offered)[:2]) if title in offered]
    with st.popover("Ways to search", icon=":material/compare_arrows:"):
        visit.mirror(_WAYS, chosen)
        st.pills("Ways to search", list(offered), selection_mode="multi", key=_WAYS, on_change=_choose)
    if not chosen:
        st.info("Choose at least one way to search.")
        return
    found, took = {}, {}
    for title in chosen:
        found[title], took[title] = _search(catalog, subject, offered[title], settings)
    ids = {title: [neighbor.product_id for neighbor in neighbors] for title, neighbors in found.items()}
    shared = also_found(ids)
    for title, neighbors in found.items():
        _row(catalog, title, neighbors, took[title], shared[title])
    if not any(found.values()):
        filters.explain_empty(catalog, filters.ASKED)
    elif len(found) > 1:
        st.subheader("Agreement", anchor=False)
        for (one, other), number in overlaps(ids).items():
            st.markdown(f"- **{one}** and **{other}** share {number} of {K}.")


def _choose() -> None:
    st.session_state[_CHOSEN] = st.session_state[_WAYS]
    visit.now().touch()


def _search(catalog: Catalog, subject: Subject, way: Way, settings: Settings) -> tuple[Sequence[Neighbor], float]:
    """What it found, and the seconds that took, without opening the engine and loading the encoder."""
    here = visit.now()
    query = subject.query(here.asked.marks)
    assert query is not None  # there is a subject
    engine = searching.engine_for(query, catalog, way.encoder, settings)
    if subject.photos:
        with st.spinner(f"Loading {way.encoder.spec.title} …"):
            way.encoder.load()
    method = replace(here.method, k=K, scoring=way.kernel.name, include_query=False)
    request = replace(searching.requested(query, way.encoder, method, here.asked.narrowed(catalog)), fold=False)
    started = time.perf_counter()
    result = searching.answer(engine, request)
    return result.neighbors, time.perf_counter() - started


def _row(
    catalog: Catalog, title: str, found: Sequence[Neighbor], seconds: float, shared: Mapping[str, Sequence[str]]
) -> None:
    """A heading with the time, and a card for each result that names the other ways that found it."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.subheader(title, anchor=False, width="content")
        st.caption(f"{seconds * 1000:,.0f} ms" if found else "No product passes the filters.", width="content")
    if not found:
        return
    badges = {id_: f"also in {', '.join(others)}" if others else "only here" for id_, others in shared.items()}
    shown = [
        grid.card(catalog.product(each.product_id), each.rank, badges[each.product_id], each.image) for each in found
    ]
    cards.show(shown, key=f"compared {title}", on_choose=grid.search_on)
