"""Catalogs by name: the one of the settings (or the demo), the demo, and those that were imported into the cache."""

import json
import os
import re
import shutil
from pathlib import Path

from prodsim.catalog import Catalog, read_catalog
from prodsim.config import Settings
from prodsim.demo import DEMO_NAME
from prodsim.errors import CacheError, CatalogError
from prodsim.sources import open_catalog

_NAME = re.compile(r"[\w][\w .-]{0,39}")
_SUFFIX = ".json"


class Library:
    """The catalogs that the app can show. An imported one is a small file in the cache that names its folder."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    @property
    def default(self) -> str:
        """The name of the catalog of the settings."""
        source = self.settings.catalog
        if source is None:
            return DEMO_NAME
        return source.stem if source.suffix.lower() == ".zip" else source.name

    def names(self) -> list[str]:
        """All names: the default, the demo, then the imported ones from A to Z."""
        return list(dict.fromkeys([self.default, DEMO_NAME, *self.imported()]))

    def imported(self) -> list[str]:
        """Names of the imported catalogs, from A to Z."""
        return sorted(path.name.removesuffix(_SUFFIX) for path in self._entries().glob(f"*{_SUFFIX}"))

    def open(self, name: str) -> Catalog:
        """The catalog of this name. CatalogError lists those there are, or says why it cannot be read."""
        if name == self.default:
            return open_catalog(self.settings)
        if name == DEMO_NAME:
            return open_catalog(self.settings.model_copy(update={"catalog": None}))
        return read_catalog(self.folder(name), name)

    def folder(self, name: str) -> Path:
        """Where an imported catalog's files are. CatalogError if there is none of this name."""
        if name not in self.imported():
            raise CatalogError(f"There is no catalog {name!r}. Choose one of: {', '.join(self.names())}.")
        entry = self._entry(name)
        try:
            return Path(json.loads(entry.read_text(encoding="utf-8"))["folder"])
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise CatalogError(
                f"{entry} is damaged: {error!r}. Delete the catalog {name} and import it again."
            ) from error

    def check_name(self, name: str) -> str:
        """The name, without blanks around it. CatalogError if it cannot be that of a new catalog."""
        name = name.strip()
        if not _NAME.fullmatch(name) or name.endswith("."):
            raise CatalogError(
                f"A catalog cannot be called {name!r}. Use up to 40 letters, digits, blanks, dots, dashes, underscores."
            )
        if name.casefold() in (taken.casefold() for taken in self.names()):
            raise CatalogError(f"There is a catalog {name} already. Choose another name, or delete that one first.")
        return name

    def add(self, name: str, folder: Path) -> None:
        """Keep the catalog in `folder` under a new name; it is there whole from one moment to the next."""
        name = self.check_name(name)
        unfinished = self._entry(name).with_suffix(".unfinished")
        try:
            unfinished.write_text(json.dumps({"folder": str(folder)}), encoding="utf-8")
            os.replace(unfinished, self._entry(name))
        except OSError as error:
            raise CacheError(
                f"The catalog {name} cannot be kept: {error.strerror}. Free some space in {self._entries()}."
            ) from error

    def delete(self, name: str) -> None:
        """Forget an imported catalog, and remove its files if they lie in the cache; a folder elsewhere stays."""
        folder = self.folder(name)
        self._entry(name).unlink(missing_ok=True)
        if folder.is_relative_to(self.settings.cache_dir):
            shutil.rmtree(folder, ignore_errors=True)

    def _entries(self) -> Path:
        return self.settings.folder("library")

    def _entry(self, name: str) -> Path:
        return self._entries() / f"{name}{_SUFFIX}"
