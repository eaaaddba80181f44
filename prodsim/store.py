"""Embeddings on disk: one SQLite file per encoder fingerprint, content hash of a picture -> its vector.

Products that share a photo share a vector. A transaction per batch: what was acknowledged survives a kill at any time.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from filelock import FileLock
from numpy.typing import NDArray

from prodsim.config import Settings
from prodsim.database import database
from prodsim.encoders import Available
from prodsim.errors import StoreError

VERSION = 1
SCHEMA = (
    "CREATE TABLE IF NOT EXISTS vectors (hash TEXT PRIMARY KEY, vector BLOB NOT NULL)",
    "CREATE TABLE IF NOT EXISTS damaged (hash TEXT PRIMARY KEY, reason TEXT NOT NULL)",
)


class EmbeddingStore:
    """Vectors of `dim` numbers, little-endian float32, in the file `path`."""

    def __init__(self, path: Path, dim: int) -> None:
        self.path = path
        self.dim = dim

    @classmethod
    def of(cls, encoder: Available, settings: Settings) -> "EmbeddingStore":
        """The encoder's store in the cache; its file name holds the fingerprint."""
        path = settings.folder("stores") / f"{encoder.spec.name}-{encoder.fingerprint}.sqlite"
        return cls(path, encoder.spec.dim)

    def lock(self) -> FileLock:
        """What an indexer holds, so that nobody else embeds the same pictures meanwhile. Not yet acquired."""
        return FileLock(self.path.with_suffix(".lock"), thread_local=False)

    def known(self) -> set[str]:
        """Hashes of all pictures that have a vector."""
        with database(self.path, SCHEMA, VERSION) as connection:
            return {hash_ for (hash_,) in connection.execute("SELECT hash FROM vectors")}

    def damaged(self) -> dict[str, str]:
        """Hash -> reason of all pictures that could not be decoded."""
        with database(self.path, SCHEMA, VERSION) as connection:
            return dict(connection.execute("SELECT hash, reason FROM damaged").fetchall())

    def add(self, vectors: Mapping[str, NDArray[np.float32]], damaged: Mapping[str, str]) -> None:
        """Keep vectors, each float32 (dim,), and reasons by hash: all of them or, on an error, none."""
        rows = []
        for hash_, vector in vectors.items():
            if vector.shape != (self.dim,) or not np.isfinite(vector).all():
                raise StoreError(
                    f"A vector of shape {vector.shape} or with NaN cannot go into {self.path}, "
                    f"which holds {self.dim} finite numbers each. Check the encoder's weights."
                )
            rows.append((hash_, vector.astype("<f4").tobytes()))
        with database(self.path, SCHEMA, VERSION) as connection:
            connection.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", rows)
            connection.executemany("INSERT OR REPLACE INTO damaged VALUES (?, ?)", list(damaged.items()))

    def matrix(self, hashes: Sequence[str | None]) -> tuple[NDArray[np.float32], NDArray[np.intp]]:
        """The vectors at hand for `hashes`: float32 (m, dim), read-only, and which positions they belong to, (m,)."""
        positions: dict[str, list[int]] = {}
        for position, hash_ in enumerate(hashes):
            if hash_ is not None:
                positions.setdefault(hash_, []).append(position)
        full = np.empty((len(hashes), self.dim), dtype=np.float32)
        filled = np.zeros(len(hashes), dtype=bool)
        with database(self.path, SCHEMA, VERSION) as connection:
            for hash_, blob in connection.execute("SELECT hash, vector FROM vectors"):
                if hash_ in positions:
                    if len(blob) != 4 * self.dim:
                        raise StoreError(f"{self.path} holds a vector cut short. Remove the file and index again.")
                    full[positions[hash_]] = np.frombuffer(blob, dtype="<f4")
                    filled[positions[hash_]] = True
        matrix = full if filled.all() else full[filled]
        matrix.setflags(write=False)
        return matrix, np.flatnonzero(filled)
