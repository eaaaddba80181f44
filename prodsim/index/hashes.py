"""Content hashes of files, remembered by (path, size, time of change), so that an unchanged file is read only once.

What is remembered is also what is known of who uses an embedding: it is needed while a file with its hash is.

A wrong hash would show a product with another one's vector, so each row has a checksum.
"""

import zlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from prodsim.config import Settings
from prodsim.errors import DamagedStore, ImageError
from prodsim.images import content_hash, read_picture
from prodsim.storage import Connection, begin_anew, database, state_of

VERSION = 2
SCHEMA = (
    "CREATE TABLE IF NOT EXISTS files "
    "(path TEXT PRIMARY KEY, size INT, mtime_ns INT, hash TEXT, checksum INT) WITHOUT ROWID",
)
_ASK = "SELECT path, size, mtime_ns, hash, checksum FROM files WHERE path IN ({marks})"
_PAGES = ("freelist_count", "page_count")
CHUNK = 500
"""Files per question to the database: under SQLite's limit on parameters."""

_Key = tuple[str, int, int]
"""Path, size, and time of change in nanoseconds: see `state_of`."""


class HashMemory:
    """Content hashes of picture files, kept in one SQLite file.

    `notices`: what was wrong with that file and was done about it, in sentences.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.notices: list[str] = []

    @classmethod
    def in_cache(cls, settings: Settings) -> "HashMemory":
        """The one of the cache."""
        return cls(settings.folder() / "hashes.sqlite")

    def of(self, paths: Sequence[Path]) -> list[str | None]:
        """SHA-256 of each file's bytes, in hex; None for a file that cannot be read.

        A memory that is damaged or of another version is set aside, and the files are read again.
        """
        try:
            return self._of(paths)
        except DamagedStore as error:
            aside = begin_anew(self.path)
            self.notices.append(f"{error} It was set aside as {aside.name}, and the pictures were read again.")
            return self._of(paths)

    def rows(self) -> list[tuple[str, str]]:
        """Path and hash of each file; none if there is no memory. DamagedStore if any of it was changed."""
        if not self.path.exists():
            return []
        with database(self.path, SCHEMA, VERSION) as connection:
            return self._rows(connection)

    @contextmanager
    def forgetting(self, needless: Callable[[Path], bool]) -> Iterator[tuple[set[str], set[str]]]:
        """Forget files when the block ends well. What it is given: the hashes of these alone, and those of all others.

        Nobody remembers anything meanwhile: a hash that nobody uses now is used by nobody before the block ends.
        DamagedStore if any of it was changed.
        """
        if not self.path.exists():
            yield set(), set()
            return
        with database(self.path, SCHEMA, VERSION) as connection:
            connection.execute("BEGIN IMMEDIATE")
            gone, kept, paths = set[str](), set[str](), list[tuple[str]]()
            for path, hash_ in self._rows(connection):
                if needless(Path(path)):
                    paths.append((path,))
                    gone.add(hash_)
                else:
                    kept.add(hash_)
            yield gone - kept, kept
            connection.executemany("DELETE FROM files WHERE path = ?", paths)
            connection.commit()
            (free,), (pages,) = (connection.execute(f"PRAGMA {each}").fetchone() for each in _PAGES)
            if 2 * free > pages:
                connection.execute("VACUUM")

    def _rows(self, connection: Connection) -> list[tuple[str, str]]:
        known = map(self._checked, connection.execute("SELECT path, size, mtime_ns, hash, checksum FROM files"))
        return [(key[0], hash_) for key, hash_ in known]

    def _of(self, paths: Sequence[Path]) -> list[str | None]:
        hashes: list[str | None] = []
        with ThreadPoolExecutor() as pool, database(self.path, SCHEMA, VERSION) as connection:
            for start in range(0, len(paths), CHUNK):
                chunk = paths[start : start + CHUNK]
                marks = ", ".join("?" * len(chunk))
                rows = connection.execute(_ASK.format(marks=marks), [str(p) for p in chunk])
                known = dict(map(self._checked, rows))
                keys = [_key(path) for path in chunk]
                fresh = [path for path, key in zip(chunk, keys, strict=True) if key and key not in known]
                computed = dict(zip(fresh, pool.map(_hash, fresh), strict=True))
                hashes += [
                    known.get(key) or computed.get(path) if key else None for path, key in zip(chunk, keys, strict=True)
                ]
                connection.executemany(
                    "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?)",
                    [
                        (*key, hash_, _checksum(key, hash_))
                        for path, key in zip(chunk, keys, strict=True)
                        if key and (hash_ := computed.get(path))
                    ],
                )
                connection.commit()  # others wait for the database no longer than for one chunk
        return hashes

    def _checked(self, row: tuple[str, int, int, str, int]) -> tuple[_Key, str]:
        path, size, mtime_ns, hash_, checksum = row
        key = path, size, mtime_ns
        if checksum != _checksum(key, hash_):
            raise DamagedStore(f"{self.path} was changed: a checksum does not match.")
        return key, hash_


def _checksum(key: _Key, hash_: str) -> int:
    return zlib.crc32(repr((*key, hash_)).encode("utf-8", "surrogatepass"))


def _key(path: Path) -> _Key | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return str(path), *state_of(status)


def _hash(path: Path) -> str | None:
    try:
        return content_hash(read_picture(path))
    except ImageError:
        return None
