"""A search before a visitor's eyes, whichever way the query is given: what it takes is fetched, indexed and loaded."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

import streamlit as st

from prodsim.catalog import Catalog, Filters
from prodsim.encoders import REGISTRY, Available, EncoderSpec, ReadsText, is_familiar
from prodsim.export import (
    ImageQuery,
    PhotosQuery,
    ProductQuery,
    SearchDocument,
    image_query,
    names_document,
    search_document,
)
from prodsim.search import Closeness, Folds, Marks, Neighbor, Searcher, folded, folds_of, steered
from prodsim.ui import resources, state
from prodsim.ui.encoder import available_encoder, warm_up
from prodsim.ui.indexing import open_index
from prodsim.ui.numbers import explained, explained_for_combination, explained_for_words
from prodsim.ui.query import Query, below
from prodsim.ui.resources import OpenIndex


@dataclass(frozen=True)
class Outcome:
    """`found`: best first; `numbers`: Markdown that explains those of a result; `known`: what a similarity means, None
    where that cannot be told; `familiar`: see `verdict`; `opened`: what was searched, None if it was names;
    `encoder`: what compared pictures, None if the query is words; `document`: makes that of the search without
    drawing, and may take a while for names; None if nothing was asked; `alone`: where the query is a combination, what
    was found with the similarity to its first picture alone; `folds`: by a result's id, what is near-identical to it.
    """

    found: Sequence[Neighbor]
    numbers: str
    known: Closeness | None = None
    familiar: bool = True
    opened: OpenIndex | None = None
    encoder: Available | None = None
    document: Callable[[], SearchDocument] | None = None
    alone: Sequence[Neighbor] | None = None
    folds: Folds = field(default_factory=dict)


def search(catalog: Catalog, asked: Query, encoder_name: str, narrowed: Filters, marks: Marks) -> Outcome:
    """With the encoder of this name, or what stands in for it; by names and labels if it cannot read the words."""
    spec = REGISTRY[encoder_name]
    if asked.words is None or spec.reads_text:
        encoder = available_encoder(encoder_name, resources.settings())
        if asked.words is None:
            return _by_picture(catalog, asked, encoder, narrowed, marks)
        if encoder.spec.reads_text:
            return _by_words(catalog, asked.words, encoder, narrowed)
        spec = encoder.spec
    return _by_names(catalog, asked.words, spec, narrowed)


def _by_picture(catalog: Catalog, asked: Query, encoder: Available, narrowed: Filters, marks: Marks) -> Outcome:
    asked.show_seen(encoder.spec)
    if not asked.product:
        warm_up(encoder)
    opened = open_index(catalog, encoder, resources.settings())
    searcher, scoring = opened.searcher, st.session_state[state.SCORING]
    if not asked.given:
        return Outcome([], "", opened=opened, encoder=encoder)
    left_out, familiar = marks.all, True
    query: ProductQuery | ImageQuery | PhotosQuery
    if asked.product:
        query = {"product_id": asked.product.id}
        vectors = [searcher.vector(asked.product.id)]
        if not st.session_state[state.INCLUDE_QUERY]:
            left_out += (asked.product.id,)
    else:
        images = [image_query(photo.name, photo.framing, encoder.spec) for photo in asked.photos]
        query = images[0] if len(images) == 1 else {"images": images}
        seen = [photo.seen(encoder.spec) for photo in asked.photos]
        looking = f"Looking at {'the photo' if len(seen) == 1 else 'the photos'} with {encoder.spec.title} …"
        with st.spinner(looking), resources.turns().take():
            loaded = encoder.load()
            vectors = [*loaded.encode(seen)]
            familiar = any(is_familiar(loaded, picture) for picture in seen)
    vector = steered(searcher, vectors, marks, scoring)
    k = st.session_state[state.K]
    groups = folded(searcher, vector, k=k, scoring=scoring, filters=narrowed, left_out=left_out)
    found, folds = [group.neighbor for group in groups], folds_of(groups)
    combined = marks or len(vectors) > 1
    told = partial(search_document, encoder=encoder, scoring=scoring, familiar=familiar, marks=marks, folds=folds)
    return Outcome(
        found,
        explained_for_combination(scoring, encoder.spec) if combined else explained(scoring, encoder.spec),
        known=searcher.closeness(scoring) if found and not combined else None,
        familiar=familiar,
        opened=opened,
        encoder=encoder,
        document=partial(told, query, found, searcher),
        alone=searcher.compared(found, vectors[0], scoring) if combined else None,
        folds=folds,
    )


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
