"""Cells that hold several values: "Red, cotton" of a column Tags."""

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import islice

SEPARATORS = ",;|"
SEVERAL = 0.2
"""The share of a column's cells that has to hold several values."""
REPEATED = 0.75
"""Single values per place that one has in the different cells, at most: in "Shirts, Tops" and "Jackets, Coats", which
are names of categories, there are as many as places.
"""
LETTERS, WORDS = 40, 4
"""What a tag has at most; more is a part of a sentence."""
MOST = 50
"""Values that the cells of a column hold on average at most: more would take memory, and say nothing."""
_SAMPLE = 5_000
"""Different cells, spread over them all, whose tags are counted."""
_LOOK = 500
"""Cells in which sentences are looked for, before all are taken apart."""


def find_separator(cells: Mapping[str, int]) -> str:
    """What stands between the tags of a column; empty if there are none. `cells`: different one -> how often."""
    filled = sum(cells.values())
    shares = {mark: sum(number for text, number in cells.items() if mark in text) for mark in SEPARATORS}
    for mark in sorted(SEPARATORS, key=lambda mark: -shares[mark]):
        if shares[mark] and shares[mark] >= SEVERAL * filled and _are_tags(cells, mark, filled):
            return mark
    return ""


def apart(text: str, separator: str) -> list[str]:
    """The values of a cell, each once, without blanks around them."""
    return [*dict.fromkeys(tag for part in text.split(separator) if (tag := " ".join(part.split())))]


def _are_tags(cells: Mapping[str, int], mark: str, filled: int) -> bool:
    if sum((text.count(mark) + 1) * number for text, number in cells.items()) > MOST * filled:
        return False
    if not _short(tag for text in islice((text for text in cells if mark in text), _LOOK) for tag in apart(text, mark)):
        return False
    places: Counter[str] = Counter()
    several = number = 0
    for text in islice(cells, 0, None, max(1, len(cells) // _SAMPLE)):
        tags = apart(text.casefold(), mark)
        places.update(tags)
        several += cells[text] * (len(tags) > 1)
        number += cells[text]
    return several >= SEVERAL * number and len(places) <= REPEATED * places.total()


def _short(tags: Iterable[str]) -> bool:
    found = [len(tag) <= LETTERS and len(tag.split()) <= WORDS for tag in tags]
    return sum(found) > 0.9 * len(found)
