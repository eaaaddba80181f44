"""The line about a model that is on its way, in a real browser: it goes on by itself, and nothing else moves."""

import hashlib
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests import publishing
from tests.browser.serving import serve
from tests.publishing import BLOCK, Publisher

SCRIPT = "tests/browser/page_of_one_line.py"
TICKS = 5_000
"""Milliseconds in which the line would be drawn anew twice."""


@pytest.fixture
def server() -> Iterator[Publisher]:
    """Of three megabytes, after one of which it waits."""
    with publishing.publish(b"weights!" * (46 * BLOCK // 8)) as server:
        server.pause_at = 20 * BLOCK
        yield server


@pytest.fixture
def visit(page: Page, server: Publisher, tmp_path: Path) -> Iterator[Callable[[], Locator]]:
    """Opens the page; gives its text below the line."""
    settings = {
        "PRODSIM_OFFLINE": "0",
        "URL": server.url,
        "SIZE": str(len(server.content)),
        "DIGEST": f"sha256:{hashlib.sha256(server.content).hexdigest()}",
    }
    with serve(tmp_path, SCRIPT, **settings) as address:

        def visit() -> Locator:
            page.goto(address)
            return page.get_by_text(re.compile(r"^Run \d+, by"))

        yield visit
        server.go_on.set()


def sent(page: Page) -> list[object]:
    """What the browser sends to the server from the next connection on."""
    frames: list[object] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: frames.append(frame)))
    return frames


@pytest.mark.parametrize("width", [1280, 390])
def test_the_line_counts_says_that_it_is_here_and_then_rests_while_nothing_moves(
    page: Page, visit: Callable[[], Locator], server: Publisher, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    frames = sent(page)
    below = visit()
    expect(page.get_by_text("Shown by Mini. VGG16 is on its way: 0 of 3 MB.")).to_be_visible()
    place = below.bounding_box()
    expect(page.get_by_text("VGG16 is on its way: 1 of 3 MB.")).to_be_visible()
    expect(below).to_have_text("Run 1, by Mini")
    server.go_on.set()
    expect(page.get_by_text("Shown by Mini. VGG16 is here.")).to_be_visible()
    expect(below).to_have_text("Run 2, by Mini")
    assert below.bounding_box() == place
    frames.clear()
    page.wait_for_timeout(TICKS)
    assert frames == []
    page.get_by_role("button", name="Show by VGG16").click()
    expect(below).to_have_text("Run 3, by VGG16")
    expect(page.get_by_text("Shown by")).to_have_count(0)


def test_a_line_that_is_dismissed_is_gone_and_asks_for_nothing(page: Page, visit: Callable[[], Locator]) -> None:
    frames = sent(page)
    visit()
    page.get_by_role("button", name="close icon").click()
    expect(page.get_by_text("Shown by")).to_have_count(0)
    page.wait_for_timeout(1000)
    frames.clear()
    page.wait_for_timeout(TICKS)
    assert frames == []


def test_a_fetch_that_fails_says_so_by_itself_and_can_be_tried_again(
    page: Page, visit: Callable[[], Locator], server: Publisher
) -> None:
    server.cuts = [20 * BLOCK, 0]
    visit()
    expect(page.get_by_text("Shown by Mini. VGG16 could not be fetched.")).to_be_visible()
    page.get_by_role("button", name="Details").click()
    expect(page.get_by_text("python -m prodsim download vgg16", exact=True)).to_be_visible()
    server.go_on.set()
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_text("Shown by Mini. VGG16 is here.")).to_be_visible()
    assert server.asked[-1] == f"bytes={20 * BLOCK}-"
