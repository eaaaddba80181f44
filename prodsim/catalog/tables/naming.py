"""The columns of a table, each by a name of its own, from a header that may lack names or say one twice."""

from itertools import count

from prodsim.catalog.problems import TABLE, Problem, brief
from prodsim.catalog.tables.cells import name_of
from prodsim.catalog.tables.known import IsNamed
from prodsim.catalog.tables.limits import check_columns
from prodsim.catalog.tables.sheet import Row, Sheet

NAMELESS = ("", "unnamed: 0", "__index_level_0__")
"""What a column is called that pandas writes beside those of the table."""


def sheet_of(name: str, header: list[str], rows: list[Row], problems: list[Problem], is_named: IsNamed) -> Sheet:
    """The table of these rows, which have a cell for each name of the header. CatalogError as `check_columns`.

    Columns without a name are left out if they are empty or number the rows, as pandas does, or else named by their
    place; the second of two of one name is left out if it is the same, or else numbered. `is_named`: whether a text is
    the name of a picture: what names pictures numbers no rows.
    """
    names = [name_of(each) for each in header]
    kept: list[int] = []
    columns: list[str] = []
    taken = set(names)
    for at, called in enumerate(names):
        if called.lower() in NAMELESS and at == 0 and _numbers(rows, is_named):
            problems.append(Problem(TABLE, "column 1", "it only numbers the rows and was left out"))
            continue
        if not called:
            if not any(row.cells[at] for row in rows):
                continue
            called = _free(f"column {at + 1}", taken)
            problems.append(Problem(TABLE, f"column {at + 1}", f"it has no name and is called {called}"))
        elif called in columns:
            first = kept[columns.index(called)]
            if all(row.cells[at] == row.cells[first] for row in rows):
                problems.append(Problem(TABLE, f"column {at + 1}", f"it is {brief(called)} once more and was left out"))
                continue
            called = _free(called, taken, 2)
            problems.append(Problem(TABLE, f"column {at + 1}", f"another one of its name; called {brief(called)}"))
        taken.add(called)
        kept.append(at)
        columns.append(called)
    check_columns(name, columns)
    if kept != list(range(len(header))):
        rows = [Row(row.line, [row.cells[at] for at in kept], row.repaired) for row in rows]
        rows = [row for row in rows if any(row.cells)]
    return Sheet(tuple(columns), rows, tuple(problems))


def _numbers(rows: list[Row], is_named: IsNamed) -> bool:
    """Whether the first cells are 0, 1, 2 ... or 1, 2, 3 ..., and no names of pictures."""
    first = rows[0].cells[0] if rows else ""
    return (
        first in ("0", "1")
        and all(row.cells[0] == str(number) for number, row in enumerate(rows, int(first)))
        and len(rows[0].cells) > 1
        and not all(is_named(row.cells[0]) for row in rows[:3])
    )


def _free(called: str, taken: set[str], start: int = 0) -> str:
    """The name, or the first of it with a number that is not taken."""
    if not start and called not in taken:
        return called
    return next(free for number in count(start or 2) if (free := f"{called} {number}") not in taken)
