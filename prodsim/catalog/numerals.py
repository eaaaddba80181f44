"""Numbers as a column writes them, perhaps with a currency or a unit: "19.90 EUR", "$1,299.00", "1.299,00 €", "12 cm".

What a comma means is said by the column as a whole, and so is the unit: 500 ml and 1 l are no numbers to compare.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Literal, NamedTuple

import numpy as np

MOSTLY = 0.95
"""The share of a column's cells that has to be numbers of one unit."""
DIGITS = 15
"""More than a float64, and a browser, tells apart: such a number is a code."""
CODE = 8
"""Digits from which whole numbers, mostly different, are codes, as under a bar code."""
_LONGEST = 40
"""Characters of a cell that may be a number."""
_LOOK = 200
"""Cells of which hardly any is a number, until the others are not looked at."""

_MONEY = "$¢£¤¥฿₠-₿＄￡￥￦"  # noqa: RUF001
_CODES = "EUR|USD|GBP|CHF|INR|JPY|CNY|RMB|PLN|CZK|SEK|NOK|DKK|HUF|RON|TRY|BRL|AUD|CAD|NZD|kr|Rs"
_LETTER = r"[^\W\d_]"
_NUMBER = re.compile(
    rf"""(?P<minus>[-+\u2212]?)\s*
    (?P<before>{_LETTER}{{0,3}}\.?[{_MONEY}]|{_LETTER}{{1,3}}\.?(?=\s)|(?:{_CODES})\.?)?\s*
    (?P<sign>[-+\u2212]?)
    (?P<body>\d(?:[\d.,'\u2019\s]*\d)?|[.,]\d+)
    (?:[.,][-\u2013\u2014])?
    (?P<after>(?:{_LETTER}|[{_MONEY}%‰°/.'"\u2032\u2033\s]){{0,10}})""",
    re.VERBOSE | re.IGNORECASE,
)
_PLAIN = re.compile(r"[-+\u2212]?(?:\d+(?:\.\d*)?|\.\d+)")

Decimal = Literal[".", ","]


def _bodies(decimal: Decimal) -> re.Pattern[str]:
    """Digits, in groups of three or as in India, and what follows the decimal sign."""
    groups = [
        rf"\d{{1,3}}(?:{mark}\d{{2,3}})*{mark}\d{{3}}" for mark in ({".": ",", ",": r"\."}[decimal], "['\u2019]", r"\s")
    ]
    return re.compile(rf"(?P<whole>\d+|{'|'.join(groups)})?(?:{re.escape(decimal)}(?P<part>\d+))?")


_BODIES: Mapping[Decimal, re.Pattern[str]] = {".": _bodies("."), ",": _bodies(",")}


class _Cell(NamedTuple):
    negative: bool
    body: str
    unit: str


@dataclass(frozen=True)
class Numerals:
    """How the numbers of a column are written: their decimal sign, and their unit, empty for none."""

    decimal: Decimal
    unit: str

    def read(self, text: str) -> float:
        """The number that a cell is; NaN if it is none, or of another unit."""
        cell = _parsed(text)
        if cell is None or cell.unit not in ("", self.unit) or (body := _plain(cell.body, self.decimal)) is None:
            return float("nan")
        return -float(body) if cell.negative else float(body)


def find_numerals(cells: Mapping[str, int]) -> Numerals | None:
    """How the numbers of a column are written; None if it is none of numbers. `cells`: different one -> how often."""
    first = [*islice(cells, _LOOK)]
    if not cells or sum(_parsed(text) is not None for text in first) < len(first) / 2:
        return None
    parsed = [(cell, number) for text, number in cells.items() if (cell := _parsed(text))]
    enough = MOSTLY * sum(cells.values())
    units: dict[str, int] = {}
    for cell, number in parsed:
        units[cell.unit] = units.get(cell.unit, 0) + number
    unit = max(units, key=lambda unit: (unit != "", units[unit])) if units else ""
    ours = [(cell.body, number) for cell, number in parsed if cell.unit in ("", unit)]
    if any(_starts_with_zero(body) for body, _ in ours):
        return None
    decimal = _decimal(ours)
    read = sum(number for body, number in ours if _plain(body, decimal) is not None)
    if read < enough or (not unit and _are_codes([body for body, _ in ours], read)):
        return None
    return Numerals(decimal, unit)


def plain_number(text: str) -> float:
    """A number as somebody who filters writes it, 19.9; NaN if it is none."""
    if len(text) > _LONGEST or not _PLAIN.fullmatch(text.strip()):
        return float("nan")
    return float(text.strip().replace("\u2212", "-"))


def written(number: float) -> str:
    """A number in short: 20, 19.9."""
    return str(np.format_float_positional(number, trim="-"))


def _parsed(text: str) -> _Cell | None:
    if len(text) > _LONGEST or not (found := _NUMBER.fullmatch(text.strip())):
        return None
    unit = f"{found['before'] or ''}{found['after']}"
    signs = f"{found['minus']}{found['sign']}"
    if len(signs) > 1 or any(letter.isnumeric() and letter not in "²³" for letter in unit):  # 5½ is no 5
        return None
    return _Cell(signs in ("-", "\u2212"), found["body"], "".join(unit.casefold().replace(".", "").split()))


def _plain(body: str, decimal: Decimal) -> str | None:
    """The digits of a number, with a point if it has a part; None if its marks do not stand as they should."""
    found = _BODIES[decimal].fullmatch(body)
    if not found:
        return None
    whole, part = re.sub(r"\D", "", found["whole"] or "") or "0", found["part"] or "0"
    return f"{whole}.{part}" if len(whole) + len(part) <= DIGITS + 1 else None


def _starts_with_zero(body: str) -> bool:
    return len(body) > 1 and body[0] == "0" and body[1].isdigit()


def _decimal(bodies: list[tuple[str, int]]) -> Decimal:
    """The sign by which more cells are numbers. Where both could be, one that three digits follow in every cell stands
    between thousands: always a comma does, and a point if there are numbers of three digits without one (899, 1.299).
    """
    read = {decimal: sum(number for body, number in bodies if _plain(body, decimal) is not None) for decimal in _BODIES}
    if read["."] != read[","]:
        return "." if read["."] > read[","] else ","
    pointed = any("." in body for body, _ in bodies)
    return "," if pointed and any(body.isdigit() and len(body) >= 3 for body, _ in bodies) else "."


def _are_codes(bodies: list[str], cells: int) -> bool:
    return len({*bodies}) > cells / 2 and all(body.isdigit() and len(body) >= CODE for body in bodies)
