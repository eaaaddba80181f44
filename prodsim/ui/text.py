"""Text from catalogs, file names and addresses, shown letter for letter, and copied so.

Marks that turn the direction of writing turn nothing around the text: it stands in an element with a direction of its
own where that is ours, else between marks that isolate it (Unicode Annex 9), the only characters that are added.
"""

import re
import unicodedata

from prodsim.catalog import in_words

_MARKS = re.compile(
    r"(?P<changed>(?<=[-<>~])[-=>]|(?<=:)/(?=/)|:(?=streamlit:)|(?<=www)\.|(?<=\S)@)|[!-/:-@\[-`{-~]", re.IGNORECASE
)
"""ASCII punctuation; `changed` is what makes a sign, a picture or a link with its neighbors even if it is escaped."""
_HTML = re.compile("[&<>\"'$]")
_FIRST_STRONG, _END = "\u2068", "\u2069"
_OPENING = ("\u2066", "\u2067", _FIRST_STRONG)
_TURNING = {"R", "AL", "LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
"""Bidirectional classes of what may turn its neighbors."""


def one_line(text: object) -> str:
    """For an element that has a direction of its own: line breaks as spaces, nothing else is changed."""
    return " ".join(str(text).split())


def plain(text: object) -> str:
    """For where no Markdown is read: line breaks as spaces, and in an isolate if it is not all left to right."""
    words = one_line(text)
    if words.isascii() or not any(unicodedata.bidirectional(letter) in _TURNING for letter in words):
        return words
    opened = ended = 0
    for letter in words:
        if letter in _OPENING:
            opened += 1
        elif letter == _END and opened:
            opened -= 1
        elif letter == _END:
            ended += 1  # it would end ours
    return _FIRST_STRONG * (ended + 1) + words + _END * (opened + 1)


def literal(text: object) -> str:
    """Markdown that shows `text` as it is, and copies so: every ASCII punctuation mark escaped, line breaks as spaces.

    What Streamlit would change nevertheless is in an element of its own, without any style, apart from its neighbors.
    """
    return _MARKS.sub(lambda mark: rf":color[\{mark[0]}]" if mark["changed"] else rf"\{mark[0]}", plain(text))


def with_code(text: str) -> str:
    """Markdown that shows `text` as it is, but what stands between backticks as code, without them."""
    parts, escaped = plain(text).split("`"), literal(text).split("\\`")
    if len(parts) % 2 == 0 or "" in parts[1:-1]:  # they are no pairs, but part of a name
        return literal(text)
    escaped[1::2] = [f"`{code}`" for code in parts[1::2]]
    return "".join(escaped)


def label(attribute: str) -> str:
    """An attribute's name for people, letter for letter, as `literal`."""
    return literal(in_words(attribute))


def literal_in_figure(text: object) -> str:
    """The same as `literal` for Plotly, whose labels render HTML and, between dollar signs, LaTeX.

    By number, as Plotly knows few names.
    """
    return _HTML.sub(lambda mark: f"&#{ord(mark[0])};", plain(text))
