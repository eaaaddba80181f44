"""How large a table may be, judged before it costs what it would, and the sentences that say so."""

from collections.abc import Sequence

from prodsim.catalog.problems import MAX_SHOWN, brief
from prodsim.errors import CatalogError

MAX_BYTES = 256 * 2**20
"""A million products with all that the Kaggle table says of each; it is in memory while it is read."""
MAX_LINES = 1_100_000
"""A million products, some of them in several lines; each line may be a row, with some hundred bytes of memory."""
MAX_COLUMNS = 200
"""Each is a line of what is shown of a product, and perhaps a filter."""

MAX_CELLS = 100_000_000
"""Each takes eight bytes, with nothing in it."""


def check_size(name: str, size: int) -> None:
    """CatalogError if a table of so many bytes is too large."""
    if size > MAX_BYTES:
        raise CatalogError(
            f"{name} has {size / 2**20:,.0f} MB, but a table may have {MAX_BYTES >> 20} MB. "
            "Leave out columns, or make several catalogs of it."
        )


def check_lines(name: str, lines: int, called: str = "lines") -> None:
    """CatalogError if a table of so many lines, or of what they are called, is too long."""
    if lines > MAX_LINES:
        raise CatalogError(
            f"{name} has {lines:,} {called}, but a table may have {MAX_LINES:,}. Make several catalogs of it."
        )


def check_cells(name: str, rows: int, columns: int) -> None:
    """CatalogError if a table of so many rows and columns has too many cells."""
    if rows * columns > MAX_CELLS:
        raise CatalogError(
            f"{name} has {rows:,} lines of {columns:,} columns, but a table may have {MAX_CELLS:,} cells. "
            "Leave out columns, or make several catalogs of it."
        )


def check_columns(name: str, columns: Sequence[str]) -> None:
    """CatalogError if there are none, or more or with longer names than can be shown."""
    longest = max(map(len, columns), default=0)
    if not longest:
        raise CatalogError(f"{name} holds no table. Give it a line with the names of the columns, and a row a product.")
    if len(columns) > MAX_COLUMNS or longest > MAX_SHOWN:
        raise CatalogError(
            f"{name} has {len(columns):,} columns with names of up to {longest:,} characters, but a table may have "
            f"{MAX_COLUMNS} columns with names of {MAX_SHOWN} characters ({brief(', '.join(columns))}). "
            "Leave out columns, or shorten their names."
        )
