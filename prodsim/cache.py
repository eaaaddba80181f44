"""Folders in the cache that are made once, and removed again: whole, or not at all."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from filelock import FileLock, Timeout

from prodsim.errors import CacheError

ABANDONED_SECONDS = 24 * 3600
"""What nobody asked for this long was given up, or is read by nobody any more."""


def make_once(folder: Path, make: Callable[[Path], None]) -> Path:
    """`folder`, filled by `make` (which is given an empty folder) unless it is there; one process at a time.

    A process killed meanwhile leaves an unfinished folder that the next one starts anew. CacheError if it cannot be
    written.
    """
    unfinished = _unfinished(folder)
    try:
        with FileLock(lock_of(folder)):
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


def remove(folder: Path) -> None:
    """Undo `make_once`, unless somebody is making it just now. What cannot be removed stays for another time.

    The folder loses its name before its files, so that a process killed meanwhile leaves no half of it.
    """
    try:
        with FileLock(lock_of(folder), timeout=0):
            shutil.rmtree(_unfinished(folder), ignore_errors=True)
            if folder.is_dir():
                os.replace(folder, _unfinished(folder))
                shutil.rmtree(_unfinished(folder), ignore_errors=True)
    except (OSError, Timeout):
        return


def lock_of(folder: Path) -> Path:
    """The file that stands for a folder made here; it stays, empty, when the folder is removed."""
    return folder.with_name(f"{folder.name}.lock")


def _unfinished(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.unfinished")
