"""What a ZIP lists of a catalog's files, and where each is unpacked to.

The list is judged before it is parsed, and the sizes that it tells before anything is unpacked.
"""

import re
import stat
import zipfile
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import BinaryIO

from prodsim.catalog.files import NO_PICTURES
from prodsim.catalog.member_names import names_of
from prodsim.catalog.problems import NOT_UNPACKED, Problem
from prodsim.catalog.tables import TABLE_SUFFIXES
from prodsim.errors import CatalogError
from prodsim.images import SUFFIXES

MAX_FILES = 500_000
MAX_LIST_BYTES = 256 * MAX_FILES
"""Of the archive's list of its files, with their names; it is in memory while it is read."""
MAX_UNPACKED_BYTES = 20 * 1024**3
MAX_RATIO = 200
"""Unpacked over packed size of the whole archive; catalogs of JPEG pictures have about 1."""
MAX_LOOKED_AT = 1_000
"""Members among which a ZIP within the ZIP is looked for."""
_LISTED = b"PK\1\2"


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
    """The files of an archive: target -> member; and what is none. Of the very same target the first one is taken."""
    infos = [info for info in source.infolist() if not info.filename.endswith("/")]  # `is_dir` fails without a name
    if any(info.flag_bits & 1 for info in infos):
        raise CatalogError(f"{name} is encrypted. Make the archive again without a password.")
    members: dict[str, zipfile.ZipInfo] = {}
    problems: list[Problem] = []
    for info, path in zip(infos, names_of(infos, source), strict=True):
        target = _target(path)
        if stat.S_ISLNK(info.external_attr >> 16):
            problems.append(Problem(NOT_UNPACKED, path, "a link"))
        elif not target:
            problems.append(Problem(NOT_UNPACKED, path, "its name is none"))
        elif target in members:
            problems.append(Problem(NOT_UNPACKED, path, "another one has the same name"))
        else:
            members[target] = info
    for target in _folders(members):
        problems.append(Problem(NOT_UNPACKED, target, "a folder has the same name"))
        del members[target]
    if not any(map(is_picture, members)) and len(members) < MAX_LOOKED_AT:
        inner = next((target for target in members if target.lower().endswith(".zip")), "")
        if inner:
            raise CatalogError(
                f"{name} holds no pictures. Perhaps the catalog is {inner}, which is in it: give that one."
            )
    return members, problems


def _folders(targets: Iterable[str]) -> list[str]:
    """Those of the targets that others would lie in."""
    ordered = sorted(targets)
    next_ones = ((target, bisect_left(ordered, f"{target}/")) for target in ordered)
    return [target for target, at in next_ones if at < len(ordered) and ordered[at].startswith(f"{target}/")]


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


def _target(path: str) -> str:
    """Where a member is unpacked to, below the catalog's folder, whatever its name wants; empty if that is nowhere."""
    parts: list[str] = []
    for part in re.sub(r"^[A-Za-z]:", "", path.replace("\\", "/")).split("/"):
        if part == "..":
            parts.clear()
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)


def is_picture(target: str) -> bool:
    """Whether a member is a picture by its name."""
    return PurePosixPath(target).suffix.lower() in SUFFIXES


def is_wanted(target: str) -> bool:
    """Whether a member is unpacked, by its name: pictures, tables, and what may be a picture by its content."""
    suffix = PurePosixPath(target).suffix.lower()
    return suffix in SUFFIXES or suffix in TABLE_SUFFIXES or suffix not in NO_PICTURES
