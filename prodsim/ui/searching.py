"""A search before a visitor's eyes, whichever way the query is given: what it takes is fetched, indexed and loaded."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import streamlit as st

from prodsim.catalog import Catalog, Filters
from prodsim.closeness import Closeness
from prodsim.encoders import REGISTRY, Available, EncoderSpec, ReadsText, is_familiar
from prodsim.results import ImageQuery, ProductQuery, SearchDocument, image_query, names_document, search_document
from prodsim.search import Neighbor, Searcher
from prodsim.ui import resources, state
from prodsim.ui.encoder import available_encoder, warm_up
from prodsim.ui.indexing import OpenIndex, open_index
from prodsim.ui.numbers import explained, explained_for_words
from prodsim.ui.query import Query, below


@dataclass(frozen=True)
class Outcome:
    """`found`: best first; `numbers`: Markdown that explains those of a result; `known`: what a similarity means, None
    where that cannot be told; `familiar`: see `verdict`; `opened`: what was searched, None if it was names;
    `encoder`: what compared pictures, None if the query is words; `document`: makes that of the search without
    drawing, and may take a while for names; None if nothing was asked.
    """

    found: Sequence[Neighbor]
    numbers: str
    known: Closeness | None = None
    familiar: bool = True
    opened: OpenIndex | None = None
    encoder: Available | None = None
    document: Callable[[], SearchDocument] | None = None


def search(catalog: Catalog, asked: Query, encoder_name: str, narrowed: Filters) -> Outcome:
    """With the encoder of this name, or what stands in for it; by names and labels if it cannot read the words."""
    spec = REGISTRY[encoder_name]
    if asked.words is None or spec.reads_text:
        encoder = available_encoder(encoder_name, resources.settings())
        if asked.words is None:
            return _by_picture(catalog, asked, encoder, narrowed)
        if encoder.spec.reads_text:
            return _by_words(catalog, asked.words, encoder, narrowed)
        spec = encoder.spec
    return _by_names(catalog, asked.words, spec, narrowed)


def _by_picture(catalog: Catalog, asked: Query, encoder: Available, narrowed: Filters) -> Outcome:
    asked.show_seen(encoder.spec)
    if not asked.product:
        warm_up(encoder)
    opened = open_index(catalog, encoder, resources.settings())
    k, scoring = st.session_state[state.K], st.session_state[state.SCORING]
    found: Sequence[Neighbor] = []
    query: ProductQuery | ImageQuery | None = None
    familiar = True
    if asked.product:
        query = {"product_id": asked.product.id}
        include_query = st.session_state[state.INCLUDE_QUERY]
        found = opened.searcher.by_product(
            asked.product.id, k=k, scoring=scoring, filters=narrowed, include_query=include_query
        )
    elif asked.photo:
        query = image_query(asked.photo.name, asked.photo.framing, encoder.spec)
        seen = asked.photo.seen(encoder.spec)
        with st.spinner(f"Looking at the photo with {encoder.spec.title} …"), resources.turns().take():
            loaded = encoder.load()
            found = opened.searcher.by_image(seen, loaded, k=k, scoring=scoring, filters=narrowed)
            familiar = is_familiar(loaded, seen)
    known = opened.searcher.closeness(scoring) if found else None
    told = partial(search_document, encoder=encoder, scoring=scoring, familiar=familiar)
    document = partial(told, query, found, opened.searcher) if query else None
    return Outcome(found, explained(scoring, encoder.spec), known, familiar, opened, encoder, document)


def _by_words(catalog: Catalog, words: str, encoder: Available, narrowed: Filters) -> Outcome:
    """What a similarity means is known between pictures; words are less similar to any of them."""
    warm_up(encoder)
    opened = open_index(catalog, encoder, resources.settings())
    found = _read(words, encoder, opened.searcher, narrowed) if words else []
    document = partial(search_document, {"words": words}, found, opened.searcher, encoder=encoder, scoring="unit")
    return Outcome(found, explained_for_words(encoder.spec), opened=opened, document=document)


def _read(words: str, encoder: Available, searcher: Searcher, narrowed: Filters) -> Sequence[Neighbor]:
    with st.spinner(f"Reading the words with {encoder.spec.title} …"), resources.turns().take():
        loaded = encoder.load()
        assert isinstance(loaded, ReadsText), f"{encoder.spec.name} says that it reads text"
        return searcher.by_words(words, loaded, k=st.session_state[state.K], filters=narrowed)


def _by_names(catalog: Catalog, words: str, spec: EncoderSpec, narrowed: Filters) -> Outcome:
    below().caption(f"Searches names and labels, not pictures: {spec.title} does not read text.")
    found = resources.word_index(catalog).search(words, k=st.session_state[state.K], filters=narrowed) if words else []
    document = partial(names_document, words, found, catalog, resources.settings())
    return Outcome(found, explained_for_words(None), document=document)
