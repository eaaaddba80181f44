"""Which lines of a text must be rows: those with the name of a picture where rows have one."""

import os
from collections.abc import Callable, Collection, Iterable, Mapping, Set
from urllib.parse import urlsplit

from prodsim.catalog.tables.cells import clean

IsNamed = Callable[[str], bool]
LEAST = 2
DISTINCT = 0.2
"""Of the names in that column: sizes and stocks that happen to be pictures' names as well are the same few."""


def naming(known: Collection[str]) -> IsNamed:
    """Whether a cell, perhaps in quotes, names a picture: by its name, by its file or path, or as a number (12.0)."""
    names = known if isinstance(known, (Set, Mapping)) else frozenset(known)

    def is_named(field: str) -> bool:
        word = field.strip(" \"\t\r\n='")
        if not word:
            return False
        if word in names or clean(word) in names:
            return True
        if "." not in word and "/" not in word:
            return False
        stem, suffix = os.path.splitext(_base(word))
        return stem in names and (suffix == ".0" or not suffix[1:].isdigit())

    return is_named if len(names) else lambda field: False


def _base(word: str) -> str:
    """The last part of a path or an address."""
    if "://" in word:
        try:
            word = urlsplit(word).path
        except ValueError:  # an address that is none
            return ""
    return word.replace("\\", "/").rpartition("/")[2]


def key_column(rows: Iterable[list[str]], is_named: IsNamed) -> int | None:
    """The column, from 0, whose cells name most pictures; None if there is no such column."""
    found: dict[int, list[str]] = {}
    for row in rows:
        for at, field in enumerate(row):
            if is_named(field):
                found.setdefault(at, []).append(field)
    columns = {at: len(set(fields)) for at, fields in found.items() if len(fields) >= LEAST}
    best = max(columns, key=lambda at: (columns[at], -at), default=None)
    return best if best is not None and columns[best] >= max(LEAST, DISTINCT * len(found[best])) else None
