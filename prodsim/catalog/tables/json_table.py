"""Tables in JSON: an object is a row, its keys are columns, and what is nested is called `a.b`."""

from collections.abc import Collection
from itertools import islice
from typing import Any

from prodsim.catalog.problems import MAX_CELL, SHORTENED, TABLE, Problem, brief
from prodsim.catalog.tables.cells import clean, joined
from prodsim.catalog.tables.json_objects import Objects
from prodsim.catalog.tables.known import naming
from prodsim.catalog.tables.limits import MAX_COLUMNS, check_cells, check_columns, check_lines
from prodsim.catalog.tables.naming import sheet_of
from prodsim.catalog.tables.sheet import Row, Sheet
from prodsim.errors import CatalogError

DEEPEST = 4
"""Keys of a name `a.b.c.d`; what is nested deeper is left out."""


def read_json(name: str, text: str, known: Collection[str] = (), most: int | None = None) -> Sheet:
    """The table in a text of JSON, `most` rows of it if that is given, its columns in order of first occurrence.
    CatalogError, which calls it `name`, if it is none, or too large.
    """
    problems: list[Problem] = []
    columns: dict[str, int] = {}
    rows: list[Row] = []
    deep = 0
    objects = Objects(name, text)
    for line, value in objects if most is None else islice(objects, most):
        texts: dict[str, list[str]] = {}
        deep += _flatten(value, "", 0, texts)
        for key in texts:
            columns.setdefault(key, len(columns))
        if len(columns) > MAX_COLUMNS:
            check_columns(name, list(columns))
        cells = [""] * len(columns)
        for key, values in texts.items():
            cells[columns[key]] = values[0] if len(values) == 1 else joined(values)
        if (longest := max(map(len, cells), default=0)) > MAX_CELL:
            cells = [cell[:MAX_CELL] for cell in cells]
            problems.append(Problem(SHORTENED, f"line {line}", f"{longest:,} characters"))
        if any(cells):
            rows.append(Row(line, cells))
            check_lines(name, len(rows), "rows or more")
            check_cells(name, len(rows), len(columns))
    if not rows:
        raise CatalogError(f"{name} holds no products. Give it an object {{...}} a product, in lines or in one list.")
    for row in rows:
        row.cells.extend([""] * (len(columns) - len(row.cells)))
    if deep:
        problems.append(Problem(TABLE, name, f"values nested too deep, left out: {deep:,}"))
    if objects.others:
        problems.append(Problem(TABLE, name, f"other lists in it, not read: {brief(', '.join(objects.others))}"))
    if objects.cut and most is None:
        problems.append(
            Problem(TABLE, f"line {objects.cut}", "the file breaks off there; the last product is left out")
        )
    return sheet_of(name, list(columns), rows, problems, naming(known))


def _flatten(value: Any, key: str, depth: int, texts: dict[str, list[str]]) -> int:
    """Put the texts of a value under their keys. -> How many values were left out."""
    if isinstance(value, dict):
        if depth == DEEPEST:
            return 1
        return sum(
            _flatten(each, f"{key}.{inner}" if key else inner, depth + 1, texts) for inner, each in value.items()
        )
    if isinstance(value, list):
        if any(isinstance(each, list) for each in value):
            return 1
        return sum(_flatten(each, key, depth, texts) for each in value)
    text = "" if value is None else ("true" if value else "false") if isinstance(value, bool) else clean(value)
    texts.setdefault(key, []).append(text)
    return 0
