"""What reaches the terminal: results on stdout; notes, errors and progress on stderr. Texts from data stay literal."""

import os
import re
import sys
import unicodedata

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

UNLIMITED = 1000
"""Columns when nobody looks: tables that go to a file or another program are not folded."""
_JOINERS = "\u200c\u200d"
"""Invisible, but part of how some scripts and emoji are spelled."""


def literal(text: str) -> Text:
    """A text from a catalog or a file name: no markup, and what would steer a terminal shown as an escape."""
    return Text("".join(char if _harmless(char) else _escaped(char) for char in text))


def _harmless(char: str) -> bool:
    return char in _JOINERS or unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Zl", "Zp")


def _escaped(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii")


def stdout() -> Console:
    """Where results go."""
    return _console(stderr=False)


def stderr() -> Console:
    """Where everything else goes."""
    return _console(stderr=True)


def _console(*, stderr: bool) -> Console:
    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() or os.environ.get("COLUMNS") else UNLIMITED
    return Console(stderr=stderr, width=width, markup=False, emoji=False, highlight=False)


def note(text: str) -> None:
    """Something the user should know."""
    _sentence("Note: ", "bold yellow", text)


def error(text: str) -> None:
    """Why it did not work."""
    _sentence("Error: ", "bold red", text)


def _sentence(start: str, style: str, text: str) -> None:
    one_line = re.sub(r"\s*[\r\n]+\s*", " ", text.strip())
    stderr().print(Text.assemble((start, style), literal(one_line)), soft_wrap=True)


def detail(text: str) -> None:
    """A line that belongs to the note before it."""
    _sentence("  ", "", text)


def line(text: str, style: str = "") -> None:
    """One line of result."""
    stdout().print(literal(text), style=style, soft_wrap=True)


def show(made: Table) -> None:
    """A table or grid, without the blanks that fill its lines."""
    screen = stdout()
    with screen.capture() as capture:
        screen.print(made)
    sys.stdout.writelines(f"{row.rstrip()}\n" for row in capture.get().splitlines())


def table(*columns: str, numbers: tuple[str, ...] = ()) -> Table:
    """An empty table in the house's look; the columns in `numbers` are aligned to the right."""
    made = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0))
    for column in columns:
        made.add_column(literal(column), justify="right" if column in numbers else "left", overflow="fold")
    return made


def grid(columns: int) -> Table:
    """An empty table without headings and lines, for reports. A text that is too long is folded, never cut."""
    made = Table.grid(padding=(0, 2))
    for _ in range(columns):
        made.add_column(overflow="fold")
    return made
