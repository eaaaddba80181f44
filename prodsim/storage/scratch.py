"""A cache that cannot be written is read, and what is new is kept only while the program runs: in a scratch folder."""

import atexit
import os
import shutil
import tempfile
from functools import lru_cache
from pathlib import Path
from threading import Lock

from prodsim.config import PREFIX, Settings
from prodsim.errors import CacheError

_LINKED = ("catalogs", "staged")
"""Folders of the cache that hold folders which never change once they are there."""
_KEPT = (
    "hashes.sqlite",
    "stores/*/*.arrow",
    "stores/*/manifest.json",
    "library/*.json",
    "indexed/*.json",
    "reports/*.json",
    "reports/*.speed",
)
"""Files of the cache. Parts of stores, `*.arrow`, never change once they are there."""

_making = Lock()


def writable(settings: Settings) -> tuple[Settings, str]:
    """Settings with a cache that can be written, and what to say if that is not the one asked for.

    CacheError if there is no place at all.
    """
    reason = _reason(settings)
    if not reason:
        return settings, ""
    with _making:
        scratch = _scratch(settings.cache_dir)
    return (
        settings.replace(cache_dir=scratch, weights_dir=settings.weights_dir),
        f"The cache folder {settings.cache_dir} cannot be written: {reason}. What is there is used, and what is new is "
        f"forgotten when the program ends. Set {PREFIX}CACHE_DIR to a folder that can be written.",
    )


def _reason(settings: Settings) -> str:
    try:
        folder = settings.folder()
    except CacheError as error:
        return getattr(error.__cause__, "strerror", None) or "it cannot be made"
    return "" if os.access(folder, os.W_OK | os.X_OK) else "it is read-only"


@lru_cache
def _scratch(cache: Path) -> Path:
    try:
        scratch = Path(tempfile.mkdtemp(prefix="prodsim-"))
        atexit.register(shutil.rmtree, scratch, ignore_errors=True)
        for name in _LINKED:
            (scratch / name).mkdir()
            for folder in (cache / name).glob("*/"):
                (scratch / name / folder.name).symlink_to(folder, target_is_directory=True)
        for file in (file for pattern in _KEPT for file in cache.glob(pattern)):
            copy = scratch / file.relative_to(cache)
            copy.parent.mkdir(parents=True, exist_ok=True)
            if file.suffix == ".arrow":
                copy.symlink_to(file)
            else:
                shutil.copyfile(file, copy)
    except OSError as error:
        raise CacheError(
            f"The cache folder {cache} cannot be written, nor another place found: {error.strerror}. "
            f"Set {PREFIX}CACHE_DIR to a folder that can be written."
        ) from error
    return scratch
