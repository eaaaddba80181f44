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
    harmless = frame.map(_harmless).rename(columns=_harmless)
    return harmless.to_csv(index=False).encode("utf-8-sig")


def _harmless(cell: object) -> object:
    return _FORMULA.sub(r"\1'", cell) if isinstance(cell, str) and not _NUMBER.fullmatch(cell) else cell
