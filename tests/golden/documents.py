"""The stored answers: JSON files beside this one, how they are written, and where other answers differ from them."""

import json
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent

TOLERANCE = 1e-4
RELATIVE = 1e-5
"""For large numbers: similarities of the raw kernel are float32 of the order of 100,000."""
LOOSER = {"percentile": 0.01, "percentiles": 0.01, "scores": 0.01}
"""By the last name in the path. A percentile counts 50,000 random pairs, of which one with just this similarity may be
on either side on another processor; `scores` are rounded to two digits.
"""

WIDTH = 120


def path_of(name: str) -> Path:
    """The file of the answers of this name."""
    return FOLDER / f"{name}.json"


def read(name: str) -> dict[str, Any]:
    """The stored answers; none if there is no such file."""
    path = path_of(name)
    answers: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return answers


def to_text(document: Any) -> str:
    """The document as JSON in ASCII: keys sorted, six digits after the point, what fits on a line on one."""
    return _to_text(_rounded(document), 0) + "\n"


def differences(stored: Any, found: Any, place: str = "", tolerance: float = TOLERANCE) -> Iterator[str]:
    """A sentence for each difference: its place, which is a path into the document, and both values.

    Strings, and the order of lists, are compared exactly; numbers to a tolerance.
    """
    if isinstance(stored, dict) and isinstance(found, dict):
        for name in sorted(stored.keys() | found.keys()):
            sides = (_value(side, name) for side in (stored, found))
            yield from differences(*sides, f"{place}/{name}", LOOSER.get(name, tolerance))
    elif isinstance(stored, list | tuple) and isinstance(found, list | tuple):
        for number, sides in enumerate(zip_longest(stored, found, fillvalue=_Missing())):
            yield from differences(*sides, f"{place}/{number}", tolerance)
    elif not _alike(stored, found, tolerance):
        yield f"{place}: stored is {_shown(stored)}, found was {_shown(found)}"


def refreshed(stored: Any, found: Any, tolerance: float = TOLERANCE) -> Any:
    """What was found, but what is alike as it is stored: another machine's last digits are no news."""
    if isinstance(stored, dict) and isinstance(found, dict):
        return {
            name: refreshed(stored[name], value, LOOSER.get(name, tolerance)) if name in stored else value
            for name, value in found.items()
        }
    if isinstance(stored, list) and isinstance(found, list | tuple) and len(stored) == len(found):
        return [refreshed(*sides, tolerance) for sides in zip(stored, found, strict=True)]
    return stored if _alike(stored, found, tolerance) else found


class _Missing:
    """Where one of the documents ends."""


def _value(side: dict[str, Any], name: str) -> Any:
    return side.get(name, _Missing())


def _shown(value: Any) -> str:
    return "nothing" if isinstance(value, _Missing) else json.dumps(value)


def _alike(stored: Any, found: Any, tolerance: float) -> bool:
    if _is_number(stored) and _is_number(found):
        return bool(abs(stored - found) <= max(tolerance, RELATIVE * abs(stored)) + 1e-9)
    return type(stored) is type(found) and bool(stored == found)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _rounded(node: Any) -> Any:
    if isinstance(node, float):
        return round(node, 6)
    if isinstance(node, dict):
        return {name: _rounded(value) for name, value in node.items()}
    return [_rounded(value) for value in node] if isinstance(node, list | tuple) else node


def _to_text(node: Any, indent: int) -> str:
    line = json.dumps(node, sort_keys=True)
    if indent + len(line) <= WIDTH or not isinstance(node, dict | list):
        return line
    inner = " " * (indent + 2)
    if isinstance(node, dict):
        names = {name: json.dumps(name) for name in sorted(node)}
        parts = [f"{inner}{shown}: {_to_text(node[name], indent + 2)}" for name, shown in names.items()]
        return "{\n" + ",\n".join(parts) + "\n" + " " * indent + "}"
    parts = [inner + _to_text(value, indent + 2) for value in node]
    return "[\n" + ",\n".join(parts) + "\n" + " " * indent + "]"
