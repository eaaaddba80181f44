"""Text from catalogs, file names and addresses, shown letter for letter."""

import html
import re

from prodsim import labels

_MARKS = re.compile(r"([!-/:-@\[-`{-~])")


def literal(text: object) -> str:
    """Markdown that shows `text` as it is: every ASCII punctuation mark escaped, line breaks as spaces."""
    return _MARKS.sub(r"\\\1", " ".join(str(text).split()))


def label(attribute: str) -> str:
    """An attribute's name for people, letter for letter, as `literal`."""
    return literal(labels.label(attribute))


def literal_in_figure(text: object) -> str:
    """The same for Plotly, whose labels render HTML."""
    return html.escape(" ".join(str(text).split()))
