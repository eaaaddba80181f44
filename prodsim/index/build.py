"""From a catalog's pictures to embeddings on disk: only what is new, resumable, one indexer at a time."""

import os
import time
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
from filelock import FileLock, Timeout
from numpy.typing import NDArray
from PIL import Image

from prodsim.catalog import DEMO, Catalog
from prodsim.config import Settings
from prodsim.encoders import Available, Encoder
from prodsim.errors import Busy, CacheError, DamagedStore, ImageError, StoreError
from prodsim.images import content_hash, open_fitted, read_picture
from prodsim.index.changes import AsIndexed, Changes, place_of, recall_or_set_aside, remember
from prodsim.index.embeddings import Embeddings
from prodsim.index.forgetting import forget_deleted
from prodsim.index.hashes import HashMemory
from prodsim.index.indexed import Skipped
from prodsim.index.store import EmbeddingStore

BATCH = 32
AHEAD = 2
"""Batches of which pictures are decoded beside the forward pass: enough that it never waits."""
THREADS = min(4, os.cpu_count() or 1)
"""That decode, which takes most of the time. Each holds one picture, so few enough to stay small in memory."""
WAIT_SECONDS = 0.5
UNREADABLE = "the file cannot be read, or has more than 20 MB"


@dataclass(frozen=True)
class Progress:
    """How far indexing is. Counts are pictures; at the end `done + len(skipped) == total`.

    `rate`: pictures per second since the encoder was ready. `waiting`: another indexer is at work on the same store.
    `notices`: what was found damaged on disk and was done about it, in sentences. `changes`: of the catalog, since it
    was last indexed; None if it never was.
    """

    done: int
    total: int
    rate: float = 0.0
    skipped: tuple[Skipped, ...] = ()
    waiting: bool = False
    notices: tuple[str, ...] = ()
    changes: Changes | None = None


def index(catalog: Catalog, encoder: Available, settings: Settings, *, again: bool = False) -> Generator[Progress]:
    """Embed what the store lacks. Yields at the start and after every committed batch; the last one tells the outcome.

    Closing the generator stops between two batches; what was yielded as done stays done. While another indexer holds
    the store, this one waits and yields that one's progress, unless it lacks nothing. Embeddings that come with the app
    are taken as they are; the encoder is loaded only if there is something left to embed. What is damaged on disk is
    set aside and made anew. `again`: pictures that could not be decoded before are tried again. What is left of deleted
    catalogs is forgotten first.
    """
    yield Progress(0, len(catalog.images))
    with suppress(Busy, StoreError, CacheError):  # then at another time
        forget_deleted(settings)
    store, memory = EmbeddingStore.of(encoder, settings), HashMemory.in_cache(settings)
    hashes = memory.of(catalog.images)
    tally = _Tally(catalog, hashes)
    remembered, now = place_of(catalog, settings), AsIndexed.of(catalog, hashes, settings)
    before, notice = recall_or_set_aside(remembered)
    if before:
        tally.changes = now.since(before)
    tally.notices += [*memory.notices, *filter(None, [notice])]
    lock = store.lock()
    while not _acquired(lock):
        with suppress(DamagedStore):  # the other one repairs it first
            _settle(tally, store.read(verified=False))  # now and then, so it takes no time from the other one
        finished = not tally.todo()
        yield tally.progress(waiting=not finished)
        if finished:
            return
    try:
        if notice := store.repair():
            tally.notices.append(notice)
        _settle(tally, store.read(verified=False), again=again)
        if ready := _shipped(tally.todo(), store):
            store.add(ready, {})
            tally.settle(ready, {})
        yield tally.progress()
        if todo := tally.todo():
            loaded = encoder.load()
            tally.start()
            for vectors, damaged, unread in _embed(todo, loaded):
                store.add(vectors, damaged)
                tally.settle(vectors, damaged | unread)
                yield tally.progress()
        if now != before:
            remember(remembered, now, settings)
    finally:
        lock.release()


