"""Tables in text, as programs of all kinds export them, read into rows: what is repaired is said of each."""

import re
from collections.abc import Collection
from itertools import islice

from prodsim.catalog.problems import MAX_CELL, SHORTENED, TABLE, Problem, brief
from prodsim.catalog.tables.cells import clean, is_plain
from prodsim.catalog.tables.delimited import Record, lines_of, records
from prodsim.catalog.tables.header import is_rule
from prodsim.catalog.tables.known import IsNamed, naming
from prodsim.catalog.tables.layout import Layout, layout_of, row_test, unwrapped
from prodsim.catalog.tables.limits import check_cells, check_columns, check_lines
from prodsim.catalog.tables.naming import sheet_of
from prodsim.catalog.tables.sheet import Row, Sheet

_FOOTER = re.compile(r"\(\d+ rows?( affected)?\)", re.IGNORECASE)
_TOTAL = re.compile(r"(grand )?total|totals?|sum|summe|gesamt|итого|всего|suma|razem|somme|totale", re.IGNORECASE)


def read_text(name: str, text: str, known: Collection[str] = (), most: int | None = None) -> Sheet:
    """The table in a text, `most` rows of it if that is given. CatalogError, which calls it `name`, if there is none,
    or if it has too many lines, or too many columns. `known`: see `read_sheet`.
    """
    check_lines(name, max(text.count("\n"), text.count("\r")))
    is_named = naming(known)
    lines = _without_padding(lines_of(text))
    layout = layout_of(lines, is_named)
    if layout.escape:
        null = re.compile(rf"(?:(?<=^)|(?<={re.escape(layout.separator)}))\\N(?=[\r\n{re.escape(layout.separator)}]|$)")
        lines = [null.sub("", line) if r"\N" in line else line for line in lines]
    if not layout.headless:
        check_columns(name, [each for each in layout.header if each])
    check_cells(name, len(lines), len(layout.header))
    problems = _above(layout)
    rows = _rows(lines, layout, is_named, problems, most)
    _without_footer(rows, is_named, problems)
    return sheet_of(name, layout.header, rows, problems, is_named)


def _rows(lines: list[str], layout: Layout, is_named: IsNamed, problems: list[Problem], most: int | None) -> list[Row]:
    rows: list[Row] = []
    put_right: list[tuple[int, str, str]] = []
    width = len(layout.header)
    is_row = row_test(layout.key, is_named, width)
    found = records(lines, layout.start, layout.separator, width, is_row, layout.escape)
    for record in found if most is None else islice(found, most):
        fields, repaired = _fields(record, layout)
        stripped = [field.strip() for field in fields]
        whole = "".join(stripped)
        cells = stripped if is_plain(whole) else [clean(field) for field in stripped]
        if cells != stripped:
            at = next(at for at, cell in enumerate(cells) if cell != stripped[at])
            put_right.append((record.line, stripped[at], cells[at]))
        if cells == layout.header or not any(cells) or (not rows and is_rule(cells)):
            continue
        if len(whole) > MAX_CELL and (longest := max(map(len, cells))) > MAX_CELL:
            cells = [cell[:MAX_CELL] for cell in cells]
            problems.append(Problem(SHORTENED, f"line {record.line}", f"{longest:,} characters"))
        cells += [""] * (width - len(cells))
        rows.append(Row(record.line, cells, repaired and f"{repaired}: {brief(_last(cells))}"))
    if put_right:
        line, before, after = put_right[0]
        detail = f"{len(put_right):,} rows have cells with invisible characters, as formulas or behind an apostrophe"
        problems.append(Problem(TABLE, f"line {line}", f"{detail}; {brief(ascii(before))} was read as {brief(after)}"))
    return rows


def _fields(record: Record, layout: Layout) -> tuple[list[str], str]:
    """A record's fields, and what had to be done for them."""
    width = len(layout.header)
    if layout.wrapped and (inner := unwrapped(record.fields, layout.separator)) and len(inner) == width:
        return inner, "quoted as a whole"
    if record.astray:
        return record.fields, "a quote is not closed"
    return record.fields, f"more than {width} cells, joined to the last one" if record.joined else ""


def _last(cells: list[str]) -> str:
    return next((cell for cell in reversed(cells) if cell), "")


def _above(layout: Layout) -> list[Problem]:
    """What is said of the lines over the rows."""
    problems = [
        Problem(TABLE, f"line {record.line}", f"above the header, left out: {brief(' '.join(record.fields).strip())}")
        for record in layout.above
    ]
    if layout.headless:
        problems.append(Problem(TABLE, f"line {layout.start + 1}", "no line names the columns; they are numbered"))
    return problems


def _without_footer(rows: list[Row], is_named: IsNamed, problems: list[Problem]) -> None:
    """Take away the last row if it counts or sums up the others."""
    while rows:
        cells = [cell for cell in rows[-1].cells if cell]
        counts = len(cells) == 1 and _FOOTER.fullmatch(cells[0])
        sums = _TOTAL.fullmatch(cells[0].rstrip(":")) and 2 * len(cells) <= len(rows[-1].cells)
        if not (counts or sums) or any(map(is_named, cells[:1])):
            break
        row = rows.pop()
        problems.append(Problem(TABLE, f"line {row.line}", f"below the rows, left out: {brief(' '.join(cells))}"))


def _without_padding(lines: list[str]) -> list[str]:
    """Lines with commas that a spreadsheet took for one cell each, without the empty cells it put behind them."""
    first = [line for line in lines[:50] if line.strip()]
    stripped = [*map(_unpadded, first)]
    padded = sum(line != rest and rest.count(";") < rest.count(",") for line, rest in zip(first, stripped, strict=True))
    return lines if padded < max(2, 0.8 * len(first)) else [*map(_unpadded, lines)]


def _unpadded(line: str) -> str:
    text = line.rstrip("\r\n")
    rest = text.rstrip(" \t")
    return f"{rest.rstrip(';')}{line[len(text) :]}" if rest.endswith(";") else line
