"""A catalog's ZIP, read where it is, or unpacked: only its tables and its pictures, and nothing outside of the target.

Folders stay as they are. A picture that cannot be unpacked does not stop the others: what was left out, and why, is
written down beside them.
"""

import errno
import json
import os
import shutil
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from prodsim.catalog.files import LEFT_OUT, MAX_DEPTH, File, sort
from prodsim.catalog.member_names import METHODS
from prodsim.catalog.members import Modest, check_sizes, is_wanted, members_of
from prodsim.catalog.problems import KINDS, NOT_UNPACKED, Problem
from prodsim.catalog.tables import TABLE_SUFFIXES
from prodsim.errors import CatalogError
from prodsim.storage import on_disk

MAX_NAME_BYTES, MAX_PATH_BYTES = 255, 2_000
"""Of a file's name, and of its path in the catalog's folder, in UTF-8: what disks take."""

DAMAGED = (
    *(zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, struct.error),
    *(EOFError, NotImplementedError, RuntimeError, ValueError, OverflowError),
)
"""What `zipfile` raises on archives that are cut, altered or of an unknown kind."""
OF_THE_ARCHIVE = (None, errno.EINVAL, errno.ENAMETOOLONG, errno.EEXIST, errno.EILSEQ)
"""Numbers of OSError that a seek to nowhere or a member's name causes; a full disk has another one."""


class Archive:
    """The files of a ZIP that is open, as they lie in `folder` when it is unpacked there.

    CatalogError if it is no ZIP, encrypted or too large, or if a table or all of its pictures cannot be unpacked, as
    far as that shows before it is tried.
    """

    def __init__(self, file: BinaryIO, name: str, folder: Path) -> None:
        self.name, self.folder = name, folder
        with _told(name):
            self._zip = zipfile.ZipFile(Modest(file, name))
            self._members, self._left_out = members_of(name, self._zip)
            wanted = {target: info for target, info in self._members.items() if is_wanted(target)}
            check_sizes(name, file.seek(0, 2), wanted)
            self._leave_out({target: self._flaw(target) for target in wanted})
        self.unpacked_bytes = sum(on_disk(member.file_size) for member in wanted.values())

    def all(self) -> list[File]:
        """Every file, at whatever depth."""
        return [File(self.folder, target) for target in self._members]

    def left_out(self) -> list[Problem]:
        """What cannot be unpacked, as far as that is known."""
        return self._left_out

    def size(self, path: Path) -> int:
        """Of a file's content, in bytes; zipfile reads no more."""
        return self._members[self._target(path)].file_size

    def read(self, path: Path, most: int | None = None) -> bytes:
        """A file's content, or how it begins. CatalogError if it is damaged."""
        member = self._members[self._target(path)]
        with _told(self.name, f"{member.filename}: "), self._zip.open(member) as file:
            return file.read(-1 if most is None else most)

    def unpack(self, folder: Path) -> None:
        """Fill a folder, which is empty, and note there what was left out. CatalogError as at first."""
        found = sort(self)
        with _told(self.name):
            targets = [file.within for file in (*found.tables, *found.pictures)]
            self._leave_out({target: self._unpack(target, folder / target) for target in targets})
        if problems := [*found.problems, *self._left_out]:
            told = [(problem.kind, problem.subject, problem.detail) for problem in problems]
            (folder / LEFT_OUT).write_text(json.dumps(told), encoding="utf-8")

    def _target(self, path: Path) -> str:
        return path.relative_to(self.folder).as_posix()

    def _leave_out(self, outcome: Mapping[str, str]) -> None:
        """Those with a reason are no files of it. CatalogError if a table is among them, or all pictures are."""
        failed = {target: reason for target, reason in outcome.items() if reason}
        tables = {target for target in outcome if PurePosixPath(target).suffix.lower() in TABLE_SUFFIXES}
        if failed and (tables & failed.keys() or {*outcome} <= tables | failed.keys()):
            target = min(failed, key=lambda target: target not in tables)
            raise _unreadable(self.name, f"{target}: {failed[target]}")
        for target, reason in failed.items():
            del self._members[target]
            self._left_out.append(Problem(NOT_UNPACKED, target, reason))

    def _flaw(self, target: str) -> str:
        """Why a member cannot be unpacked, as far as that shows where it begins; empty if it may be."""
        member = self._members[target]
        if member.compress_type not in METHODS:
            return f"it is compressed by method {member.compress_type}, and not by deflate"
        parts = [len(part.encode(errors="replace")) for part in target.split("/")]
        if max(parts) > MAX_NAME_BYTES or sum(parts) > MAX_PATH_BYTES or len(parts) > MAX_DEPTH:
            return os.strerror(errno.ENAMETOOLONG)
        try:
            self._zip.open(member).close()
            return ""
        except (*DAMAGED, OSError) as error:
            return _reason(error)

    def _unpack(self, target: str, path: Path) -> str:
        """Why a member could not be unpacked, of which nothing is left then; empty if it was."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with self._zip.open(self._members[target]) as packed, path.open("xb") as unpacked:
                shutil.copyfileobj(packed, unpacked, 1 << 20)
            return ""
        except (*DAMAGED, OSError) as error:
            reason = _reason(error)
            if not isinstance(error, FileExistsError):  # or the other one of this name would be removed
                path.unlink(missing_ok=True)
            return reason


@contextmanager
def opened(archive: Path | BinaryIO, name: str, folder: Path) -> Iterator[Archive]:
    """A ZIP that may be open already, as an upload is, called `name`. CatalogError as `Archive`."""
    if not isinstance(archive, Path):
        yield Archive(archive, name, folder)
        return
    try:
        file = archive.open("rb")
    except OSError as error:
        raise CatalogError(f"{name} cannot be read: {error.strerror}. Check its permissions.") from error
    with file:
        yield Archive(file, name, folder)


def left_out(folder: Path, name: str) -> list[Problem]:
    """What was left out when this folder, called `name`, was filled. CatalogError if that can no longer be read."""
    path = folder / LEFT_OUT
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            raise ValueError("no file")
        found = json.loads(path.read_text(encoding="utf-8"))
        if any(kind not in KINDS for kind, *_ in found):
            raise ValueError("of another version")
        return [Problem(kind, str(subject), str(detail)) for kind, subject, detail in found]
    except FileNotFoundError:
        return []
    except (OSError, ValueError, TypeError, RecursionError) as error:
        raise CatalogError(
            f"{name}/{LEFT_OUT} is damaged. Delete it, or the whole catalog, and add that again."
        ) from error


@contextmanager
def _told(name: str, where: str = "") -> Iterator[None]:
    """What is wrong with an archive, `where` in it, as CatalogError."""
    try:
        yield
    except (*DAMAGED, OSError) as error:
        raise _unreadable(name, f"{where}{_reason(error)}") from error


def _reason(error: Exception) -> str:
    """What an archive caused; anything else is raised again."""
    if not isinstance(error, OSError):
        return str(error) or "damaged"
    if error.errno not in OF_THE_ARCHIVE:
        raise error
    return error.strerror or str(error)


def _unreadable(name: str, reason: object) -> CatalogError:
    return CatalogError(
        f"{name} is not a readable ZIP: {reason}. Make the archive again, or give the catalog's folder."
    )
