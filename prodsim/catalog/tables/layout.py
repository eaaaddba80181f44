"""How a text is laid out as a table: its separator, and where its header and its rows are."""

import csv
import re
from dataclasses import dataclass
from itertools import islice

from prodsim.catalog.tables.cells import clean
from prodsim.catalog.tables.delimited import IsRow, Record, records
from prodsim.catalog.tables.header import header_in, is_comment, width_of
from prodsim.catalog.tables.known import IsNamed, key_column

SEPARATORS = "\t;|,"
"""Of equal fit, first what is rarer in texts and numbers."""
RECORDS = 100
"""Looked at from the top."""
LINES = 300
"""Looked at to learn in which column pictures are named."""
MANY = 1000
"""Fields of a line that are told apart while its layout is not known."""
MUCH = 0.02

_SEP = re.compile(r'"?sep=(.)"?[;,\s]*', re.IGNORECASE)


@dataclass(frozen=True)
class Layout:
    """`header`: the names as in the file, of as many columns as rows have; `above`: the records over it, which are
    left out; `start`: the line, from 0, of the first row; `key`: the column of pictures' names; `headless`: nothing in
    the file names the columns; `escape`: see `records`; `wrapped`: rows are
    quoted as a whole.
    """

    separator: str
    header: list[str]
    start: int
    above: tuple[Record, ...] = ()
    key: int | None = None
    headless: bool = False
    escape: str | None = None
    wrapped: bool = False


def layout_of(lines: list[str], is_named: IsNamed) -> Layout:
    """The layout that fits best; of an empty header if there is nothing in the text."""
    first = next((at for at, line in enumerate(lines) if line.strip()), len(lines))
    said = _SEP.fullmatch(lines[first].rstrip("\r\n")) if first < len(lines) else None
    start = first + 1 if said else first
    escapes = (None, "\\") if any(r"\"" in line for line in lines[start : start + RECORDS]) else (None,)
    best, fit = None, 0.0
    for separator in said[1] if said else SEPARATORS:
        for escape in escapes:
            found, layout = _fitted(lines, start, separator, escape, is_named)
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


def _single(lines: list[str], start: int, separator: str) -> Layout:
    """A table of a single column: the header is what comes first and is no comment."""
    first = islice(records(lines, start, separator, MANY, lambda fields: False), RECORDS)
    for record in first:
        fields = [clean(field) for field in record.fields]
        if not is_comment(fields[0]):
            return Layout(separator, fields[: width_of(fields)], record.end)
    return Layout(separator, [], len(lines))


def _fitted(
    lines: list[str], start: int, separator: str, escape: str | None, is_named: IsNamed
) -> tuple[float, Layout | None]:
    """The best layout by a separator, and how well it fits."""
    key = _key(lines, start, separator, escape, is_named)
    first = list(islice(records(lines, start, separator, MANY, row_test(key, is_named), escape), RECORDS))
    inner = [unwrapped(each.fields, separator) for each in first]
    wrapped = 2 * sum(fields is not None for fields in inner) >= len(first)
    fields = [(wrapped and fields) or each.fields for each, fields in zip(first, inner, strict=True)]
    rows = [[clean(field) for field in each] for each in fields]
    found = header_in(rows, key, is_named)
    if found is None:
        return 0.0, None
    start = first[found.at - 1].end if found.at else start
    return found.fit, Layout(
        separator, found.names, start, tuple(first[: found.above]), key, found.headless, escape, wrapped
    )


def _key(lines: list[str], start: int, separator: str, escape: str | None, is_named: IsNamed) -> int | None:
    """The column of pictures' names: by the rows if their quotes leave no doubt, for a cell of several lines moves it
    where lines are taken apart; else by the lines.
    """
    first = [*islice(records(lines, start, separator, MANY, lambda fields: False, escape), RECORDS)]
    sure = len({len(record.fields) for record in first}) == 1 and not any(record.astray for record in first)
    key = key_column((record.fields for record in first), is_named) if sure else None
    by_lines = (line.split(separator, MANY)[:MANY] for line in lines[start : start + LINES])
    return key_column(by_lines, is_named) if key is None else key


def row_test(key: int | None, is_named: IsNamed, width: int = 2) -> IsRow:
    """Whether the fields of a line are those of a row, whatever quotes came before."""
    if key is None:
        return lambda fields: False
    return lambda fields: len(fields) >= max(width, key + 1) and is_named(fields[key])
