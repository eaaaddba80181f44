"""Visual product similarity over a catalog of pictures: which products look like this one?

    catalog = prodsim.open_catalog("my-shop.zip")
    index = prodsim.build_index(catalog, prodsim.get_encoder("mini"))
    prodsim.find_similar(index, product="1995")

Environment variables count as they do for the app and the command line, see `prodsim.config`. What a function needs is
imported when it is called: to import prodsim, or one of its small modules, costs no NumPy and no pandas.
"""

import os
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from prodsim.catalog import Catalog, Filters
    from prodsim.config import Settings
    from prodsim.encoders import Available
    from prodsim.index import Scoring
    from prodsim.search import Engine, Neighbor

__all__ = ["__version__", "build_index", "find_similar", "get_encoder", "open_catalog"]

__version__ = "0.1.0"


def open_catalog(source: str | os.PathLike[str] | None = None, roles: Mapping[str, str] | None = None) -> "Catalog":
    """The catalog in a folder, a ZIP or a table; without one that of PRODSIM_CATALOG, or else the demo.

    `roles` says what columns are, `{"type": "Category"}`, where that is not found, and an empty column that none has a
    role. CatalogError says what is wrong with a catalog or a role, CacheError that a ZIP cannot be unpacked.
    """
    from prodsim import catalog
    from prodsim.runtime import allow_long_cells

    allow_long_cells()
    said = None if roles is None else tuple(f"{role}={column}" for role, column in roles.items())
    return catalog.open_catalog(_settings(catalog=None if source is None else Path(source), roles=said))


def get_encoder(name: str) -> "Available":
    """The encoder of this name; weights that are not on disk are fetched. Nothing is loaded before it is needed.

    UnknownEncoder lists those there are; EncoderError says why it cannot be used.
    """
    from prodsim.encoders import require

    return require(name, _settings())


def build_index(catalog: "Catalog", encoder: "Available") -> "Engine":
    """The catalog, searchable: pictures that have no embedding in the cache yet get one, which may take a while.

    Its length is how many products can be found; its `skipped` says which pictures cannot be used, and why. QueryError
    if none can; EncoderError, CacheError or StoreError if embeddings cannot be made or kept.
    """
    from prodsim.index import index, open_index
    from prodsim.search import Engine

    settings = _settings()
    *_, last = index(catalog, encoder, settings)
    return Engine(catalog, open_index(catalog, encoder, settings, last.skipped))


def find_similar(
    index: "Engine",
    *,
    product: str | None = None,
    photo: str | os.PathLike[str] | bytes | None = None,
    k: int = 5,
    scoring: "Scoring" = "unit",
    filters: "Filters | None" = None,
) -> "tuple[Neighbor, ...]":
    """The k products that look most like a product, by its id, or a photo, by its path or its file's bytes; best first.

    A product is not among its own neighbors. `index`: what `build_index` made; `scoring`, `filters` and the scores: see
    `SearchRequest` and `Neighbor`. QueryError if there is not exactly one query, or k or a filter makes no sense;
    UnknownProduct; ImageError.
    """
    from prodsim.errors import QueryError
    from prodsim.images import read_picture
    from prodsim.index import kernel_of
    from prodsim.search import Photo, PhotosQuery, ProductQuery, Query, SearchRequest

    query: Query
    if product is not None and photo is None:
        query = ProductQuery(product)
    elif photo is not None and product is None:
        if isinstance(photo, bytes):
            given = Photo("the photo", photo)
        else:
            given = Photo(Path(photo).name, read_picture(Path(photo)))
        query = PhotosQuery((given,))
    else:
        raise QueryError("A search has one query. Give product=ID or photo=PATH, one of them.")
    request = SearchRequest(query, index.encoder, kernel_of(scoring), k, filters or {})
    return index.search(request).neighbors


def _settings(**changes: object) -> "Settings":
    from prodsim.config import load_settings
    from prodsim.storage import writable

    settings, notice = writable(load_settings().replace(**changes))
    if notice:
        warnings.warn(notice, stacklevel=3)
    return settings
