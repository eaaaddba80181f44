"""What nobody needs any more is forgotten: hashes of files that are gone, and embeddings of pictures that nobody has.

Embeddings go first, the hashes that tell of them last: what a killed process leaves, the next one ends.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from filelock import Timeout

from prodsim.catalog import Library
from prodsim.config import Settings
from prodsim.errors import Busy, CacheError, DamagedStore
from prodsim.index.changes import places_of, recall, recall_all
from prodsim.index.hashes import HashMemory
from prodsim.index.manifest import dim_of
from prodsim.index.store import EmbeddingStore


@dataclass(frozen=True)
class Forgotten:
    """How many embeddings were forgotten, of all encoders together. `digests`: of the catalogs they were of."""

    embeddings: int = 0
    digests: frozenset[str] = frozenset()


def forget(settings: Settings, needless: Callable[[Path], bool], *, unknown: bool = False) -> Forgotten:
    """Forget the hashes of needless files, and the embeddings that no other file needs. Nobody indexes meanwhile.

    `unknown`: also embeddings of which no file is known. Stores that are damaged stay as they are. Busy if somebody
    indexes just now; DamagedStore if the hashes are damaged, so that nobody knows what is needed; CacheError.
    """
    count, stores = 0, stores_in(settings)
    with _held(stores), HashMemory(settings.cache_dir / "hashes.sqlite").forgetting(needless) as (gone, kept):
        for store in stores:
            with suppress(DamagedStore):
                found = store.read(verified=False) if unknown else None
                wanted = {*found.known, *found.damaged} - kept if found is not None else gone
                count += store.forget(wanted) if wanted else 0
    return Forgotten(count)


def forget_deleted(settings: Settings) -> Forgotten:
    """Forget what is kept of catalogs that were deleted, unless another one uses it. What cannot be forgotten now stays
    for another time. Nothing, in no time, if none was deleted. Errors as `forget`.
    """
    deleted = Library(settings).deleted()
    folders = {folder for folder in deleted.values() if folder is not None}
    places = [place for folder in folders for place in places_of(folder, settings)]
    digests = {record.digest for record in map(recall, places) if record}
    count = forget(settings, lambda path: not folders.isdisjoint(path.parents)).embeddings if folders else 0
    for left in [*places, *deleted]:
        with suppress(OSError):
            left.unlink()
    if digests:
        digests -= {each.digest for each in recall_all(settings).values() if each}
    return Forgotten(count, frozenset(digests))


def stores_in(settings: Settings) -> list[EmbeddingStore]:
    """Every store in the cache, of encoders that are no more as well; those that cannot be read are none."""
    found = []
    for folder in sorted((settings.cache_dir / "stores").glob("*/")):
        with suppress(DamagedStore, CacheError):
            if dim := dim_of(folder):
                found.append(EmbeddingStore(folder, dim))
    return found


@contextmanager
def _held(stores: list[EmbeddingStore]) -> Iterator[None]:
    with ExitStack() as held:
        try:
            for store in stores:
                held.enter_context(store.lock().acquire(timeout=0))
        except Timeout as error:
            raise Busy("Somebody is indexing just now. Try again when that is done.") from error
        except OSError as error:
            raise CacheError(
                f"{error.filename} cannot be written: {error.strerror}. "
                "Set PRODSIM_CACHE_DIR to a folder that can be written."
            ) from error
        yield
