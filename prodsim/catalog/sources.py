"""The catalog of the settings: a folder, a table, or a ZIP, unpacked once into the cache; the built-in demo is one."""

import glob
import hashlib
import os
import time
from pathlib import Path

from prodsim.catalog.files import Files
from prodsim.catalog.folder import Folder
from prodsim.catalog.headers import roles_of
from prodsim.catalog.model import Catalog
from prodsim.catalog.source import Source, materialize
from prodsim.catalog.tables import TABLE_SUFFIXES
from prodsim.config import Settings
from prodsim.errors import CatalogError
from prodsim.storage import ABANDONED_SECONDS, asked_for, check_disk, remove

DEMO = Path(__file__).with_name("demo.zip")
"""300 invented products. Beside it lie the embeddings of their pictures by `mini`, which `index` takes first."""
DEMO_NAME = DEMO.stem
DIGITS = 12
"""Of a hash, in hex."""
SHORT = 40
"""Characters of a ZIP's name that its folder has; also in four bytes each they leave room for what follows."""


def open_catalog(settings: Settings) -> Catalog:
    """The catalog that the settings name; the demo if they name none. CatalogError or CacheError says what is wrong."""
    source = settings.catalog or DEMO
    roles = roles_of(settings.roles)
    if os.path.isdir(source):  # unlike Path.is_dir, False also for what may not be looked at
        return Source(str(source), source, roles=roles, title=source.name).read(Folder(source))
    if not os.path.isfile(source):
        raise CatalogError(
            f"There is no catalog {source}. Set PRODSIM_CATALOG or --catalog to a folder, a ZIP or a table."
        )
    if source.suffix.lower() in TABLE_SUFFIXES:
        return Source(str(source), source.parent, table=source, roles=roles, title=source.stem).read(
            Folder(source.parent, str(source.parent))
        )

    def check(files: Files) -> None:
        if source != DEMO:  # which is small, and comes with the app
            check_disk(files.name, files.unpacked_bytes, settings.folder())

    unpacked = _unpacked(source, settings)
    catalog = materialize(Source(str(source), unpacked, source, roles=roles, title=source.stem), check)
    asked_for(unpacked)
    _remove_older(unpacked)
    return catalog


def _unpacked(archive: Path, settings: Settings) -> Path:
    """Where a ZIP is unpacked to: its name, a hash of its path, and one that changes when it does; it is not read.

    The demo is read, as every installation has its own file of it.
    """
    if archive == DEMO:
        return settings.folder("catalogs") / f"{DEMO_NAME}-{_digits(DEMO.read_bytes())}"
    status = archive.stat()
    path, state = os.fsencode(archive), f"{status.st_size}\0{status.st_mtime_ns}".encode()
    return settings.folder("catalogs") / "-".join([archive.stem[:SHORT], _digits(path), _digits(path + b"\0" + state)])


def _remove_older(unpacked: Path) -> None:
    """Remove what the same ZIP was unpacked to before it changed, once nobody can be reading there any more."""
    same = unpacked.name.rpartition("-")[0]
    for lock in unpacked.parent.glob(f"{glob.escape(same)}-{'?' * DIGITS}.lock"):
        folder = lock.with_suffix("")
        if folder != unpacked and time.time() - lock.stat().st_mtime > ABANDONED_SECONDS:
            remove(folder)


def _digits(facts: bytes) -> str:
    return hashlib.sha256(facts).hexdigest()[:DIGITS]
