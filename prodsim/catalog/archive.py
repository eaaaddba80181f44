"""A catalog's ZIP, unpacked: only its table and its pictures, and nothing outside the target folder.

Of an archive's names only the last part is used, so none of them can lead elsewhere. A picture that cannot be unpacked
does not stop the others: what was left out, and why, is written down beside them.
"""

import errno
import json
import shutil
import stat
import struct
import zipfile
import zlib
from collections.abc import Mapping
from contextlib import nullcontext, suppress
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from prodsim.catalog.table import NOT_UNPACKED, Problem
from prodsim.errors import CatalogError
from prodsim.images import SUFFIXES

MAX_FILES = 500_000
MAX_LIST_BYTES = 256 * MAX_FILES
"""Of the archive's list of its files, with their names; it is in memory while it is read."""
MAX_UNPACKED_BYTES = 20 * 1024**3
MAX_RATIO = 200
"""Unpacked over packed size of the whole archive; catalogs of JPEG pictures have about 1."""
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""What archives of pictures are made with. Python's bzip2 and LZMA unpack all of a bomb before its size is judged."""

LEFT_OUT = ".left-out.json"
_LISTED = b"PK\1\2"
_NAMED_IN_UTF_8 = 1 << 11

DAMAGED = (
    *(zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, struct.error),
    *(EOFError, NotImplementedError, RuntimeError, ValueError, OverflowError),
)
"""What `zipfile` raises on archives that are cut, altered or of an unknown kind."""
OF_THE_ARCHIVE = (None, errno.EINVAL, errno.ENAMETOOLONG, errno.EEXIST, errno.EILSEQ)
"""Numbers of OSError that a seek to nowhere or a member's name causes; a full disk has another one."""


def unpack(archive: Path | BinaryIO, folder: Path, name: str = "") -> None:
    """Fill `folder`, which is empty, with the archive's table (if any) and its pictures as `images/`.

    `archive` may be open already, as an upload is; `name` is what to call it then. CatalogError if it is no ZIP,
    encrypted or too large, or if its table or all of its pictures cannot be unpacked.
    """
    name = name or str(archive)
    try:
        with _opened(archive, name) as file, zipfile.ZipFile(_Modest(file, name)) as source:
            size = file.seek(0, 2)
            members, problems = _members(name, source)
            _check(name, size, members)
            (folder / "images").mkdir()
            outcome = {target: _unpack_one(source, member, folder / target) for target, member in members.items()}
    except DAMAGED as error:
        raise _unreadable(name, error) from error
    except OSError as error:
        if error.errno not in OF_THE_ARCHIVE:
            raise
        raise _unreadable(name, error.strerror or error) from error
    failed = {target: reason for target, reason in outcome.items() if reason}
    if failed and not ({*filter(_is_picture, outcome)} - failed.keys() and all(map(_is_picture, failed))):
        target = min(failed, key=_is_picture)  # the table if it is that
        raise _unreadable(name, f"{members[target].filename}: {failed[target]}")
    problems += [Problem(NOT_UNPACKED, members[target].filename, reason) for target, reason in failed.items()]
    if problems:
        found = [(problem.subject, problem.detail) for problem in problems]
        (folder / LEFT_OUT).write_text(json.dumps(found), encoding="utf-8")


def left_out(folder: Path) -> list[Problem]:
    """What `unpack` left out when it filled this folder. CatalogError if that can no longer be read."""
    path = folder / LEFT_OUT
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            raise ValueError("no file")
        found = json.loads(path.read_text(encoding="utf-8"))
        return [Problem(NOT_UNPACKED, str(subject), str(detail)) for subject, detail in found]
    except FileNotFoundError:
        return []
    except (OSError, ValueError, TypeError, RecursionError) as error:
        raise CatalogError(f"{path} is damaged. Delete it, or the whole catalog, and add that again.") from error


def _opened(archive: Path | BinaryIO, name: str) -> BinaryIO | nullcontext[BinaryIO]:
    if not isinstance(archive, Path):
        return nullcontext(archive)
    try:
        return archive.open("rb")
    except OSError as error:
        raise CatalogError(f"{name} cannot be read: {error.strerror}. Check its permissions.") from error


