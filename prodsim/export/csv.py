"""Tables for a spreadsheet."""

import pandas as pd

from prodsim.storage import harmless


def to_csv(frame: pd.DataFrame) -> bytes:
    """The frame's columns, without its index, as CSV in UTF-8; with a byte order mark, without which Excel guesses.

    Text that would be run as a formula gets an apostrophe in front; numbers stay as they are, in a text as well.
    """
    cells = frame.map(_cell).rename(columns=_cell)
    return cells.to_csv(index=False).encode("utf-8-sig")


def _cell(cell: object) -> object:
    return harmless(cell) if isinstance(cell, str) else cell
