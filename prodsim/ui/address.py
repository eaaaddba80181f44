"""The address of a place: written from what was chosen, and read back. What is wrong in it is said, and left out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from prodsim.catalog import BOUNDS, LONGEST_WORDS, OTHER, Catalog, Filters, Sign, check, filterable, parted, written
from prodsim.encoders import REGISTRY, encoder_spec
from prodsim.errors import ProdsimError, QueryError
from prodsim.index import COSINE, KERNELS, Scoring
from prodsim.search import MAX_K, MAX_MARKS
from prodsim.ui.chosen import Asked, Browsing, Method
from prodsim.ui.pivots import PIVOTS, turned
from prodsim.ui.places import Place

CATALOG_NAME, ENCODER, K, SCORING, INCLUDE_QUERY = "catalog", "encoder", "k", "scoring", "include_query"
PRODUCT, PHOTO, WORDS, MORE, LESS, PIVOT = "product", "photo", "words", "more", "less", "pivot"
FIND, PAGE, TAB = "find", "page", "tab"

HOW = (CATALOG_NAME, ENCODER, K, SCORING, INCLUDE_QUERY)
"""Parameters of every address."""
WHAT = (PRODUCT, PHOTO, WORDS, MORE, LESS, PIVOT, FIND, PAGE, TAB)
"""Parameters of one place; beside them, each attribute that can be filtered by is one."""
EMBED = ("embed", "embed_options")
"""Parameters that are Streamlit's, in capitals too: nobody else may write them."""

_BOUNDS: Mapping[Sign, str] = {"<=": "<", ">=": ">", "<": "<!", ">": ">!"}

MOST_SAID, LONGEST_SAID = 10, 300
"""Sentences on what is wrong, and about how many characters of each: an address has 999 parameters at most (Streamlit
reads none of more), and 60 kB and over.
"""

Address = Mapping[str, Sequence[str]]
"""Parameter -> its values, in their order."""

T = TypeVar("T")


def of_method(catalog: str, method: Method) -> dict[str, list[str]]:
    """The catalog's name, and how to search: what every address says."""
    said = (catalog, method.encoder, method.k, method.scoring, str(method.include_query).lower())
    return {name: [str(value)] for name, value in zip(HOW, said, strict=True)}


def of_asked(asked: Asked) -> dict[str, list[str]]:
    """The query. Of photos there is a token alone, which means nothing to another visitor."""
    single = {PRODUCT: asked.product, PHOTO: asked.photo, WORDS: asked.words, PIVOT: asked.pivot}
    return _written(single, {MORE: asked.more, LESS: asked.less, **_named(asked.filters)})


def of_browsing(browsing: Browsing) -> dict[str, list[str]]:
    """What of the catalog is looked over."""
    single = {FIND: browsing.find, PAGE: "" if browsing.page == 1 else str(browsing.page)}
    return _written(single, _named(browsing.filters))


def of_tab(place: Place, tab: str) -> dict[str, list[str]]:
    """The tab; nothing for the first one."""
    return {} if tab == place.first_tab else {TAB: [tab]}


def filter_names(catalog: Catalog) -> dict[str, str]:
    """All that the products of this catalog can be filtered by, by what an address calls it."""
    names = (f"{attribute}{sign}" for attribute in filterable(catalog) for sign in ("", OTHER, *BOUNDS))
    return {parameter(name): name for name in names}


def parameter(name: str) -> str:
    """What an address calls a filter: as it is called, with a star if that is the name of something else.

    A bound is followed by the address's own `=`: `price<=20`, and `price<!=20` for less than that.
    """
    attribute, sign = parted(name)
    if sign in _BOUNDS:
        return f"{attribute}{_BOUNDS[sign]}"
    bare = name.rstrip("*")
    return f"{name}*" if bare in (*HOW, *WHAT) or bare.lower() in EMBED else name


