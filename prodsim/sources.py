"""Where a catalog comes from: a folder, a ZIP (unpacked once into the cache), or the built-in demo (drawn once)."""

import hashlib
import os
from pathlib import Path

from prodsim.archive import unpack
from prodsim.cache import make_once
from prodsim.catalog import Catalog, read_catalog
from prodsim.config import Settings
from prodsim.demo import DEMO_NAME, DEMO_VERSION, write_demo
from prodsim.errors import CatalogError


def open_catalog(settings: Settings) -> Catalog:
    """The catalog that the settings name; the demo if they name none. CatalogError or CacheError says what is wrong."""
    source = settings.catalog
    if source is None:
        folder = make_once(settings.folder("catalogs") / f"demo-{DEMO_VERSION}", write_demo)
        return read_catalog(folder, DEMO_NAME)
    if os.path.isdir(source):  # unlike Path.is_dir, False also for what may not be looked at
        return read_catalog(source)
    if not os.path.isfile(source):
        raise CatalogError(f"There is no catalog {source}. Set PRODSIM_CATALOG or --catalog to a folder or a ZIP.")
    unpacked = settings.folder("catalogs") / f"{source.stem}-{_identity(source)}"
    return read_catalog(make_once(unpacked, lambda folder: unpack(source, folder)), source.stem)


def _identity(archive: Path) -> str:
    """12 hex digits that change when the archive does, without reading it."""
    status = archive.stat()
    facts = f"{archive}\0{status.st_size}\0{status.st_mtime_ns}"
    return hashlib.sha256(facts.encode()).hexdigest()[:12]
