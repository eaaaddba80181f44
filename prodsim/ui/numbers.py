"""What the numbers of a result mean, in sentences."""

from prodsim.closeness import SIMILAR
from prodsim.encoders import EncoderSpec
from prodsim.rocchio import BETA, GAMMA
from prodsim.search import Scoring

_SCORE = (
    "**Score**: relative to this search. The best match has 1.00 and the least similar of the products that were "
    "compared 0.00, however good the matches are."
)
_SIMILARITY = {
    "unit": "**Similarity**: the cosine between the two embeddings, 1 for the same picture, whatever else there is.",
    "linear": "**Similarity**: the inner product of the two embeddings. It has no upper end, and some pictures come "
    "first in many searches.",
}
_CLOSENESS = (
    "**Above … of pairs**: how many random pairs of this catalog are less alike. **Very close** is what half of its "
    f"products are to their nearest other; **similar** is above {SIMILAR} % of pairs, **loosely similar** above "
)
_TO_COMBINATION = {
    "unit": "**Similarity**: the cosine between the result and the combined query",
    "linear": "**Similarity**: the inner product of the result and the combined query",
}
_COMBINATION = (
    f", which is the mean of what you search with, plus {BETA} times the mean of what there should be more of, minus "
    f"{GAMMA} times the mean of what there should be less of (Rocchio). Such a mean is like more products than one "
    "picture is, so no share of pairs is given."
)
_TO_WORDS = "**Similarity**: the cosine between the embeddings of the words and of the picture, in either scoring."
_TO_NAMES = (
    "**Similarity**: how well the words fit the product's name and labels, from 0 to 1: the cosine of TF-IDF weights, "
    "by which a word counts the more, the fewer products have it."
)


def explained(scoring: Scoring, encoder: EncoderSpec) -> str:
    """Markdown, a line for each number."""
    return "  \n".join([_SCORE, _SIMILARITY[scoring], f"{_CLOSENESS}{encoder.loose} %.", _made_by(encoder)])


def explained_for_combination(scoring: Scoring, encoder: EncoderSpec) -> str:
    """The same where the query is several photos, or is steered by marks."""
    return "  \n".join([_SCORE, f"{_TO_COMBINATION[scoring]}{_COMBINATION}", _made_by(encoder)])


def explained_for_words(encoder: EncoderSpec | None) -> str:
    """The same where the query is words, read by an encoder or else found in names."""
    return "  \n".join([_SCORE, _TO_WORDS, _made_by(encoder)] if encoder else [_SCORE, _TO_NAMES])


def _made_by(encoder: EncoderSpec) -> str:
    return f"**Encoder**: {encoder.title}, {encoder.summary}."
