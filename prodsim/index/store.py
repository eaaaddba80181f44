"""Embeddings on disk: a folder per encoder fingerprint, content hash of a picture -> its vector.

In it are parts, each written once and never changed, and a manifest that names those which count. It is renamed into
its place after them, so what was acknowledged survives a kill at any time. Products that share a photo share a vector.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from itertools import count
from pathlib import Path

import numpy as np
import pyarrow as pa
from filelock import FileLock
from numpy.typing import NDArray

from prodsim.config import Settings
from prodsim.encoders import Available
from prodsim.errors import CacheError, DamagedStore, StoreError
from prodsim.images import READER
from prodsim.index.embeddings import THREADS, Embeddings
from prodsim.index.manifest import MOST_ROWS, NAME, Manifest, read_manifest, to_merge, write_manifest
from prodsim.index.parts import (
    VERSION,
    Batch,
    Entry,
    Identity,
    entries_in,
    merged,
    number_after,
    read_part,
    split,
    without,
    write_part,
)
from prodsim.storage import set_aside

NAMED = 3
"""Damaged files that a notice names one by one; of more it says how many."""


class EmbeddingStore:
    """Vectors of `dim` numbers, float32, in the folder `path`, whose name says how they were made.

    Readers need no lock. Who adds or repairs holds `lock`.
    """

    def __init__(self, path: Path, dim: int) -> None:
        self.path = path
        self.dim = dim
        self._identity = Identity(path.name, dim)

    @classmethod
    def of(cls, encoder: Available, settings: Settings) -> "EmbeddingStore":
        """The encoder's store in the cache; its name holds the fingerprint."""
        return cls(settings.folder("stores") / f"{encoder.spec.name}-{encoder.fingerprint}", encoder.spec.dim)

    def lock(self) -> FileLock:
        """What an indexer holds, so that nobody else embeds the same pictures meanwhile. Not yet acquired."""
        return FileLock(self.path.with_name(f"{self.path.name}.lock"), thread_local=False)

    def read(self, *, verified: bool = True) -> Embeddings:
        """All that is in it now; nothing if there is no store.

        `verified`: every byte is checked first, and DamagedStore raised if anything is wrong. Otherwise only what makes
        no sense is noticed: for who has just repaired it, or wants hashes alone. CacheError if it cannot be read.
        """
        try:
            return Embeddings(self.dim, self._batches(verified))
        except DamagedStore as error:
            raise DamagedStore(f"{error} Index again: what is sound is kept, the rest made anew.") from error

    def add(self, vectors: Mapping[str, NDArray[np.float32]], damaged: Mapping[str, str]) -> None:
        """Keep vectors, each float32 (dim,), and reasons by hash: all of them or, on an error, none.

        StoreError if a vector makes no sense or the disk is full, DamagedStore if the manifest is damaged.
        """
        for vector in vectors.values():
            if vector.shape != (self.dim,) or not np.isfinite(vector).all():
                raise StoreError(
                    f"A vector of shape {vector.shape} or with NaN cannot go into {self.path}, "
                    f"which holds {self.dim} finite numbers each. Check the encoder's weights."
                )
        if not vectors and not damaged:
            return
        manifest = self._manifest() or self._begun(Manifest(VERSION, self.path.name, self.dim))
        numbers = np.array([*vectors.values()], np.float32).reshape(-1, self.dim)
        batch = Batch(pa.array([*vectors], pa.string()), numbers, dict(damaged), READER)
        try:
            manifest = self._replaced(manifest, 0, batch)
        except CacheError as error:
            raise StoreError(f"{error} What was done before is kept.") from error
        with suppress(StoreError, CacheError, OSError):  # merging can wait for a better time
            while newest := to_merge(manifest.parts):
                manifest = self._merged(manifest, newest)

    def forget(self, hashes: Collection[str]) -> int:
        """Drop the vectors of these pictures, and what was wrong with them; how many that were. Who calls holds `lock`.

        A kill leaves all of them or none; so do DamagedStore, if a part is damaged, and CacheError.
        """
        manifest, wanted = self._manifest(), pa.array([*hashes], pa.string())
        if manifest is None:
            return 0
        kept, fresh, count = list[Entry](), list[Entry](), 0
        try:
            for entry, batch in zip(manifest.parts, self._all(manifest.parts, True), strict=True):
                rest = without(batch, wanted)
                count += len(batch) - len(rest)
                if len(rest) == len(batch):
                    kept.append(entry)
                elif len(rest):
                    fresh.append(write_part(self.path, manifest.next + len(fresh), rest, self._identity))
                    kept.append(fresh[-1])
            if count:
                write_manifest(self.path, replace(manifest, next=manifest.next + len(fresh), parts=tuple(kept)))
        except CacheError:
            self._remove(fresh)
            raise
        except FileNotFoundError as error:
            raise DamagedStore(f"{error.filename} is gone. Index again: what is sound is kept.") from error
        self._remove({*manifest.parts} - {*kept})
        return count

    def repair(self) -> str:
        """What is wrong with it and was done about it, in sentences; empty if it is sound.

        Files that are damaged, or another encoder's or version's, are set aside, and what is sound is kept. What a
        killed writer left is removed.
        """
        said, spoiled = self._former(), list[tuple[Path, DamagedStore]]()
        try:
            manifest = self._manifest()
            entries = manifest.parts if manifest else ()
        except DamagedStore as error:
            spoiled.append((self.path / NAME if self.path.is_dir() else self.path, error))
            manifest, entries = None, tuple(entries_in(self.path))
        sound, kept = list[Entry](), list[Batch]()
        with ThreadPoolExecutor(THREADS) as pool:
            tried = list(pool.map(self._tried, entries))
        for entry, found in zip(entries, tried, strict=True):
            if isinstance(found, Batch):
                sound.append(replace(entry, rows=len(found.hashes)))
                kept.append(found)
            else:
                spoiled.append((self.path / entry.name, found))
        if spoiled:
            number = manifest.next if manifest else number_after(self.path)
            said += self._set_aside(spoiled)
            said.append(
                f"{len(Embeddings(self.dim, kept).known):,} of the embeddings in {self.path} are sound and kept, "
                "what is missing is made again."
            )
            self._begun(Manifest(VERSION, self.path.name, self.dim, number, tuple(sound)))
        self._tidy(sound)
        return " ".join(said)

    # reading

    def _manifest(self) -> Manifest | None:
        return read_manifest(self.path, self._identity)

    def _batches(self, verified: bool) -> list[Batch]:
        """All parts that the manifest names. If one is gone, others may have merged it meanwhile."""
        before = None
        while (manifest := self._manifest()) is not None:
            try:
                return self._all(manifest.parts, verified)
            except FileNotFoundError as error:
                if manifest == before:
                    raise DamagedStore(f"{error.filename} is gone.") from error
                before = manifest
        return []

    def _all(self, entries: Sequence[Entry], verified: bool) -> list[Batch]:
        with ThreadPoolExecutor(THREADS) as pool:
            return list(pool.map(lambda entry: read_part(self.path, entry, self._identity, verified=verified), entries))

    def _tried(self, entry: Entry) -> Batch | DamagedStore:
        """A part, or what is wrong with it."""
        try:
            return read_part(self.path, entry, self._identity, verified=True)
        except DamagedStore as error:
            return error
        except FileNotFoundError:
            return DamagedStore(f"{self.path / entry.name} is gone.")

    # writing

    def _begun(self, manifest: Manifest) -> Manifest:
        try:
            self.path.mkdir(exist_ok=True)
        except OSError as error:
            raise CacheError(
                f"The folder {self.path} cannot be made: {error.strerror}. "
                "Set PRODSIM_CACHE_DIR to a folder that can be written."
            ) from error
        write_manifest(self.path, manifest)
        return manifest

    def _replaced(self, manifest: Manifest, newest: int, batch: Batch) -> Manifest:
        """The batch in place of so many of the newest parts. CacheError, and nothing of it left, if it does not fit."""
        fresh = list[Entry]()
        try:
            for number, piece in zip(count(manifest.next), split(batch, MOST_ROWS), strict=False):
                fresh.append(write_part(self.path, number, piece, self._identity))
            kept = manifest.parts[: len(manifest.parts) - newest]
            manifest = replace(manifest, next=manifest.next + len(fresh), parts=(*kept, *fresh))
            write_manifest(self.path, manifest)
        except CacheError:
            self._remove(fresh)
            raise
        return manifest

    def _merged(self, manifest: Manifest, newest: int) -> Manifest:
        """So many of the newest parts as one, or as few as can be."""
        old = manifest.parts[-newest:]
        manifest = self._replaced(manifest, newest, merged(self._all(old, True)))
        self._remove(old)
        return manifest

    def _former(self) -> list[str]:
        """What is said of a file in which an earlier version kept these embeddings; it is set aside."""
        former = self.path.with_name(f"{self.path.name}.vectors")
        if not former.exists():
            return []
        aside = set_aside(former)
        return [f"{former} is of an earlier format. It was set aside as {aside.name}; its embeddings are made again."]

    def _set_aside(self, spoiled: Sequence[tuple[Path, DamagedStore]]) -> list[str]:
        said = []
        for path, error in spoiled:
            aside = f" It was set aside as {set_aside(path).name}." if path.exists() else ""
            said.append(f"{error}{aside}")
        more = len(said) - NAMED
        return said if more <= 0 else [*said[:NAMED], f"So it is with {more:,} more files of {self.path}."]

    def _tidy(self, counted: Sequence[Entry]) -> None:
        """Remove what a killed writer left."""
        self._remove(entry for entry in entries_in(self.path) if entry.name not in {each.name for each in counted})
        for unfinished in self.path.glob("*.unfinished"):
            with suppress(OSError):  # it is no file, or somebody else's: it disturbs nobody
                unfinished.unlink()

    def _remove(self, entries: Iterable[Entry]) -> None:
        for entry in entries:
            with suppress(OSError):  # the manifest does not name it: it can stay for another time
                (self.path / entry.name).unlink()
