"""A look at a catalog before anything is done with it: at a ZIP without unpacking it, at a folder all the same."""

from collections.abc import Mapping
from dataclasses import dataclass

from prodsim.catalog.files import Files
from prodsim.catalog.model import Catalog, Product
from prodsim.catalog.source import Source
from prodsim.catalog.staging import check_room
from prodsim.config import Settings
from prodsim.errors import CatalogError, ImageError
from prodsim.images import MAX_BYTES, open_rgb, thumbnail

SAMPLES = 6


@dataclass(frozen=True)
class Preview:
    """A catalog whose files may be packed still. `samples`: thumbnails of some products by id, None of what is damaged.

    In a ZIP, damage is known where a picture begins, not in its content: that shows when it is unpacked.
    """

    catalog: Catalog
    samples: Mapping[str, bytes | None]


def look_into(source: Source, settings: Settings) -> Preview:
    """Read its list, its table, and some pictures. CatalogError if it is none, CacheError if there is no room."""
    with source.files() as files:
        check_room(files, settings)
        catalog = source.read(files)
        every = max(1, len(catalog) // SAMPLES)
        products = map(catalog.product, catalog.table.index[::every][:SAMPLES])
        return Preview(catalog, {product.id: _thumbnail(product, files) for product in products})


def _thumbnail(product: Product, files: Files) -> bytes | None:
    try:
        if files.size(product.image) > MAX_BYTES:
            return None
        return thumbnail(open_rgb(files.read(product.image)))
    except (CatalogError, ImageError):
        return None
