"""The engines that are kept in memory, and whose damaged pictures are to be tried again. The only owner of both."""

from pathlib import Path

from prodsim.catalog import Catalog
from prodsim.encoders import Available
from prodsim.search import Engine

OPEN_AT_ONCE = 4
"""Embedding matrices kept in memory; 40,000 products take 40 to 140 MB each."""

_Key = tuple[Path, str]
"""A catalog's folder and an encoder's fingerprint."""


class Engines:
    """The last few that were opened; all visitors share them."""

    def __init__(self) -> None:
        self._open: dict[_Key, Engine] = {}
        self._again: set[_Key] = set()

    def find(self, catalog: Catalog, encoder: Available) -> Engine | None:
        """The engine of this very catalog, which another one replaces when its source has changed."""
        found = self._open.get(_key(catalog, encoder))
        return found if found and found.catalog is catalog else None

    def keep(self, engine: Engine, encoder: Available) -> None:
        """In place of an older one of the same folder and encoder; the one that was opened first may go."""
        key = _key(engine.catalog, encoder)
        self._again.discard(key)
        self._open[key] = engine
        while len(self._open) > OPEN_AT_ONCE:
            self._open.pop(next(iter(self._open)), None)

    def try_again(self, catalog: Catalog, encoder: Available) -> None:
        """Let go of an engine, and try its damaged pictures again when it is next opened."""
        key = _key(catalog, encoder)
        self._open.pop(key, None)
        self._again.add(key)

    def is_to_try_again(self, catalog: Catalog, encoder: Available) -> bool:
        """Whether that was asked for."""
        return _key(catalog, encoder) in self._again


def _key(catalog: Catalog, encoder: Available) -> _Key:
    return catalog.folder, encoder.fingerprint
