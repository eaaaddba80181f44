"""The password of those who run the app: compared in constant time, and guessed at slowly."""

import hmac
import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from prodsim.access.visitor import visitor_of
from prodsim.errors import Busy

WRONG, WITHIN = 10, 600
"""Wrong passwords that come from an address within so many seconds: one of twelve random letters is never guessed."""
ADDRESSES = 10_000
"""Addresses that are remembered, the last ones."""


class Attempts:
    """Counts wrong passwords by address. Safe between threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._wrong: OrderedDict[str, list[float]] = OrderedDict()
        self._lock = Lock()

    def right(self, given: str, password: str, address: str) -> bool:
        """Whether this is the password. Busy if too many wrong ones came from there: this one is not compared then."""
        visitor = visitor_of(address)
        with self._lock:
            recent = [when for when in self._wrong.get(visitor, ()) if when > self._clock() - WITHIN]
            if len(recent) >= WRONG:
                raise Busy(f"Too many wrong passwords. Wait {WITHIN // 60} minutes, and try again.")
            if hmac.compare_digest(given.encode(), password.encode()):
                self._wrong.pop(visitor, None)
                return True
            self._wrong[visitor] = [*recent, self._clock()]
            self._wrong.move_to_end(visitor)
            while len(self._wrong) > ADDRESSES:
                self._wrong.popitem(last=False)
            return False
