"""Tables of spreadsheets (XLSX): the sheet that holds the table, found as in a text.

Formulas are not computed, links to elsewhere are not followed: what the spreadsheet showed last is read. The archive is
judged by the sizes it tells before a byte of it is unpacked, and unpacked as it is read: see `workbook`.
"""

import struct
import zipfile
import zlib
from collections.abc import Collection, Iterator
from itertools import islice
from xml.parsers import expat

from prodsim.catalog.problems import MAX_CELL, SHORTENED, TABLE, Problem, brief
from prodsim.catalog.tables.grid import Grid
from prodsim.catalog.tables.header import Header, header_in, width_of
from prodsim.catalog.tables.known import IsNamed, key_column, naming
from prodsim.catalog.tables.limits import check_cells, check_columns, check_lines
from prodsim.catalog.tables.naming import sheet_of
from prodsim.catalog.tables.sheet import Row, Sheet
from prodsim.catalog.tables.workbook import Workbook
from prodsim.errors import CatalogError

FIRST = 200
"""Rows of a sheet that its header is looked for in."""


DAMAGED = (
    *(zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, struct.error, expat.ExpatError, EOFError),
    *(NotImplementedError, RuntimeError, ValueError, OverflowError, LookupError, OSError),
)
"""What archives and parts raise that are cut, altered or of an unknown kind."""
MAX_FILLED = 1_000_000
"""Cells that stand for a merged one."""


def read_xlsx(name: str, data: bytes, known: Collection[str] = (), most: int | None = None) -> Sheet:
    """The table in a spreadsheet, `most` rows of it if that is given. CatalogError, which calls it `name`, if there is
    none, or if it is too large. `known`: see `read_sheet`.
    """
    try:
        with Workbook(name, data) as book:
            return _read(name, book, naming(known), most)
    except DAMAGED as error:
        reason = str(error) or "it is damaged"
        raise CatalogError(f"{name} is not a readable XLSX: {reason}. Save it again as XLSX, or as CSV.") from error


def _read(name: str, book: Workbook, is_named: IsNamed, most: int | None) -> Sheet:
    called, header, others = _chosen(name, book, is_named)
    if not header.headless:
        check_columns(name, [each for each in header.names if each])
    if most is None:
        check_lines(name, book.count(called), "rows")
    grid = book.grid(called)
    problems = [Problem(TABLE, f"sheet {called}", f"read; not read: {brief(', '.join(others))}")] if others else []
    rows = _rows(name, grid, header, problems, most)
    _fill(rows, grid.cells.merged, problems)
    if grid.cells.uncomputed:
        detail = f"{grid.cells.uncomputed:,} formulas were never computed: their cells are empty"
        problems.append(Problem(TABLE, f"sheet {called}", detail))
    return sheet_of(name, header.names, rows, problems, is_named)


def _chosen(name: str, book: Workbook, is_named: IsNamed) -> tuple[str, Header, list[str]]:
    """The sheet that has a column of pictures' names, or else the first with two columns, or with one; its header; and
    the other sheets that have something in them.
    """
    found: dict[str, tuple[float, Header]] = {}
    for called in book.sheets:
        rows = list(islice((cells for _, cells in book.grid(called).rows() if any(cells)), FIRST))
        if not rows:
            continue
        width = max(map(len, rows))
        rows = [row + [""] * (width - len(row)) for row in rows]
        key = key_column(rows, is_named)
        header = header_in(rows, key, is_named)
        found[called] = (
            (1 + (key is not None), header) if header else (0, Header(0, rows[0][: width_of(rows[0])], 0, 1))
        )
    if not found:
        raise CatalogError(f"{name} holds no table. Give it a row with the names of the columns, and a row a product.")
    best = max(found, key=lambda called: found[called][0])
    return best, found[best][1], [called for called in found if called != best]


def _rows(name: str, grid: Grid, header: Header, problems: list[Problem], most: int | None) -> list[Row]:
    """The rows below the header; what stands above it, and what is cut, is told."""
    width = len(header.names)
    rows: list[Row] = []
    cut: dict[str, str] = {}  # a text that many cells share is cut once
    beyond = 0
    filled = ((number, cells) for number, cells in counted(name, grid) if any(cells))
    for number, cells in islice(filled, header.above):
        told = brief(" ".join(filter(None, cells)))
        problems.append(Problem(TABLE, f"row {number}", f"above the header, left out: {told}"))
    if not header.headless:
        next(filled, None)
    for number, cells in filled if most is None else islice(filled, most):
        beyond += any(cells[width:])
        cells = cells[:width]
        if (longest := max(map(len, cells), default=0)) > MAX_CELL:
            cells = [cell if len(cell) <= MAX_CELL else cut.setdefault(cell, cell[:MAX_CELL]) for cell in cells]
            problems.append(Problem(SHORTENED, f"row {number}", f"{longest:,} characters"))
        if any(cells):
            rows.append(Row(number, cells + [""] * (width - len(cells))))
            check_cells(name, len(rows), width)
    if beyond or grid.cells.beyond:
        detail = f"{max(beyond, grid.cells.beyond):,} rows have cells beyond the columns with names, left out"
        problems.append(Problem(TABLE, f"column {width + 1}", detail))
    return rows


def counted(name: str, grid: Grid) -> Iterator[tuple[int, list[str]]]:
    """The rows of a sheet, empty ones as well. CatalogError if there are too many."""
    for count, row in enumerate(grid.rows(), 1):
        check_lines(name, count, "rows or more")
        yield row


def _fill(rows: list[Row], merged: list[tuple[int, int, int, int]], problems: list[Problem]) -> None:
    """Say in every row what a cell says that is merged over several."""
    by_number = {row.line: row for row in rows} if merged else {}
    left, filled = MAX_FILLED, 0
    for top, first, bottom, last in merged:
        left -= max(0, bottom - top + 1) * max(1, last - first + 1)
        if left < 0 or top not in by_number or first >= len(by_number[top].cells):
            continue
        value = by_number[top].cells[first]
        for number in range(top, bottom + 1):
            cells = by_number[number].cells if number in by_number else []
            for at in range(first, min(last + 1, len(cells))):
                if not cells[at] and value:
                    cells[at] = value
                    filled += 1
    if filled:
        problems.append(Problem(TABLE, "merged cells", f"{filled:,} cells say what the merged one says"))
