"""What a ZIP lists of a catalog's files, and which of them are taken: tables and pictures, by the last part of a name.

The list is judged before it is parsed, and the sizes that it tells before anything is unpacked.
"""

import stat
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import PurePosixPath
from typing import BinaryIO

from prodsim.catalog.problems import NOT_UNPACKED, Problem
from prodsim.errors import CatalogError
from prodsim.images import SUFFIXES

MAX_FILES = 500_000
MAX_LIST_BYTES = 256 * MAX_FILES
"""Of the archive's list of its files, with their names; it is in memory while it is read."""
MAX_UNPACKED_BYTES = 20 * 1024**3
MAX_RATIO = 200
"""Unpacked over packed size of the whole archive; catalogs of JPEG pictures have about 1."""
_LISTED = b"PK\1\2"
_NAMED_IN_UTF_8 = 1 << 11


class Modest:
    """An archive that refuses to read a list of files over the limits, which `zipfile` would take whole into memory."""

    def __init__(self, file: BinaryIO, name: str) -> None:
        self._file, self._name = file, name
        self.seek, self.tell, self.seekable = file.seek, file.tell, file.seekable

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        data = b"" if size > MAX_LIST_BYTES else self._file.read(size)
        if size > MAX_LIST_BYTES or data.count(_LISTED) > MAX_FILES:
            raise CatalogError(
                f"{self._name} holds more than {MAX_FILES:,} files. Make several archives of it, or give the folder."
            )
        return data


def members_of(name: str, source: zipfile.ZipFile) -> tuple[dict[str, zipfile.ZipInfo], list[Problem]]:
    """What to unpack: target name -> member; and what not. The same name twice: the one nearest to the top is taken."""
    infos = [info for info in source.infolist() if not info.filename.endswith("/")]  # `is_dir` fails without a name
    if any(info.flag_bits & 1 for info in infos):
        raise CatalogError(f"{name} is encrypted. Make the archive again without a password.")
    wanted: dict[str, zipfile.ZipInfo] = {}
    problems: list[Problem] = []
    for path, info in sorted(((_path(info), info) for info in infos), key=lambda each: len(each[0].parts)):
        target = _target(path)
        if target is None:
            continue
        if stat.S_ISLNK(info.external_attr >> 16):
            problems.append(Problem(NOT_UNPACKED, info.filename, "a link"))
        elif target in wanted:
            problems.append(Problem(NOT_UNPACKED, info.filename, f"{wanted[target].filename} is used"))
        else:
            wanted[target] = info
    if not any(map(is_picture, wanted)):
        inner = next((info.filename for info in infos if info.filename.lower().endswith(".zip")), "")
        hint = f"; perhaps it is {inner}, which is in it" if inner else ""
        raise CatalogError(f"{name} holds no pictures ({', '.join(SUFFIXES)}). Give a ZIP with images/<id>.jpg{hint}.")
    return wanted, problems


def check_sizes(name: str, size: int, members: Mapping[str, zipfile.ZipInfo]) -> None:
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


def is_picture(target: str) -> bool:
    """Whether that is where a picture is unpacked to."""
    return target.startswith("images/")
