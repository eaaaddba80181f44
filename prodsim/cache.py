"""Folders in the cache that are made once: whole, or not at all."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from filelock import FileLock

from prodsim.errors import CacheError


def make_once(folder: Path, make: Callable[[Path], None]) -> Path:
    """`folder`, filled by `make` (which is given an empty folder) unless it is there; one process at a time.

    A process killed meanwhile leaves an unfinished folder that the next one starts anew. CacheError if it cannot be
    written.
    """
    unfinished = folder.with_name(f"{folder.name}.unfinished")
    try:
        with FileLock(folder.with_name(f"{folder.name}.lock")):
            if not folder.is_dir():
                shutil.rmtree(unfinished, ignore_errors=True)
                unfinished.mkdir()
                try:
                    make(unfinished)
                    os.replace(unfinished, folder)
                finally:
                    shutil.rmtree(unfinished, ignore_errors=True)
    except OSError as error:
        raise CacheError(
            f"The folder {folder} cannot be made: {error.strerror or error}. "
            "Free some space there, or set PRODSIM_CACHE_DIR to a folder that can be written."
        ) from error
    return folder
