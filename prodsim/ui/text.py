"""Text from catalogs, file names and addresses, shown letter for letter."""

import html
import re

_MARKS = re.compile(r"([!-/:-@\[-`{-~])")


def literal(text: object) -> str:
    """Markdown that shows `text` as it is: every ASCII punctuation mark escaped, line breaks as spaces."""
    return _MARKS.sub(r"\\\1", " ".join(str(text).split()))


def label(attribute: str) -> str:
    """An attribute's name for people: "articleType" -> "Article type". Letter for letter, as `literal`."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", attribute).replace("_", " ")
    return literal(words[:1].upper() + words[1:].lower())


def literal_in_figure(text: object) -> str:
    """The same for Plotly, whose labels render HTML."""
    return html.escape(" ".join(str(text).split()))
