"""How the hosts of pictures are treated: a pause between two requests, a rest when they ask for it, and no more of it
when they fail again and again.
"""

import time
from collections import defaultdict
from threading import Event, Lock

from prodsim.storage import Unfetched

PAUSE_SECONDS = 0.05
"""From one request of a host to the next one: twenty a second, less than a visitor's browser asks for at once."""
FAILURES_IN_A_ROW = 25
"""After which a host is left alone, for this time."""


class Hosts:
    """Safe between threads."""

    def __init__(self) -> None:
        self._lock, self._stopped = Lock(), Event()
        self._free_at: dict[str, float] = defaultdict(float)
        self._in_a_row: dict[str, int] = defaultdict(int)

    def wait_for(self, host: str) -> None:
        """Wait for the next turn at a host. Unfetched if it has been given up, or all was stopped."""
        with self._lock:
            if self._in_a_row[host] >= FAILURES_IN_A_ROW:
                raise Unfetched(f"its host failed {FAILURES_IN_A_ROW} times in a row, and is left alone now")
            now = time.monotonic()
            turn = max(now, self._free_at[host])
            self._free_at[host] = turn + PAUSE_SECONDS
        self._wait(turn - now)

    def rest(self, host: str, seconds: float, *, all_of_us: bool) -> None:
        """Wait before a host is asked once more. `all_of_us`: nobody else asks it meanwhile."""
        if all_of_us:
            with self._lock:
                self._free_at[host] = max(self._free_at[host], time.monotonic() + seconds)
        self._wait(seconds)

    def note(self, host: str, *, failed: bool) -> None:
        """Whether a host, as a whole, failed just now."""
        with self._lock:
            self._in_a_row[host] = self._in_a_row[host] + 1 if failed else 0

    def stop(self) -> None:
        """Nobody waits any more."""
        self._stopped.set()

    def _wait(self, seconds: float) -> None:
        if self._stopped.wait(seconds):
            raise Unfetched("it was stopped")
