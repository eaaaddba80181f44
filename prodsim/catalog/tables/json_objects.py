"""The objects in a text of JSON, one after another: lines of them, a list, or the longest list in one object.

They are decoded in pieces, so that one that never ends costs no more than the largest that is allowed.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from prodsim.catalog.tables.cells import number
from prodsim.errors import CatalogError

MAX_OBJECT = 4 * 2**20
"""Characters of one product."""
PIECE = 1 << 20
_BLANK = re.compile(r"[\s,]*")
_KEY = re.compile(r'\s*"((?:[^"\\]|\\.){0,1000})"\s*:\s*')
_OBJECTS = re.compile(r"\[\s*\{")
_DECODER = json.JSONDecoder(parse_int=str, parse_float=number, parse_constant=lambda _: None, strict=False)
"""Numbers stay as they are written; NaN and Infinity are no values; line breaks may be in strings."""


class Objects:
    """Of the text of a file called `name`. `cut`: the line on which the last one breaks off, 0 if none does; `others`:
    the keys of other lists of objects.
    """

    def __init__(self, name: str, text: str) -> None:
        self._name, self._text = name, text
        self._from, self._piece = 0, ""
        self.cut = 0
        self.others: list[str] = []

    def __iter__(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """(line, object) of each. CatalogError, which names the line, if one is none and is not the last one."""
        start = self._next(0)
        at = start + 1 if self._text.startswith("[", start) else self._inner_list(start) or start
        line = 1
        counted = 0
        while (at := self._next(at)) < len(self._text) and self._text[at] not in "]}":
            line += self._text.count("\n", counted, at)
            counted = at
            try:
                value, at = self._decoded(at)
            except RecursionError as error:
                raise self._refused(line, "it is nested too deep") from error
            except json.JSONDecodeError as error:
                if self._breaks_off(at, error):
                    self.cut = line
                    return
                raise self._refused(line, error.msg) from error
            if not isinstance(value, dict):
                raise self._refused(line, "it is no object {...}")
            yield line, value

    def _next(self, at: int) -> int:
        """Where the next value begins."""
        found = _BLANK.match(self._text, at)
        return found.end() if found else at

    def _decoded(self, at: int) -> tuple[object, int]:
        """The value that begins at a place, and the place behind it."""
        failed = json.JSONDecodeError(f"it has more than {MAX_OBJECT:,} characters", "", 0)
        for size in (0, PIECE, MAX_OBJECT):
            if size:
                self._from, self._piece = at, self._text[at : at + size]
            end = self._from + len(self._piece)
            if not self._from <= at <= end:
                continue
            try:
                value, behind = _DECODER.raw_decode(self._piece, at - self._from)
            except json.JSONDecodeError as error:
                failed = error if end == len(self._text) or error.pos < len(self._piece) - 10 else failed
                continue
            if self._from + behind < end or end == len(self._text):  # a number might go on
                return value, self._from + behind
        raise failed

    def _breaks_off(self, at: int, error: json.JSONDecodeError) -> bool:
        """Whether the text ends before the value does that begins at a place."""
        if not error.doc or self._from + len(self._piece) < len(self._text):
            return False
        ends = error.pos >= len(self._piece.rstrip()) or error.msg.startswith("Unterminated string")
        return ends or "\n" not in self._text[at:].strip()

    def _inner_list(self, start: int) -> int:
        """Where the longest list of objects in the object that is the whole text begins; 0 if there is none."""
        line = self._text[start : start + MAX_OBJECT].partition("\n")[0]
        if self._is_object(line) and self._text[start + len(line) :].strip():
            return 0  # lines of objects
        at = start + 1
        lists: list[tuple[int, int, str]] = []
        while key := _KEY.match(self._text, self._next(at)):
            at = key.end()
            try:
                if _OBJECTS.match(self._text, at):
                    begin, count, at = at + 1, *self._behind_list(at + 1)
                    lists.append((count, -begin, key[1]))
                else:
                    _, at = self._decoded(at)
            except (ValueError, RecursionError):
                break
        at = self._next(at)
        if not lists or self._text[at + 1 :].strip():
            return 0
        _, begin, _ = max(lists)
        self.others = [key for _, other, key in lists if other != begin]
        return -begin

    def _behind_list(self, at: int) -> tuple[int, int]:
        """How many values a list has, and the place behind it; that of the first one that is no JSON."""
        count = 0
        while (at := self._next(at)) < len(self._text) and self._text[at] != "]":
            try:
                _, at = self._decoded(at)
            except (ValueError, RecursionError):
                return count, len(self._text)
            count += 1
        return count, at + 1

    def _is_object(self, line: str) -> bool:
        try:
            return isinstance(_DECODER.decode(line), dict)
        except (ValueError, RecursionError):
            return False

    def _refused(self, line: int, reason: str) -> CatalogError:
        return CatalogError(f"{self._name}, line {line}: that is no product in JSON: {reason}. Correct or delete it.")
