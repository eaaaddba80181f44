"""What changed in a catalog's pictures since it was last indexed: of each catalog its pictures' hashes are remembered.

A sealed JSON file for each catalog, in the cache. One that is damaged is set aside: no change is known then.
"""

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from prodsim.catalog import Catalog, origin
from prodsim.config import Settings
from prodsim.errors import CacheError
from prodsim.storage import seal, set_aside, unseal, write_whole

PLACE = "indexed"
_DIGITS = 16


@dataclass(frozen=True)
class Changes:
    """How many pictures came, went, and have another content under their name."""

    added: int = 0
    changed: int = 0
    removed: int = 0

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


@dataclass(frozen=True)
class AsIndexed:
    """A catalog when it was last indexed. `folder`: see `origin`; `digest`: see `Catalog.digest`; `pictures`: the hash
    of each by its place in the folder, empty if it could not be read.
    """

    folder: str
    digest: str
    pictures: dict[str, str]

    @classmethod
    def of(cls, catalog: Catalog, hashes: Sequence[str | None], settings: Settings) -> "AsIndexed":
        """A catalog as it is now. `hashes`: those of its pictures."""
        own = [hash_ or "" for hash_ in hashes]
        places = [path.relative_to(catalog.folder).as_posix() for path in catalog.images]
        return cls(str(origin(catalog, settings)), catalog.digest(own), dict(zip(places, own, strict=True)))

    def since(self, before: "AsIndexed") -> Changes:
        """What changed since then."""
        common = self.pictures.keys() & before.pictures.keys()
        return Changes(
            added=len(self.pictures) - len(common),
            changed=sum(self.pictures[place] != before.pictures[place] for place in common),
            removed=len(before.pictures) - len(common),
        )


_FORM = TypeAdapter(AsIndexed)


def place_of(catalog: Catalog, settings: Settings) -> Path:
    """Where a catalog is remembered: a name for its folder, and one for its table, of which a folder may have more."""
    table = catalog.source.relative_to(catalog.folder).as_posix() if catalog.source else ""
    return settings.cache_dir / PLACE / f"{_name(str(origin(catalog, settings)))}-{_name(table)}.json"


def places_of(folder: Path, settings: Settings) -> list[Path]:
    """Where the catalogs of a folder are remembered."""
    return sorted((settings.cache_dir / PLACE).glob(f"{_name(str(folder))}-*.json"))


def recall(path: Path) -> AsIndexed | None:
    """What is remembered there; None if there is nothing that can be used."""
    with suppress(OSError, ValidationError):
        if (content := unseal(path.read_bytes())) is not None:
            return _FORM.validate_json(content)
    return None


def recall_or_set_aside(path: Path) -> tuple[AsIndexed | None, str]:
    """The same, and what was wrong with it and was done about it, in a sentence. CacheError as `set_aside`."""
    found = recall(path)
    if found or not path.exists():
        return found, ""
    return None, f"{path} is damaged. It was set aside as {set_aside(path).name}; changes are told from now on."


def recall_all(settings: Settings) -> dict[Path, AsIndexed | None]:
    """What is remembered of every catalog; None of one of which it cannot be used."""
    return {path: recall(path) for path in sorted((settings.cache_dir / PLACE).glob("*.json"))}


def remember(path: Path, now: AsIndexed, settings: Settings) -> None:
    """Write it, whole or not at all. Where that is impossible, the same changes are told once more: that is all."""
    with suppress(CacheError):
        settings.folder(PLACE)
        write_whole(path, [seal(_FORM.dump_json(now))])


def _name(text: str) -> str:
    return hashlib.sha256(text.encode(errors="surrogateescape")).hexdigest()[:_DIGITS]
