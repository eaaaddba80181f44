"""What of the cache is needed: by the catalogs at hand, or by any whose files are still there."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from prodsim.catalog import Library, unpacked_now, unpacked_zips
from prodsim.config import Settings
from prodsim.errors import ProdsimError
from prodsim.index import AsIndexed, HashMemory, recall_all


@dataclass(frozen=True)
class Needs:
    """`everything`: whatever belongs to no catalog by name, nor to that of the settings, is needless as well."""

    settings: Settings
    everything: bool = False

    @cached_property
    def folders(self) -> list[Path] | None:
        """Where the files of the catalogs at hand are; None if a damaged entry keeps that from being known."""
        try:
            return [*Library(self.settings).folders(), *unpacked_now(self.settings)]
        except ProdsimError:
            return None

    @cached_property
    def needless_zips(self) -> list[Path]:
        """What was unpacked of ZIPs that are gone or changed; of `everything`, of all but the one of the settings."""
        now = unpacked_now(self.settings)
        known = unpacked_zips(self.settings)
        older = {folder.name.rpartition("-")[0] for folder in now}
        return [
            folder
            for folder, current in known.items()
            if folder not in now
            and (self.everything or current is False or (current is None and folder.name.rpartition("-")[0] in older))
        ]

    @cached_property
    def needless_staged(self) -> list[Path]:
        """What was unpacked to be added, is no catalog, and is being added by nobody."""
        return Library(self.settings).left_over()

    def is_needless(self, path: Path) -> bool:
        """Whether the hash of a picture file is of no use: the file is gone, or goes.

        Where its whole folder is missing outside of the cache, a disk may be away, and it is needed.
        """
        if self.everything and self.folders is not None:
            return not _lies_in_any(path, self.folders)
        if path.is_relative_to(self.settings.cache_dir):
            return _lies_in_any(path, self._going) or not path.exists()
        return path.parent.is_dir() and not path.exists()

    @cached_property
    def needless_records(self) -> list[Path]:
        """Where it stands how catalogs were when they were indexed which are no more, or where that is damaged."""
        return [path for path, record in self.records.items() if record is None or self._is_gone(record)]

    def _is_gone(self, record: AsIndexed) -> bool:
        folder = Path(record.folder)
        if self.everything and self.folders is not None:
            return not any(each == folder or _is_zip_of(each, folder) for each in self.folders)
        if folder.is_relative_to(self.settings.cache_dir):
            staying = [each for each in folder.parent.glob("*/") if each not in self._going]
            return not any(each == folder or _is_zip_of(each, folder) for each in staying)
        return folder.parent.is_dir() and not folder.is_dir()

    @cached_property
    def hashes(self) -> tuple[set[str], set[str]]:
        """Those that only needless files have, and those that others have. DamagedStore, StoreError."""
        gone, kept = set[str](), set[str]()
        for path, hash_ in HashMemory(self.settings.cache_dir / "hashes.sqlite").rows():
            (gone if self.is_needless(Path(path)) else kept).add(hash_)
        return gone - kept, kept

    @cached_property
    def records(self) -> dict[Path, AsIndexed | None]:
        """What every catalog was when it was last indexed."""
        return recall_all(self.settings)

    @cached_property
    def digests(self) -> set[str]:
        """Those of the catalogs that are known as they were last indexed, and stay."""
        return {record.digest for record in self.records.values() if record and not self._is_gone(record)}

    @cached_property
    def _going(self) -> list[Path]:
        return [*self.needless_zips, *self.needless_staged]


def _is_zip_of(unpacked: Path, origin: Path) -> bool:
    return unpacked.parent == origin.parent and unpacked.name.rpartition("-")[0] == origin.name


def _lies_in_any(path: Path, folders: Collection[Path]) -> bool:
    return not {*folders}.isdisjoint(path.parents)
