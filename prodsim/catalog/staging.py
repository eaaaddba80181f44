"""Catalogs on their way in: an uploaded ZIP, or a folder or ZIP below the server's catalog root, ready to be looked at.

What is unpacked lies in the cache under its content's hash, whole or not at all, so that the same is unpacked once.
Messages call a thing by the name it was given under: the visitor knows no paths of the server.
"""

import hashlib
import os
import time
from collections.abc import Collection
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from prodsim.catalog.archive import unpack
from prodsim.catalog.folder import read_catalog
from prodsim.catalog.model import Catalog
from prodsim.config import PREFIX, Settings
from prodsim.errors import CatalogError, ConfigError
from prodsim.storage import ABANDONED_SECONDS, asked_for, make_once, remove

MAX_UPLOAD_MB = 500
"""For a ZIP of some 40,000 pictures of 300x400; it is in memory while it is uploaded."""

PLACE = "staged"
_SUFFIX_ZIP = ".zip"


def stage_upload(upload: BytesIO, name: str, settings: Settings) -> Path:
    """The folder of an uploaded ZIP's catalog. CatalogError if it is too large, no ZIP, or holds no catalog."""
    size = upload.seek(0, os.SEEK_END)
    if size > MAX_UPLOAD_MB << 20:
        raise CatalogError(
            f"{name} has {size / 2**20:,.0f} MB, but an upload may have {MAX_UPLOAD_MB} MB. "
            f"Put it into {PREFIX}CATALOG_ROOT on the server, or make its pictures smaller."
        )
    upload.seek(0)
    return _staged(hashlib.file_digest(upload, "sha256").hexdigest(), upload, name, settings)


def choices(settings: Settings) -> list[str]:
    """Names of the folders and ZIPs right below the catalog root. ConfigError if there is no such root."""
    root = settings.catalog_root
    if root is None:
        raise ConfigError(f"{PREFIX}CATALOG_ROOT is not set. Set it to the folder that holds the catalogs.")
    try:
        with os.scandir(root) as entries:
            names = sorted(entry.name for entry in entries if not entry.name.startswith("."))
    except OSError as error:
        raise ConfigError(
            f"{PREFIX}CATALOG_ROOT is {root}, which cannot be read: {error.strerror}. Set it to a folder that can."
        ) from error
    return [name for name in names if name.isprintable() and _can_be_chosen(root.resolve(), name)]


def stage_choice(name: str, settings: Settings) -> Path:
    """The catalog's folder for one of `choices`: itself, or where the ZIP was unpacked. CatalogError if it is none."""
    root = settings.catalog_root
    if root is None or name not in choices(settings):
        raise CatalogError(f"There is no folder or ZIP {name!r} below {PREFIX}CATALOG_ROOT. Choose another one.")
    path = (root / name).resolve()
    if path.is_dir():
        return path
    status = path.stat()
    facts = os.fsencode(path) + f"\0{status.st_size}\0{status.st_mtime_ns}".encode()
    return _staged(hashlib.sha256(facts).hexdigest(), path, name, settings)


def read_staged(folder: Path, name: str) -> Catalog:
    """The catalog in a folder, called `name`; CatalogError calls the folder so as well."""
    try:
        return read_catalog(folder, name)
    except CatalogError as error:
        raise CatalogError(str(error).replace(str(folder), name)) from error


def is_staged(folder: Path, settings: Settings) -> bool:
    """Whether a folder was unpacked here, so that it may be removed: a real folder right in the place for it."""
    return folder.resolve().parent == (settings.cache_dir / PLACE).resolve() and not folder.is_symlink()


def sweep(settings: Settings, kept: Collection[Path]) -> None:
    """Remove what was staged, is not among `kept`, and nobody asked for since ABANDONED_SECONDS."""
    for lock in (settings.cache_dir / PLACE).glob("*.lock"):
        folder = lock.with_suffix("")
        if folder not in kept and time.time() - lock.stat().st_mtime > ABANDONED_SECONDS:
            remove(folder)


def _staged(key: str, archive: Path | BinaryIO, name: str, settings: Settings) -> Path:
    def make(folder: Path) -> None:
        unpack(archive, folder, name)
        read_staged(folder, name)

    folder = make_once(settings.folder(PLACE) / key[:24], make)
    asked_for(folder)
    return folder


def _can_be_chosen(root: Path, name: str) -> bool:
    """Whether it is a folder or a ZIP, and neither it nor its pictures or tables lead out of the root by a link."""
    path = root / name
    if path.is_dir():
        places = [path, path / "images", *path.glob("*.[cC][sS][vV]")]
    elif path.is_file() and path.suffix.lower() == _SUFFIX_ZIP:
        places = [path]
    else:
        return False
    return all(place.resolve().is_relative_to(root) for place in places)
