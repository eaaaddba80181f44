"""A search: what is asked and what steers it, its results, what their similarities mean, and why they are results."""

from prodsim.search.calibration import NOTHING, NOTHING_ALIKE, Calibration, Word
from prodsim.search.crop import WHOLE, Box, Framing, read_box
from prodsim.search.engine import Engine
from prodsim.search.explain import Attribution, attribute
from prodsim.search.near_duplicates import FOLDED
from prodsim.search.photo import Look, Photo
from prodsim.search.query import (
    MAX_K,
    MAX_MARKS,
    MAX_PHOTOS,
    NO_MARKS,
    Marks,
    PhotosQuery,
    ProductQuery,
    Query,
    SearchRequest,
    WordsQuery,
    parse_filters,
)
from prodsim.search.result import Folds, Neighbor, SearchResult
from prodsim.search.rocchio import ALPHA, BETA, GAMMA
from prodsim.search.text import NOT_FOUND, named
from prodsim.search.wording import above, heading, meanings, readable, which_picture

__all__ = [
    "ALPHA",
    "BETA",
    "FOLDED",
    "GAMMA",
    "MAX_K",
    "MAX_MARKS",
    "MAX_PHOTOS",
    "NOTHING",
    "NOTHING_ALIKE",
    "NOT_FOUND",
    "NO_MARKS",
    "WHOLE",
    "Attribution",
    "Box",
    "Calibration",
    "Engine",
    "Folds",
    "Framing",
    "Look",
    "Marks",
    "Neighbor",
    "Photo",
    "PhotosQuery",
    "ProductQuery",
    "Query",
    "SearchRequest",
    "SearchResult",
    "Word",
    "WordsQuery",
    "above",
    "attribute",
    "heading",
    "meanings",
    "named",
    "parse_filters",
    "read_box",
    "readable",
    "which_picture",
]
