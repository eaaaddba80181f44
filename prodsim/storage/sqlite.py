"""SQLite files in the cache: opened, versioned, and their errors put into our words."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from prodsim.errors import DamagedStore, StoreError
from prodsim.storage.cache import set_aside

Connection = sqlite3.Connection

BUSY_SECONDS = 30
"""How long to wait for another process that is writing."""

_checked = set[Path]()
"""Files that this process has looked through: others write them as well, and SQLite knows how."""

_AROUND = {
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_READONLY,
}
_AROUND |= {sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN}
"""Errors of what is around the file. Others mean that it is damaged: a table misnamed, a number that is none."""


@contextmanager
def database(path: Path, schema: tuple[str, ...], version: int) -> Iterator[sqlite3.Connection]:
    """A connection for one piece of work: committed if the block ends well, rolled back if not, closed always.

    The statements of `schema` make the tables of a new file. DamagedStore if the file is damaged, as far as SQLite can
    tell, or of another version; StoreError if it is not writable. A process looks through the whole of a file once.
    """
    try:
        connection = sqlite3.connect(path, timeout=BUSY_SECONDS)
        try:
            with connection:
                _prepare(connection, path, schema, version)
                yield connection
        finally:
            connection.close()
    except UnicodeDecodeError as error:  # a text in the file is none
        raise DamagedStore(f"{path} is damaged: {error}.") from error
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in _AROUND:
            raise StoreError(
                f"{path} cannot be used: {error}. Check that its folder can be written and has space."
            ) from error
        raise DamagedStore(f"{path} is damaged: {error}.") from error


def begin_anew(path: Path) -> Path:
    """Set a damaged file aside, and SQLite's note of what to undo in it; where it is now. CacheError as `set_aside`."""
    _checked.discard(path)
    aside = set_aside(path)
    path.with_name(f"{path.name}-journal").unlink(missing_ok=True)
    return aside


def _prepare(connection: sqlite3.Connection, path: Path, schema: tuple[str, ...], version: int) -> None:
    (found,) = connection.execute("PRAGMA user_version").fetchone()
    if found == version:
        if path not in _checked:
            (answer,) = connection.execute("PRAGMA quick_check(1)").fetchone()
            if answer != "ok":
                raise DamagedStore(f"{path} is damaged: {answer}.")
            _checked.add(path)
        return
    if found != 0:
        raise DamagedStore(f"{path} is of format {found}, and this version reads {version}.")
    connection.execute("BEGIN IMMEDIATE")
    for statement in schema:
        connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {version}")
    connection.commit()
