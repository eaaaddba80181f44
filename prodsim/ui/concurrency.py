"""Turns at work that takes much memory or time: so many pixels at once, a share for each visitor, others in line."""

from collections import Counter, deque
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from threading import Condition

from prodsim.errors import Busy
from prodsim.images import MAX_KEPT

LEAST = MAX_KEPT // 4
"""Pixels that a photo counts at least, 4 megapixels: it takes a processor, too."""
ENCODING = MAX_KEPT // 2
"""Pixels that an encoding counts: what a network holds of eight photos is less than the memory of as many."""


@dataclass(eq=False)
class _Wanted:
    amount: int
    granted: bool = False


class Line:
    """A budget of `most`, of which one visitor has `each` at most at a time. Safe between threads.

    Who finds no room waits in line, and at most `waiting` visitors do. Of each in turn one wish is granted, the first;
    with more of them a visitor is last again. Nobody overtakes but those who wait for what they hold themselves.
    """

    def __init__(self, most: int, each: int, waiting: int) -> None:
        self.most, self.each, self.waiting = most, each, waiting
        self._held: Counter[str] = Counter()
        self._line: dict[str, deque[_Wanted]] = {}
        self._changed = Condition()

    @contextmanager
    def take(self, visitor: str, amount: int) -> Iterator[None]:
        """Wait for this much, or for all that a visitor may have, and hold it as long as this lasts. Busy, at once, if
        too many others wait already.
        """
        wanted = _Wanted(min(amount, self.each))
        with self._changed:
            self._line.setdefault(visitor, deque()).append(wanted)
            self._grant()
            if not wanted.granted and len(self._line) > self.waiting:
                self._give_up(visitor, wanted)
                raise Busy(
                    "The server is busy: too many others are searching with a photo just now. Try again in a moment."
                )
        try:
            with self._changed:
                self._changed.wait_for(lambda: wanted.granted)
            yield
        finally:
            with self._changed:
                if wanted.granted:
                    self._held -= Counter({visitor: wanted.amount})
                else:  # it was interrupted while it waited
                    self._give_up(visitor, wanted)
                self._grant()

    def _grant(self) -> None:
        """What there is room for, in order."""
        while (visitor := self._next()) is not None:
            line = self._line.pop(visitor)
            wanted = line.popleft()
            if line:
                self._line[visitor] = line
            self._held[visitor] += wanted.amount
            wanted.granted = True
            self._changed.notify_all()

    def _next(self) -> str | None:
        """Whose wish is granted next; None if there is no room for it, or nobody waits."""
        for visitor, line in self._line.items():
            if self._held[visitor] + line[0].amount <= self.each:
                return visitor if self._held.total() + line[0].amount <= self.most else None
        return None

    def _give_up(self, visitor: str, wanted: _Wanted) -> None:
        self._line[visitor].remove(wanted)
        if not self._line[visitor]:
            del self._line[visitor]


class Turns:
    """Turns at decoding photos and at encoding them.

    `most` pixels at once, `each` for one visitor. A photo of more than are kept of one waits in a line of its own
    before, one at a time, so that who has a small one does not wait for it.
    """

    def __init__(self, most: int, each: int, waiting: int) -> None:
        self._pixels = Line(most, each, waiting)
        self._large = Line(1, 1, waiting)

    @contextmanager
    def take(self, visitor: str, pixels: int = ENCODING) -> Iterator[None]:
        """Wait for a turn to decode so many pixels, which lasts as long as this. Busy, at once."""
        with ExitStack() as taken:
            if pixels > MAX_KEPT:
                taken.enter_context(self._large.take(visitor, 1))
            taken.enter_context(self._pixels.take(visitor, min(max(pixels, LEAST), MAX_KEPT)))
            yield
