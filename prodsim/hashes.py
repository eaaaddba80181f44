"""Content hashes of files, remembered by (path, size, time of change), so that an unchanged file is read only once."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from prodsim.config import Settings
from prodsim.database import database
from prodsim.errors import ImageError
from prodsim.images import content_hash, read_picture

VERSION = 1
SCHEMA = ("CREATE TABLE IF NOT EXISTS files (path TEXT PRIMARY KEY, size INT, mtime_ns INT, hash TEXT) WITHOUT ROWID",)
CHUNK = 500
"""Files per question to the database: under SQLite's limit on parameters."""


class HashMemory:
    """Content hashes of picture files, kept in one SQLite file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @classmethod
    def in_cache(cls, settings: Settings) -> "HashMemory":
        """The one of the cache."""
        return cls(settings.folder() / "hashes.sqlite")

    def of(self, paths: Sequence[Path]) -> list[str | None]:
        """SHA-256 of each file's bytes, in hex; None for a file that cannot be read."""
        hashes: list[str | None] = []
        with ThreadPoolExecutor() as pool, database(self.path, SCHEMA, VERSION) as connection:
            for start in range(0, len(paths), CHUNK):
                chunk = paths[start : start + CHUNK]
                marks = ", ".join("?" * len(chunk))
                known = {
                    (path, size, mtime_ns): hash_
                    for path, size, mtime_ns, hash_ in connection.execute(
                        f"SELECT path, size, mtime_ns, hash FROM files WHERE path IN ({marks})", [str(p) for p in chunk]
                    )
                }
                keys = [_key(path) for path in chunk]
                fresh = [path for path, key in zip(chunk, keys, strict=True) if key and key not in known]
                computed = dict(zip(fresh, pool.map(_hash, fresh), strict=True))
                hashes += [
                    known.get(key) or computed.get(path) if key else None for path, key in zip(chunk, keys, strict=True)
                ]
                connection.executemany(
                    "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?)",
                    [
                        (*key, computed[path])
                        for path, key in zip(chunk, keys, strict=True)
                        if key and computed.get(path)
                    ],
                )
                connection.commit()  # others wait for the database no longer than for one chunk
        return hashes


def _key(path: Path) -> tuple[str, int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return str(path), status.st_size, status.st_mtime_ns


def _hash(path: Path) -> str | None:
    try:
        return content_hash(read_picture(path))
    except ImageError:
        return None
