"""The catalog of the settings: a folder, a table, or a ZIP, unpacked once into the cache; the built-in demo is one."""

import glob
import hashlib
import os
import time
from contextlib import suppress
from pathlib import Path

from prodsim.catalog.files import Files
from prodsim.catalog.folder import Folder
from prodsim.catalog.headers import roles_of
from prodsim.catalog.model import Catalog
from prodsim.catalog.source import Source, materialize
from prodsim.catalog.tables import TABLE_SUFFIXES
from prodsim.config import Settings
from prodsim.errors import CacheError, CatalogError
from prodsim.storage import ABANDONED_SECONDS, asked_for, check_disk, remove, write_whole

DEMO = Path(__file__).with_name("demo.zip")
"""300 invented products. Beside it lie the embeddings of their pictures by `mini`, which `index` takes first."""
DEMO_NAME = DEMO.stem
_PLACE, _NOTE = "catalogs", ".source"
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

    settings.folder(_PLACE)
    unpacked = _unpacked(source, settings.cache_dir)
    catalog = materialize(Source(str(source), unpacked, source, roles=roles, title=source.stem), check)
    asked_for(unpacked)
    _note(unpacked, source)
    _remove_older(unpacked)
    return catalog


def unpacked_zips(settings: Settings) -> dict[Path, bool | None]:
    """Every folder that a ZIP was unpacked to -> whether it is what the ZIP holds now; None if that cannot be known.

    False also if the ZIP is gone, or of another version's demo.
    """
    found: dict[Path, bool | None] = {}
    demo = _unpacked(DEMO, settings.cache_dir)
    for folder in sorted(settings.cache_dir.joinpath(_PLACE).glob("*/")):
        if folder.suffix != ".unfinished":
            found[folder] = folder == demo if folder.name.count("-") == 1 else _is_current(folder, settings)
    return found


def unpacked_now(settings: Settings) -> list[Path]:
    """Where the ZIP of the settings, if they name one, and the demo are unpacked to, or would be."""
    sources = [DEMO, settings.catalog]
    packed = [each for each in sources if each and each.suffix.lower() == ".zip" and os.path.isfile(each)]
    return [_unpacked(each, settings.cache_dir) for each in packed]


def _note(unpacked: Path, archive: Path) -> None:
    """Write down beside a folder which ZIP it was, so that it can be known when that is gone."""
    note = unpacked.with_name(f"{unpacked.name}{_NOTE}")
    if archive != DEMO and not note.exists():
        with suppress(CacheError):
            write_whole(note, [os.fsencode(archive)])


def _is_current(folder: Path, settings: Settings) -> bool | None:
    try:
        archive = Path(os.fsdecode(folder.with_name(f"{folder.name}{_NOTE}").read_bytes()))
        return archive.is_file() and _unpacked(archive, settings.cache_dir) == folder
    except (OSError, ValueError):  # there is no note, or no path in it
        return None


def origin(catalog: Catalog, settings: Settings) -> Path:
    """Where a catalog comes from, which stays the same when it changes: its folder; for a ZIP of the settings one that
    has its name, but does not tell how it is now.
    """
    folder = catalog.folder
    return folder.with_name(folder.name.rpartition("-")[0]) if folder.parent == settings.cache_dir / _PLACE else folder


def _unpacked(archive: Path, cache: Path) -> Path:
    """Where a ZIP is unpacked to: its name, a hash of its path, and one that changes when it does; it is not read.

    The demo is read, as every installation has its own file of it.
    """
    if archive == DEMO:
        return cache / _PLACE / f"{DEMO_NAME}-{_digits(DEMO.read_bytes())}"
    status = archive.stat()
    path, state = os.fsencode(archive), f"{status.st_size}\0{status.st_mtime_ns}".encode()
    return cache / _PLACE / "-".join([archive.stem[:SHORT], _digits(path), _digits(path + b"\0" + state)])


def _remove_older(unpacked: Path) -> None:
    """Remove what the same ZIP was unpacked to before it changed, once nobody can be reading there any more."""
    same = unpacked.name.rpartition("-")[0]
    for lock in unpacked.parent.glob(f"{glob.escape(same)}-{'?' * DIGITS}.lock"):
        folder = lock.with_suffix("")
        if folder != unpacked and time.time() - lock.stat().st_mtime > ABANDONED_SECONDS:
            remove(folder)
            with suppress(OSError):  # there is none
                folder.with_name(f"{folder.name}{_NOTE}").unlink()


def _digits(facts: bytes) -> str:
    return hashlib.sha256(facts).hexdigest()[:DIGITS]
