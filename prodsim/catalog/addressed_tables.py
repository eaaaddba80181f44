"""A table that comes alone: how many products it has, and where it says that their pictures are."""

from collections.abc import Sequence
from dataclasses import dataclass

from prodsim.catalog.addresses import addresses_in
from prodsim.catalog.pictures import Pictures, is_address_of_picture
from prodsim.catalog.schema import MOSTLY, Schema, find_schema
from prodsim.catalog.tables import Sheet, read_sheet


@dataclass(frozen=True)
class Addressed:
    """`products`: how many have pictures by address; `addresses`: of their pictures, each once, in order."""

    name: str
    table: bytes
    products: int
    addresses: Sequence[str]


def addressed(name: str, table: bytes) -> Addressed:
    """What the bytes of a table, called `name`, say of pictures. CatalogError if it is none."""
    sheet = read_sheet(name, table)
    schema = find_schema(name, sheet, Pictures([]), {})
    places = [sheet.columns.index(column) for column in _columns(sheet, schema)]
    cells = [[row.cells[place] for place in places] for row in sheet.rows]
    key = sheet.columns.index(schema["id"]) if schema["id"] else None
    having = {
        row.line if key is None else row.cells[key] for row, some in zip(sheet.rows, cells, strict=True) if any(some)
    }
    return Addressed(name, table, len(having), addresses_in(cell for some in cells for cell in some))


def _columns(sheet: Sheet, schema: Schema) -> list[str]:
    """The column of the role, and others whose addresses lead to pictures."""
    found = []
    for place, column in enumerate(sheet.columns):
        filled = [row.cells[place] for row in sheet.rows if row.cells[place]]
        leading = sum(map(is_address_of_picture, filled))
        if column == schema["picture"] or leading > MOSTLY * len(filled):
            found.append(column)
    return found
