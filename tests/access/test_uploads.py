from collections.abc import Callable
from contextlib import AbstractContextManager
from http import HTTPStatus

import pytest

from prodsim.access import UploadRefused, Uploads
from prodsim.access.uploads import AROUND, DAY, GRACE, MAX_A_DAY, MAX_HELD, MAX_HELD_OF_ONE
from prodsim.access.visitor import visitor_of

MB = 1 << 20
ANN, BOB = "10.0.0.1", "10.0.0.2"


class World:
    """The time, and what Streamlit holds in memory."""

    def __init__(self) -> None:
        self.now = 1_000_000.0
        self.held: dict[str, int] = {}
        self.uploads = Uploads(lambda: self.held, lambda: self.now)


@pytest.fixture
def world() -> World:
    return World()


def refused(taking: Callable[[], AbstractContextManager[None]]) -> HTTPStatus | None:
    try:
        with taking():
            return None
    except UploadRefused as error:
        return error.status


def send(world: World, session: str = "a", address: str = ANN, size: int = MB) -> HTTPStatus | None:
    """The status of a refusal; None if it is taken."""
    return refused(lambda: world.uploads.take(session, address, size))


def test_what_no_page_asked_for_is_refused(world: World) -> None:
    assert send(world) == HTTPStatus.FORBIDDEN
    world.uploads.ask("b", 20 * MB)
    assert send(world) == HTTPStatus.FORBIDDEN
    world.uploads.ask("a", 20 * MB)
    assert send(world) is None


def test_it_may_be_as_large_as_what_was_asked_for(world: World) -> None:
    world.uploads.ask("a", 20 * MB)
    world.uploads.ask("a", 5 * MB)
    assert send(world, size=20 * MB + AROUND) is None
    assert send(world, size=20 * MB + AROUND + 1) == HTTPStatus.REQUEST_ENTITY_TOO_LARGE


def test_a_file_on_its_way_while_the_page_changes_is_taken_and_a_later_one_is_not(world: World) -> None:
    world.uploads.ask("a", 20 * MB)
    world.now += DAY / 2
    world.uploads.begin("a")
    world.now += GRACE / 2
    world.uploads.begin("a")
    assert send(world) is None
    world.now += GRACE / 2 + 1
    assert send(world) == HTTPStatus.FORBIDDEN


def test_a_page_that_asks_for_less_takes_no_more(world: World) -> None:
    world.uploads.ask("a", 500 * MB)
    world.uploads.begin("a")
    world.uploads.ask("a", 20 * MB)
    assert send(world, size=100 * MB) is None, "it may be on its way"
    world.now += GRACE + 1
    assert send(world, size=100 * MB) == HTTPStatus.REQUEST_ENTITY_TOO_LARGE


def test_a_visitor_sends_so_much_a_day_in_however_many_sessions(world: World) -> None:
    for number in range(MAX_A_DAY // (512 * MB)):
        world.uploads.ask(str(number), 512 * MB)
        assert send(world, str(number), size=512 * MB) is None
    world.uploads.ask("a", 20 * MB)
    assert send(world) == HTTPStatus.TOO_MANY_REQUESTS
    assert send(world, address=BOB) is None
    world.now += DAY
    assert send(world) is None


def test_what_nobody_reads_stays_within_bounds_and_one_visitor_leaves_room_for_others(world: World) -> None:
    for session in "abc":
        world.uploads.ask(session, 500 * MB)
    assert send(world, "a") is None
    assert send(world, "b") is None
    world.held = {"a": 300 * MB, "b": MAX_HELD_OF_ONE - 300 * MB - MB}
    assert send(world, "b", size=2 * MB) == HTTPStatus.SERVICE_UNAVAILABLE
    assert send(world, "c", BOB, size=2 * MB) is None
    world.held["others"] = MAX_HELD - MAX_HELD_OF_ONE
    assert send(world, "c", BOB, size=2 * MB) == HTTPStatus.SERVICE_UNAVAILABLE
    world.held = {}
    assert send(world, "b", size=2 * MB) is None


def test_what_is_still_coming_in_counts_as_well(world: World) -> None:
    world.uploads.ask("a", 500 * MB)
    with world.uploads.take("a", ANN, 500 * MB):
        assert send(world, size=200 * MB) == HTTPStatus.SERVICE_UNAVAILABLE
    assert send(world, size=200 * MB) is None


def test_a_household_is_one_visitor(world: World) -> None:
    world.uploads.ask("a", 512 * MB)
    for last in range(4):
        assert send(world, address=f"2001:db8::{last}", size=512 * MB) is None
    assert send(world, address="2001:db8::ffff") == HTTPStatus.TOO_MANY_REQUESTS
    assert send(world, address="2001:db8:1::1") is None


def test_visitors_by_ipv4_are_not_one_where_the_server_listens_on_both(world: World) -> None:
    assert visitor_of("::ffff:10.0.0.1") == visitor_of("10.0.0.1") != visitor_of("::ffff:10.0.0.2")
