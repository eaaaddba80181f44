"""Waiting for others, each time for so long and no longer, and no more at all once somebody says so."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Event, Lock, Timer


class Late(Exception):
    """Why a wait was ended, as a clause."""


class Calls:
    """What is waited for just now, in several threads."""

    def __init__(self) -> None:
        self._lock, self._stopped = Lock(), Event()
        self._ends: set[Callable[[], None]] = set()

    def stop(self) -> None:
        """End all waits, those that are begun later too."""
        self._stopped.set()
        with self._lock:
            ends = [*self._ends]
        for end in ends:
            end()

    @contextmanager
    def limited(self, hang_up: Callable[[], None], seconds: float) -> Iterator[None]:
        """After so many seconds `hang_up` is called, which ends a wait in the block; the block ends with Late.

        A timeout of the socket would begin anew with every byte that drips.
        """
        late = Event()

        def end() -> None:
            late.set()
            with suppress(OSError, RuntimeError, ValueError):  # it has ended by itself
                hang_up()

        timer = Timer(seconds, end)
        timer.daemon = True
        with self._lock:
            self._ends.add(end)
        try:
            timer.start()
            if self._stopped.is_set():
                end()
            yield
        except Exception as error:
            if late.is_set():
                raise self._why(seconds) from error
            raise
        else:
            if late.is_set():  # what ends with its connection looks whole
                raise self._why(seconds)
        finally:
            timer.cancel()
            with self._lock:
                self._ends.discard(end)

    def _why(self, seconds: float) -> Late:
        return Late("it was stopped" if self._stopped.is_set() else f"it takes longer than {seconds:g} seconds")
