"""Where a catalog's files come from, a folder, a ZIP or a table: looked at where they are, or unpacked, whole or not at
all.

Messages call a source by the name it was given under: a visitor knows no paths of the server.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from prodsim.catalog.archive import opened
from prodsim.catalog.files import Files
from prodsim.catalog.folder import Folder
from prodsim.catalog.headers import Role
from prodsim.catalog.model import Catalog
from prodsim.catalog.reading import read_files
from prodsim.storage import make_once


@dataclass(frozen=True)
class Source:
    """`name`: what errors call it; `title`: what the catalog is called, if not the same. `folder`: where the files are,
    or where those of the ZIP `archive` are unpacked to; `table`: which of them is the table, where that is known.
    `roles`: role -> column, where somebody says so.
    """

    name: str
    folder: Path
    archive: Path | BinaryIO | None = None
    table: Path | None = None
    roles: Mapping[Role, str] = field(default_factory=dict)
    title: str = ""

    @contextmanager
    def files(self) -> Iterator[Files]:
        """The files where they are. CatalogError if they cannot be read, or can never be unpacked."""
        if self.archive is None:
            yield Folder(self.folder, self.name)
        else:
            with opened(self.archive, self.name, self.folder) as archive:
                yield archive

    def read(self, files: Files) -> Catalog:
        """The catalog of its files. CatalogError as `read_files`."""
        return read_files(files, self.title or self.name, self.roles, self.table)


def materialize(source: Source, check: Callable[[Files], None]) -> Catalog:
    """The catalog of a source, its files unpacked if they are not there yet, by one process at a time; read once.

    `check` may refuse them before anything is written. CatalogError if they are no catalog: nothing is left of it then.
    """
    archive, read = source.archive, []

    def make(folder: Path) -> None:
        assert archive is not None
        with opened(archive, source.name, source.folder) as files:
            check(files)
            files.unpack(folder)
        read.append(source.read(Folder(source.folder, source.name, lies_in=folder)))

    if archive is not None:
        make_once(source.folder, make)
    return read[0] if read else source.read(Folder(source.folder, source.name))
