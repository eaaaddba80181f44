"""Tables saved as text, as spreadsheets and scripts save them: encodings, separators, and quotes gone astray.

A quote that opens a cell and is closed nowhere, or by the quote of another row, would swallow every row in between.
Here it costs nothing but itself: the line is read without it, and the next one begins a row as ever.
"""

import codecs
import csv
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from io import StringIO
from itertools import chain, takewhile

MARKS = {
    codecs.BOM_UTF32_LE: "utf-32",  # before UTF-16, whose mark it begins with
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
"""What a file begins with that says its encoding; the mark of UTF-8, perhaps in front of Windows-1252, is dropped."""
SEPARATORS = ",;\t|"
"""The comma, and what stands for it where it is the decimal point, in copies from spreadsheets and databases."""
CELL_LINES = 1000
"""No cell has more lines, so that looking for the end of a cell that has none ends as well."""

IsRow = Callable[[list[str]], bool]


@dataclass(frozen=True, slots=True)
class Record:
    """One row: `line`, from 1, is where it begins; `end`, from 0, the line behind it.

    `joined`: it had more fields than the header. `astray`: it had a quote that was not closed where it should be.
    """

    line: int
    fields: list[str]
    joined: bool
    astray: bool
    end: int


def decoded(data: bytes) -> str:
    """The text of a file: as its first bytes say, or else UTF-8 or Windows-1252. UnicodeDecodeError if it is none.

    A line that is not UTF-8 does not garble the others, as where tables of several programs were put together.
    """
    for mark, encoding in MARKS.items():
        if data.startswith(mark):
            return data.decode(encoding)
    if 0 in data[:2]:  # half of the first character in UTF-16, whose mark is missing
        return data.decode("utf-16-be" if data[0] == 0 else "utf-16-le")
    try:
        return data.decode("utf-8").lstrip("\ufeff")
    except UnicodeDecodeError:
        return "".join(map(_decoded_line, data.splitlines(keepends=True))).lstrip("\ufeff")


def _decoded_line(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252")


def lines_of(text: str) -> list[str]:
    """Its lines, which end as on Unix, on Windows or on old Macs, with their ends."""
    return list(StringIO(text, newline=""))


def first_record(lines: list[str], separator: str, is_row: IsRow) -> tuple[list[str], int]:
    """The fields of the first row that is not blank, which is the header, and the line (from 0) behind it."""
    at = next((number for number, line in enumerate(lines) if line.strip()), len(lines))
    if at == len(lines):
        return [], at
    fields, end = _whole(lines, at, CELL_LINES, separator, is_row)
    return (_astray(lines[at], separator, lines[at].count(separator) + 1), at + 1) if fields is None else (fields, end)


def records(
    lines: list[str], start: int, separator: str, width: int, is_row: IsRow, escape: str | None = None
) -> Iterator[Record]:
    """The rows from line `start` (from 0) on that are not blank, none of more than `width` fields.

    What a row has beyond is joined to its last field. `is_row` knows lines that must be rows of their own, from
    their fields, even where quotes would make them part of a cell. `escape`: what takes a quote its meaning, beside
    the quote that doubles it.
    """
    at = open_until = start
    while at < len(lines):
        whole, end = _whole(lines, at, 1 if at < open_until else CELL_LINES, separator, is_row, escape)
        if whole is None:
            open_until = max(open_until, end)
        fields, end = (_astray(lines[at], separator, width), at + 1) if whole is None else (whole, end)
        joined = len(fields) > width and any(map(str.strip, fields[width:]))
        if joined or any(map(str.strip, fields)):
            fields = _joined(fields, separator, width) if len(fields) > width else fields
            yield Record(at + 1, fields, joined, whole is None, end)
        at = end


def _whole(
    lines: list[str], at: int, most: int, separator: str, is_row: IsRow, escape: str | None = None
) -> tuple[list[str], int] | tuple[None, int]:
    """The fields of the row that begins at a line and has no more than `most`, and the line behind it.

    None if a quote in it goes astray, and the line up to which no cell ends that is open before, so that nobody needs
    to look for it again.
    """
    if '"' not in lines[at]:
        return lines[at].rstrip("\r\n").split(separator), at + 1
    ahead = (lines[number] for number in range(at + 1, min(at + most, len(lines))))
    cell = takewhile(lambda line: not is_row(line.split(separator)), ahead)
    reader = csv.reader(chain([lines[at]], cell), delimiter=separator, escapechar=escape, strict=True)
    try:
        return next(reader), at + reader.line_num
    except csv.Error:
        return None, at + reader.line_num - 1


def _astray(line: str, separator: str, width: int) -> list[str]:
    """The fields of a line whose quotes do not match, as far as they can be told: at best, as many as `width`."""
    line = line.rstrip("\r\n")
    fields = line.split(separator)
    if len(fields) > width:
        with suppress(csv.Error):  # a cell is longer than csv reads where nobody has asked for that, see `runtime`
            lenient = next(csv.reader([line], delimiter=separator))
            if len(lenient) == width:
                return lenient
        fields = _joined(fields, separator, width)
    return [_unquoted(field.strip()) for field in fields]


def _joined(fields: list[str], separator: str, width: int) -> list[str]:
    """No more fields than `width`: what is beyond is part of the last one, unless there is nothing in it."""
    if not any(field.strip() for field in fields[width:]):
        return fields[:width]
    return [*fields[: width - 1], separator.join(fields[width - 1 :])]


def _unquoted(field: str) -> str:
    """Without the quotes around it, or without the one that opens it and is closed nowhere."""
    if len(field) > 1 and field[0] == field[-1] == '"':
        return field[1:-1].replace('""', '"')
    return field[1:] if field.startswith('"') and field.count('"') % 2 else field
