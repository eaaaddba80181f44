"""What `search` writes to files, beside what it prints."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from prodsim.catalog import Catalog
from prodsim.config import Settings
from prodsim.errors import ConfigError
from prodsim.export import neighbors_table, report, to_csv
from prodsim.search import SearchResult


@dataclass(frozen=True)
class Files:
    """Where the table and the report go; None: not wanted."""

    csv: Path | None
    report: Path | None

    def write(self, result: SearchResult, settings: Settings) -> None:
        """Those that are wanted, in place of what is there. ConfigError if a file cannot be written."""
        if self.csv:
            _write(self.csv, to_csv(neighbors_table(result)))
        if self.report:
            _write(self.report, report(result, result.digest(settings)))


def refuse_own_files(paths: Sequence[Path | None], catalog: Catalog, source: Path | None) -> None:
    """ConfigError if one of them is the catalog's ZIP, table or one of its pictures, which it would replace."""
    for path in paths:
        if path and os.path.exists(path):
            own = [source, catalog.source, *catalog.images]
            if any(each and os.path.exists(each) and os.path.samefile(path, each) for each in own):
                raise ConfigError(f"{path} is a file of the catalog, and would be lost. Choose another place.")


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise ConfigError(f"{path} cannot be written: {error.strerror}. Choose another place.") from error
