"""A catalog's ZIP, unpacked: only its table and its pictures, and nothing outside the target folder.

Of an archive's names only the last part is used, so none of them can lead elsewhere.
"""

import errno
import lzma
import shutil
import stat
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from prodsim.errors import CatalogError
from prodsim.images import SUFFIXES

MAX_FILES = 500_000
MAX_UNPACKED_BYTES = 20 * 1024**3
MAX_RATIO = 200
"""Unpacked over packed size of the whole archive; catalogs of JPEG pictures have about 1."""


def unpack(archive: Path | BinaryIO, folder: Path, name: str = "") -> None:
    """Fill `folder`, which is empty, with the archive's table (if any) and its pictures as `images/`.

    `archive` may be open already, as an upload is; `name` is what to call it then. CatalogError if it is damaged,
    encrypted, too large or holds no picture.
    """
    name = name or str(archive)
    try:
        with zipfile.ZipFile(archive) as source:
            members = _members(name, source)
            (folder / "images").mkdir()
            for target, member in members.items():
                with source.open(member) as packed, (folder / target).open("xb") as unpacked:
                    shutil.copyfileobj(packed, unpacked, 1 << 20)
    except DAMAGED as error:
        raise _unreadable(name, error) from error
    except OSError as error:  # from a decoder, a seek to nowhere, a member's name; a full disk has another number
        if error.errno not in (None, errno.EINVAL, errno.ENAMETOOLONG):
            raise
        raise _unreadable(name, error.strerror or error) from error


DAMAGED = (
    *(zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, lzma.LZMAError),
    *(EOFError, NotImplementedError, RuntimeError, UnicodeDecodeError),
)
"""What `zipfile` raises on archives that are cut, altered or of an unknown kind."""


def _unreadable(name: str, reason: object) -> CatalogError:
    return CatalogError(f"{name} is not a readable ZIP: {reason}. Make the archive again.")


def _members(name: str, source: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """What to unpack: target name -> member. The same name twice: the one nearest to the top of the archive."""
    infos = [info for info in source.infolist() if not info.is_dir() and not stat.S_ISLNK(info.external_attr >> 16)]
    if any(info.flag_bits & 1 for info in infos):
        raise CatalogError(f"{name} is encrypted. Make the archive again without a password.")
    wanted: dict[str, zipfile.ZipInfo] = {}
    for info in sorted(infos, key=lambda info: info.filename.count("/")):
        target = _target(PurePosixPath(info.filename.replace("\\", "/")))
        if target:
            wanted.setdefault(target, info)
    packed = sum(info.compress_size for info in wanted.values())
    unpacked = sum(info.file_size for info in wanted.values())
    if len(wanted) > MAX_FILES or unpacked > MAX_UNPACKED_BYTES or unpacked > MAX_RATIO * max(packed, 1 << 16):
        raise CatalogError(
            f"{name} would unpack to {len(wanted)} files of {unpacked / 2**20:.0f} MB from {packed / 2**20:.0f} MB, "
            f"more than the limits ({MAX_FILES} files, {MAX_UNPACKED_BYTES >> 20} MB, {MAX_RATIO} times its size). "
            "Unpack it yourself and give the folder."
        )
    if not any(target.startswith("images/") for target in wanted):
        raise CatalogError(f"{name} holds no pictures ({', '.join(SUFFIXES)}). Give a ZIP with images/<id>.jpg.")
    return wanted


def _target(name: PurePosixPath) -> str | None:
    hidden = name.name.startswith(".") or "__MACOSX" in name.parts
    if hidden or "\0" in str(name):
        return None
    if name.suffix.lower() == ".csv":
        return name.name
    if name.suffix.lower() in SUFFIXES:
        return f"images/{name.name}"
    return None
