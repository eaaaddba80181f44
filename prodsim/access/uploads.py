"""Uploads, before a byte of them is taken: only what a page asked for, and not more than the others can bear.

Streamlit keeps uploads in memory until the page has read them or the visitor is gone, and takes them from whoever has
a session.
"""

import time
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from threading import Lock
from typing import TypeVar

from prodsim.access.visitor import visitor_of
from prodsim.errors import NotAllowed

AROUND = 1 << 20
"""Bytes of a request beside its file, at most."""
GRACE = 60
"""Seconds for an upload to begin after its uploader went from the page: files go off while the page changes."""
DAY = 24 * 3600
MAX_A_DAY = 2 << 30
"""Bytes of uploads of one visitor on one day."""
MAX_HELD, MAX_HELD_OF_ONE = 1 << 30, 600 << 20
"""Bytes of uploads in memory that no page has read yet: of all visitors, and of one, who can send the largest."""
SESSIONS = 10_000
"""Sessions that are remembered, the last ones."""

Value = TypeVar("Value")
Held = Callable[[], Mapping[str, int]]
"""Session -> bytes of its uploads that are in memory."""


@dataclass
class _Asked:
    """Bytes that a file may have by the page that is there `now`, and by the one `before` it, until then."""

    now: int = 0
    before: int = 0
    until: float = 0


class UploadRefused(NotAllowed):
    """An upload that is not taken, and the HTTP status that says so."""

    def __init__(self, message: str, status: HTTPStatus = HTTPStatus.FORBIDDEN) -> None:
        super().__init__(message)
        self.status = status


class Uploads:
    """What sessions asked for, and what addresses sent. In memory: a new start forgets it. Safe between threads."""

    def __init__(self, held: Held, clock: Callable[[], float] = time.time) -> None:
        self._held = held
        self._clock = clock
        self._asked: OrderedDict[str, _Asked] = OrderedDict()
        self._from: OrderedDict[str, str] = OrderedDict()
        self._sent: tuple[int, Counter[str]] = 0, Counter()
        self._coming: Counter[str] = Counter()
        self._lock = Lock()

    def begin(self, session: str) -> None:
        """A page of this session is about to be drawn: what the one before asked for ends soon."""
        with self._lock:
            asked = self._asked.get(session)
            if asked and asked.now:
                asked.before, asked.until, asked.now = asked.now, self._clock() + GRACE, 0

    def ask(self, session: str, most: int) -> None:
        """The page that is being drawn asks for files of at most so many bytes each, until another one begins."""
        with self._lock:
            asked = self._asked.get(session) or _Asked()
            asked.now = max(asked.now, most)
            _remember(self._asked, session, asked)

    @contextmanager
    def take(self, session: str, address: str, size: int) -> Iterator[None]:
        """Take an upload of so many bytes, which comes in meanwhile. UploadRefused says why not."""
        visitor = visitor_of(address)
        with self._lock:
            self._check_asked(session, size)
            self._check_room(session, visitor, size)
            self._check_day(visitor, size)
            _remember(self._from, session, visitor)
            self._coming[visitor] += size
        try:
            yield
        finally:
            with self._lock:
                self._coming[visitor] -= size
                self._coming += Counter()  # without those of whom nothing comes

    def _check_asked(self, session: str, size: int) -> None:
        asked = self._asked.get(session) or _Asked()
        most = max(asked.now, asked.before if asked.until > self._clock() else 0)
        if not most:
            raise UploadRefused("No page that is open asks for a file. Open the one that does.")
        if size > most + AROUND:
            raise UploadRefused(
                f"The file has {size / 2**20:,.0f} MB, more than {most / 2**20:,.0f} MB. Make it smaller.",
                HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            )

    def _check_room(self, session: str, visitor: str, size: int) -> None:
        held = self._held()
        from_there = sum(bytes_ for of, bytes_ in held.items() if of == session or self._from.get(of) == visitor)
        if (
            sum(held.values()) + sum(self._coming.values()) + size > MAX_HELD
            or from_there + self._coming[visitor] + size > MAX_HELD_OF_ONE
        ):
            raise UploadRefused(
                "The server has no room for more files just now. Try again in some minutes.",
                HTTPStatus.SERVICE_UNAVAILABLE,
            )

    def _check_day(self, visitor: str, size: int) -> None:
        today = int(self._clock() // DAY)
        if self._sent[0] != today:
            self._sent = today, Counter()
        sent = self._sent[1]
        if sent[visitor] + size > MAX_A_DAY:
            raise UploadRefused(
                f"A visitor may send {MAX_A_DAY >> 30} GB a day, and that is reached. Go on tomorrow.",
                HTTPStatus.TOO_MANY_REQUESTS,
            )
        sent[visitor] += size


def _remember(kept: OrderedDict[str, Value], key: str, value: Value) -> None:
    kept[key] = value
    kept.move_to_end(key)
    while len(kept) > SESSIONS:
        kept.popitem(last=False)
