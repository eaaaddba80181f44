"""What the columns of a table are: which is the id, the name, the type, the picture ... found by evidence.

A column is known by what it is usually called (`headers`), and by what is in it: names of pictures, words for colors,
amounts. What somebody says of it counts before all evidence.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from heapq import nlargest

from prodsim.catalog.evidence import LONG, is_like_a_name, is_number, repeats, says_one_thing, speaking
from prodsim.catalog.headers import ROLES, Role, mentions, rank, words_of
from prodsim.catalog.pictures import ADDRESS, Pictures, is_address_of_picture, is_picture_name, names_files
from prodsim.catalog.problems import brief
from prodsim.catalog.tables import Sheet
from prodsim.catalog.values import Kind
from prodsim.catalog.vocabulary import COLORS, GENDERS, PRODUCT_KINDS
from prodsim.errors import CatalogError

SAMPLE = 1_000
"""Rows that are looked at, spread over the table."""
LOOKED_AT = 1_000
"""Characters of a cell, as far as its column's role is concerned."""
LABELED: tuple[Role, ...] = ("type", "color", "gender", "name", "price", "link")
"""Roles that are looked for after the id and the picture, in this order."""
MOSTLY = 0.5
"""The share of a column's cells that has to speak for a role."""


@dataclass(frozen=True)
class Schema:
    """`columns`: role -> the column that has it; `evidence`: role -> why, in words."""

    columns: Mapping[Role, str] = field(default_factory=dict)
    evidence: Mapping[Role, str] = field(default_factory=dict)

    def __getitem__(self, role: Role) -> str | None:
        """The column of a role; None if there is none."""
        return self.columns.get(role)

    def is_label(self, column: str) -> bool:
        """Whether a column says something of a product, but for its name: no link, and no name of a picture."""
        return column not in (self.columns.get(role) for role in ("name", "link", "picture"))

    def kinds(self, column: str) -> tuple[Kind, ...]:
        """Kinds of values that may be in a column. Classes and codes are no numbers, even if they are written so."""
        if not self.is_label(column):
            return ("text",)
        classes = (self.columns.get(role) for role in ("type", "color", "gender"))
        if column in classes or rank("id", column) is not None:
            return ("tags", "text")
        return ("number", "tags", "text")


def find_schema(name: str, sheet: Sheet, pictures: Pictures, wanted: Mapping[Role, str]) -> Schema:
    """The roles of a table's columns. `wanted`: some of them, an empty name for none.

    CatalogError, which calls the table `name`, if a wanted column is not in it, or is the id and something else.
    """
    for role, column in wanted.items():
        if column and column not in sheet.columns:
            found = brief(", ".join(sheet.columns))
            raise CatalogError(f"{name} has no column {brief(column)!r} for the {role}. Choose one of: {found}.")
        if column and role not in ("id", "picture") and column == wanted.get("id"):
            raise CatalogError(
                f"In {name} the column {brief(column)!r} cannot be both the id and the {role}. "
                f"Choose another one for the {role}, or none."
            )
    return _Search(sheet, pictures, wanted).schema()


