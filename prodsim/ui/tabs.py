"""The tabs of Search, over one query."""

import streamlit as st

from prodsim.catalog import Catalog
from prodsim.config import Settings
from prodsim.encoders import REGISTRY, Available
from prodsim.search import Engine, SearchResult
from prodsim.ui import (
    compare,
    judging,
    model_line,
    models,
    narrowing,
    query_bar,
    resources,
    results,
    searching,
    steps,
    visit,
    why,
)
from prodsim.ui.places import COMPARE, SEARCH, STEPS, WHY
from prodsim.ui.subject import Subject

_TAB = "tab"


def draw(catalog: Catalog, subject: Subject) -> None:
    """What is asked, and the tab that is open."""
    here, settings = visit.now(), resources.settings()
    encoder = models.at_hand(here.method.encoder, settings)
    query_bar.draw(catalog, subject, encoder.spec)
    narrowing.draw(catalog, subject, encoder.spec)
    wanted = REGISTRY[here.wanted] if here.wanted != encoder.spec.name else None
    with st.container():
        if not subject.words or encoder.spec.reads_text:  # what is found by names is shown by no model
            model_line.line(encoder.spec, settings, _show_by, wanted)
    titles, tab = SEARCH.tabs, here.tab(SEARCH)
    visit.mirror(_TAB, titles[tab])
    drawn = dict(zip(titles, st.tabs([*titles.values()], key=_TAB, on_change=_turn), strict=True))
    with drawn[tab]:
        if tab == COMPARE:
            compare.draw(catalog, subject, settings)
        elif tab == STEPS:
            steps.draw(catalog, subject, encoder, settings)
        elif tab == WHY:
            why.draw(_search(catalog, subject, encoder, settings)[1], subject, encoder)
        else:
            opened = resources.engines().find(catalog, encoder)
            query = subject.query()
            slow = opened is None or query is None or opened.needs_model(query)
            results.draw(lambda: _search(catalog, subject, encoder, settings), subject, here.method.k, slow=slow)


def _search(catalog: Catalog, subject: Subject, encoder: Available, settings: Settings) -> tuple[Engine, SearchResult]:
    here = visit.now()
    query = subject.query(here.asked.marks)
    assert query is not None  # there is a subject
    engine = searching.engine_for(query, catalog, encoder, settings)
    request = searching.requested(query, encoder, here.method, here.asked.narrowed(catalog))
    result = searching.answer(engine, request)
    if subject.product:
        judging.keep(subject.product.id, here.asked.marks, encoder.spec.name)
    return engine, result


def _turn() -> None:
    names = {title: name for name, title in SEARCH.tabs.items()}
    visit.now().open(SEARCH, names[st.session_state[_TAB]])


def _show_by(encoder: str) -> None:
    visit.now().search_by(encoder, resources.settings())