@dataclass
class Reader:
    """Reads an address, and gathers sentences on what is wrong in it. An empty value is read as none."""

    address: Address
    problems: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.address = {name: [value for value in values if value] for name, values in self.address.items()}

    def catalog(self, names: Sequence[str], default: str) -> str:
        """The name of one of these catalogs."""
        return self._read(CATALOG_NAME, lambda text: _one_of(text, names, CATALOG_NAME), default)

    def method(self, default_encoder: str) -> Method:
        """How to search; `default_encoder` comes from the environment, and may be wrong as well."""
        try:
            default = encoder_spec(default_encoder).name
        except ProdsimError as error:
            default = next(iter(REGISTRY))
            if not self._last(ENCODER):
                self._say(f"In the environment: {error} {default} is used instead.")
        return Method(
            self._read(ENCODER, lambda text: encoder_spec(text).name, default),
            self._read(SCORING, _scoring, COSINE.name),
            self._read(K, lambda text: _number(text, MAX_K, K), 5),
            self._read(INCLUDE_QUERY, lambda text: _one_of(text, ("true", "false"), INCLUDE_QUERY), "false") == "true",
        )

    def tab(self, place: Place) -> str:
        """The tab of this place; a place that has none has no use for the parameter."""
        if not place.tabs:
            return ""
        return self._read(TAB, lambda text: _one_of(text, [*place.tabs], TAB), place.first_tab)

    def asked(self, catalog: Catalog) -> Asked:
        """The query: words before photos before a product, if an address names several."""
        words = self._cut(self._last(WORDS).strip(), "the words are").strip()
        photo = "" if words else self._last(PHOTO)
        product = "" if words or photo else self._read(PRODUCT, lambda text: catalog.product(text).id, "")
        more, less = self._marks(catalog) if not words else ((), ())
        if (more or less) and not (photo or product):
            self._wrong("there are marks without a query. They are left out.")
            more = less = ()
        pivot = self._read(PIVOT, lambda text: _pivot(text, product, catalog), "")
        return Asked(product, photo, words, more, less, pivot, self._filters(catalog))

    def browsing(self, catalog: Catalog) -> Browsing:
        """What of the catalog is looked over."""
        page = self._read(PAGE, lambda text: _number(text, len(catalog), PAGE), 1)
        find = self._cut(self._last(FIND), "the search by name is")
        return Browsing(find, self._filters(catalog), page)

    def say_unknown(self, catalog: Catalog) -> None:
        """Say which parameters nothing here is called."""
        known = {*HOW, *WHAT, *filter_names(catalog)}
        if unknown := [name for name in self.address if name not in known]:
            self._wrong(f"nothing here is called {', '.join(unknown)}. It is left out.")

    def _say(self, sentence: str) -> None:
        if len(sentence) > LONGEST_SAID:
            sentence = f"{sentence[: LONGEST_SAID // 2]} … {sentence[-LONGEST_SAID // 2 :]}"
        if len(self.problems) < MOST_SAID:
            self.problems.append(sentence)
        else:
            self.problems[MOST_SAID:] = ["In the address: more is wrong than is said here. It is left out as well."]

    def _wrong(self, what: str) -> None:
        self._say(f"In the address: {what}")

    def _cut(self, text: str, what: str) -> str:
        if len(text) > LONGEST_WORDS:
            self._wrong(f"{what} cut after {LONGEST_WORDS} characters.")
        return text[:LONGEST_WORDS]

    def _last(self, name: str) -> str:
        return ["", *self.address.get(name, ())][-1]

    def _read(self, name: str, read: Callable[[str], T], default: T) -> T:
        if not (text := self._last(name)):
            return default
        try:
            return read(text)
        except ProdsimError as error:
            instead = f"{default} is used instead." if default != "" else "It is left out."
            self._wrong(f"{error} {instead}")
            return default

    def _marks(self, catalog: Catalog) -> tuple[tuple[str, ...], tuple[str, ...]]:
        seen: set[str] = set()
        read: dict[str, tuple[str, ...]] = {}
        for name in (MORE, LESS):
            known: list[str] = []
            for product_id in dict.fromkeys(self.address.get(name, ())):
                if len(seen) + len(known) == MAX_MARKS:
                    self._wrong(f"a query takes {MAX_MARKS} marks. More are left out of {name}.")
                    break
                try:
                    product = catalog.product(product_id)
                    if product_id in seen:
                        raise QueryError(f"{product.name} ({product_id}) is in both {MORE} and {LESS}.")
                    known.append(product_id)
                except ProdsimError as error:
                    self._wrong(f"{error} It is left out of {name}.")
            read[name] = tuple(known)
            seen.update(known)
        return read[MORE], read[LESS]

    def _filters(self, catalog: Catalog) -> Filters:
        read: dict[str, Sequence[str]] = {}
        for called, name in filter_names(catalog).items():
            values = self.address.get(called, ())
            attribute, sign = parted(name)
            known: list[str] = []
            for value in dict.fromkeys(values):
                column = catalog.column(attribute)
                place = column.place(value) if sign not in BOUNDS else None
                if place is not None:
                    known.append(column.values.texts[place])
                elif sign not in BOUNDS:
                    self._wrong(f"no product has {attribute}={value}. It is left out.")
                else:
                    try:
                        check(column, attribute, sign, value)
                        known.append(written(column.bound(value)))
                    except QueryError as error:
                        self._wrong(f"{error} It is left out.")
            if known:
                read[name] = [*dict.fromkeys(known)]
        return read


def _named(filters: Filters) -> Filters:
    return {parameter(name): values for name, values in filters.items()}


def _written(single: Mapping[str, str], several: Filters) -> dict[str, list[str]]:
    """Without what is empty."""
    lists = {name: list(values) for name, values in several.items() if values}
    return {name: [value] for name, value in single.items() if value} | lists


def _number(text: str, largest: int, name: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10 and 1 <= int(text) <= largest):
        raise QueryError(f"{name} is {text}, which is no number from 1 to {largest:,}.")
    return int(text)


def _pivot(text: str, product: str, catalog: Catalog) -> str:
    name = _one_of(text, [*PIVOTS], PIVOT)
    if not product:
        raise QueryError(f"{PIVOT} is {text!r}, and there is no product to turn from.")
    if not turned({}, found := catalog.product(product), PIVOTS[name]):
        raise QueryError(f"{PIVOT} is {text!r}, and {found.name} ({product}) lacks a type or a color.")
    return name


def _scoring(text: str) -> Scoring:
    return next(name for name in KERNELS if name == _one_of(text, [*KERNELS], SCORING))


def _one_of(text: str, known: Sequence[str], name: str) -> str:
    if text not in known:
        raise QueryError(f"{name} is {text!r}, which is none of: {', '.join(known)}.")
    return text
