"""Turns at work that takes much memory or time: a few at once, some more that wait, and nobody beyond."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Semaphore

from prodsim.errors import Busy


class Turns:
    """At most `at_once` work at the same time, and at most `waiting` more wait for it. Safe between threads."""

    def __init__(self, at_once: int, waiting: int) -> None:
        self._work = Semaphore(at_once)
        self._room = Semaphore(at_once + waiting)

    @contextmanager
    def take(self) -> Iterator[None]:
        """Wait for a turn, which lasts as long as this. Busy, at once, if too many wait already."""
        if not self._room.acquire(blocking=False):
            raise Busy(
                "The server is busy: too many others are searching with a photo just now. Try again in a moment."
            )
        try:
            with self._work:
                yield
        finally:
            self._room.release()
