"""A catalog in memory: its products, with their attributes and pictures, looked up, filtered and found by name."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from prodsim.catalog.filters import Filters, parted
from prodsim.catalog.filters import passing as passes
from prodsim.catalog.headers import Role
from prodsim.catalog.links import web_link
from prodsim.catalog.parts import Parts
from prodsim.catalog.problems import Problem
from prodsim.catalog.schema import Schema
from prodsim.catalog.values import Column, Kind, Values
from prodsim.catalog.words import Words, bounded, spelled
from prodsim.errors import QueryError, UnknownProduct


@dataclass(frozen=True)
class Product:
    """One product: `attributes` are those its row has, as in the file; `name` falls back to the id. `images`: its
    pictures, at least one, the main one first; `schema`: what its attributes are; `tags`: the single values of
    attributes that have several.
    """

    id: str
    name: str
    attributes: Mapping[str, str]
    images: tuple[Path, ...]
    schema: Schema = field(default_factory=Schema)
    tags: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def image(self) -> Path:
        """Its main picture."""
        return self.images[0]

    @property
    def labels(self) -> Mapping[str, str]:
        """The attributes that say something of it, but for its name."""
        return {name: value for name, value in self.attributes.items() if self.schema.is_label(name)}

    @property
    def link(self) -> str:
        """The address of its page in the shop; empty if there is none."""
        return web_link(self.of("link"))

    def of(self, role: Role) -> str:
        """What the column of a role says; empty if it says nothing."""
        return self.attributes.get(self.schema[role] or "", "")

    def each(self, role: Role) -> tuple[str, ...]:
        """The same as single values."""
        said = self.of(role)
        return self.tags.get(self.schema[role] or "", (said,) if said else ())


@dataclass(frozen=True, eq=False)
class Catalog:
    """Products that have a row and a picture, in the order of the table.

    `table`: strings, index = product id, columns = attributes as in the file. `images`: the pictures of all products,
    one product after the other; `owners`: the row of `table` that each belongs to, intp (images,), ascending, every row
    at least once. `schema`: what the columns are. `source`: the table's file, if there is one.
    """

    name: str
    folder: Path
    table: pd.DataFrame
    images: tuple[Path, ...]
    owners: NDArray[np.intp]
    schema: Schema
    rows_read: int
    problems: tuple[Problem, ...]
    source: Path | None = None

    def __len__(self) -> int:
        return len(self.table)

    @property
    def attributes(self) -> list[str]:
        """Attribute names as in the file, without `id`."""
        return list(self.table.columns)

    def column(self, attribute: str) -> Column:
        """What is in a column, by its kind."""
        if attribute not in self._columns:
            self._columns[attribute] = Column.of(self.table[attribute], kinds=self.schema.kinds(attribute))
        return self._columns[attribute]

    @cached_property
    def _columns(self) -> dict[str, Column]:
        return {}

    def kind(self, attribute: str) -> Kind:
        """Whether a column has numbers, tags, which are several in a cell, or else text."""
        return self.column(attribute).kind

    def values(self, attribute: str) -> Values:
        """The single values of the products: what is counted, and filtered by."""
        return self.column(attribute).values

    def numbers(self, attribute: str) -> NDArray[np.float64]:
        """By row, float64 (len(self),); NaN for none, and all over in a column that is not one of numbers."""
        return self.column(attribute).numbers

    def coded(self, attribute: str) -> pd.Categorical:
        """The cells by row, as codes into its categories, which are in order of how often they occur."""
        return self.column(attribute).cells

    @cached_property
    def rows(self) -> dict[str, int]:
        """Product id -> its row."""
        return {product_id: row for row, product_id in enumerate(self.table.index)}

    @cached_property
    def names(self) -> list[str]:
        """What to call each product, by row."""
        column = self.schema["name"]
        if column is None:
            return list(self.table.index)
        named = self.table[column]
        return list(named.where(named.notna(), self.table.index.to_series()))

    def find(self, text: str) -> list[str]:
        """Ids of the products whose name or id holds every word of `text`, in any case; best fit first."""
        return self.ids(self.matching(text), first=text)

    def ids(self, rows: NDArray[np.bool_], first: str = "") -> list[str]:
        """Ids of these rows, bool (len(self),): first those that the text `first` fits best, else as in the table."""
        found = np.flatnonzero(rows)
        if len(found) and first.strip():
            found = found[np.argsort(-self.similarities(first)[found], kind="stable")]
        return self.table.index[found].tolist()

    def matching(self, text: str) -> NDArray[np.bool_]:
        """Which rows hold every word of `text` in their name or id, in any case. -> bool (len(self),). QueryError if
        the text is longer than LONGEST_WORDS.
        """
        matching = np.ones(len(self), dtype=bool)
        for word in sorted({*bounded(text).casefold().split()}, key=len, reverse=True):  # the rarest first
            matching &= self._parts.holding(word)
            if not matching.any():
                break
        return matching

    @cached_property
    def _parts(self) -> Parts:
        return Parts(f"{id_} {name}" for id_, name in zip(self.table.index, self.names, strict=True))

    def similarities(self, text: str) -> NDArray[np.float32]:
        """How well a text in words fits each product, float32 (len(self),): from 0, no word in common, to 1, its id or
        name; see `Words`. QueryError if the text is longer than LONGEST_WORDS.
        """
        similarities = self.words.similarities(bounded(text))
        similarities[[self.rows[product_id] for product_id in self.named(text)]] = 1
        return similarities

    def named(self, text: str) -> list[str]:
        """Ids of the products that this text names letter for letter, in any case: the one of exactly this id, or else
        those of this id, or else those of this name.
        """
        if (product_id := text.strip()) in self.rows:
            return [product_id]
        return [*self._spelled.get(spelled(text), [])]

    @cached_property
    def words(self) -> Words:
        """Those of names and labels."""
        return Words(self.names, map(self.values, self.labels))

    @cached_property
    def labels(self) -> list[str]:
        """The attributes that say something of a product, but for its name: no links, and no names of pictures."""
        return [*filter(self.schema.is_label, self.attributes)]

    @cached_property
    def _spelled(self) -> dict[str, list[str]]:
        """Id or name, as it is compared -> ids."""
        names: dict[str, list[str]] = {}
        ids: dict[str, list[str]] = {}
        for product_id, name in zip(self.table.index, self.names, strict=True):
            names.setdefault(spelled(name), []).append(product_id)
            ids.setdefault(spelled(product_id), []).append(product_id)
        return names | ids

    def row(self, product_id: str) -> int:
        """The product's row. UnknownProduct if there is none of this id."""
        if product_id not in self.rows:
            raise UnknownProduct(
                f"The catalog {self.name} has no product {product_id!r}. "
                f"Pick one of its {len(self):,} products, for example {self.table.index[0]}."
            )
        return self.rows[product_id]

    def product(self, product_id: str) -> Product:
        """The product of this id. UnknownProduct if there is none."""
        row = self.row(product_id)
        coded = {
            attribute: self.coded(attribute) for attribute in self.attributes
        }  # far quicker than a row of the table
        attributes = {
            name: values.categories[code] for name, values in coded.items() if (code := values.codes[row]) >= 0
        }
        tags = {name: self.values(name).of_row(row) for name in attributes if self.kind(name) == "tags"}
        return Product(product_id, self.names[row], attributes, self.pictures(row), self.schema, tags)

    def pictures(self, row: int) -> tuple[Path, ...]:
        """Those of the product in a row, the main one first."""
        first, end = np.searchsorted(self.owners, (row, row + 1))
        return self.images[first:end]

    def main_picture(self, row: int) -> Path:
        """The first one of the product in a row."""
        return self.images[int(np.searchsorted(self.owners, row))]

    def filter(self, filters: Filters) -> NDArray[np.bool_]:
        """Which rows pass. -> bool (len(self),). QueryError if an attribute or a value does not occur, or a bound is no
        number, or of what is none.
        """
        passing = np.ones(len(self), dtype=bool)
        for name, values in filters.items():
            attribute, sign = parted(name)
            if attribute not in self.table:
                raise QueryError(
                    f"There is no attribute {attribute!r}. Filter by one of: {', '.join(self.attributes)}."
                )
            passing &= passes(self.column(attribute), attribute, sign, values)
        return passing

    def digest(self, image_hashes: Sequence[str]) -> str:
        """SHA-256, in hex, of each product's id, attributes and pictures' content (`image_hashes`, one per picture)."""
        digest = hashlib.sha256("\0".join(["id", *self.attributes]).encode())
        cells = self.table.fillna("").itertuples(name=None)
        ends = np.searchsorted(self.owners, np.arange(len(self) + 1)).tolist()
        for row, (start, end) in zip(cells, pairwise(ends), strict=True):
            digest.update("\0".join([*row, *image_hashes[start:end], "\n"]).encode())
        return digest.hexdigest()
