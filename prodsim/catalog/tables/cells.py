"""Texts of cells, rid of what programs put around them: no value of a shop begins with a formula or an invisible mark.

A spreadsheet keeps the zeros of 001 only as ="001" or '001; pages and PDFs leave zero-width characters and spaces that
do not break; and a cell that a program might run is written behind an apostrophe.
"""

import re
from math import isfinite

MISSING = frozenset(("", "NA", "N/A", "#N/A", "NaN", "nan", "NULL", "null", "None", "<NA>"))
"""Cells that stand for no value; the Kaggle table writes NA."""
JOINERS = "\u200c\u200d"
"""They mean something within words of some scripts and within emoji, but not around them."""
_NULL = r"\N"
_SUSPECT = ("=", "'", "\\")
_WHOLE = re.compile(r"[-+]?\d+\.0+")
_FORMULA = re.compile(r'=\s*"((?:[^"]|"")*)"')
_APOSTROPHE = re.compile(r"'(?=[=+\-@]|(?=[\w./+-]+$)\D*\d)")
_AROUND = " \t\r\n\xad\u200b\u2060\ufeff" + JOINERS
"""What is left around a text. Marks of direction may be meant there, and within it all of them."""
_CONTROLS: dict[int, str] = dict.fromkeys((*range(0x09), *range(0x0E, 0x20), 0x7F), "")
_CONTROLS |= {0xA0: " ", 0x202F: " ", 0x2028: "\n", 0x2029: "\n"}
_CONTROLS |= dict.fromkeys(range(0xD800, 0xE000), "\ufffd")


def clean(text: str) -> str:
    """A cell's text without blanks and invisible characters around it, and as it was before a program wrote it as a
    formula or behind an apostrophe; empty for what databases write for nothing. It can be written as UTF-8.
    """
    text = text.strip()
    if not text.isprintable():
        text = text.translate(_CONTROLS).strip(_AROUND)
    if text[:1] and text[0] in _SUSPECT:
        if text == _NULL:
            return ""
        if formula := _FORMULA.fullmatch(text):
            return formula[1].replace('""', '"').strip()
        if _APOSTROPHE.match(text):
            return text[1:]
    return text


def is_plain(texts: str) -> bool:
    """Whether there is nothing in texts without blanks around them, put together, that `clean` changes."""
    return texts.isprintable() and not ("=" in texts or "'" in texts or "\\" in texts)


def name_of(text: str) -> str:
    """A column's name, in one line."""
    return " ".join(clean(text).split())


def joined(texts: list[str]) -> str:
    """Several values of one cell: by commas, or by bars if one of them has a comma."""
    return (" | " if any("," in text for text in texts) else ", ").join(filter(None, texts))


def number(text: str) -> str:
    """A number as people write it: 1001 for 1001.0, 0.5 for 5e-1; empty for one that is none."""
    if not text.strip("-+.0123456789"):
        return text.partition(".")[0] if _WHOLE.fullmatch(text) else text
    value = float(text)
    if not isfinite(value):
        return ""
    return f"{value:.0f}" if value.is_integer() and abs(value) < 1e15 else f"{value:.15g}"


def as_number(value: float) -> str:
    """Of a number in floating point, what was meant: 19.9 for 19.899999999999999."""
    return number(f"{value:.15g}")
