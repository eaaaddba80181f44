"""Catalogs by name: the one of the settings (or the demo), the demo, and those that were imported into the cache."""

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

from filelock import FileLock

from prodsim.catalog import staging
from prodsim.catalog.folder import Folder
from prodsim.catalog.headers import Role, roles_of
from prodsim.catalog.model import Catalog
from prodsim.catalog.names import check_name
from prodsim.catalog.source import Source, materialize
from prodsim.catalog.sources import DEMO_NAME, open_catalog
from prodsim.config import Settings
from prodsim.errors import CacheError, CatalogError
from prodsim.storage import seal, unseal, write_whole

_SUFFIX, _DELETED = ".json", ".deleted"
_NO_ENTRY = (ValueError, TypeError, LookupError, AttributeError, OverflowError, RecursionError, CatalogError)
"""What reading an entry raises that is none."""


@dataclass(frozen=True)
class Imported:
    """What is remembered of an imported catalog: where its files are, how many products it had then, which file is its
    table (empty if it has none), and what somebody said of its columns.
    """

    folder: Path
    products: int
    table: str = ""
    roles: Mapping[Role, str] = field(default_factory=dict)


class Library:
    """The catalogs that the app can show. An imported one is a small file in the cache that names its folder."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._entries = settings.cache_dir / "library"

    @property
    def default(self) -> str:
        """The name of the catalog of the settings, which no other one has."""
        source = self.settings.catalog
        if source is None:
            return DEMO_NAME
        name = (source.stem if source.suffix.lower() == ".zip" else source.name) or str(source)
        return f"{name} (settings)" if name in (DEMO_NAME, *self.imported()) else name

    def names(self) -> list[str]:
        """All names: the default, the demo, then the imported ones from A to Z."""
        return list(dict.fromkeys([self.default, DEMO_NAME, *self.imported()]))

    def imported(self) -> list[str]:
        """Names of the imported catalogs, from A to Z."""
        names = (path.name.removesuffix(_SUFFIX) for path in self._entries.glob(f"*{_SUFFIX}"))
        return sorted(names, key=lambda name: (name.casefold(), name))

    def open(self, name: str) -> Catalog:
        """The catalog of this name. CatalogError lists those there are, or says why it cannot be read."""
        if name == self.default:
            return open_catalog(self.settings)
        if name == DEMO_NAME:
            return open_catalog(self.settings.model_copy(update={"catalog": None, "roles": ()}))
        entry = self.entry(name)
        table = entry.folder / entry.table if entry.table else None
        return Source(name, entry.folder, table=table, roles=entry.roles).read(Folder(entry.folder, name))

    def entry(self, name: str) -> Imported:
        """What is remembered of an imported catalog. CatalogError if there is none of this name."""
        if name not in self.imported():
            raise CatalogError(f"There is no catalog {name!r}. Choose one of: {', '.join(self.names())}.")
        path = self._entry(name)
        try:
            return self._read(path)
        except (OSError, *_NO_ENTRY) as error:
            raise CatalogError(f"{path} is damaged: {error!r}. Delete the catalog {name} and add it again.") from error

    def _read(self, path: Path) -> Imported:
        content = unseal(path.read_bytes())
        if content is None:
            raise ValueError("its checksum does not match")
        entry = json.loads(content)
        roles = roles_of(f"{role}={column}" for role, column in entry.get("roles", {}).items())
        folder = self.settings.cache_dir / entry["folder"]
        return Imported(folder, int(entry["products"]), str(entry.get("table", "")), roles)

    @contextmanager
    def unpacked(self, source: Source) -> Iterator[Catalog]:
        """The catalog of a source, its files unpacked until the block ends, or for good if it is added meanwhile.

        CatalogError if it is none, CacheError if there is no room for it.
        """
        if source.archive is None:
            yield source.read(Folder(source.folder, source.name))
            return
        self.settings.folder(staging.PLACE)
        claim = staging.claim(source.folder)
        with self._alone():
            claim.acquire()
        try:
            with self._alone("unpacking"):  # so that what there is room for is known
                catalog = materialize(source, lambda files: staging.check_room(files, self.settings))
            yield catalog
        finally:
            claim.release()
            Path(claim.lock_file).unlink(missing_ok=True)
            self.sweep()

    def claim(self, folder: Path) -> FileLock:
        """While it is held, what is in a folder of `staged` is not swept. It is let go by any thread, or with its last
        owner. CacheError if it cannot be had.
        """
        self.settings.folder(staging.PLACE)
        claim = FileLock(staging.claim(folder).lock_file, thread_local=False)
        with self._alone():
            claim.acquire()
        return claim

    def add(self, name: str, catalog: Catalog, roles: Mapping[Role, str] | None = None) -> str:
        """Keep a catalog, where its files are, under a new name, which is returned; from one moment to the next.

        `roles`: what somebody said of its columns.
        """
        with self._alone():
            name = check_name(name, self.names())
            if not catalog.folder.is_dir():
                raise CatalogError(f"The files of {name} were removed meanwhile. Give them again.")
            folder = catalog.folder
            if staging.is_staged(folder, self.settings):  # relative, for the cache may be moved as a whole
                folder = Path(staging.PLACE, folder.name)
            entry: dict[str, object] = {"folder": str(folder), "products": len(catalog)}
            if catalog.source:
                entry["table"] = catalog.source.relative_to(catalog.folder).as_posix()
            if roles:
                entry["roles"] = dict(roles)
            write_whole(self._entry(name), [seal(json.dumps(entry).encode())])
        return name

    def delete(self, name: str) -> None:
        """Forget an imported catalog. Its files are removed if they were unpacked here and serve no other one.

        What else is kept of it, `index.forget_deleted` removes.
        """
        with self._alone():
            if name not in self.imported():
                raise CatalogError(f"There is no imported catalog {name!r} to delete. Perhaps somebody else was first.")
            os.replace(self._entry(name), self._entries / f"{uuid4().hex}{_DELETED}")
            self._sweep()

    def deleted(self) -> dict[Path, Path | None]:
        """What is left to forget: a file that stands for a deleted catalog -> the folder where its files are or were;
        None if that is a folder of a catalog that is kept. Empty while an entry is damaged, as nobody knows its folder.
        """
        notes = sorted(self._entries.glob(f"*{_DELETED}"))
        try:
            kept = self.folders() if notes else []
        except CatalogError:
            return {}
        found = dict[Path, Path | None]()
        for note in notes:
            try:
                folder = self._read(note).folder
            except (OSError, *_NO_ENTRY):  # it was damaged: nobody knows what to forget
                found[note] = None
            else:
                used = any(folder.is_relative_to(each) or each.is_relative_to(folder) for each in kept)
                found[note] = None if used else folder
        return found

    def folders(self) -> list[Path]:
        """Where the files of all catalogs by name are, but for a ZIP of the settings and the demo. CatalogError if an
        entry is damaged.
        """
        folders = [self.entry(name).folder for name in self.imported()]
        source = self.settings.catalog
        if source is not None and source.suffix.lower() != ".zip":
            folders.append(source if os.path.isdir(source) else source.parent)
        return folders

    def sweep(self) -> None:
        """Remove what was unpacked, is no catalog's, and is added by nobody just now."""
        with self._alone():
            self._sweep()

    def left_over(self) -> list[Path]:
        """Folders that the next `sweep` removes."""
        kept = self._kept()
        return [] if kept is None else staging.left_over(self.settings, kept)

    def _sweep(self) -> None:
        if (kept := self._kept()) is not None:
            staging.sweep(self.settings, kept)

    def _kept(self) -> set[Path] | None:
        try:
            return {self.entry(name).folder for name in self.imported()}
        except CatalogError:  # an entry is damaged: nobody knows whose files are where until it is deleted
            return None

    @contextmanager
    def _alone(self, lock: str = "lock") -> Iterator[None]:
        """Nobody else changes the list of catalogs meanwhile, or does what another lock is for."""
        self.settings.folder(self._entries.name)
        try:
            with FileLock(self._entries / lock):
                yield
        except OSError as error:
            raise CacheError(
                f"The list of catalogs in {self._entries} cannot be changed: {error.strerror}. "
                "Free some space there, or set PRODSIM_CACHE_DIR to a folder that can be written."
            ) from error

    def _entry(self, name: str) -> Path:
        return self._entries / f"{name}{_SUFFIX}"
