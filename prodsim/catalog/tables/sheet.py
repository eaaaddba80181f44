"""What is read of a table's file, before anybody asks what its columns mean."""

from dataclasses import dataclass

from prodsim.catalog.problems import Problem


@dataclass(frozen=True, slots=True)
class Row:
    """One row. `line`, from 1, is where it begins; `cells`: one for each column, without blanks around them, empty
    where there is no value; `repaired`: what had to be done to read it, in words, empty if nothing.
    """

    line: int
    cells: list[str]
    repaired: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """`columns`: the header's names, all different, none empty; `rows`: all that are not blank; `problems`: what was
    repaired of the table as a whole, and which cells were cut.
    """

    columns: tuple[str, ...]
    rows: list[Row]
    problems: tuple[Problem, ...] = ()
