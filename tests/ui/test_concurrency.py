from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event, Lock

import pytest

from prodsim.errors import Busy
from prodsim.ui.concurrency import Turns

PATIENCE = 30
"""Seconds after which a thread that should have come has not."""


def test_some_work_some_wait_and_the_next_is_told_to_try_again_while_the_others_go_on() -> None:
    turns, working, go_on = Turns(at_once=2, waiting=1), Barrier(3), Event()

    def work() -> str:
        with turns.take():
            working.wait(PATIENCE)
            assert go_on.wait(PATIENCE)
            return "done"

    def wait() -> str:
        with turns.take():
            return "done"

    with ThreadPoolExecutor(3) as pool:
        busy = [pool.submit(work), pool.submit(work)]
        working.wait(PATIENCE)
        waits = pool.submit(wait)
        while turns._room._value:  # until it has come
            assert not waits.done()
        with pytest.raises(Busy, match="Try again"), turns.take():
            pytest.fail("it has a turn")
        assert not waits.done()
        go_on.set()
        assert [future.result(PATIENCE) for future in (*busy, waits)] == ["done"] * 3
    with turns.take():
        pass


def test_there_are_never_more_at_work_than_may_be() -> None:
    turns, lock = Turns(at_once=2, waiting=100), Lock()
    now, most = 0, 0

    def work() -> None:
        nonlocal now, most
        with turns.take():
            with lock:
                now += 1
                most = max(most, now)
            Event().wait(0.002)
            with lock:
                now -= 1

    with ThreadPoolExecutor(20) as pool:
        for future in [pool.submit(work) for _ in range(50)]:
            future.result(PATIENCE)
    assert most == 2


def test_who_fails_gives_the_turn_back() -> None:
    turns = Turns(at_once=1, waiting=0)
    for _ in range(3):
        with pytest.raises(ZeroDivisionError), turns.take():
            1 / 0  # noqa: B018