class _Tally:
    """Which of a catalog's pictures are settled. Files of the same content are one picture to embed."""

    def __init__(self, catalog: Catalog, hashes: Sequence[str | None]) -> None:
        self.total = len(catalog.images)
        self.products: dict[str, list[str]] = {}
        self.paths: dict[str, Path] = {}
        self.skipped: list[Skipped] = []
        self.notices: list[str] = []
        self.changes: Changes | None = None
        self.done = self.before = 0
        self.started: float | None = None
        for product_id, path, hash_ in zip(catalog.table.index[catalog.owners], catalog.images, hashes, strict=True):
            if hash_ is None:
                self.skipped.append(Skipped(product_id, UNREADABLE))
            else:
                self.products.setdefault(hash_, []).append(product_id)
                self.paths.setdefault(hash_, path)

    def todo(self) -> list[tuple[str, Path]]:
        """Pictures that are not settled, in the catalog's order."""
        return list(self.paths.items())

    def start(self) -> None:
        """From here on time counts."""
        self.before = self.done + len(self.skipped)
        self.started = time.perf_counter()

    def settle(self, embedded: Iterable[str], damaged: Mapping[str, str]) -> None:
        """These hashes have a vector, or a reason why not."""
        for hash_ in embedded:
            if self.paths.pop(hash_, None):
                self.done += len(self.products[hash_])
        for hash_, reason in damaged.items():
            if self.paths.pop(hash_, None):
                self.skipped += [Skipped(product_id, reason) for product_id in self.products[hash_]]

    def progress(self, *, waiting: bool = False) -> Progress:
        """Where it stands."""
        fresh = self.done + len(self.skipped) - self.before
        rate = fresh / (time.perf_counter() - self.started) if self.started else 0.0
        return Progress(self.done, self.total, rate, tuple(self.skipped), waiting, tuple(self.notices), self.changes)


def _settle(tally: _Tally, found: Embeddings, *, again: bool = False) -> None:
    """What is in the store is settled, but for damaged pictures if they are tried again."""
    tally.settle(found.known, {} if again else found.damaged)


def _shipped(todo: Sequence[tuple[str, Path]], store: EmbeddingStore) -> dict[str, NDArray[np.float32]]:
    """Vectors by hash of those pictures whose embeddings come with the app: the demo's by `mini`, beside it."""
    hashes = [hash_ for hash_, _ in todo]
    with suppress(StoreError, CacheError):  # then they are made
        vectors, positions = EmbeddingStore(DEMO.with_name(store.path.name), store.dim).read().matrix(hashes)
        return {hashes[position]: vector for position, vector in zip(positions, vectors, strict=True)}
    return {}


Embedded = tuple[dict[str, NDArray[np.float32]], dict[str, str], dict[str, str]]
"""Vectors by hash, and reasons by hash: of pictures that are damaged, and of those that could not be read this time."""


class _Unread(Exception):
    """A picture's file is not what it was when it was hashed."""


def _embed(todo: Sequence[tuple[str, Path]], encoder: Encoder) -> Iterator[Embedded]:
    """The pictures in batches. While one is in the network, other threads decode and fit the pictures of the next ones:
    THREADS of them at once, and of AHEAD batches what the encoder sees is kept.
    """
    pool = ThreadPoolExecutor(THREADS)
    fitting = ((hash_, pool.submit(_fitted, hash_, path, encoder)) for hash_, path in todo)
    try:
        waiting = deque(islice(fitting, AHEAD * BATCH))
        while waiting:
            fitted: dict[str, Image.Image] = {}
            damaged: dict[str, str] = {}
            unread: dict[str, str] = {}
            for _ in range(min(BATCH, len(waiting))):
                hash_, picture = waiting.popleft()
                try:
                    fitted[hash_] = picture.result()
                except ImageError as error:
                    damaged[hash_] = str(error)
                except _Unread as error:
                    unread[hash_] = str(error)
                waiting.extend(islice(fitting, 1))
            vectors = encoder.encode(list(fitted.values()))
            yield dict(zip(fitted, vectors, strict=True)), damaged, unread
    finally:
        pool.shutdown(cancel_futures=True)


def _fitted(hash_: str, path: Path, encoder: Encoder) -> Image.Image:
    """What the encoder sees of a picture. ImageError if it is damaged, _Unread."""
    try:
        data = read_picture(path)
    except ImageError as error:
        raise _Unread(UNREADABLE) from error
    if content_hash(data) != hash_:
        raise _Unread(f"{path.name} was changed meanwhile. Index again.")
    return encoder.fit(open_fitted(data, path.name, *encoder.spec.sees))


def _acquired(lock: FileLock) -> bool:
    try:
        lock.acquire(timeout=WAIT_SECONDS)
    except Timeout:
        return False
    except OSError as error:
        raise CacheError(
            f"{lock.lock_file} cannot be written: {error.strerror}. Set PRODSIM_CACHE_DIR to a folder that can."
        ) from error
    return True
