"""Names that people give to catalogs: letters and digits of any script, and nothing that means something to a disk."""

import unicodedata
from collections.abc import Iterable
from itertools import count

from prodsim.errors import CatalogError

LONGEST = 40
"""Characters; also in four bytes each they fit into a file's name."""
_PUNCTUATION = " ._-"
_ROOM_FOR_NUMBER = 4


def check_name(name: str, taken: Iterable[str]) -> str:
    """The name in its plain form, without blanks around it. CatalogError if it is none, or one of those `taken`."""
    name = unicodedata.normalize("NFC", name.strip())
    if not name:
        raise CatalogError("The catalog has no name. Give it one, by which it is found in the list.")
    if len(name) > LONGEST or not name[0].isalnum() or not all(map(_usable, name)):
        shown = name if len(name) <= LONGEST else f"{name[:LONGEST]}…"
        raise CatalogError(
            f"A catalog cannot be called {shown!r}. Use up to {LONGEST} letters, digits, blanks, dots, dashes and "
            "underscores, the first one a letter or digit."
        )
    for other in taken:
        if name.casefold() == other.casefold():
            raise CatalogError(f"There is a catalog {other} already. Choose another name, or delete that one first.")
    return name


def free_name(wanted: str, taken: Iterable[str]) -> str:
    """A name that `check_name` accepts, as near to `wanted` as may be."""
    text = "".join(letter if _usable(letter) else " " for letter in unicodedata.normalize("NFC", wanted))
    while text and not text[0].isalnum():
        text = text[1:]
    base = " ".join(text.split())[: LONGEST - _ROOM_FOR_NUMBER].strip() or "catalog"
    occupied = {name.casefold() for name in taken}
    names = (base if number == 1 else f"{base} {number}" for number in count(1))
    return next(name for name in names if name.casefold() not in occupied)


def _usable(character: str) -> bool:
    return character in _PUNCTUATION or unicodedata.category(character)[0] in "LMN"
