"""The rows of a table as products: exports have a row for each size and each picture of a product."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from prodsim.catalog.headers import words_of
from prodsim.catalog.problems import DUPLICATE_ID, JOINED, NO_ID, REPAIRED, Problem, brief
from prodsim.catalog.schema import Schema
from prodsim.catalog.tables import MISSING, Row, Sheet

SEVERAL = ", "
"""Between the values that rows of one product have in one column."""
MOST_VALUES = 20
_PARENTS = ("parent", "parentsku", "parentid")
_GROUPS = ("handle", "parentsku", "urlkey", "slug")
"""Columns that name a product, whatever else differs between rows."""


@dataclass
class Products:
    """By id, in the order of the table: its `cells`, one for each column, empty where there is no value; and what each
    of its rows says of pictures. `problems`: what became of the other rows.
    """

    cells: dict[str, list[str]] = field(default_factory=dict)
    rows: dict[str, list[Row]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def products_of(sheet: Sheet, schema: Schema, ids: Sequence[str]) -> Products:
    """Rows of one id are one product, unless they call it by different names. `ids`: one a row, empty for none."""
    name = schema["name"]
    named = sheet.columns.index(name) if name else None
    firsts = {place for place, column in enumerate(sheet.columns) if column in (name, schema["type"], schema["link"])}
    group = "".join(words_of(schema["id"] or "")) in _GROUPS
    parents = _parents(sheet, schema, ids)
    found = Products()
    for row, own in zip(sheet.rows, ids, strict=True):
        cells = ["" if cell in MISSING else cell for cell in row.cells]
        id_ = parents.get(own, own)
        if row.repaired:
            found.problems.append(Problem(REPAIRED, id_ or f"line {row.line}", brief(row.repaired)))
        if id_ in MISSING:
            found.problems.append(Problem(NO_ID, f"line {row.line}", brief(", ".join(filter(None, cells)))))
        elif id_ not in found.cells:
            found.cells[id_] = cells
            found.rows[id_] = [row]
        elif group or id_ != own or (named is not None and _agree(found.cells[id_][named], cells[named])):
            _join(found.cells[id_], cells, firsts)
            found.rows[id_].append(row)
            found.problems.append(Problem(JOINED, id_, f"line {row.line}"))
        else:
            found.problems.append(Problem(DUPLICATE_ID, id_, f"line {row.line}"))
    return found


def _agree(name: str, other: str) -> bool:
    return not other or name == other


def _join(cells: list[str], more: list[str], firsts: Collection[int]) -> None:
    """Take what is new in each column; of numbers, and in the columns `firsts`, what came first stays."""
    for place, (before, other) in enumerate(zip(cells, more, strict=True)):
        if not before:
            cells[place] = other
        elif (
            place not in firsts
            and other
            and other != before
            and not _is_number(other)
            and len(before) + len(other) < 1_000
        ):
            values = before.split(SEVERAL)
            if other not in values and len(values) < MOST_VALUES:
                cells[place] = SEVERAL.join([*values, other])


def _is_number(text: str) -> bool:
    return text.replace(".", "").replace(",", "").replace("-", "").isdecimal()


def _parents(sheet: Sheet, schema: Schema, ids: Sequence[str]) -> Mapping[str, str]:
    """Id of a row -> the id of the product that it is a variant of, where a column says so."""
    column = next((place for place, each in enumerate(sheet.columns) if "".join(words_of(each)) in _PARENTS), None)
    if column is None or sheet.columns[column] == schema["id"]:
        return {}
    known = {id_: id_ for id_ in ids if id_}
    for place, each in enumerate(sheet.columns):
        if "sku" in words_of(each) and place != column:
            for row, id_ in zip(sheet.rows, ids, strict=True):
                known.setdefault(row.cells[place], id_)
    parents = {}
    for row, id_ in zip(sheet.rows, ids, strict=True):
        parent = known.get(row.cells[column].removeprefix("id:"))
        if row.cells[column] and parent and parent != id_:
            parents[id_] = parent
    return {id_: parent for id_, parent in parents.items() if parent not in parents}
