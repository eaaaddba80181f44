"""The values that products have in one column: text and numbers, one a product or none, and tags, several."""

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
from prodsim.catalog.tags import apart, find_separator

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
        numbers = np.bincount(cells.codes[cells.codes >= 0], minlength=len(apart))
        counted: Counter[str] = Counter()
        for texts, number in zip(apart, numbers.tolist(), strict=True):
            for text in texts:
                counted[text] += number
        ordered = tuple(text for text, _ in counted.most_common())
        places = {text: place for place, text in enumerate(ordered)}
        lengths = np.array([*map(len, apart), 0], dtype=np.intp)[cells.codes]  # the last one for cells without any
        flat = np.array([places[text] for texts in apart for text in texts], dtype=np.intp)
        starts = np.concatenate([[0], np.cumsum([*map(len, apart)])]).astype(np.intp)[cells.codes]
        owners = np.repeat(np.arange(len(cells), dtype=np.intp), lengths)
        within = np.arange(len(owners), dtype=np.intp) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        return cls(ordered, flat[np.repeat(starts, lengths) + within], owners, len(cells))

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
    are one that are equal (2011, 2011.0), and tags that differ in case alone. `numerals`: of a column of numbers.
    """

    kind: Kind
    cells: pd.Categorical
    values: Values
    numerals: Numerals | None = None

    @classmethod
    def of(cls, column: pd.Series, *, kinds: Sequence[Kind]) -> "Column":
        """`column`: strings, or nothing; `kinds`: what it may be."""
        counted = column.value_counts()
        cells = pd.Categorical(column, categories=counted.index)
        number_of = dict(zip(counted.index, counted.tolist(), strict=True))
        if "number" in kinds and (numerals := find_numerals(number_of)) and not _counts_rows(column, numerals):
            spelled: dict[float, str] = {}
            texts = [
                text if np.isnan(number := numerals.read(text)) else spelled.setdefault(number, text)
                for text in number_of
            ]
            return cls("number", cells, Values.of(cells, [[text] for text in texts]), numerals)
        if "tags" in kinds and (separator := find_separator(number_of)):
            return cls("tags", cells, Values.of(cells, _tags(number_of, separator)))
        owners = np.flatnonzero(cells.codes >= 0)
        return cls("text", cells, Values(tuple(number_of), cells.codes[owners].astype(np.intp), owners, len(cells)))

    @cached_property
    def numbers(self) -> NDArray[np.float64]:
        """By row, float64 (products,); NaN for none."""
        by_cell = np.array([*map(self._read, self.cells.categories), float("nan")])
        numbers: NDArray[np.float64] = by_cell[self.cells.codes]
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
        return self._numbered.get(plain_number(text) if np.isnan(number) else number)

    def bound(self, text: str) -> float:
        """The number that somebody means who filters by it: with a point, else as in the column; NaN for none."""
        number = plain_number(text)
        return self._read(text) if np.isnan(number) else number

    def _read(self, text: str) -> float:
        return self.numerals.read(text) if self.numerals else float("nan")

    @cached_property
    def _numbered(self) -> dict[float, int]:
        return (
            {self.numerals.read(text): place for place, text in enumerate(self.values.texts)} if self.numerals else {}
        )


def unify(frame: pd.DataFrame, columns: Sequence[str]) -> tuple[pd.DataFrame, list[Problem]]:
    """The frame with values of these columns that differ in case or blanks alone as the most frequent of them, then
    the first; and what was changed. Columns that are mostly different stay as they are.
    """
    frame, problems = frame.copy(deep=False), []
    for column in columns:
        meant, alike = _unified(frame[column])
        if meant:
            frame[column] = frame[column].replace(meant)
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


def _tags(cells: Iterable[str], separator: str) -> list[list[str]]:
    """By cell its tags, each in the spelling in which more cells have it."""
    split = [apart(text, separator) for text in cells]
    spelled: dict[str, Counter[str]] = {}
    for tags in split:
        for tag in tags:
            spelled.setdefault(tag.casefold(), Counter())[tag] += 1
    best = {folded: spellings.most_common(1)[0][0] for folded, spellings in spelled.items()}
    return [[*dict.fromkeys(best[tag.casefold()] for tag in tags)] for tags in split]


def _counts_rows(column: pd.Series, numerals: Numerals) -> bool:
    """Whether a column is 0, 1, 2 ... or 1, 2, 3 ... from the first row on: numbers of rows."""
    first = int(numerals.read(column.iloc[0]) == 1) if isinstance(column.iloc[0], str) else 0
    return len(column) > 2 and all(
        isinstance(text, str) and numerals.read(text) == row for row, text in enumerate(column, first)
    )