class _Modest:
    """An archive that refuses to read a list of files over the limits, which `zipfile` would take whole into memory."""

    def __init__(self, file: BinaryIO, name: str) -> None:
        self._file, self._name = file, name
        self.seek, self.tell, self.seekable = file.seek, file.tell, file.seekable

    def read(self, size: int = -1) -> bytes:
        data = b"" if size > MAX_LIST_BYTES else self._file.read(size)
        if size > MAX_LIST_BYTES or data.count(_LISTED) > MAX_FILES:
            raise CatalogError(
                f"{self._name} holds more than {MAX_FILES:,} files. Make several archives of it, or give the folder."
            )
        return data


def _members(name: str, source: zipfile.ZipFile) -> tuple[dict[str, zipfile.ZipInfo], list[Problem]]:
    """What to unpack: target name -> member; and what not. The same name twice: the one nearest to the top is taken."""
    infos = [info for info in source.infolist() if not info.filename.endswith("/")]  # `is_dir` fails without a name
    if any(info.flag_bits & 1 for info in infos):
        raise CatalogError(f"{name} is encrypted. Make the archive again without a password.")
    wanted: dict[str, zipfile.ZipInfo] = {}
    problems: list[Problem] = []
    for info in sorted(infos, key=lambda info: len(_path(info).parts)):
        target = _target(_path(info))
        if target is None:
            continue
        if stat.S_ISLNK(info.external_attr >> 16):
            problems.append(Problem(NOT_UNPACKED, info.filename, "a link"))
        elif target in wanted:
            problems.append(Problem(NOT_UNPACKED, info.filename, f"{wanted[target].filename} is used"))
        else:
            wanted[target] = info
    if not any(map(_is_picture, wanted)):
        inner = next((info.filename for info in infos if info.filename.lower().endswith(".zip")), "")
        hint = f"; perhaps it is {inner}, which is in it" if inner else ""
        raise CatalogError(f"{name} holds no pictures ({', '.join(SUFFIXES)}). Give a ZIP with images/<id>.jpg{hint}.")
    return wanted, problems


def _check(name: str, size: int, members: Mapping[str, zipfile.ZipInfo]) -> None:
    """CatalogError if the members would be too large. `size`: of the archive, in bytes.

    Its members' packed sizes tell nothing: they may overlap.
    """
    unpacked = sum(info.file_size for info in members.values())
    if unpacked > MAX_UNPACKED_BYTES or unpacked > MAX_RATIO * max(size, 1 << 16):
        raise CatalogError(
            f"{name} would unpack to {len(members)} files of {unpacked / 2**20:.0f} MB from {size / 2**20:.0f} MB, "
            f"more than the limits ({MAX_UNPACKED_BYTES >> 20} MB, {MAX_RATIO} times its size). "
            "Unpack it yourself and give the folder."
        )


def _unpack_one(source: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path) -> str:
    """Why a member could not be unpacked, of which nothing is left then; empty if it was."""
    if member.compress_type not in METHODS:
        return f"it is compressed by method {member.compress_type}, and not by deflate"
    try:
        with source.open(member) as packed, target.open("xb") as unpacked:
            shutil.copyfileobj(packed, unpacked, 1 << 20)
        return ""
    except DAMAGED as error:
        reason = str(error)
    except OSError as error:
        if error.errno not in OF_THE_ARCHIVE:
            raise
        reason = error.strerror or str(error)
        if error.errno in (errno.ENAMETOOLONG, errno.EEXIST):  # or the other one of this name would be removed
            return reason
    target.unlink(missing_ok=True)
    return reason or "damaged"


def _unreadable(name: str, reason: object) -> CatalogError:
    return CatalogError(
        f"{name} is not a readable ZIP: {reason}. Make the archive again, or give the catalog's folder."
    )


def _path(info: zipfile.ZipInfo) -> PurePosixPath:
    """A member's name. Some programs write UTF-8 and do not say so."""
    name = info.filename
    if not info.flag_bits & _NAMED_IN_UTF_8:
        with suppress(UnicodeError):
            name = name.encode("cp437").decode()
    return PurePosixPath(name.replace("\\", "/"))


def _target(name: PurePosixPath) -> str | None:
    if name.name.startswith(".") or "__MACOSX" in name.parts:
        return None
    if name.suffix.lower() == ".csv":
        return name.name
    if name.suffix.lower() in SUFFIXES:
        return f"images/{name.name}"
    return None


def _is_picture(target: str) -> bool:
    return target.startswith("images/")
