"""What the numbers of a result mean, in plain sentences, and how they are written."""

import math

from prodsim.encoders import EncoderSpec
from prodsim.search.calibration import SIMILAR
from prodsim.search.engine import Scoring
from prodsim.search.rocchio import BETA, GAMMA

SCORINGS: dict[Scoring, str] = {"unit": "Unit length (cosine)", "linear": "Raw linear kernel"}
"""What the scorings are called."""

_SCORE = (
    "relative to this search. The best match has 1.00 and the least similar of the products that were compared 0.00, "
    "however good the matches are."
)
_SIMILARITY = {
    "unit": "the cosine between the two embeddings, 1 for the same picture, whatever else there is.",
    "linear": "the inner product of the two embeddings. It has no upper end, and some pictures come first in many "
    "searches.",
}
_CLOSENESS = (
    "how many random pairs of this catalog are less alike. “Very close” is what half of its products are to their "
    f"nearest other; “similar” is above {SIMILAR} % of pairs, “loosely similar” above "
)
_TO_COMBINATION = {
    "unit": "the cosine between the result and the combined query",
    "linear": "the inner product of the result and the combined query",
}
_COMBINATION = (
    f", which is the mean of what you search with, plus {BETA} times the mean of what there should be more of, minus "
    f"{GAMMA} times the mean of what there should be less of (Rocchio). Such a mean is like more products than one "
    "picture is, so no share of pairs is given."
)
_TO_WORDS = "the cosine between the embeddings of the words and of the picture, in either scoring."
_TO_NAMES = (
    "how well the words fit the product's name and labels, from 0 to 1: the cosine of TF-IDF weights, by which a word "
    "counts the more, the fewer products have it."
)


def meanings(scoring: Scoring, encoder: EncoderSpec) -> dict[str, str]:
    """What a number is called -> its meaning, where the query is a picture; the encoder comes last."""
    known = {"Score": _SCORE, "Similarity": _SIMILARITY[scoring], "Above … of pairs": f"{_CLOSENESS}{encoder.loose} %."}
    return known | _made_by(encoder)


def meanings_for_combination(scoring: Scoring, encoder: EncoderSpec) -> dict[str, str]:
    """The same where the query is several pictures combined: photos of one item, or marks that steer."""
    return {"Score": _SCORE, "Similarity": f"{_TO_COMBINATION[scoring]}{_COMBINATION}"} | _made_by(encoder)


def meanings_for_words(encoder: EncoderSpec | None) -> dict[str, str]:
    """The same where the query is words, read by an encoder or else found in names."""
    return {"Score": _SCORE, "Similarity": _TO_WORDS if encoder else _TO_NAMES} | (_made_by(encoder) if encoder else {})


def _made_by(encoder: EncoderSpec) -> dict[str, str]:
    return {"Encoder": f"{encoder.title}, {encoder.summary}."}


def readable(similarity: float) -> str:
    """Four decimals for a cosine, one for a raw inner product."""
    return f"{similarity:.4f}" if abs(similarity) < 10 else f"{similarity:,.1f}"


def above(percentile: float) -> str:
    """The percentile in words, two decimals rounded down: 100 would say that no pair is more alike."""
    return f"above {math.floor(percentile * 100) / 100:.2f} % of pairs"
