"""What the numbers of a result mean, in plain sentences, and how they are written."""

import math
from pathlib import Path

from prodsim.catalog import Product
from prodsim.search.calibration import SIMILAR
from prodsim.search.query import WordsQuery
from prodsim.search.result import SearchResult
from prodsim.search.rocchio import BETA, GAMMA

_SCORE = (
    "relative to this search. The best match has 1.00 and the least similar of the products that were compared 0.00, "
    "however good the matches are. Where all are equally similar, each has 1.00."
)
_CLOSENESS = (
    "how many random pairs of this catalog are less alike. “Very close” is what half of its products are to their "
    f"nearest other; “similar” is above {SIMILAR} % of pairs, “loosely similar” above "
)
_COMBINATION = (
    f", which is the mean of what you search with, plus {BETA} times the mean of what there should be more of, minus "
    f"{GAMMA} times the mean of what there should be less of (Rocchio). Such a mean is like more products than one "
    "picture is, so no share of pairs is given."
)
_TO_WORDS = "the cosine between the embeddings of the words and of the picture, in either scoring."
_TO_NAMES = (
    "how well the words fit the product's name and labels, from 0, none of them, to 1, its id or its whole name. First "
    "by how many of the words it has. Then, by BM25F, a word counts more in a label than in a name, and the more, the "
    "fewer products have it."
)


def meanings(result: SearchResult) -> dict[str, str]:
    """What each number of a result is called -> its meaning; the encoder comes last, if one took part."""
    request = result.request
    made_by = {} if request.in_names else {"Encoder": f"{request.encoder.title}, {request.encoder.summary}."}
    if isinstance(request.query, WordsQuery):
        return {"Score": _SCORE, "Similarity": _TO_NAMES if request.in_names else _TO_WORDS} | made_by
    if request.query.combined:
        return {"Score": _SCORE, "Similarity": f"{request.kernel.to_a_combination}{_COMBINATION}"} | made_by
    calibrated = {"Above … of pairs": f"{_CLOSENESS}{request.encoder.match_threshold} %."}
    return {"Score": _SCORE, "Similarity": request.kernel.similarity} | calibrated | made_by


def heading(result: SearchResult) -> str:
    """Over the results: how many, of how many products."""
    found, among = len(result.neighbors), result.passing
    words = isinstance(result.request.query, WordsQuery)
    best = "best match" if words else "most similar"
    if found > 1:
        best = f"{found} {best}es" if words else f"{found} {best}"
    return f"The {best} of {among:,} product{'s' if among != 1 else ''}"


def readable(similarity: float) -> str:
    """Four decimals for a cosine, one for a raw inner product."""
    return f"{similarity:.4f}" if abs(similarity) < 10 else f"{similarity:,.1f}"


def above(percentile: float) -> str:
    """The percentile in words, two decimals rounded down: 100 would say that no pair is more alike."""
    return f"above {math.floor(percentile * 100) / 100:.2f} % of pairs"


def which_picture(product: Product, image: Path) -> str:
    """Which of a product's pictures one is, as "2 of 3"; empty if there is only one."""
    number = len(product.images)
    return f"{product.images.index(image) + 1} of {number}" if number > 1 and image in product.images else ""
