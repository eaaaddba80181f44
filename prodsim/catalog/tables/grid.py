"""The cells of a sheet, as the parser finds them, put into rows of texts."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import cache

from prodsim.catalog.tables.cells import as_number, clean
from prodsim.catalog.tables.styles import DATE, PLAIN

MANY = 1000
"""Columns that are read; what is beyond is counted."""
MAX_MERGED = 10_000
MAX_TEXT = 1_000_000
"""Characters kept of a cell before it is cut."""
_LAST_DAY = 2_958_465
_IN_1904 = 1462
_AREA = re.compile(r"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})")


class Cells:
    """Collects the rows that are whole in `rows`: (number of the row, texts). `uncomputed`: how many formulas have no
    value; `beyond`: how many cells are beyond the columns that are read; `merged`: areas of cells that are one, each
    (first row, first column, last row, last column), rows from 1 and columns from 0.
    """

    def __init__(self, strings: list[str], formats: list[int], in_1904: bool) -> None:
        self.rows: list[tuple[int, list[str]]] = []
        self.uncomputed = self.beyond = 0
        self.merged: list[tuple[int, int, int, int]] = []
        self._strings, self._formats, self._days = strings, formats, _IN_1904 if in_1904 else 0
        self._number = 0
        self._row: list[str] = []
        self._kind = self._style = ""
        self._at = -1
        self._texts: list[str] = []
        self._size = 0
        self._taking = self._formula = self._phonetic = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element of the sheet begins."""
        if tag == "c":
            reference = attributes.get("r", "")
            self._at = column_of(reference.rstrip("0123456789")) if reference else self._at + 1
            self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "")
            self._texts, self._size, self._formula = [], 0, False
        elif tag in ("v", "t"):
            self._taking = not self._phonetic
        elif tag == "row":
            number = attributes.get("r", "")
            self._number = int(number) if number.isdecimal() and len(number) < 8 else self._number + 1
            self._row, self._at = [], -1
        elif tag == "f":
            self._formula = True
        elif tag == "rPh":
            self._phonetic = True
        elif (
            tag == "mergeCell"
            and len(self.merged) < MAX_MERGED
            and (area := _AREA.fullmatch(attributes.get("ref", "")))
        ):
            self.merged.append((int(area[2]), column_of(area[1]), int(area[4]), column_of(area[3])))

    def text(self, text: str) -> None:
        """A text, wherever it is."""
        if self._taking and self._size < MAX_TEXT:
            self._texts.append(text)
            self._size += len(text)

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag in ("v", "t"):
            self._taking = False
        elif tag == "c":
            self._put("".join(self._texts))
        elif tag == "row":
            self.rows.append((self._number, self._row))
        elif tag == "rPh":
            self._phonetic = False

    def _put(self, text: str) -> None:
        if not text:
            self.uncomputed += self._formula
            return
        value = self._value(text)
        if not value:
            return
        if self._at >= MANY:
            self.beyond += 1
            return
        row = self._row
        if self._at >= len(row):
            row.extend([""] * (self._at + 1 - len(row)))
        row[self._at] = value

    def _value(self, text: str) -> str:
        """A cell's text, empty for an error; of a number, as the spreadsheet shows it."""
        match self._kind:
            case "s":
                at = int(text) if text.isdecimal() and len(text) < 10 else len(self._strings)
                return self._strings[at] if at < len(self._strings) else ""
            case "n":
                return self._number_of(text)
            case "b":
                return "true" if text.strip() == "1" else "false"
            case "e":
                return ""
            case "d":
                return text.strip().removesuffix("Z").removesuffix("T00:00:00").replace("T", " ")
        return clean(text)

    def _number_of(self, text: str) -> str:
        style = self._style
        meant = self._formats[int(style)] if style.isdecimal() and int(style[:7]) < len(self._formats) else PLAIN
        if meant == PLAIN and text.isdecimal() and len(text) < 16:
            return text
        try:
            value = float(text)
        except ValueError:
            return clean(text)
        if meant == DATE and 0 <= value + self._days <= _LAST_DAY:
            return _date(value + self._days)
        shown = as_number(value)
        return shown.zfill(meant) if meant > 0 and shown.isdecimal() else shown


class Grid:
    """A sheet's rows, parsed whenever they are asked for."""

    def __init__(self, cells: Cells, parse: Callable[[], Iterator[None]]) -> None:
        self.cells, self._parse = cells, parse

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """(number, texts) of each."""
        for _ in self._parse():
            yield from self.cells.rows
            self.cells.rows.clear()


class Inside:
    """The text within the elements of one name, but for those within another one."""

    def __init__(self, name: str, without: str) -> None:
        self._name, self._without = name, without
        self._depth = self._outside = self._size = 0
        self._texts: list[str] = []

    def start(self, tag: str) -> None:
        """An element begins."""
        self._depth += tag == self._name
        self._outside += tag == self._without

    def end(self, tag: str) -> None:
        """It ends."""
        self._depth -= tag == self._name
        self._outside -= tag == self._without

    def text(self, text: str) -> None:
        """A text, wherever it is."""
        if self._depth and not self._outside and self._size < MAX_TEXT:
            self._texts.append(text)
            self._size += len(text)

    def taken(self) -> str:
        """What has been found since it was last taken."""
        text = "".join(self._texts)
        self._texts.clear()
        self._size = 0
        return text


@cache
def _letters(letters: str) -> int:
    at = 0
    for letter in letters:
        at = at * 26 + ord(letter) - 64
    return at - 1


def column_of(letters: str) -> int:
    """The place of a column, from 0, by its letters; beyond all if they are none."""
    return _letters(letters) if 0 < len(letters) < 4 and letters.isascii() and letters.isupper() else MANY


def _date(days: float) -> str:
    """A day as in ISO 8601, with the time unless it is midnight; below a day, the time alone."""
    seconds = round(days * 86_400)
    moment = datetime(1899, 12, 30) + timedelta(seconds=seconds)
    if seconds < 86_400:
        return moment.time().isoformat()
    return moment.date().isoformat() if seconds % 86_400 == 0 else moment.isoformat(" ")
