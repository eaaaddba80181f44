"""What `search` writes to files, beside what it prints."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from prodsim.catalog import Catalog, Filters, find_table
from prodsim.errors import ConfigError
from prodsim.export import Figure, SearchDocument, neighbors_table, report, to_csv
from prodsim.search import NO_FOLDS, Closeness, Folds, Neighbor


@dataclass(frozen=True)
class Files:
    """Where the table and the report go; None: not wanted."""

    csv: Path | None
    report: Path | None

    def spare(self, catalog: Catalog, source: Path | None) -> None:
        """ConfigError if one of them is the catalog's ZIP, table or one of its pictures, which it would replace."""
        for path in (self.csv, self.report):
            if path and os.path.exists(path):
                own = [source, find_table(catalog.folder), *catalog.images]
                if any(each and os.path.exists(each) and os.path.samefile(path, each) for each in own):
                    raise ConfigError(f"{path} is a file of the catalog, and would be lost. Choose another place.")

    def write(
        self,
        document: Callable[[], SearchDocument],
        found: Sequence[Neighbor],
        catalog: Catalog,
        known: Closeness | None,
        *,
        filters: Filters,
        photos: Sequence[Sequence[Figure]] = (),
        folds: Folds = NO_FOLDS,
    ) -> None:
        """Those that are wanted, in place of what is there. `document` makes what the report is on; `photos`: see
        `report`. ConfigError if a file cannot be written.
        """
        if self.csv:
            _write(self.csv, to_csv(neighbors_table(found, catalog, known, folds)))
        if self.report:
            _write(self.report, report(document(), catalog, filters=filters, photos=photos))


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise ConfigError(f"{path} cannot be written: {error.strerror}. Choose another place.") from error
