"""What the numbers of a result mean, as Markdown."""

from collections.abc import Mapping

from prodsim.encoders import EncoderSpec
from prodsim.search import Scoring, meanings, meanings_for_combination, meanings_for_words


def explained(scoring: Scoring, encoder: EncoderSpec) -> str:
    """A line for each number."""
    return _lines(meanings(scoring, encoder))


def explained_for_combination(scoring: Scoring, encoder: EncoderSpec) -> str:
    """The same where the query is several photos, or is steered by marks."""
    return _lines(meanings_for_combination(scoring, encoder))


def explained_for_words(encoder: EncoderSpec | None) -> str:
    """The same where the query is words, read by an encoder or else found in names."""
    return _lines(meanings_for_words(encoder))


def _lines(told: Mapping[str, str]) -> str:
    return "  \n".join(f"**{name}**: {meaning}" for name, meaning in told.items())
