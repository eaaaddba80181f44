"""The cells of a table that name pictures by address."""

import csv
import re
from collections.abc import Sequence
from pathlib import Path

from prodsim.catalog.addresses import addresses_in
from prodsim.errors import CatalogError
from prodsim.storage import size_of

MAX_TABLE_BYTES = 256 * 2**20
_SEPARATORS = ",;\t|"
_HEADER = re.compile(r"image|img|picture|photo|bild|foto|imagen", re.IGNORECASE)
_FILE = re.compile(r"\.(jpe?g|png|webp|gif|bmp|tiff?|avif|heic|jfif)(?:[?&]|$)", re.IGNORECASE)


def picture_cells(path: Path) -> list[str]:
    """The cells, from above, of the columns of a CSV in which most addresses lead to pictures; empty if there is none.

    CatalogError if the file cannot be read.
    """
    header, *rows = _rows(path)
    columns = [place for place, name in enumerate(header) if _holds_pictures(name, [_at(row, place) for row in rows])]
    return [cell for row in rows for place in columns if (cell := _at(row, place))]


def _rows(path: Path) -> list[list[str]]:
    try:
        if size_of(path) > MAX_TABLE_BYTES:
            raise CatalogError(f"{path} has more than {MAX_TABLE_BYTES >> 20} MB. Give a table of fewer rows.")
        data = path.read_bytes()
    except OSError as error:
        raise CatalogError(f"The table {path} cannot be read: {error.strerror}. Check the path.") from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")  # addresses are ASCII
    first = text.partition("\n")[0]
    try:
        return [*csv.reader(text.splitlines(), delimiter=max(_SEPARATORS, key=first.count))] or [[]]
    except csv.Error as error:
        raise CatalogError(f"{path} is no table: {error}. Give a CSV.") from error


def _at(row: Sequence[str], place: int) -> str:
    return row[place] if place < len(row) else ""


def _holds_pictures(name: str, cells: Sequence[str]) -> bool:
    addresses = addresses_in(cells)
    pictures = sum(bool(_FILE.search(address)) for address in addresses)
    return bool(addresses) and (2 * pictures > len(addresses) or bool(_HEADER.search(name)))
