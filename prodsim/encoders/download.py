"""A published file, downloaded: what has arrived stays beside it, in `<name>.part`, until it is whole and checked, and
the next one who asks goes on from there - after a cut connection, a stop or a kill.

What goes on needs a digest at its end: nothing else would tell if the server has another file meanwhile.
"""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import requests
from filelock import AcquireReturnProxy, FileLock, Timeout

CONNECT_SECONDS, READ_SECONDS = 4, 10
"""How long a silent network is waited for: reaching the server, then each piece of the file."""
CONNECTIONS = 10
"""For one file; there is another one only if the one before brought something."""
BLOCK = 1 << 16
_LOOK_SECONDS = 0.5

OnProgress = Callable[[int, int], None]
"""Called with bytes that are here and bytes in all; may raise to stop the download, which the next one goes on with."""


class NotPublished(Exception):
    """What arrives is not the published file."""


def download(url: str, path: Path, size: int, is_published: Callable[[Path], bool] | None, tell: OnProgress) -> None:
    """The file at `url`, of `size` bytes, at `path`: whole and `is_published`, or not at all. One process and thread at
    a time; another one waits, and is told how far the first one is.

    Without `is_published` the size alone is checked, and nothing is gone on with. Raises NotPublished, and what arrived
    is thrown away; requests.RequestException, and it stays; OSError if it cannot be written, and nothing stays.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.part")
    with _turn(part, size, tell):
        if path.is_file():  # another one was quicker
            return
        try:
            if not is_published:
                part.unlink(missing_ok=True)
            _fill(part, url, size, CONNECTIONS if is_published else 1, tell)
            if _arrived(part) != size or not (is_published is None or is_published(part)):
                part.unlink()
                raise NotPublished
            os.replace(part, path)
        except requests.RequestException:
            raise
        except OSError:
            with suppress(OSError):
                part.unlink()
            raise


def _turn(part: Path, size: int, tell: OnProgress) -> AcquireReturnProxy[FileLock]:
    """The lock on a file that arrives, which stays, empty, as those of `storage` do."""
    lock = FileLock(part.with_suffix(".lock"))
    while True:
        try:
            return lock.acquire(timeout=_LOOK_SECONDS)
        except Timeout:
            tell(_arrived(part), size)


def _fill(part: Path, url: str, size: int, connections: int, tell: OnProgress) -> None:
    """All of the file, by as many connections as it takes while each brings something."""
    while (arrived := _arrived(part)) < size:
        connections -= 1
        try:
            _go_on(part, url, size, tell)
            break
        except (requests.ConnectionError, requests.Timeout, requests.exceptions.ChunkedEncodingError):
            if not connections or _arrived(part) <= arrived:
                raise


def _go_on(part: Path, url: str, size: int, tell: OnProgress) -> None:
    """What one connection brings: the rest, or all of it from a server that does not know parts of files."""
    arrived = _arrived(part)
    headers = {"Accept-Encoding": "identity"} | ({"Range": f"bytes={arrived}-"} if arrived else {})
    with requests.get(url, headers=headers, stream=True, timeout=(CONNECT_SECONDS, READ_SECONDS)) as answer:
        if answer.status_code == requests.codes.partial_content:
            fits = answer.headers.get("Content-Range", "").startswith(f"bytes {arrived}-")
        else:
            fits = answer.status_code != requests.codes.requested_range_not_satisfiable
            arrived = 0
        if not fits:
            part.unlink(missing_ok=True)
            raise NotPublished
        answer.raise_for_status()
        rest = str(size - arrived)
        if answer.headers.get("Content-Length", rest) != rest:  # where one has to sign in to the network, for example
            raise NotPublished
        with part.open("ab") as file:
            file.truncate(arrived)
            tell(arrived, size)
            for block in answer.iter_content(BLOCK):
                file.write(block)
                arrived += len(block)
                if arrived > size:
                    return
                tell(arrived, size)
            file.flush()
            os.fsync(file.fileno())


def _arrived(part: Path) -> int:
    return part.stat().st_size if part.exists() else 0
