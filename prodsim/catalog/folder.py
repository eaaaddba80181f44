"""A catalog's files as they lie in a folder. Nothing outside of it is read: links that lead out are no files of it."""

import os
from pathlib import Path, PurePosixPath

from prodsim.catalog.archive import left_out
from prodsim.catalog.files import FETCHING, LEFT_OUT, MAX_DEPTH, MAX_FILES, File, called
from prodsim.catalog.problems import Problem
from prodsim.errors import CatalogError
from prodsim.storage import is_own_file, leads_out, size_of


class Folder:
    """All files of a folder, at whatever depth. CatalogError if it is not there.

    `lies_in`: where they are while they are on their way to `folder`; None if they are there.
    """

    unpacked_bytes = 0

    def __init__(self, folder: Path, name: str = "", lies_in: Path | None = None) -> None:
        self.name, self.folder, self._lies_in = name or str(folder), folder, lies_in or folder
        if not os.path.isdir(self._lies_in):
            raise CatalogError(
                f"There is no catalog folder {self.name}. Give a folder or ZIP with a table of products and their "
                "pictures, or the table itself."
            )

    def all(self) -> list[File]:
        """Every file, at whatever depth, but not those of folders that are links."""
        found: list[File] = []
        self._list(self._lies_in, "", found)
        return found

    def left_out(self) -> list[Problem]:
        """What was left out of it when it was unpacked."""
        return left_out(self._lies_in, self.name)

    def size(self, path: Path) -> int:
        """Of a file's content, in bytes."""
        try:
            return size_of(self._at(path))
        except OSError as error:
            raise self._unreadable(path, error) from error

    def read(self, path: Path, most: int | None = None) -> bytes:
        """A file's content, or how it begins."""
        try:
            with self._at(path).open("rb") as file:
                return file.read(-1 if most is None else most)
        except OSError as error:
            raise self._unreadable(path, error) from error

    def _list(self, place: Path, within: str, found: list[File]) -> None:
        try:
            with os.scandir(place) as listed:
                entries = list(listed)
        except OSError as error:
            raise CatalogError(
                f"The folder {self._called(within)} cannot be read: {error.strerror}. Check its permissions."
            ) from error
        for entry in entries:
            inner = f"{within}/{entry.name}" if within else entry.name
            if _is_folder(entry):
                self._enter(entry, inner, found)
            elif inner not in (LEFT_OUT, FETCHING):
                found.append(File(self.folder, inner, is_own_file(entry, self._lies_in)))
        if len(found) > MAX_FILES:
            raise CatalogError(
                f"{self.name} holds more than {MAX_FILES:,} files. Give a folder of fewer, or make several catalogs."
            )

    def _enter(self, entry: os.DirEntry[str], within: str, found: list[File]) -> None:
        if not entry.is_symlink():
            if within.count("/") >= MAX_DEPTH:
                raise CatalogError(f"{self.name} has folders in each other {MAX_DEPTH} deep. Put them side by side.")
            self._list(Path(entry), within, found)
        elif leads_out(Path(entry), self._lies_in):
            raise CatalogError(
                f"{self._called(within)} is a link that leads out of the catalog's folder. "
                "Put the files themselves there."
            )
        else:
            found.append(File(self.folder, within, own=False))

    def _called(self, within: str) -> str:
        return str(PurePosixPath(self.name, within))

    def _at(self, path: Path) -> Path:
        return self._lies_in / path.relative_to(self.folder)

    def _unreadable(self, path: Path, error: OSError) -> CatalogError:
        return CatalogError(f"{called(path, self)} cannot be read: {error.strerror}. Check the file.")


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """Whether it is one, or a link to one; a link to itself is none."""
    try:
        return entry.is_dir()
    except OSError:
        return False
