"""What is searched with, and how: a `SearchRequest` says all that decides a search's results."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from numbers import Integral
from typing import ClassVar

from prodsim.catalog import Catalog, Filters, bounded
from prodsim.encoders import EncoderSpec
from prodsim.errors import QueryError
from prodsim.index import COSINE, Kernel
from prodsim.search.photo import Photo

MAX_K = 100
"""More neighbors than a person looks at."""
MAX_PHOTOS = 8
"""Each is decoded and encoded, and more views of one item say little that is new."""

MAX_MARKS = 50
"""Each is shown, and stands in every address; more say little that is new."""

_BOUND = re.compile(r"(?P<attribute>[^=]+?)\s*(?P<sign><=|>=|<|>)\s*(?P<number>[-+\u2212]?[\d.,]+)\s*")
"""A bound on numbers, as in a command."""


@dataclass(frozen=True)
class Marks:
    """Ids of the products that results should be more like, and less like, at most MAX_MARKS. QueryError if there are
    more, or if one is in both, or twice.
    """

    more: tuple[str, ...] = ()
    less: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if len(self.all) > MAX_MARKS:
            raise QueryError(f"A query takes {MAX_MARKS} marks, and {len(self.all):,} were given. Leave some out.")
        for product_id in self.all:
            if self.all.count(product_id) > 1:
                raise QueryError(
                    f"The product {product_id!r} is marked twice. Name it once: more like it, or less like it."
                )

    @property
    def all(self) -> tuple[str, ...]:
        """Both; they stay out of the results that they steer."""
        return self.more + self.less

    def __bool__(self) -> bool:
        return bool(self.all)


NO_MARKS = Marks()


@dataclass(frozen=True)
class ProductQuery:
    """A product of the catalog."""

    product_id: str
    marks: Marks = NO_MARKS

    @property
    def combined(self) -> bool:
        """Whether several pictures are searched with."""
        return bool(self.marks)


@dataclass(frozen=True, eq=False)
class PhotosQuery:
    """Photos of one item, at most MAX_PHOTOS. QueryError if there is none, or more."""

    photos: tuple[Photo, ...]
    marks: Marks = NO_MARKS

    def __post_init__(self) -> None:
        if not self.photos:
            raise QueryError("There is no photo to search with. Give at least one.")
        if len(self.photos) > MAX_PHOTOS:
            raise QueryError(f"A query takes {MAX_PHOTOS} photos, and {len(self.photos)} were given. Leave some out.")

    @property
    def combined(self) -> bool:
        """Whether several pictures are searched with."""
        return bool(self.marks) or len(self.photos) > 1


@dataclass(frozen=True)
class WordsQuery:
    """Words. They are not steered: their embeddings, if they have any, lie elsewhere than those of pictures.

    QueryError if they are blank, or longer than LONGEST_WORDS.
    """

    words: str
    marks: ClassVar[Marks] = NO_MARKS
    combined: ClassVar[bool] = False

    def __post_init__(self) -> None:
        if not bounded(self.words).strip():
            raise QueryError("There are no words to search with. Type some.")


Query = ProductQuery | PhotosQuery | WordsQuery


@dataclass(frozen=True)
class SearchRequest:
    """A search for the `k` nearest of the products that pass `filters`, by an encoder and a kernel.

    `fold`: near-identical results count as one, see `near_duplicates`; `include_query`: the product that is searched
    with is ranked as well. QueryError if that makes no sense.
    """

    query: Query
    encoder: EncoderSpec
    kernel: Kernel = COSINE
    k: int = 5
    filters: Filters = field(default_factory=dict)
    fold: bool = False
    include_query: bool = False

    def __post_init__(self) -> None:
        if not isinstance(self.k, Integral) or isinstance(self.k, bool) or not 1 <= self.k <= MAX_K:
            raise QueryError(f"k is {self.k}, but a search returns 1 to {MAX_K} neighbors. Choose a number between.")
        if self.include_query and not isinstance(self.query, ProductQuery):
            raise QueryError("Only a product can be among its own results: nothing else is in the catalog.")
        if isinstance(self.query, WordsQuery) and self.kernel is not COSINE:
            raise QueryError(f"Words are always compared by the cosine. Choose the scoring {COSINE.name!r}.")
        if isinstance(self.query, WordsQuery) and self.fold:
            raise QueryError("What words find is not folded. Search with a product or a photo, or do not fold.")

    @property
    def in_names(self) -> bool:
        """Whether names and labels are searched: words, which the encoder does not read. It takes no vectors."""
        return isinstance(self.query, WordsQuery) and not self.encoder.reads_text

    @property
    def marks(self) -> Marks:
        """Those of the query."""
        return self.query.marks

    @property
    def left_out(self) -> tuple[str, ...]:
        """Ids of the products that take no part."""
        if isinstance(self.query, ProductQuery) and not self.include_query:
            return (*self.marks.all, self.query.product_id)
        return self.marks.all

    def check(self, catalog: Catalog) -> None:
        """UnknownProduct or QueryError if the catalog cannot answer: before anything is fetched or indexed for it."""
        catalog.filter(self.filters)
        asked = (self.query.product_id,) if isinstance(self.query, ProductQuery) else ()
        for product_id in (*asked, *self.marks.all):
            catalog.row(product_id)


def parse_filters(pairs: Sequence[str]) -> dict[str, list[str]]:
    """`["articleType=Tshirts", "price<20", ...]` -> `{"articleType": ["Tshirts"], "price<": ["20"], ...}`.

    QueryError if a text has neither `=` nor a number after `<` or `>`.
    """
    filters: dict[str, list[str]] = {}
    for pair in pairs:
        if found := _BOUND.fullmatch(pair):
            filters.setdefault(f"{found['attribute']}{found['sign']}", []).append(found["number"])
            continue
        attribute, equals, value = pair.partition("=")
        if not (attribute and equals and value):
            raise QueryError(
                f"{pair!r} is no filter. Write attribute=value, for example articleType=Tshirts, or for numbers "
                "price<20, price<=20, price>10 or price>=10."
            )
        filters.setdefault(attribute, []).append(value)
    return filters
