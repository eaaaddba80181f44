"""Files and folders in the cache: made whole or not at all, removed again, set aside when they are damaged."""

import os
import shutil
from collections.abc import Callable, Iterable
from contextlib import suppress
from itertools import count
from pathlib import Path
from uuid import uuid4

from filelock import FileLock, Timeout

from prodsim.errors import CacheError

ABANDONED_SECONDS = 24 * 3600
"""What nobody asked for this long was given up, or is read by nobody any more."""


def make_once(folder: Path, make: Callable[[Path], None]) -> Path:
    """`folder`, filled by `make` (which is given an empty folder) unless it is there; one process at a time.

    A process killed meanwhile leaves an unfinished folder that the next one starts anew. CacheError if it cannot be
    written.
    """
    if folder.is_dir():  # which may lie where nothing can be written
        return folder
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


def write_whole(path: Path, parts: Iterable[bytes]) -> None:
    """Write a file, over one of its name: a process killed meanwhile leaves the old one or the new one.

    CacheError if it cannot be written.
    """
    unfinished = path.with_name(f"{path.name}.{uuid4().hex}.unfinished")
    try:
        try:
            with unfinished.open("xb") as file:
                file.writelines(parts)
                file.flush()
                os.fsync(file.fileno())
            os.replace(unfinished, path)
        finally:
            unfinished.unlink(missing_ok=True)
    except OSError as error:
        raise CacheError(
            f"{path} cannot be written: {error.strerror}. "
            "Free some space there, or set PRODSIM_CACHE_DIR to a folder that can be written."
        ) from error


def set_aside(path: Path) -> Path:
    """Rename a file that is no use to `<name>.damaged-<number>` beside it. CacheError if it cannot be renamed."""
    aside = next(free for number in count(1) if not (free := path.with_name(f"{path.name}.damaged-{number}")).exists())
    try:
        os.replace(path, aside)
    except OSError as error:
        raise CacheError(
            f"{path} is damaged and cannot be set aside: {error.strerror}. "
            "Remove it, or set PRODSIM_CACHE_DIR to another folder."
        ) from error
    return aside


def asked_for(folder: Path) -> None:
    """Note that somebody asked for a folder made here; where nothing can be written, nothing is removed either."""
    with suppress(OSError):
        lock_of(folder).touch()


def lock_of(folder: Path) -> Path:
    """The file that stands for a folder made here; it stays, empty, when the folder is removed."""
    return folder.with_name(f"{folder.name}.lock")


def _unfinished(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.unfinished")
