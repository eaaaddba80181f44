"""Tables for a spreadsheet."""

import pandas as pd

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins so is run as a formula by Excel and its like (OWASP, "CSV injection")."""


def to_csv(frame: pd.DataFrame) -> bytes:
    """The frame's columns, without its index, as CSV in UTF-8; with a byte order mark, without which Excel guesses.

    Text that would be run as a formula gets an apostrophe in front; numbers stay as they are.
    """
    harmless = frame.map(_harmless).rename(columns=_harmless)
    return harmless.to_csv(index=False).encode("utf-8-sig")


def _harmless(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
