"""Catalogs on their way in: an uploaded ZIP, or a folder or ZIP below the server's catalog root.

They are looked at where they are. What is unpacked, to be indexed and added, lies in the cache under its content's
hash, whole or not at all. It is removed when nobody is adding it any more, unless it has become a catalog.
"""

import hashlib
import os
from collections.abc import Collection
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from uuid import uuid4

from filelock import FileLock, Timeout

from prodsim.catalog.files import Files
from prodsim.catalog.source import Source
from prodsim.config import PREFIX, Settings
from prodsim.errors import CatalogError, ConfigError
from prodsim.storage import check_cache, check_disk, remove

MAX_UPLOAD_MB = 500
"""For a ZIP of some 40,000 pictures of 300x400; it is in memory while it is uploaded."""

PLACE = "staged"
_SUFFIX_ZIP = ".zip"
_CLAIM = "adding"


def uploaded(upload: BytesIO, name: str, settings: Settings) -> Source:
    """The source that an uploaded ZIP is. CatalogError if it is too large. Its bytes are not copied."""
    size = upload.seek(0, os.SEEK_END)
    if size > MAX_UPLOAD_MB << 20:
        raise CatalogError(
            f"{name} has {size / 2**20:,.0f} MB, but an upload may have {MAX_UPLOAD_MB} MB. "
            f"Put it into {PREFIX}CATALOG_ROOT on the server, or make its pictures smaller."
        )
    return Source(name, _place(upload.getvalue(), settings), upload)  # `getbuffer` would copy it


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


def chosen(name: str, settings: Settings) -> Source:
    """The source that one of `choices` is. CatalogError if it is none of them."""
    root = settings.catalog_root
    if root is None or name not in choices(settings):
        raise CatalogError(f"There is no folder or ZIP {name!r} below {PREFIX}CATALOG_ROOT. Choose another one.")
    path = (root / name).resolve()
    if path.is_dir():
        return Source(name, path)
    status = path.stat()
    facts = os.fsencode(path) + f"\0{status.st_size}\0{status.st_mtime_ns}".encode()
    return Source(name, _place(facts, settings), path)


def check_room(files: Files, settings: Settings) -> None:
    """CacheError if files that are to be unpacked would fill the disk, or the cache."""
    if not files.folder.is_dir():
        check_disk(files.name, files.unpacked_bytes, settings.folder())
        check_cache(files.name, files.unpacked_bytes, settings.cache_dir)


def is_staged(folder: Path, settings: Settings) -> bool:
    """Whether a folder was unpacked here, so that it may be removed: a real folder right in the place for it."""
    return folder.resolve().parent == (settings.cache_dir / PLACE).resolve() and not folder.is_symlink()


def claim(folder: Path) -> FileLock:
    """While it is held, a folder is not swept. Each who adds what is in it has one."""
    return FileLock(f"{folder}.{uuid4().hex}.{_CLAIM}")


def left_over(settings: Settings, kept: Collection[Path]) -> list[Path]:
    """Folders that were unpacked, are not among `kept`, and are claimed by nobody; some are not there, but traces."""
    place = settings.cache_dir / PLACE
    folders = sorted({place / path.name.partition(".")[0] for path in place.glob("*")})
    return [
        folder for folder in folders if is_staged(folder, settings) and folder not in kept and not _is_claimed(folder)
    ]


def sweep(settings: Settings, kept: Collection[Path]) -> None:
    """Remove what is left over; nobody may claim it meanwhile."""
    for folder in left_over(settings, kept):
        remove(folder)
        for lock in folder.parent.glob(f"{folder.name}.*"):
            with suppress(OSError):
                lock.unlink()


def _is_claimed(folder: Path) -> bool:
    """Whether somebody adds it just now. A process that was killed holds no claim any more."""
    try:
        for path in folder.parent.glob(f"{folder.name}.*.{_CLAIM}"):
            with FileLock(path, timeout=0):
                continue
    except Timeout:
        return True
    return False


def _place(facts: bytes, settings: Settings) -> Path:
    """Where that of which these are the facts is unpacked to."""
    return settings.cache_dir / PLACE / hashlib.sha256(facts).hexdigest()[:24]


def _can_be_chosen(root: Path, name: str) -> bool:
    """Whether it is a folder or a ZIP in the root, and no link that leads out of it. What is in a folder is judged when
    that is read.
    """
    path = root / name
    usable = path.is_dir() or (path.is_file() and path.suffix.lower() == _SUFFIX_ZIP)
    return usable and path.resolve().is_relative_to(root)
