"""The values that products have in one column: text and numbers, one a product or none, and tags, several."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from prodsim.catalog.numerals import Numerals, find_numerals, plain_number
from prodsim.catalog.problems import UNIFIED, Problem, brief
from prodsim.catalog.tags import find_separator

Kind = Literal["number", "tags", "text"]

MOSTLY_DIFFERENT = 0.8
"""Different values per filled cell from which a column holds descriptions, or codes, and not labels."""
_SAID = 5
"""Spellings that a problem repeats."""


@dataclass(frozen=True, eq=False)
class Values:
    """`texts`: the different values, most frequent first. Pair i says that the product in row `owners[i]` has the value
    `texts[codes[i]]`; both intp (pairs,), by rows, each pair once. `products`: how many rows there are.
    """

    texts: tuple[str, ...]
    codes: NDArray[np.intp]
    owners: NDArray[np.intp]
    products: int

    @classmethod
    def of(cls, cells: pd.Categorical, apart: Sequence[Sequence[str]]) -> "Values":
        """Of cells that hold, by category, these values."""
        lengths = np.array([*map(len, apart), 0], dtype=np.intp)  # the last one for rows without any
        found: dict[str, int] = {}
        flat = np.array([found.setdefault(text, len(found)) for texts in apart for text in texts], dtype=np.intp)
        by_row = lengths[cells.codes]
        first = (np.cumsum(lengths) - lengths)[cells.codes] - (np.cumsum(by_row) - by_row)
        codes = flat[np.repeat(first, by_row) + np.arange(by_row.sum())]
        order = np.argsort(-np.bincount(codes, minlength=len(found)), kind="stable")
        places = np.empty_like(order)
        places[order] = np.arange(len(order))
        known = [*found]
        owners = np.repeat(np.arange(len(cells), dtype=np.intp), by_row)
        return cls(tuple(known[place] for place in order), places[codes], owners, len(cells))

    @cached_property
    def places(self) -> dict[str, int]:
        """Value -> its place in `texts`."""
        return {text: place for place, text in enumerate(self.texts)}

    @cached_property
    def filled(self) -> NDArray[np.bool_]:
        """Which rows have a value, bool (products,)."""
        filled = np.zeros(self.products, dtype=bool)
        filled[self.owners] = True
        return filled

    @cached_property
    def single(self) -> bool:
        """Whether no product has several."""
        return len(self.owners) == np.count_nonzero(self.filled)

    def counts(self, among: NDArray[np.bool_] | None = None) -> NDArray[np.intp]:
        """Products that have each value, (len(texts),). `among`: bool (products,), counts only these."""
        codes = self.codes if among is None else self.codes[among[self.owners]]
        return np.bincount(codes, minlength=len(self.texts))

    def having(self, places: Iterable[int]) -> NDArray[np.bool_]:
        """Which rows have one of these values, bool (products,)."""
        wanted = np.zeros(len(self.texts), dtype=bool)
        wanted[[*places]] = True
        having = np.zeros(self.products, dtype=bool)
        having[self.owners[wanted[self.codes]]] = True
        return having

    def of_row(self, row: int) -> tuple[str, ...]:
        """Those of one product."""
        first, end = np.searchsorted(self.owners, (row, row + 1))
        return tuple(self.texts[code] for code in self.codes[first:end])


@dataclass(frozen=True, eq=False)
class Column:
    """A column by its kind. `cells`: as in the table, by row; `values`: what to count and filter by, in which numbers
    are one that are equal (2011, 2011.0), and tags that differ in case alone. Of a column of numbers, `numerals` says
    how they are written, and `amounts`, (categories of cells,), are they; NaN for none.
    """

    kind: Kind
    cells: pd.Categorical
    values: Values
    numerals: Numerals | None = None
    amounts: Sequence[float] = ()

    @classmethod
    def of(cls, column: pd.Series, *, kinds: Sequence[Kind]) -> "Column":
        """`column`: strings, or nothing; `kinds`: what it may be."""
        counted = column.value_counts()
        cells = pd.Categorical(column, categories=counted.index)
        number_of = dict(zip(counted.index, counted.tolist(), strict=True))
        if "number" in kinds and (numerals := find_numerals(number_of)) and not _counts_rows(column, numerals):
            spelled: dict[float, str] = {}
            amounts = [*map(numerals.read, number_of)]
            texts = [
                [text if math.isnan(number) else spelled.setdefault(number, text)]
                for text, number in zip(number_of, amounts, strict=True)
            ]
            return cls("number", cells, Values.of(cells, texts), numerals, amounts)
        if "tags" in kinds and (separator := find_separator(number_of)):
            return cls("tags", cells, Values.of(cells, _tags([*number_of], separator)))
        owners = np.flatnonzero(cells.codes >= 0)
        return cls("text", cells, Values(tuple(number_of), cells.codes[owners].astype(np.intp), owners, len(cells)))

    @cached_property
    def numbers(self) -> NDArray[np.float64]:
        """By row, float64 (products,); NaN for none."""
        by_cell = np.array([*self.amounts, math.nan])
        numbers: NDArray[np.float64] = by_cell[self.cells.codes if self.amounts else np.full(len(self.cells), -1)]
        return numbers

    @cached_property
    def different(self) -> NDArray[np.float64]:
        """The different numbers, ascending."""
        return np.unique(self.numbers[~np.isnan(self.numbers)])

    @cached_property
    def whole(self) -> bool:
        """Whether all numbers are whole ones."""
        return bool((self.different % 1 == 0).all())

    def place(self, text: str) -> int | None:
        """Of a value in `values.texts`, which may be a number that is written another way; None if none is meant."""
        place = self.values.places.get(text)
        if place is not None or self.numerals is None:
            return place
        number = self.numerals.read(text)
        return self._numbered.get(plain_number(text) if math.isnan(number) else number)

    def bound(self, text: str) -> float:
        """The number that somebody means who filters by it: with a point, else as in the column; NaN for none."""
        number = plain_number(text)
        return self.numerals.read(text) if math.isnan(number) and self.numerals else number

    @cached_property
    def _numbered(self) -> dict[float, int]:
        known = dict(zip(self.cells.categories, self.amounts, strict=True))
        return {known[text]: place for place, text in enumerate(self.values.texts)}


def unify(frame: pd.DataFrame, columns: Sequence[str]) -> tuple[pd.DataFrame, list[Problem]]:
    """The frame with values of these columns that differ in case or blanks alone as the most frequent of them, then
    the first; and what was changed. Columns that are mostly different stay as they are.
    """
    frame, problems = frame.copy(deep=False), []
    for column in columns:
        meant, alike = _unified(frame[column])
        if meant:
            frame[column] = frame[column].map(lambda text, meant=meant: meant.get(text, text), na_action="ignore")
        for text, others in alike.items():
            said = ", ".join(map(repr, others[:_SAID])) + (", ..." if len(others) > _SAID else "")
            verb = "is" if len(others) == 1 else "are"
            problems.append(Problem(UNIFIED, column, f"{brief(said)} {verb} taken for {brief(text)!r}"))
    return frame, problems


def _unified(cells: pd.Series) -> tuple[dict[str, str], dict[str, list[str]]]:
    """Spelling -> the one that it is taken for, and the other way round."""
    counted = cells.value_counts(sort=False)  # in the order of the table
    alike: dict[str, list[str]] = {}
    for text in counted.index:
        alike.setdefault(" ".join(text.split()).casefold(), []).append(text)
    if len(alike) == len(counted) or len(alike) > MOSTLY_DIFFERENT * counted.sum():
        return {}, {}
    said = {}
    for texts in alike.values():
        if len(texts) > 1:
            best = max(texts, key=lambda text: counted[text])
            said[best] = [text for text in texts if text != best]
    return {other: best for best, others in said.items() for other in others}, said


def _tags(cells: Sequence[str], separator: str) -> list[list[str]]:
    """By cell its tags, each in the spelling in which more cells have it."""
    parts = [text.split(separator) for text in cells]
    tag_of = {part: " ".join(part.split()) for part in {part for each in parts for part in each}}
    counted: Counter[str] = Counter()
    for each in parts:
        counted.update({tag_of[part] for part in each})
    best: dict[str, str] = {}
    for tag, _ in sorted(counted.items(), key=lambda item: (-item[1], item[0])):
        best.setdefault(tag.casefold(), tag)
    meant = {part: best[tag.casefold()] for part, tag in tag_of.items()}
    return [[tag for tag in dict.fromkeys(meant[part] for part in each) if tag] for each in parts]


def _counts_rows(column: pd.Series, numerals: Numerals) -> bool:
    """Whether a column is 0, 1, 2 ... or 1, 2, 3 ... from the first row on: numbers of rows."""
    first = int(numerals.read(column.iloc[0]) == 1) if isinstance(column.iloc[0], str) else 0
    return len(column) > 2 and all(
        isinstance(text, str) and numerals.read(text) == row for row, text in enumerate(column, first)
    )
