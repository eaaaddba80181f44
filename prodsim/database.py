"""SQLite files in the cache: opened, versioned, and their errors put into our words."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from prodsim.errors import StoreError

BUSY_SECONDS = 30
"""How long to wait for another process that is writing."""


@contextmanager
def database(path: Path, schema: tuple[str, ...], version: int) -> Iterator[sqlite3.Connection]:
    """A connection for one piece of work: committed if the block ends well, rolled back if not, closed always.

    The statements of `schema` make the tables of a new file. StoreError if the file is damaged, of another version, or
    not writable.
    """
    try:
        connection = sqlite3.connect(path, timeout=BUSY_SECONDS)
        try:
            with connection:
                _prepare(connection, path, schema, version)
                yield connection
        finally:
            connection.close()
    except sqlite3.DatabaseError as error:
        raise StoreError(
            f"{path} cannot be used: {error}. Check that its folder can be written and has space; "
            "if the file is damaged, remove it and index again."
        ) from error


def _prepare(connection: sqlite3.Connection, path: Path, schema: tuple[str, ...], version: int) -> None:
    (found,) = connection.execute("PRAGMA user_version").fetchone()
    if found == version:
        return
    if found != 0:
        raise StoreError(f"{path} is of format {found}, this version reads {version}. Remove it and index again.")
    connection.execute("BEGIN IMMEDIATE")
    for statement in schema:
        connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {version}")
    connection.commit()
