"""Where a catalog's files come from, a folder or a ZIP: looked at where they are, or unpacked, whole or not at all.

Messages call a source by the name it was given under: a visitor knows no paths of the server.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from prodsim.catalog.archive import opened
from prodsim.catalog.files import Files
from prodsim.catalog.folder import Folder, read_files
from prodsim.storage import make_once


@dataclass(frozen=True)
class Source:
    """`folder`: where the files are, or where those of the ZIP `archive` are unpacked to."""

    name: str
    folder: Path
    archive: Path | BinaryIO | None = None

    @contextmanager
    def files(self) -> Iterator[Files]:
        """The files where they are. CatalogError if they cannot be read, or can never be unpacked."""
        if self.archive is None:
            yield Folder(self.folder, self.name)
        else:
            with opened(self.archive, self.name, self.folder) as archive:
                yield archive


def materialize(source: Source, check: Callable[[Files], None]) -> Path:
    """The folder of a source's files, unpacked if they are not there yet, by one process at a time.

    `check` may refuse them before anything is written. CatalogError if they are no catalog: nothing is left of it then.
    """
    archive = source.archive
    if archive is None:
        return source.folder

    def make(folder: Path) -> None:
        with opened(archive, source.name, source.folder) as files:
            check(files)
            files.unpack(folder)
        read_files(Folder(folder, source.name), source.name)

    return make_once(source.folder, make)
