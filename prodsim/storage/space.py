"""Room on the disk: some of it is kept free for everything else, and what visitors bring has only so much."""

import os
import shutil
from pathlib import Path

from prodsim.errors import CacheError

KEPT_FREE_BYTES = 2 * 2**30
"""Of the disk that the cache is on: for the log, the system, and what others write."""
MAX_CACHE_BYTES = 20 * 2**30
"""What the whole cache may have after something was added to it."""
BLOCK_BYTES = 4096
"""Disks give room in blocks: a file of one byte takes one."""


def on_disk(size: int) -> int:
    """What a file of `size` bytes takes of a disk, in bytes."""
    return -(-size // BLOCK_BYTES) * BLOCK_BYTES


def taken(folder: Path) -> int:
    """What the files in a folder, and in those below, take of the disk, in bytes; links are not followed."""
    total, folders = 0, [str(folder)]
    while folders:
        try:
            with os.scandir(folders.pop()) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(entry.path)
                    else:
                        total += on_disk(entry.stat(follow_symlinks=False).st_size)
        except OSError:  # removed meanwhile
            continue
    return total


def check_disk(name: str, needed: int, folder: Path) -> None:
    """CacheError if `needed` more bytes in `folder`, which is there, leave less of its disk than is kept free.

    `name` is what needs them.
    """
    free = shutil.disk_usage(folder).free
    if free - needed < KEPT_FREE_BYTES:
        raise CacheError(
            f"{name} takes {_mb(needed)} of disk, but {_mb(free)} are free, and {_mb(KEPT_FREE_BYTES)} of it must stay "
            "so. Free some space there, or give a smaller one."
        )


def check_cache(name: str, needed: int, cache: Path) -> None:
    """CacheError if `needed` more bytes make the whole cache larger than it may be."""
    used = taken(cache)
    if used + needed > MAX_CACHE_BYTES:
        raise CacheError(
            f"{name} takes {_mb(needed)} of disk, but the cache has {_mb(used)} already, and may have "
            f"{_mb(MAX_CACHE_BYTES)}. Delete a catalog that is not needed, or give a smaller one."
        )


def _mb(size: int) -> str:
    return f"{size / 2**20:,.0f} MB"