class _Search:
    """Looks for the roles one after the other; a column has one role, but the id may name the pictures as well."""

    def __init__(self, sheet: Sheet, pictures: Pictures, wanted: Mapping[Role, str]) -> None:
        step = max(1, len(sheet.rows) // SAMPLE)
        rows = [row.cells for row in sheet.rows[::step]]
        self.columns = sheet.columns
        self.cells = {
            column: [cells[place][:LOOKED_AT] for cells in rows] for place, column in enumerate(sheet.columns)
        }
        self.filled = {column: [cell for cell in cells if cell] for column, cells in self.cells.items()}
        self.pictures, self.wanted = pictures, wanted
        self.found: dict[Role, str] = {}
        self.evidence: dict[Role, str] = {}

    def schema(self) -> Schema:
        """All that can be found."""
        for role, column in self.wanted.items():
            if column:
                self._take(role, column, "as you said")
        self.listing = {column for column in self.columns if self._lists_files(column)}
        self.naming = {column: self._naming(column) for column in self.columns}
        if "id" not in self.wanted:
            self._id()
        if "picture" not in self.wanted:
            self._picture()
        for search in (self._by_header, self._by_mention, self._by_values):
            for role in LABELED:
                if role not in self.wanted and role not in self.found:
                    search(role)
        return Schema(
            {role: self.found[role] for role in ROLES if role in self.found},
            {role: self.evidence[role] for role in ROLES if role in self.found},
        )

    def _take(self, role: Role, column: str, evidence: str) -> bool:
        self.found[role], self.evidence[role] = column, evidence
        return True

    def _lists_files(self, column: str) -> bool:
        cells = self.filled[column]
        return sum(map(names_files, cells)) > MOSTLY * len(cells)

    def _naming(self, column: str) -> float:
        """The share of a column's cells that name pictures."""
        cells = self.filled[column]
        if not cells or not len(self.pictures):
            return 0.0
        if column in self.listing:
            return sum(bool(self.pictures.named_in(cell)) for cell in cells) / len(cells)
        return sum(map(self.pictures.may_be_called, cells)) / len(cells)

    def _id(self) -> None:
        called = [
            (place, column)
            for column in self.columns
            if (place := rank("id", column)) is not None and column not in self.found.values()
        ]
        ranked = next(filter(None, ([each for each in called if self._has(each[1], of)] for of in (0.9, MOSTLY))), [])
        naming = [each for each in ranked if self.naming[each[1]] > MOSTLY]
        if ranked and (min(ranked)[0] == 0 or not naming):
            self._take("id", min(ranked)[1], "by its name")
        elif naming:
            column = min(naming)[1]
            self._take("id", column, f"by its name, and {self._share(column)} name a picture")
        else:
            unnamed = [
                column
                for column in self.columns
                if self.naming[column] > MOSTLY
                and self._is_like_an_id(column)
                and all(rank(role, column) is None for role in ROLES)
            ]
            if unnamed:
                column = max(unnamed, key=self.naming.__getitem__)
                self._take("id", column, f"{self._share(column)} name a picture")

    def _has(self, column: str, share: float) -> bool:
        """Whether so many of a column's cells, or more, are filled."""
        return len(self.filled[column]) >= share * len(self.cells[column])

    def _is_like_an_id(self, column: str) -> bool:
        cells = self.filled[column]
        return len({*cells}) > 0.9 * len(cells) and not any(map(is_picture_name, cells))

    def _picture(self) -> None:
        free = [
            column for column in self.columns if column == self.found.get("id") or column not in self.found.values()
        ]
        best = max((self.naming[column] for column in free), default=0.0)
        if best > 0:
            good = [column for column in free if self.naming[column] > 0.99 * best]
            listing = [
                column
                for column in free
                if column in self.listing and self.naming[column] > MOSTLY * best and not self._leads_to_pages(column)
            ]
            good = listing or good  # files are meant, even if a title happens to be called as they are
            said = [column for column in good if rank("picture", column) is not None]
            column = next(iter([*said, *(column for column in good if column == self.found.get("id")), *good]))
            self._take("picture", column, f"{self._share(column)} name a picture")
            return
        addressed = [
            column
            for column in free
            if column in self.listing
            and (rank("picture", column) is not None or self._leads_to_pictures(self.filled[column]))
        ]
        if addressed:
            column = min(addressed, key=lambda column: _or_last(rank("picture", column)))
            self._take("picture", column, "its cells name pictures that are not here")

    def _leads_to_pictures(self, cells: Sequence[str]) -> bool:
        return sum(map(is_address_of_picture, cells)) > MOSTLY * len(cells)

    def _share(self, column: str) -> str:
        cells = len(self.filled[column])
        return f"{round(self.naming[column] * cells):,} of {cells:,} cells"

    def _leads_to_pages(self, column: str) -> bool:
        """Whether its addresses are those of products, whose pictures may be called as the pages are."""
        return rank("link", column) is not None and not self._leads_to_pictures(self.filled[column])

    def _by_header(self, role: Role) -> bool:
        ranked = [
            (role == "type" and says_one_thing(self.filled[column]), place, column)
            for column in self.columns
            if (place := rank(role, column)) is not None and self._is_free(column, role) and self._fits(role, column)
        ]
        return bool(ranked) and self._take(role, min(ranked)[-1], "by its name")

    def _by_mention(self, role: Role) -> bool:
        """By a word in the name of a column of labels."""
        ranked = [
            column
            for column in self.columns
            if role == "type"
            and mentions(role, column)
            and self._is_free(column)
            and repeats(self.filled[column])
            and not says_one_thing(self.filled[column])
            and self._fits(role, column)
        ]
        return bool(ranked) and self._take(role, ranked[0], "by a word in its name")

    def _is_free(self, column: str, role: Role = "type") -> bool:
        """Whether it has no role yet; what names the pictures without naming files may be the name or link too."""
        taken = {other for each, other in self.found.items() if each != "picture" or role not in ("name", "link")}
        return bool(self.filled[column]) and column not in taken and not (role == "name" and column in self.listing)

    def _fits(self, role: Role, column: str) -> bool:
        """Whether what is in a column does not speak against a role."""
        cells = self.filled[column]
        numbers = sum(map(is_number, cells)) > MOSTLY * len(cells)
        addresses = sum(bool(ADDRESS.match(cell)) for cell in cells) > MOSTLY * len(cells)
        if role == "price":
            return numbers
        if role == "link":
            return addresses and not self._leads_to_pictures(cells)
        if numbers or addresses:
            return False
        if rank("type", column) is not None and rank("name", column) is not None:  # "label" is called either
            return (role == "type") == repeats(self.filled[column])
        if role == "type":
            return not all(len(cell) <= LONG and PRODUCT_KINDS.issuperset(words_of(cell)) for cell in {*cells})
        if role == "gender":
            return speaking(self.filled[column], GENDERS) > MOSTLY
        return True

    def _by_values(self, role: Role) -> bool:
        free = [column for column in self.columns if self._is_free(column)]
        if role in ("color", "gender"):
            words = COLORS if role == "color" else GENDERS
            shares = {column: speaking(self.filled[column], words) for column in free if repeats(self.filled[column])}
            best = max(shares, key=shares.__getitem__, default="")
            return bool(best) and shares[best] > 0.8 and self._take(role, best, "by its values")
        if role == "type":
            return self._type_by_values(free)
        if role == "name":
            worded = [
                column for column in self.columns if self._is_free(column, role) and is_like_a_name(self.filled[column])
            ]
            best = max(worded, key=lambda column: len({*self.filled[column]}), default="")
            return bool(best) and self._take(role, best, "by its values")
        return False

    def _type_by_values(self, free: Sequence[str]) -> bool:
        """The column of few values that the name or the longest texts of a row repeat, as in "Red T-shirt"."""
        name = self.cells.get(self.found.get("name", ""), [""] * len(self.cells[self.columns[0]]))
        longest = [
            [text.casefold() for text in (named, *nlargest(2, cells, key=len)) if len(text) <= LONG]
            for named, *cells in zip(name, *self.cells.values(), strict=True)
        ]
        shares = {}
        for column in free:
            cells = self.filled[column]
            if not says_one_thing(self.filled[column]) and repeats(self.filled[column]) and self._fits("type", column):
                repeated = sum(
                    any(cell.casefold() in text and len(text) > len(cell) for text in texts)
                    for cell, texts in zip(self.cells[column], longest, strict=True)
                    if cell
                )
                shares[column] = repeated / len(cells)
        best = max(shares, key=shares.__getitem__, default="")
        return bool(best) and shares[best] > MOSTLY and self._take("type", best, "by its values")


def _or_last(rank: int | None) -> float:
    return math.inf if rank is None else rank
