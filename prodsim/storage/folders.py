"""What lies in a catalog's folder, and what only seems to: links that lead out of it are never followed."""

import errno
import os
import stat
from pathlib import Path

from prodsim.errors import CatalogError


def entries(folder: Path, name: str = "") -> list[os.DirEntry[str]]:
    """All but hidden ones and folders. CatalogError, which calls it `name`, if the folder cannot be read."""
    try:
        with os.scandir(folder) as found:
            return [entry for entry in found if not entry.name.startswith(".") and not os.path.isdir(entry)]
    except OSError as error:
        raise CatalogError(
            f"The folder {name or folder} cannot be read: {error.strerror}. Check its permissions."
        ) from error


def size_of(path: Path) -> int:
    """A file's size in bytes. OSError if there is none, a pipe and a device included, which may be read for ever."""
    status = path.stat()
    if not (stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode)):  # a folder says so when it is read
        raise OSError(errno.EINVAL, "it is no file, but a pipe or a device")
    return status.st_size


def is_own_file(entry: os.DirEntry[str], folder: Path) -> bool:
    """Whether it is a file below `folder`: no pipe, no device, no link to nowhere, to itself or to elsewhere."""
    if entry.is_symlink():
        return os.path.isfile(entry) and not leads_out(Path(entry), folder)
    return entry.is_file(follow_symlinks=False)


def leads_out(path: Path, folder: Path) -> bool:
    """Whether links on the way to `path` lead to something that is not below `folder`, itself perhaps a link."""
    return not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))


def state_of(status: os.stat_result) -> tuple[int, int]:
    """What changes when a file does: its size, and when it was last written, renamed or given another time, in
    nanoseconds. Who moves another file of the same size and time into its place changes it as well.
    """
    return status.st_size, max(status.st_mtime_ns, status.st_ctime_ns)
