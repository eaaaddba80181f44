"""A search: the query and what steers it, its results, what their similarities mean, and why they are results."""

from prodsim.search.calibration import NOTHING, Closeness, Word
from prodsim.search.crop import WHOLE, Box, Framing, read_box
from prodsim.search.engine import MAX_K, Neighbor, Scoring, Searcher, best_of, parse_filters
from prodsim.search.explain import Attribution, attribute
from prodsim.search.near_duplicates import FOLDED, NO_FOLDS, Folds, folded, folds_of
from prodsim.search.rocchio import ALPHA, BETA, GAMMA
from prodsim.search.steering import NO_MARKS, Marks, steered
from prodsim.search.text import NOT_FOUND, WordIndex
from prodsim.search.wording import SCORINGS, above, meanings, meanings_for_combination, meanings_for_words, readable

__all__ = [
    "ALPHA",
    "BETA",
    "FOLDED",
    "GAMMA",
    "MAX_K",
    "NOTHING",
    "NOT_FOUND",
    "NO_FOLDS",
    "NO_MARKS",
    "SCORINGS",
    "WHOLE",
    "Attribution",
    "Box",
    "Closeness",
    "Folds",
    "Framing",
    "Marks",
    "Neighbor",
    "Scoring",
    "Searcher",
    "Word",
    "WordIndex",
    "above",
    "attribute",
    "best_of",
    "folded",
    "folds_of",
    "meanings",
    "meanings_for_combination",
    "meanings_for_words",
    "parse_filters",
    "read_box",
    "readable",
    "steered",
]
