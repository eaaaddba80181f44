"""What the cells of a column, those that are filled, say of it, whatever it is called."""

import re
from collections.abc import Sequence

from prodsim.catalog.pictures import ADDRESS, is_picture_name

LONG = 300
"""Characters of a cell that may say what a product is; more is a description."""
FEW = 60
"""Labels that a column holds at most, unless its name says what it is."""
_CURRENCY = r"(?:[A-Z]{3}|[^\w\s.,]{1,3}|kr\.?|zł|Kč|Ft|lei|\u20bd|円|元|원)"
_NUMBER = re.compile(rf"{_CURRENCY}?\s?-?\d[\d.,'\u00a0 ]*\s?{_CURRENCY}?")


def is_number(cell: str) -> bool:
    """Whether it is one, perhaps with a currency."""
    return len(cell) <= LONG and bool(_NUMBER.fullmatch(cell))


def repeats(cells: Sequence[str]) -> bool:
    """Whether there are few different values, as labels have."""
    return len({*cells}) <= min(FEW, len(cells) / 2)


def says_one_thing(cells: Sequence[str]) -> bool:
    """Whether all are the same."""
    return len({*cells}) == 1


def speaking(cells: Sequence[str], words: frozenset[str]) -> float:
    """The share of cells that say nothing but these words: of one to three, or of several parts by commas."""
    found = {
        cell
        for cell in {*cells}
        if len(cell) <= LONG and all(_is_one_of(part, words) for part in re.split("[,;/|&]", cell))
    }
    return sum(cell in found for cell in cells) / len(cells)


def is_like_a_name(cells: Sequence[str]) -> bool:
    """Whether they are mostly different, of the length of names, with letters, and no codes, files or addresses."""
    lengths = sorted(map(len, cells))
    return (
        len({*cells}) > 0.3 * len(cells)
        and 4 <= lengths[len(cells) // 2] <= 120
        and sum(any(map(str.isalpha, cell)) and not _is_code(cell) for cell in cells) > 0.9 * len(cells)
        and sum(bool(ADDRESS.match(cell)) or is_picture_name(cell) for cell in cells) <= 0.5 * len(cells)
    )


def _is_code(cell: str) -> bool:
    """Whether it is a single word with a digit in it, as SKUs are."""
    return cell.isascii() and len(cell.split(maxsplit=1)) == 1 and any(map(str.isdigit, cell))


def _is_one_of(part: str, words: frozenset[str]) -> bool:
    spoken = re.findall(r"\w+", part.casefold())
    return 0 < len(spoken) <= 3 and not words.isdisjoint(spoken)
