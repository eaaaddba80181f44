"""A search before a visitor's eyes: what it takes is indexed and loaded, and photos and words are encoded in turn."""

from contextlib import ExitStack

from prodsim.catalog import Catalog, Filters
from prodsim.config import Settings
from prodsim.encoders import Available
from prodsim.index import COSINE, KERNELS
from prodsim.search import Engine, ProductQuery, Query, SearchRequest, SearchResult, WordsQuery
from prodsim.ui import models, resources
from prodsim.ui.chosen import Method
from prodsim.ui.indexing import open_engine


def engine_for(query: Query, catalog: Catalog, encoder: Available, settings: Settings) -> Engine:
    """What searches: names and labels for words that the encoder does not read, else its vectors."""
    if isinstance(query, WordsQuery) and not encoder.spec.reads_text:
        return resources.names_engine(catalog)
    if not isinstance(query, ProductQuery):
        models.warm_up(encoder)
    return open_engine(catalog, encoder, settings)


def requested(query: Query, encoder: Available, method: Method, filters: Filters) -> SearchRequest:
    """The request that a visitor's choices make of a query; words are compared by the cosine, and not folded."""
    words = isinstance(query, WordsQuery)
    return SearchRequest(
        query,
        encoder.spec,
        COSINE if words else KERNELS[method.scoring],
        method.k,
        filters,
        fold=not words,
        include_query=isinstance(query, ProductQuery) and method.include_query,
    )


def answer(engine: Engine, request: SearchRequest) -> SearchResult:
    """What the engine answers; what a visitor gave is encoded in turn, unless it is known. Busy."""
    with ExitStack() as waiting:
        if engine.needs_model(request.query):
            waiting.enter_context(resources.turn_to_encode())
        return engine.search(request)
