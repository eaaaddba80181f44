"""A search before a visitor's eyes, whichever way the query is given: what it takes is fetched, indexed and loaded."""

from contextlib import ExitStack
from dataclasses import dataclass

import streamlit as st

from prodsim.catalog import Catalog, Filters
from prodsim.encoders import REGISTRY, EncoderSpec
from prodsim.index import COSINE, kernel_of
from prodsim.search import Engine, Marks, ProductQuery, Query, SearchRequest, SearchResult, WordsQuery
from prodsim.ui import resources, state
from prodsim.ui.encoder import available_encoder, warm_up
from prodsim.ui.indexing import open_engine
from prodsim.ui.query import Panel, below


@dataclass(frozen=True)
class Outcome:
    """`result`: None if nothing was asked; `engine`: what searches, None if that is names and nothing was asked."""

    result: SearchResult | None = None
    engine: Engine | None = None


def search(catalog: Catalog, asked: Panel, encoder_name: str, filters: Filters, marks: Marks) -> Outcome:
    """With the encoder of this name, or what stands in for it; by names and labels if it cannot read the words."""
    spec = REGISTRY[encoder_name]
    if asked.words is None or spec.reads_text:
        encoder = available_encoder(encoder_name, resources.settings())
        spec = encoder.spec
        if asked.words is None or spec.reads_text:
            asked.show_seen(spec)
            if not asked.product:
                warm_up(encoder)
            engine = open_engine(catalog, encoder, resources.settings())
            query = asked.query(marks)
            return Outcome(answer(engine, requested(query, spec, filters)) if query else None, engine)
    below().caption(f"Searches names and labels, not pictures: {spec.title} does not read text.")
    engine, query = resources.names_engine(catalog), asked.query(marks)
    if query is None:
        return Outcome()
    with st.spinner("Reading the names …"):
        return Outcome(engine.search(requested(query, spec, filters)), engine)


def requested(query: Query, encoder: EncoderSpec, filters: Filters) -> SearchRequest:
    """The request that the sidebar's choices make of a query; words are compared by the cosine, and not folded."""
    words = isinstance(query, WordsQuery)
    return SearchRequest(
        query,
        encoder,
        COSINE if words else kernel_of(st.session_state[state.SCORING]),
        st.session_state[state.K],
        filters,
        fold=not words,
        include_query=isinstance(query, ProductQuery) and st.session_state[state.INCLUDE_QUERY],
    )


def answer(engine: Engine, request: SearchRequest) -> SearchResult:
    """What the engine answers; what a visitor gave, and the engine does not know yet, is encoded in turn, see
    `resources.turns`.
    """
    with ExitStack() as waiting:
        if engine.needs_model(request.query):
            what = "Reading the words" if isinstance(request.query, WordsQuery) else "Looking at your photo"
            waiting.enter_context(st.spinner(f"{what} with {request.encoder.title} …"))
            waiting.enter_context(resources.turns().take())
        return engine.search(request)
