"""Visual product similarity over a catalog of pictures: which products look like this one?

    catalog = prodsim.open_catalog("my-shop.zip")
    index = prodsim.build_index(catalog, prodsim.get_encoder("mini"))
    prodsim.find_similar(index, product="1995")

Environment variables count as they do for the app and the command line, see `prodsim.config`. What a function needs is
imported when it is called: to import prodsim, or one of its small modules, costs no NumPy and no pandas.
"""

import os
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from prodsim.catalog import Catalog, Filters
    from prodsim.config import Settings
    from prodsim.encoders import Available
    from prodsim.index import Skipped
    from prodsim.search import Neighbor, Scoring, Searcher

__all__ = ["Index", "__version__", "build_index", "find_similar", "get_encoder", "open_catalog"]

__version__ = "0.1.0"


@dataclass(frozen=True)
class Index:
    """A catalog that can be searched. `skipped`: products whose pictures could not be used, each with the reason."""

    encoder: "Available"
    searcher: "Searcher"
    skipped: "tuple[Skipped, ...]" = ()

    def __len__(self) -> int:
        """How many products can be found."""
        return len(self.searcher)


def open_catalog(source: str | os.PathLike[str] | None = None) -> "Catalog":
    """The catalog in a folder or ZIP; without one that of PRODSIM_CATALOG, or else the demo.

    CatalogError says what is wrong with it, CacheError that a ZIP cannot be unpacked.
    """
    from prodsim import catalog

    return catalog.open_catalog(_settings(catalog=None if source is None else Path(source)))


def get_encoder(name: str) -> "Available":
    """The encoder of this name; weights that are not on disk are fetched. Nothing is loaded before it is needed.

    UnknownEncoder lists those there are; EncoderError says why it cannot be used.
    """
    from prodsim.encoders import require

    return require(name, _settings())


def build_index(catalog: "Catalog", encoder: "Available") -> Index:
    """The catalog, searchable: pictures that have no embedding in the cache yet get one, which may take a while.

    QueryError if no picture can be used; EncoderError, CacheError or StoreError if embeddings cannot be made or kept.
    """
    from prodsim.index import EmbeddingStore, HashMemory, index
    from prodsim.search import Searcher

    settings = _settings()
    *_, last = index(catalog, encoder, EmbeddingStore.of(encoder, settings), HashMemory.in_cache(settings))
    return Index(encoder, Searcher.open(catalog, encoder, settings), last.skipped)


def find_similar(
    index: Index,
    *,
    product: str | None = None,
    photo: str | os.PathLike[str] | bytes | None = None,
    k: int = 5,
    scoring: "Scoring" = "unit",
    filters: "Filters | None" = None,
) -> "list[Neighbor]":
    """The k products that look most like a product, by its id, or a photo, by its path or its file's bytes; best first.

    A product is not among its own neighbors. `scoring`, `filters` and the scores: see `Searcher.by_vector`. QueryError
    if there is not exactly one query, or k or a filter makes no sense; UnknownProduct; ImageError.
    """
    from prodsim.errors import QueryError
    from prodsim.images import open_rgb

    if product is not None and photo is None:
        return index.searcher.by_product(product, k=k, scoring=scoring, filters=filters)
    if photo is not None and product is None:
        picture = open_rgb(photo if isinstance(photo, bytes) else Path(photo))
        return index.searcher.by_image(picture, index.encoder.load(), k=k, scoring=scoring, filters=filters)
    raise QueryError("A search has one query. Give product=ID or photo=PATH, one of them.")


def _settings(**changes: object) -> "Settings":
    from prodsim.config import load_settings
    from prodsim.storage import writable

    settings, notice = writable(load_settings().replace(**changes))
    if notice:
        warnings.warn(notice, stacklevel=3)
    return settings
