"""The header of a table among what stands above its rows: titles, dates, comments.

It is the row whose width is that of the rows below it, and whose cells are names: different, no numbers, and not said
again below. So it is found whatever the names are, in any language.
"""

import re
from dataclasses import dataclass

from prodsim.catalog.headers import is_usual
from prodsim.catalog.tables.cells import MISSING
from prodsim.catalog.tables.known import IsNamed

ABOVE = 20
"""Rows that may stand above the header."""
BELOW = 30
"""Rows below a header that it is compared with."""
OTHER_WIDTH = 0.4
"""How well a header fits a row of another width: commas without quotes, or cells missing at the end."""
LATER = 0.98
"""What is first fits better than the same below it, by so much a row."""
NARROW = 0.5
"""A header of two columns fits a quarter less than a wide one: few texts have many separators by chance."""
LEAST = 0.2
"""The fit of a header with two columns or more."""
USUAL, LOOKED_AT = 1.0, 50
"""Added to the fit, as a factor, if all columns are called as columns usually are; so many of them are looked at."""
LONGEST = 500
"""Characters of a cell that are looked at: more is no name, and may be in very many cells."""
KEY = 0.5
"""Added to the fit if there is a column of pictures' names."""

_COMMENT = re.compile(r"(#|//|--)(?=.*\d|(\s*\S+){4})")
_OF_RULES = "-+|=:,; \t\r\n"
_NUMBER = re.compile(r"[\W_]*\d[\W\d_]*|[^\w#№%]+")
_FILE = re.compile(r"\w+://|.*\.(jpe?g|png|webp|gif|bmp|tiff?|avif|heic)$", re.IGNORECASE)


@dataclass(frozen=True)
class Header:
    """`fit`: 0 to 2, more with a column of pictures' names; `names`: of all columns, empty for those without; `above`:
    how many rows stand over it; `at`: the first row below it; `headless`: nothing names the columns.
    """

    fit: float
    names: list[str]
    above: int
    at: int
    headless: bool = False


def header_in(rows: list[list[str]], key: int | None, is_named: IsNamed) -> Header | None:
    """The header of a table of two columns or more, from its first rows; None if there is none.

    `key`: the column of pictures' names, in which no header has one.
    """
    whole, rows = rows, [[cell[:LONGEST] for cell in row] for row in rows]
    widths = [width_of(row) for row in rows]
    bonus = KEY if key is not None else 0
    best: Header | None = None
    for at, row in enumerate(rows[:ABOVE]):
        if key is not None and len(row) > key and is_named(row[key]) and not is_comment(row[0]):
            if best is None and max(widths) > 1:
                return Header(1 + bonus, [""] * max(set(widths), key=widths.count), at, at, True)
            break
        if widths[at] < 2 or is_rule(row):
            continue
        below = rows[at + 1 : at + 1 + BELOW]
        shifted = _is_shifted(len(row), below)
        width = max([widths[at], *(each for each in widths[at + 1 :] if each <= len(row))])
        fit = _agreement(row, below, shifted) * _likeness(row, below, is_named) * LATER**at * (1 - NARROW / width)
        fit *= 1 + USUAL * sum(map(is_usual, row[:LOOKED_AT])) / width
        if fit > LEAST and (best is None or fit + bonus > best.fit):
            best = Header(fit + bonus, ([""] if shifted else []) + whole[at][:width], at, at + 1)
    return best


def width_of(row: list[str]) -> int:
    """How many cells it has, but for empty ones at the end."""
    return next((at for at in range(len(row), 0, -1) if row[at - 1]), 0)


def is_comment(cell: str) -> bool:
    """Whether a line that begins so says something, and names nothing."""
    return _COMMENT.match(cell) is not None


def is_rule(row: list[str]) -> bool:
    """Whether that is a line drawn under a header: |---|---|."""
    drawn = " ".join(row)
    return not drawn.strip(_OF_RULES) and any(line in drawn for line in ("--", "==", "-=", "=-"))


def _is_shifted(width: int, rows: list[list[str]]) -> bool:
    """Whether every row has one cell more than the header, in front: R writes the numbers of the rows there."""
    return len(rows) > 1 and all(len(row) == width + 1 and row[0] == str(number) for number, row in enumerate(rows, 1))


def _agreement(header: list[str], rows: list[list[str]], shifted: bool) -> float:
    """How many of the rows have the header's width, 0 to 1."""
    if shifted or not rows:
        return 1.0 if shifted else 0.5
    least, most = width_of(header), len(header)
    same = sum(width_of(row) <= most and len(row) >= least for row in rows)
    return (same + OTHER_WIDTH * (len(rows) - same)) / len(rows)


def _likeness(header: list[str], rows: list[list[str]], is_named: IsNamed) -> float:
    """How many of the cells are names of columns, 0 to 2: those count twice that are names of nothing but numbers."""
    below = [row for row in rows if row != header]
    likeness = 0.0
    for at, cell in enumerate(header):
        column = [row[at] for row in below if len(row) > at and row[at] not in MISSING]
        if cell not in MISSING and not (cell in column or _is_value(cell) or is_named(cell)):
            likeness += 0.5 if cell in header[:at] else 1
            likeness += bool(column) and all(map(_is_value, column))
    widths = (min(width_of(row), len(header)) for row in below)
    return (0.5 if is_comment(header[0]) else 1) * likeness / max([width_of(header), *widths])


def _is_value(cell: str) -> bool:
    """Whether that is a number, a date, a file or an address."""
    return _NUMBER.fullmatch(cell) is not None or _FILE.match(cell) is not None
