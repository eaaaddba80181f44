"""What the numbers of a result mean, in sentences."""

from prodsim.closeness import SIMILAR
from prodsim.encoders import EncoderSpec
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


def explained(scoring: Scoring, encoder: EncoderSpec) -> str:
    """Markdown, a line for each number."""
    made_by = f"**Encoder**: {encoder.title}, {encoder.summary}."
    return "  \n".join([_SCORE, _SIMILARITY[scoring], f"{_CLOSENESS}{encoder.loose} %.", made_by])
