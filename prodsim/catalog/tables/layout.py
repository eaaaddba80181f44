"""How a text is laid out as a table: its separator, and the header among what stands above the rows.

The header is the record whose width is that of the records below it, and whose cells are names: different, no numbers,
and not said again below. So titles, dates and comments above it are told from it, in any language.
"""

import csv
import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice

from prodsim.catalog.tables.cells import clean
from prodsim.catalog.tables.delimited import IsRow, Record, records
from prodsim.catalog.tables.known import MANY_COLUMNS, key_column

SEPARATORS = "\t;|,"
"""Of equal fit, first what is rarer in texts and numbers."""
RECORDS = 100
"""Looked at from the top."""
ABOVE = 20
"""Records that may stand above the header."""
BELOW = 30
"""Records below a header that it is compared with."""
OTHER_WIDTH = 0.4
"""How well a header fits a record of another width: commas without quotes, or cells missing at the end."""
LATER = 0.98
"""What is first fits better than the same below it, by so much a record."""
LEAST = 0.2
"""The fit of a header with two columns or more."""
KEY = 0.5
"""Added to the fit of a separator that gives a column of pictures' names."""
MUCH = 0.02

IsNamed = Callable[[str], bool]

_SEP = re.compile(r'"?sep=(.)"?[;,\s]*', re.IGNORECASE)
_COMMENT = re.compile(r"(#|//|--)(?=.*\d|(\s*\S+){4})")
_RULE = re.compile(r"[-+|=:\s,;]*[-=]{2}[-+|=:\s,;]*")
_NUMBER = re.compile(r"[\W\d_]+")
_FILE = re.compile(r"\w+://|.*\.(jpe?g|png|webp|gif|bmp|tiff?|avif|heic)$", re.IGNORECASE)


@dataclass(frozen=True)
class Layout:
    """`header`: the names as in the file, of as many columns as rows have; `above`: the records over it, which are
    left out; `start`: the line, from 0, of the first row; `key`: the column of pictures' names; `headless`: nothing in
    the file names the columns; `escape`: see `records`.
    """

    separator: str
    header: list[str]
    start: int
    above: tuple[Record, ...] = ()
    key: int | None = None
    headless: bool = False
    escape: str | None = None


def layout_of(lines: list[str], is_named: Callable[[str], bool]) -> Layout:
    """The layout that fits best; of an empty header if there is nothing in the text."""
    first = next((at for at, line in enumerate(lines) if line.strip()), len(lines))
    said = _SEP.fullmatch(lines[first].rstrip("\r\n")) if first < len(lines) else None
    start = first + 1 if said else first
    escapes = (None, "\\") if any(r"\"" in line for line in lines[start : start + RECORDS]) else (None,)
    best, fit = None, 0.0
    for separator in said[1] if said else SEPARATORS:
        key = key_column(lines, start, separator, is_named)
        for escape in escapes:
            found, layout = _fitted(lines, start, separator, escape, key, is_named)
            if layout and found > fit + MUCH:
                best, fit = layout, found
    return best or _single(lines, start, said[1] if said else ",")


def unwrapped(fields: list[str], separator: str) -> list[str] | None:
    """The fields of a row that was quoted as a whole, None if it was not."""
    if separator not in fields[0] or any(field.strip() for field in fields[1:]):
        return None
    try:
        return next(csv.reader([fields[0]], delimiter=separator, strict=True))
    except (csv.Error, StopIteration):
        return None


def is_rule(fields: list[str]) -> bool:
    """Whether that is a line drawn under a header: |---|---|."""
    return _RULE.fullmatch(" ".join(fields)) is not None


def _single(lines: list[str], start: int, separator: str) -> Layout:
    """A table of a single column: the header is what comes first and is no comment."""
    first = islice(records(lines, start, separator, MANY_COLUMNS, lambda fields: False), RECORDS)
    for record in first:
        fields = [clean(field) for field in record.fields]
        if not _COMMENT.match(fields[0]):
            return Layout(separator, fields[: _width(fields)], record.end)
    return Layout(separator, [], len(lines))


def _fitted(
    lines: list[str], start: int, separator: str, escape: str | None, key: int | None, is_named: IsNamed
) -> tuple[float, Layout | None]:
    """The best layout by a separator, and how well it fits."""
    first = list(islice(records(lines, start, separator, MANY_COLUMNS, row_test(key, is_named), escape), RECORDS))
    rows = [[clean(field) for field in unwrapped(each.fields, separator) or each.fields] for each in first]
    widths = [_width(row) for row in rows]
    best, fit = None, 0.0
    for at, row in enumerate(rows[:ABOVE]):
        if key is not None and len(row) > key and is_named(row[key]) and not _COMMENT.match(row[0]):
            if best is None and max(widths) > 1:
                width = max(set(widths), key=widths.count)
                return 1 + KEY, Layout(
                    separator, [""] * width, first[at].line - 1, tuple(first[:at]), key, True, escape
                )
            break
        if widths[at] < 2 or is_rule(row):
            continue
        below = slice(at + 1, at + 1 + BELOW)
        shifted = _is_shifted(len(row), rows[below])
        found = _agreement(row, rows[below], shifted) * _likeness(row, rows[below], is_named) * LATER**at
        if found > fit:
            width = max([widths[at], *(each for each in widths[at + 1 :] if each <= len(row))])
            header = ([""] if shifted else []) + row[:width]
            fit, best = found, Layout(separator, header, first[at].end, tuple(first[:at]), key, False, escape)
    return (fit + (KEY if key is not None else 0), best) if fit > LEAST else (0.0, None)


def row_test(key: int | None, is_named: IsNamed, width: int = 2) -> IsRow:
    """Whether the fields of a line are those of a row, whatever quotes came before."""
    if key is None:
        return lambda fields: False
    return lambda fields: len(fields) >= max(width, key + 1) and is_named(fields[key])


def _width(row: list[str]) -> int:
    """How many cells it has, but for empty ones at the end."""
    return next((at for at in range(len(row), 0, -1) if row[at - 1]), 0)


def _is_shifted(width: int, rows: list[list[str]]) -> bool:
    """Whether every row has one cell more than the header, in front: R writes the numbers of the rows there."""
    return len(rows) > 1 and all(len(row) == width + 1 and row[0] == str(number) for number, row in enumerate(rows, 1))


def _agreement(header: list[str], rows: list[list[str]], shifted: bool) -> float:
    """How many of the rows have the header's width, 0 to 1."""
    if shifted or not rows:
        return 1.0 if shifted else 0.5
    least, most = _width(header), len(header)
    same = sum(_width(row) <= most and len(row) >= least for row in rows)
    return (same + OTHER_WIDTH * (len(rows) - same)) / len(rows)


def _likeness(header: list[str], rows: list[list[str]], is_named: IsNamed) -> float:
    """How many of the cells are names of columns, 0 to 1."""
    below = [row for row in rows if row != header]
    likeness = 0.0
    for at, cell in enumerate(header):
        again = any(len(row) > at and row[at] == cell for row in below)
        if cell and not (again or _NUMBER.fullmatch(cell) or _FILE.match(cell) or is_named(cell)):
            likeness += 0.5 if cell in header[:at] else 1
    comment = 0.5 if _COMMENT.match(header[0]) else 1
    return comment * likeness / max([_width(header), *(min(_width(row), len(header)) for row in below)])
