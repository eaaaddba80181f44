"""Whether a catalog's files have changed: all of them are looked at, at whatever depth, but not at every look.

A folder's own time tells at once that files came, went or got another name. That a file was replaced under its name
shows in the file alone, so that from time to time each is asked for its state, which takes some microseconds a file.
"""

import hashlib
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock, Thread

from prodsim.catalog.files import MAX_DEPTH, MAX_FILES
from prodsim.storage import state_of

SHARE = 20
"""Looking at all files takes one part of so many of the time: a catalog of 300 files is looked at whenever it is shown,
one of 44,000 every few seconds.
"""
LONG = 0.5
"""Seconds. Who looks at a catalog waits while its files are looked at; if that takes longer, they are looked at in
another thread, and what it finds is seen at the look after.
"""
FOLDERS = 500
"""So many of a catalog's folders are asked for their time at every look, the upper ones first."""


def state_of_files(folder: Path) -> tuple[str, dict[str, int]]:
    """A digest of all files' names, sizes and times, and the times of the folders; empty if the folder is not there.

    Folders that are links are not entered, as when a catalog is read; of a link to a file, the file counts.
    """
    digest, folders, files = hashlib.sha256(), dict[str, int](), 0
    level = [(str(folder), 0)]
    for place, depth in level:  # which grows: the upper ones come first
        try:
            folders[place] = os.stat(place).st_mtime_ns  # before its files, so that what comes meanwhile is not missed
            with os.scandir(place) as listed:
                entries = sorted(listed, key=lambda entry: entry.name)
        except OSError as error:
            digest.update(f"{place}\0{error.errno}\n".encode(errors="surrogateescape"))
            continue
        lines = [place]
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if depth < MAX_DEPTH:
                    level.append((entry.path, depth + 1))
            else:
                lines.append(f"{entry.name}\0{_state(entry)}")
        digest.update("\n".join(lines).encode(errors="surrogateescape"))
        files += len(lines)
        if files > MAX_FILES:
            break
    return digest.hexdigest(), folders


def _state(entry: os.DirEntry[str]) -> tuple[int, ...]:
    try:
        return state_of(entry.stat())
    except OSError:  # gone meanwhile, or a link to nowhere
        return ()


@dataclass
class _Seen:
    state: str = ""
    folders: dict[str, int] = field(default_factory=dict)
    next: float = 0.0
    took: float = 0.0
    looking: Lock = field(default_factory=Lock)


class Watch:
    """The state of catalogs' folders as it was last seen, for all who look at them."""

    def __init__(self) -> None:
        self._seen: dict[Path, _Seen] = {}

    def state(self, folder: Path) -> str:
        """What changes when any file of a folder does. While somebody looks, others have what was seen before."""
        seen = self._seen.setdefault(folder, _Seen())
        if seen.state and not self._is_due(seen):
            return seen.state
        if not seen.looking.acquire(blocking=not seen.state):
            return seen.state
        if not self._is_due(seen):  # somebody else looked meanwhile
            seen.looking.release()
        elif seen.took > LONG:
            Thread(target=_look, args=(folder, seen), daemon=True).start()
        else:
            _look(folder, seen)
        return seen.state

    def _is_due(self, seen: _Seen) -> bool:
        return time.monotonic() >= seen.next or any(time_ns != now for time_ns, now in _folders_now(seen))


def _folders_now(seen: _Seen) -> Iterator[tuple[int, int]]:
    for place, time_ns in list(seen.folders.items())[:FOLDERS]:
        try:
            yield time_ns, os.stat(place).st_mtime_ns
        except OSError:
            yield time_ns, -1


def _look(folder: Path, seen: _Seen) -> None:
    """Look at all files; the lock is held, and let go."""
    try:
        started = time.monotonic()
        seen.state, seen.folders = state_of_files(folder)
        ended = time.monotonic()
        seen.took = ended - started
        seen.next = ended + SHARE * seen.took
    finally:
        seen.looking.release()
