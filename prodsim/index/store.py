"""Embeddings on disk: one file per encoder fingerprint, content hash of a picture -> its vector.

A line that says whose vectors these are, then a block for each batch. Products that share a photo share a vector. A
block is on disk before it is acknowledged: what was acknowledged survives a kill at any time. Not SQLite, which takes
twice the space for vectors of this size and reads only half of it, so that it cannot tell when the other half changes.
"""

import errno
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np
from filelock import FileLock
from numpy.typing import NDArray

from prodsim.config import Settings
from prodsim.encoders import Available
from prodsim.errors import CacheError, DamagedStore, StoreError
from prodsim.images import READER
from prodsim.storage import Flaw, block, read_blocks, set_aside, write_whole

VERSION = 2
_TITLE = b"prodsim embeddings, format "


@dataclass(frozen=True)
class _Batch:
    """What was added at once. `damaged`: reasons by hash; `reader`: what could not decode these pictures."""

    hashes: list[str]
    vectors: NDArray[np.float32]
    damaged: dict[str, str]
    reader: str


class EmbeddingStore:
    """Vectors of `dim` numbers, little-endian float32, in the file `path`, whose name says how they were made.

    Readers need no lock. Who adds or mends holds `lock`.
    """

    def __init__(self, path: Path, dim: int) -> None:
        self.path = path
        self.dim = dim
        self._head = _TITLE + f"{VERSION}: {path.stem}, {dim} numbers each\n".encode()

    @classmethod
    def of(cls, encoder: Available, settings: Settings) -> "EmbeddingStore":
        """The encoder's store in the cache; its file name holds the fingerprint."""
        path = settings.folder("stores") / f"{encoder.spec.name}-{encoder.fingerprint}.vectors"
        return cls(path, encoder.spec.dim)

    def lock(self) -> FileLock:
        """What an indexer holds, so that nobody else embeds the same pictures meanwhile. Not yet acquired."""
        return FileLock(self.path.with_suffix(".lock"), thread_local=False)

    def known(self) -> set[str]:
        """Hashes of all pictures that have a vector."""
        return {hash_ for batch in self._sound() for hash_ in batch.hashes}

    def damaged(self) -> dict[str, str]:
        """Hash -> reason of all pictures that could not be decoded by what decodes pictures today."""
        judged = [batch.damaged for batch in self._sound() if batch.reader == READER]
        return {hash_: reason for damaged in judged for hash_, reason in damaged.items()}

    def add(self, vectors: Mapping[str, NDArray[np.float32]], damaged: Mapping[str, str]) -> None:
        """Keep vectors, each float32 (dim,), and reasons by hash: all of them or, on an error, none."""
        for vector in vectors.values():
            if vector.shape != (self.dim,) or not np.isfinite(vector).all():
                raise StoreError(
                    f"A vector of shape {vector.shape} or with NaN cannot go into {self.path}, "
                    f"which holds {self.dim} finite numbers each. Check the encoder's weights."
                )
        if not self.path.exists():
            write_whole(self.path, [self._head])
        self._append(
            self._written(_Batch([*vectors], np.array([*vectors.values()], np.float32), dict(damaged), READER))
        )

    def matrix(self, hashes: Sequence[str | None]) -> tuple[NDArray[np.float32], NDArray[np.intp]]:
        """The vectors at hand for `hashes`: float32 (m, dim), read-only, and which positions they belong to, (m,)."""
        positions: dict[str, list[int]] = {}
        for position, hash_ in enumerate(hashes):
            if hash_ is not None:
                positions.setdefault(hash_, []).append(position)
        full = np.empty((len(hashes), self.dim), dtype=np.float32)
        filled = np.zeros(len(hashes), dtype=bool)
        for batch in self._sound():
            places = [(at, row) for row, hash_ in enumerate(batch.hashes) for at in positions.get(hash_, ())]
            if places:
                wanted, rows = np.transpose(places)
                full[wanted], filled[wanted] = batch.vectors[rows], True
        matrix = full if filled.all() else full[filled]
        matrix.setflags(write=False)
        return matrix, np.flatnonzero(filled)

    def mend(self) -> str:
        """What is wrong with the file and was done about it, empty if it is sound.

        A file that is damaged, or is another encoder's or version's, is set aside, and what is sound in it kept.
        """
        flaw, kept = "", set[str]()
        for found in self._batches():
            if isinstance(found, _Batch):
                kept.update(found.hashes)
            else:
                flaw = flaw or found
        if not flaw:
            return ""
        if kept and not isinstance(flaw, Flaw):
            flaw = Flaw.CHANGED  # in its first line, for blocks of another encoder do not pass
        aside = set_aside(self.path)
        sound = (self._written(found) for found in self._batches() if isinstance(found, _Batch))
        write_whole(self.path, chain([self._head], sound))
        return (
            f"{self.path} {flaw}. It was set aside as {aside.name}; {len(kept):,} of its embeddings are sound and "
            "kept, what is missing is made again."
        )

    def _append(self, data: bytes) -> None:
        try:
            with self.path.open("ab", buffering=0) as file:
                end = file.seek(0, os.SEEK_END)
                try:
                    if file.write(data) < len(data):  # the disk became full within it
                        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                    os.fsync(file.fileno())
                except OSError:
                    file.truncate(end)
                    raise
        except OSError as error:
            raise StoreError(
                f"{self.path} cannot be written: {error.strerror}. Free some space there, or set PRODSIM_CACHE_DIR to "
                "another folder. What was done before is kept."
            ) from error

    def _written(self, batch: _Batch) -> bytes:
        text = {"hashes": batch.hashes, "damaged": batch.damaged, "reader": batch.reader}
        return block(json.dumps(text).encode(), batch.vectors.astype("<f4").tobytes(), self._head)

    def _sound(self) -> Iterator[_Batch]:
        """All batches. The last one may be being written just now; DamagedStore if anything else is wrong."""
        for found in self._batches():
            if isinstance(found, _Batch):
                yield found
            elif found is not Flaw.CUT:
                raise DamagedStore(
                    f"{self.path} {found}. Index again: what is sound in it is kept, the rest made anew."
                )

    def _batches(self) -> Iterator[_Batch | str]:
        """All batches, and what is wrong where one cannot be read."""
        try:
            file = self.path.open("rb")
        except FileNotFoundError:
            return
        except OSError as error:
            raise CacheError(
                f"{self.path} cannot be read: {error.strerror}. Set PRODSIM_CACHE_DIR to another folder."
            ) from error
        with file:
            head = file.read(len(self._head))
            if head != self._head:
                yield self._reason(head)
            for found in read_blocks(file, self._head):
                yield found if isinstance(found, Flaw) else self._batch(*found)

    def _batch(self, text: bytes, numbers: bytes) -> _Batch | Flaw:
        try:
            return _Batch(vectors=np.frombuffer(numbers, dtype="<f4").reshape(-1, self.dim), **json.loads(text))
        except (ValueError, TypeError):  # somebody else wrote it, and its checksums
            return Flaw.CHANGED

    def _reason(self, head: bytes) -> str:
        """What is wrong with a file that begins so."""
        if len(head) < len(self._head) and self._head.startswith(head):
            return Flaw.CUT
        version, colon, _ = head.removeprefix(_TITLE).partition(b":")
        if head.startswith(_TITLE) and colon and version.isdigit() and int(version) != VERSION:
            return f"is of format {int(version)}, and this version reads {VERSION}"
        if head.startswith(_TITLE) and colon and version.isdigit():
            return "holds the embeddings of another encoder"
        return "holds no embeddings of ours"
