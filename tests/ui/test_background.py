import threading
import time
from collections.abc import Callable

import pytest

from prodsim.config import Settings
from prodsim.encoders import REGISTRY, Available, status
from prodsim.ui import background
from prodsim.ui.background import Fetch, Progress
from tests.publishing import BLOCK, Publisher

PATIENCE = 30
"""Seconds after which what should have happened has not."""


@pytest.fixture
def fetch(server: Publisher, settings: Settings, online: None) -> Fetch:
    """Of VGG16's weights from that server; not begun."""
    return Fetch(REGISTRY["vgg16"], settings.replace(offline=False))


def wait(fetch: Fetch, until: Callable[[Progress], bool]) -> Progress:
    ends = time.monotonic() + PATIENCE
    while not until(now := fetch.now):
        assert time.monotonic() < ends, now
        time.sleep(0.005)
    return now


def ended(now: Progress) -> bool:
    return now.state in ("done", "failed")


def test_before_it_begins_it_waits_and_asks_for_nothing(fetch: Fetch, server: Publisher) -> None:
    assert fetch.now == Progress("waiting", 0, len(server.content))
    assert server.asked == []


def test_a_slow_fetch_blocks_nobody_and_tells_how_far_it_is(
    fetch: Fetch, server: Publisher, settings: Settings
) -> None:
    server.pause_at = 10 * BLOCK
    fetch.start()
    now = wait(fetch, lambda now: now.done == 10 * BLOCK)
    assert now == Progress("fetching", 10 * BLOCK, len(server.content))
    assert not isinstance(status("vgg16", settings), Available)
    server.go_on.set()
    assert wait(fetch, ended) == Progress("done", len(server.content), len(server.content))
    found = status("vgg16", settings)
    assert isinstance(found, Available) and found.weights and found.weights.published


def test_it_is_fetched_once_however_often_it_is_begun(fetch: Fetch, server: Publisher) -> None:
    server.pause_at = 10 * BLOCK
    for _ in range(5):
        fetch.start()
    server.go_on.set()
    wait(fetch, ended)
    fetch.start()
    wait(fetch, ended)
    assert server.asked == ["all"]


def test_a_file_that_is_gone_since_is_fetched_again(fetch: Fetch, server: Publisher, settings: Settings) -> None:
    fetch.start()
    wait(fetch, ended)
    found = status("vgg16", settings)
    assert isinstance(found, Available) and found.weights
    found.weights.path.unlink()
    fetch.start()
    wait(fetch, ended)
    assert server.asked == ["all", "all"] and isinstance(status("vgg16", settings), Available)


def test_what_broke_off_is_said_and_the_next_try_asks_for_the_rest_alone(fetch: Fetch, server: Publisher) -> None:
    server.cuts = [10 * BLOCK, 0]
    fetch.start()
    now = wait(fetch, ended)
    assert (now.state, now.done) == ("failed", 10 * BLOCK)
    assert now.error.startswith("The weights of vgg16 (3 MB) cannot be downloaded: the connection broke off. Run `")
    server.asked.clear()
    fetch.start()  # of itself it tries once
    assert fetch.now == now
    fetch.retry()
    assert wait(fetch, ended) == Progress("done", len(server.content), len(server.content))
    assert server.asked == [f"bytes={10 * BLOCK}-"]


def test_what_is_not_the_published_file_is_said_and_the_next_try_starts_anew(fetch: Fetch, server: Publisher) -> None:
    right = server.content
    server.content = bytes(len(right))
    fetch.start()
    assert "what arrived is not the published file" in wait(fetch, ended).error
    server.content = right
    server.asked.clear()
    fetch.retry()
    assert wait(fetch, ended).state == "done"
    assert server.asked == ["all"]


def test_a_retry_that_is_pressed_twice_fetches_once(fetch: Fetch, server: Publisher) -> None:
    server.cuts = [0]
    fetch.start()
    wait(fetch, ended)
    server.asked.clear()
    for _ in range(5):
        fetch.retry()
    wait(fetch, ended)
    assert server.asked == ["all"]


def test_a_fault_that_nobody_foresaw_leaves_nobody_waiting(fetch: Fetch, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    said = threading.Event()
    monkeypatch.setattr(threading, "excepthook", lambda _: said.set())
    monkeypatch.setattr(background, "fetch_weights", fail)
    fetch.start()
    now = wait(fetch, ended)
    assert now.state == "failed" and now.error == "The weights of vgg16 could not be fetched. The log says why."
    assert said.wait(PATIENCE)
