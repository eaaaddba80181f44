"""What a visitor has chosen: how to search, what is asked, and what of the catalog is looked over. Records, and what
becomes of them; no widget knows more.
"""

from dataclasses import dataclass, field, replace
from typing import Literal

from prodsim.catalog import Catalog, Filters
from prodsim.index import Scoring
from prodsim.search import Marks
from prodsim.ui.pivots import PIVOTS, turned


@dataclass(frozen=True)
class Method:
    """How to search: names of an encoder and of a kernel, how many results, and whether the query may be one."""

    encoder: str = ""
    scoring: Scoring = "unit"
    k: int = 5
    include_query: bool = False


@dataclass(frozen=True)
class Asked:
    """The query: the id of a product, the token of photos in the `album`, or words; at first nothing. With it go its
    marks, ids of products, the pivot (a name of PIVOTS), and the filters.
    """

    product: str = ""
    photo: str = ""
    words: str = ""
    more: tuple[str, ...] = ()
    less: tuple[str, ...] = ()
    pivot: str = ""
    filters: Filters = field(default_factory=dict)

    @property
    def given(self) -> bool:
        """Whether something is asked."""
        return bool(self.product or self.photo or self.words)

    @property
    def marks(self) -> Marks:
        """Those of the query."""
        return Marks(self.more, self.less)

    def about(self, *, product: str = "", photo: str = "", words: str = "") -> "Asked":
        """Another query. Filters stay; marks and a pivot go with the query that they were set for."""
        return Asked(product, photo, words, filters=self.filters)

    def marked(self, name: Literal["more", "less"], product_id: str) -> "Asked":
        """With one more mark, `more` or `less`; a product has one mark at most."""
        bare = self.unmarked(product_id)
        if name == "more":
            return replace(bare, more=(*bare.more, product_id))
        return replace(bare, less=(*bare.less, product_id))

    def unmarked(self, product_id: str) -> "Asked":
        """Without the mark on this product."""
        more, less = (tuple(id_ for id_ in ids if id_ != product_id) for ids in (self.more, self.less))
        return replace(self, more=more, less=less)

    def narrowed(self, catalog: Catalog) -> Filters:
        """The filters that a search applies: those that were chosen, turned by the pivot."""
        if not (self.pivot and self.product):
            return self.filters
        return turned(self.filters, catalog.product(self.product), PIVOTS[self.pivot]) or self.filters


@dataclass(frozen=True)
class Browsing:
    """What of the catalog is looked over: what names or ids have in them, filters, and the page, from 1."""

    find: str = ""
    filters: Filters = field(default_factory=dict)
    page: int = 1
