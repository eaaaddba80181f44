"""What is kept in the cache, part by part: how much it is, and how much of it nobody needs."""

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from prodsim.catalog import Library, unpacked_zips
from prodsim.config import Settings
from prodsim.errors import ProdsimError, StoreError
from prodsim.index import HashMemory, stores_in
from prodsim.storage import on_disk, taken
from prodsim.upkeep.needs import Needs

PARTS = ("catalogs", "staged", "library", "stores", "indexed", "reports", "first-use", "weights", "hashes.sqlite")
"""What the app makes in a cache."""
_TRACES = (".lock", ".source", "-journal", ".part")
_ASIDE = re.compile(r"\.damaged-\d+$")
_UNFINISHED = ".unfinished"
_HOUR = 3600
"""Seconds after which a file that is unfinished is finished by nobody any more."""
_PER_ROW = 70
"""Bytes of a hash beside its vector."""


@dataclass(frozen=True)
class Kept:
    """One kind of thing: `what` it is, how many there are, their bytes on disk, and the bytes that nobody needs."""

    what: str
    number: int
    bytes: int
    needless_bytes: int = 0


@dataclass(frozen=True)
class Inventory:
    """All that is in a cache. `foreign`: what is none of ours, and left alone; `notices`: what could not be judged."""

    cache: Path
    kept: tuple[Kept, ...]
    foreign: tuple[Path, ...]
    notices: tuple[str, ...]

    @property
    def bytes(self) -> int:
        """On disk, of all that is ours."""
        return sum(each.bytes for each in self.kept)

    @property
    def needless_bytes(self) -> int:
        """Those that nobody needs."""
        return sum(each.needless_bytes for each in self.kept)


def look(settings: Settings, *, everything: bool = False) -> Inventory:
    """What is in the cache now; nothing is made, and nothing changed. `everything`: see `Needs`."""
    needs, notices = Needs(settings, everything), list[str]()
    cache = settings.cache_dir
    kept = [*_files(needs), *_vectors(needs, notices), *_notes(needs)]
    spoiled = damaged(cache), unfinished(cache)
    for what, paths in zip(("set aside as damaged", "unfinished files"), spoiled, strict=True):
        size = sum(_size(path) for path in paths)
        kept.append(Kept(what, len(paths), size, size))
    if needs.folders is None:
        notices.append(
            "An entry in the list of catalogs is damaged, so it is not known what belongs to whom. See Catalogs."
        )
    return Inventory(cache, tuple(each for each in kept if each.number), tuple(_foreign(settings)), tuple(notices))


def damaged(cache: Path) -> list[Path]:
    """What was set aside."""
    return [path for path in _beside(cache) if _ASIDE.search(path.name)]


def unfinished(cache: Path) -> list[Path]:
    """Files that a killed process left."""
    before = time.time() - _HOUR
    return [
        path
        for path in _beside(cache)
        if path.suffix == _UNFINISHED and path.is_file() and path.lstat().st_mtime < before
    ]


def _beside(cache: Path) -> Iterator[Path]:
    """All right in the cache, in its parts and in its stores, but nothing of the catalogs' own files."""
    for pattern in ("*", *(f"{part}/*" for part in PARTS if part not in ("catalogs", "staged")), "stores/*/*"):
        yield from sorted(cache.glob(pattern))


def _files(needs: Needs) -> Iterator[Kept]:
    cache, library = needs.settings.cache_dir, Library(needs.settings)
    staged = [path for path in cache.glob("staged/*/")]
    left = [path for path in staged if path in needs.needless_staged or path.suffix == _UNFINISHED]
    yield Kept("imported catalogs", len(staged) - len(left), sum(_size(path) for path in staged if path not in left))
    size = sum(map(_size, left))
    yield Kept("left of catalogs that were not added", len(left), size, size)
    zips = unpacked_zips(needs.settings)
    yield Kept("unpacked ZIPs", len(zips), sum(map(_size, zips)), sum(map(_size, needs.needless_zips)))
    entries = [cache / "library" / f"{name}.json" for name in library.imported()]
    yield Kept("entries in the list of catalogs", len(entries), sum(map(_size, entries)))
    for what, folder in (("weights", needs.settings.weights_dir), ("first use of weights", cache / "first-use")):
        files = [path for path in folder.rglob("*") if path.is_file()]
        if folder.is_relative_to(cache):
            yield Kept(what, len(files), sum(map(_size, files)))


def _vectors(needs: Needs, notices: list[str]) -> Iterator[Kept]:
    cache = needs.settings.cache_dir
    gone, kept, judged = set[str](), set[str](), True
    try:
        gone, kept = needs.hashes
        rows = HashMemory(cache / "hashes.sqlite").rows()
        if rows:
            size = _size(cache / "hashes.sqlite")
            share = sum(needs.is_needless(Path(path)) for path, _ in rows) / len(rows)
            yield Kept("hashes of pictures", len(rows), size, int(size * share))
    except StoreError as error:
        notices.append(f"{error} So it is not known which embeddings are needed. Index, and it is made anew.")
        judged = False
    stores = {store.path: store for store in stores_in(needs.settings)}
    for folder in sorted(cache.glob("stores/*/")):
        try:
            found = stores[folder].read(verified=False).known
            unneeded = (found - kept if needs.everything else found & gone) if judged else set()
            size = len(unneeded) * (stores[folder].dim * 4 + _PER_ROW)
            yield Kept(f"embeddings by {folder.name}", len(found), _size(folder), min(size, _size(folder)))
        except (KeyError, ProdsimError):
            notices.append(f"{folder} cannot be read as embeddings, and stays as it is.")
            yield Kept(f"embeddings by {folder.name}", 1, _size(folder))


def _notes(needs: Needs) -> Iterator[Kept]:
    cache = needs.settings.cache_dir
    size, needless = (sum(map(_size, paths)) for paths in (needs.records, needs.needless_records))
    yield Kept("catalogs as they were indexed", len(needs.records), size, needless)
    reports = [path for path in cache.glob("reports/*") if path.suffix in (".json", ".speed")]
    yield Kept("reports and speeds", len(reports), sum(map(_size, reports)))


def _foreign(settings: Settings) -> Iterator[Path]:
    for path in sorted(settings.cache_dir.glob("*")):
        ours = path.name in PARTS or path.name.endswith((*_TRACES, _UNFINISHED)) or _ASIDE.search(path.name)
        if not ours and path != settings.weights_dir:
            yield path


def _size(path: Path) -> int:
    if path.is_dir() and not path.is_symlink():
        return taken(path)
    try:
        return on_disk(path.lstat().st_size)
    except OSError:  # removed meanwhile
        return 0
