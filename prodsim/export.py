"""Tables for a spreadsheet."""

import re

import pandas as pd

_FORMULA = re.compile(r"(^|[;\t\r\n])(?=[=+\-@\t\r\n\0\uff1d\uff0b\uff0d\uff20])")
"""Where Excel and its like would begin to run a text: OWASP's list ("CSV injection") with the full-width forms, which a
Japanese Excel takes for the others, and NUL, which is passed over. Where lists are separated by semicolons, a cell
begins after each of them, and after a line break too, since quotes amid a cell enclose nothing.
"""
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def to_csv(frame: pd.DataFrame) -> bytes:
    """The frame's columns, without its index, as CSV in UTF-8; with a byte order mark, without which Excel guesses.

    Text that would be run as a formula gets an apostrophe in front; numbers stay as they are, in a text as well.
    """
    cells = frame.map(_cell).rename(columns=_cell)
    return cells.to_csv(index=False).encode("utf-8-sig")


def harmless(text: str) -> str:
    """What `to_csv` writes for a text."""
    return text if _NUMBER.fullmatch(text) else _FORMULA.sub(r"\1'", text)


def _cell(cell: object) -> object:
    return harmless(cell) if isinstance(cell, str) else cell
