"""The files of a catalog, listed and read the same way whether they lie in a folder or are packed in a ZIP.

There is one list: all files, at whatever depth. What is a picture and what may be the table is told by their names, and
where those do not tell by how their content begins.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from prodsim.catalog.forms import natural, without_suffix
from prodsim.catalog.problems import BAD_NAME, NO_FILE, NOT_USED, Problem
from prodsim.catalog.tables import TABLE_SUFFIXES
from prodsim.errors import CatalogError
from prodsim.images import HEAD_BYTES, SUFFIXES, picture_format

LEFT_OUT, FETCHING = ".left-out.json", ".fetching"
"""Files of ours in a catalog's folder: what of its ZIP was not unpacked, and what is held by who fetches pictures."""
MAX_FILES = 500_000
MAX_DEPTH = 32
"""Folders within folders."""
_SYSTEM = {"__macosx", "thumbs.db", "ehthumbs.db", "desktop.ini", "@eadir", "#recycle", "$recycle.bin"}
"""What systems and network disks put beside people's files, in small letters; so are hidden files and folders."""
MAX_LOOKED_AT = 20_000
"""Files whose names do not say what they are, and of which it is seen how they begin."""
NO_PICTURES = {".zip", ".pdf", ".html", ".htm", ".xml", ".md", ".py", ".log", ".doc", ".docx", ".xls", ".psd", ".svg"}
"""Nobody looks whether these are pictures. What has another suffix, or none, is looked at."""


@dataclass(frozen=True, slots=True)
class File:
    """`within`: where it is in the catalog's folder, with `/`; that is at `folder`, or will be when it is unpacked.

    `own`: it is no pipe, and no link that leads out of the folder.
    """

    folder: Path
    within: str
    own: bool = True

    @property
    def path(self) -> Path:
        """Where it is, or will be when it is unpacked."""
        return Path(self.folder, self.within)

    @property
    def name(self) -> str:
        """Its name alone."""
        return self.within.rpartition("/")[2]

    @property
    def stem(self) -> str:
        """Its name without what says that it is a picture."""
        return without_suffix(self.name)

    @property
    def suffix(self) -> str:
        """Of its name, in small letters; empty if it has none."""
        return os.path.splitext(self.name)[1].lower()

    @property
    def folders(self) -> list[str]:
        """The folders that it is in, from the catalog's folder on."""
        return self.within.split("/")[:-1]

    @property
    def shown(self) -> str:
        """Its path from the catalog's folder, as problems name it; escaped if it is no UTF-8."""
        return shown(self.within)


class Files(Protocol):
    """`name`: what errors call the whole; `folder`: where the files are, or will be when they are unpacked."""

    name: str
    folder: Path
    unpacked_bytes: int
    """What they take of the disk when they are unpacked; 0 if they are."""

    def all(self) -> Sequence[File]:
        """Every file, at whatever depth. CatalogError if they cannot be listed."""

    def left_out(self) -> Sequence[Problem]:
        """What is in the ZIP and not among the files."""

    def size(self, path: Path) -> int:
        """Of a file's content, in bytes. CatalogError if it cannot be read."""

    def read(self, path: Path, most: int | None = None) -> bytes:
        """A file's content, or how it begins. CatalogError if it cannot be read."""


@dataclass
class Sorted:
    """What is among some files, in natural order. `problems`: what is neither picture nor table, and why."""

    pictures: list[File] = field(default_factory=list)
    tables: list[File] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def sort(files: Files) -> Sorted:
    """Pictures and tables among the files. CatalogError if they cannot be read."""
    found, looked_at = Sorted(), 0
    for file in sorted(files.all(), key=lambda file: natural(file.within)):
        place = file.within
        if any(part.startswith(".") or part.lower() in _SYSTEM for part in place.split("/")):
            found.problems.append(Problem(NOT_USED, file.shown, "a file of the system"))
        elif file.suffix in TABLE_SUFFIXES:
            found.tables.append(file)
        elif file.shown != place:
            found.problems.append(Problem(BAD_NAME, file.shown, "its name is not UTF-8"))
        elif not file.own:
            found.problems.append(Problem(NO_FILE, file.shown, "a pipe, a link to a folder, or one that leads out"))
        elif file.suffix in SUFFIXES:
            found.pictures.append(file)
        elif file.suffix in NO_PICTURES:
            found.problems.append(Problem(NOT_USED, file.shown, "neither a picture nor a table"))
        elif (looked_at := looked_at + 1) > MAX_LOOKED_AT:
            found.problems.append(Problem(NOT_USED, file.shown, "not looked at: too many files without a known suffix"))
        elif _begins_like_a_picture(file, files):
            found.pictures.append(file)
        else:
            found.problems.append(Problem(NOT_USED, file.shown, "neither a picture nor a table"))
    return found


def called(path: Path, files: Files) -> str:
    """What errors call a file."""
    return shown(str(files.name / path.relative_to(files.folder)))


def shown(name: str) -> str:
    """A file's name as it can be shown and written down, whatever bytes it has on the disk."""
    return name if _is_text(name) else ascii(name)[1:-1]


def _begins_like_a_picture(file: File, files: Files) -> bool:
    try:
        return picture_format(files.read(file.path, HEAD_BYTES)) is not None
    except CatalogError:
        return False


def _is_text(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:  # a file system's bytes that are no UTF-8 come as lone surrogates
        return False
    return True
