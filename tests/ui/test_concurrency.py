"""Turns are given fairly: never more than there is, a share for each visitor, first come, first served."""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from threading import Event, Lock, Thread

import pytest

from prodsim.errors import Busy
from prodsim.images import MAX_KEPT
from prodsim.ui.concurrency import LEAST, Line, Turns

PATIENCE = 30
"""Seconds after which a thread that should have come has not."""


class Waiting:
    """Visitors who take from a line, each wish in a thread of its own; `served`: who has or had a turn, in order."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self.served: list[str] = []
        self._threads: list[Thread] = []
        self._lock = Lock()
        self._go_on = Event()

    def come(self, visitor: str, amount: int = 1) -> None:
        """Take this much until `end`; come back when it is taken, or waits."""

        def work() -> None:
            with self.line.take(visitor, amount):
                with self._lock:
                    self.served.append(visitor)
                came.set()
                assert self._go_on.wait(PATIENCE)

        came, before = Event(), self._in_line()
        thread = Thread(target=work)
        self._threads.append(thread)
        thread.start()
        while not came.is_set() and self._in_line() == before:
            assert thread.is_alive()

    def end(self) -> None:
        self._go_on.set()
        for thread in self._threads:
            thread.join(PATIENCE)

    def _in_line(self) -> int:
        return sum(len(wishes) for wishes in [*self.line._line.values()])


@pytest.fixture
def at() -> Iterator[Callable[[Line], Waiting]]:
    """Visitors at a line, who leave it in the end."""
    with ExitStack() as leaving:

        def at(line: Line) -> Waiting:
            waiting = Waiting(line)
            leaving.callback(waiting.end)
            return waiting

        yield at


@contextmanager
def whole(line: Line, visitor: str = "first") -> Iterator[None]:
    """All of it is taken meanwhile."""
    with line.take(visitor, line.most):
        yield


def test_some_work_some_wait_and_the_next_is_told_to_try_again_while_the_others_go_on(
    at: Callable[[Line], Waiting],
) -> None:
    visitors = at(line := Line(most=2, each=1, waiting=1))
    for name in ("a", "b", "c"):
        visitors.come(name)
    assert visitors.served == ["a", "b"]
    with pytest.raises(Busy, match="Try again"), line.take("d", 1):
        pytest.fail("there is no room")
    visitors.end()
    assert visitors.served == ["a", "b", "c"]
    with whole(line):
        pass


def test_who_is_told_to_try_again_takes_no_place_in_the_line(at: Callable[[Line], Waiting]) -> None:
    visitors = at(line := Line(most=1, each=1, waiting=1))
    visitors.come("a"), visitors.come("b")
    for _ in range(3):
        with pytest.raises(Busy), line.take("c", 1):
            pytest.fail("there is no room")
    visitors.end()
    assert visitors.served == ["a", "b"] and not line._line and not line._held


def test_who_has_many_photos_waits_behind_those_who_came_since_the_first(at: Callable[[Line], Waiting]) -> None:
    line = Line(most=1, each=1, waiting=3)
    visitors = at(line)
    visitors._go_on.set()
    with whole(line):
        for name in ["many"] * 80 + ["one"] * 2 + ["other"]:
            visitors.come(name)
        assert visitors.served == []
    visitors.end()
    assert visitors.served[:5] == ["many", "one", "other", "many", "one"]
    assert Counter(visitors.served) == {"many": 80, "one": 2, "other": 1}


def test_many_wishes_of_one_visitor_keep_nobody_from_waiting_too(at: Callable[[Line], Waiting]) -> None:
    line = Line(most=1, each=1, waiting=2)
    visitors = at(line)
    visitors.come("many")
    for name in ["many"] * 5 + ["one"]:
        visitors.come(name)
    with pytest.raises(Busy), line.take("third", 1):
        pytest.fail("there is no room")


def test_no_visitor_takes_the_whole_and_who_waits_for_ones_own_share_keeps_nobody_waiting(
    at: Callable[[Line], Waiting],
) -> None:
    visitors = at(Line(most=4, each=3, waiting=5))
    visitors.come("greedy", 2), visitors.come("greedy", 2)
    assert visitors.served == ["greedy"]
    visitors.come("other", 2)
    assert visitors.served == ["greedy", "other"]


def test_a_small_wish_does_not_overtake_a_large_one_which_would_wait_forever(at: Callable[[Line], Waiting]) -> None:
    visitors = at(Line(most=4, each=3, waiting=5))
    for name, amount in (("a", 2), ("large", 3), ("small", 1)):
        visitors.come(name, amount)
    assert visitors.served == ["a"]


def test_who_wants_more_than_a_share_gets_all_of_it(at: Callable[[Line], Waiting]) -> None:
    visitors = at(Line(most=4, each=3, waiting=5))
    visitors.come("a", 100), visitors.come("b", 1)
    assert visitors.served == ["a", "b"]


def test_there_is_never_more_taken_than_there_is_nor_by_one() -> None:
    line, lock, held = Line(most=10, each=6, waiting=100), Lock(), Counter[str]()
    chance = random.Random(0)

    def work(visitor: str, amount: int) -> None:
        with line.take(visitor, amount):
            with lock:
                held[visitor] += amount
                assert held.total() <= 10 and held[visitor] <= 6
            Event().wait(0.001)
            with lock:
                held[visitor] -= amount

    with ThreadPoolExecutor(20) as pool:
        for done in [pool.submit(work, chance.choice("abcd"), chance.randint(1, 6)) for _ in range(200)]:
            done.result(PATIENCE)
    assert not line._line and not line._held


def test_who_fails_gives_back_what_was_taken() -> None:
    line = Line(most=1, each=1, waiting=0)
    for _ in range(3):
        with pytest.raises(ZeroDivisionError), line.take("a", 1):
            1 / 0  # noqa: B018


def test_who_is_interrupted_while_waiting_leaves_the_line(monkeypatch: pytest.MonkeyPatch) -> None:
    line = Line(most=1, each=1, waiting=1)

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with whole(line):
        with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
            patch.setattr(line._changed, "wait_for", interrupted)
            with line.take("a", 1):
                pytest.fail("there is no room")
        assert not line._line
    with whole(line):
        pass


def test_a_photo_that_is_reduced_waits_for_such_ones_alone() -> None:
    turns, went_on = Turns(most=2 * MAX_KEPT, each=MAX_KEPT, waiting=5), Event()

    def work() -> None:
        with turns.take("second", MAX_KEPT + 1):
            went_on.set()

    with turns.take("first", 4 * MAX_KEPT):
        thread = Thread(target=work)
        thread.start()
        while not turns._large._line:
            assert not went_on.is_set()
        with turns.take("small", 1), turns.take("middle", MAX_KEPT - LEAST):
            assert not went_on.is_set()
    assert went_on.wait(PATIENCE)
    thread.join(PATIENCE)


def test_a_small_photo_counts_as_some_pixels_for_it_takes_a_processor() -> None:
    turns = Turns(most=LEAST, each=LEAST, waiting=0)
    with turns.take("first", 1), pytest.raises(Busy), turns.take("second", 1):
        pytest.fail("there is no room")
