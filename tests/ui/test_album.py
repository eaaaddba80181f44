"""The photos of a visitor's session: at most eight in a set, the last few sets, no file twice, and of all sessions
together no more than a server can bear.
"""

import gc
import random
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import local

import pytest

from prodsim.errors import QueryError
from prodsim.search import MAX_PHOTOS, WHOLE, Framing
from prodsim.ui import album
from prodsim.ui.album import SETS, Given

LEFT = (0, 0, 50, 100)


@pytest.fixture(autouse=True)
def session(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """A session without anything in it."""
    state: dict[str, object] = {}
    monkeypatch.setattr(album.st, "session_state", state)
    album._albums.clear()
    return state


class Sessions:
    """Several sessions, in place of Streamlit's `session_state`: each thread runs the page of one at a time."""

    def __init__(self) -> None:
        self._states: dict[str, dict[str, object]] = {}
        self._here = local()

    def setdefault(self, key: str, value: object) -> object:
        return self._states.setdefault(self._here.visitor, {}).setdefault(key, value)

    def enter(self, visitor: str) -> None:
        self._here.visitor = visitor

    def give(self, visitor: str, size: int) -> str:
        """The token of a new set of so many bytes."""
        self.enter(visitor)
        return album.keep([(f"{size} bytes", random.randbytes(size))])

    def sizes(self, visitor: str) -> list[int]:
        """Of the sets that are kept, in bytes, the oldest first."""
        self.enter(visitor)
        return [len(kept.photos[0].content) for kept in album._album().sets.values()]

    def leave(self, visitor: str) -> None:
        """Streamlit forgets the session."""
        del self._states[visitor]
        gc.collect()


@pytest.fixture
def sessions(monkeypatch: pytest.MonkeyPatch) -> Sessions:
    """All of them together keep a hundred bytes."""
    monkeypatch.setattr(album, "ALL_BYTES", 100)
    several = Sessions()
    monkeypatch.setattr(album.st, "session_state", several)
    return several


def files(*names: str) -> list[tuple[str, bytes]]:
    """Files with other bytes each."""
    return [(name, f"content of {name}".encode()) for name in names]


def names(token: str) -> list[str]:
    return [given.name for given in album.photos(token)]


def test_a_set_is_found_by_its_token_which_says_nothing_of_it() -> None:
    one, other = album.keep(files("a", "b")), album.keep(files("a", "b"))
    assert album.photos(one) == album.photos(other) == (Given("a", b"content of a"), Given("b", b"content of b"))
    assert one != other and len(one) == 8 and int(one, 16) >= 0


def test_a_token_of_another_session_finds_nothing(session: dict[str, object]) -> None:
    token = album.keep(files("a"))
    session.clear()
    assert album.photos(token) == album.photos("") == () and album.left_out(token) == 0
    album.frame(token, 0, LEFT)
    assert album.without(token, 0) == ""


def test_of_more_than_a_query_takes_the_first_are_kept_and_nothing_of_the_others(session: dict[str, object]) -> None:
    token = album.keep(files(*(f"photo {number}" for number in range(20))))
    assert names(token) == [f"photo {number}" for number in range(MAX_PHOTOS)]
    assert album.left_out(token) == 20 - MAX_PHOTOS
    assert "photo 8" not in str(session)


def test_the_same_file_given_twice_is_one_photo() -> None:
    token = album.keep([*files("a", "b"), ("copy of a", b"content of a")])
    assert names(token) == ["a", "b"] and album.left_out(token) == 0


def test_photos_come_onto_those_of_another_set_which_stay_framed() -> None:
    first = album.keep(files("a"))
    album.frame(first, 0, LEFT, "pad")
    both = album.keep(files("b", "a"), onto=first)
    assert [(given.name, given.box, given.fit) for given in album.photos(both)] == [
        ("a", LEFT, "pad"),
        ("b", WHOLE, None),
    ]
    assert names(first) == ["a"]


def test_a_photo_that_is_given_anew_is_whole() -> None:
    album.frame(album.keep(files("a")), 0, LEFT)
    assert album.photos(album.keep(files("a")))[0].box == WHOLE


def test_a_crop_changes_one_photo_and_the_others_remember_what_was_seen_of_them() -> None:
    token = album.keep(files("a", "b"))
    one, other = (given.photo for given in album.photos(token))
    album.frame(token, 0, LEFT, "squash")
    cropped, same = (given.photo for given in album.photos(token))
    assert cropped.framing == Framing(LEFT, "squash") and cropped is not one
    assert same is other


def test_a_crop_that_leaves_nothing_is_kept_to_be_mended_and_the_photo_says_so() -> None:
    token = album.keep(files("a"))
    album.frame(token, 0, (40, 0, 40, 100))
    (given,) = album.photos(token)
    with pytest.raises(QueryError, match="leaves nothing of the photo"):
        _ = given.photo


def test_a_place_that_is_no_more_is_not_framed() -> None:
    token = album.keep(files("a"))
    album.frame(token, 1, LEFT)
    assert album.photos(token)[0].box == WHOLE


def test_without_one_of_its_photos_a_set_is_another_one_and_without_the_last_none() -> None:
    token = album.keep(files(*(f"photo {number}" for number in range(9))))
    rest = album.without(token, 0)
    assert names(rest) == [f"photo {number}" for number in range(1, MAX_PHOTOS)] and album.left_out(rest) == 0
    assert len(names(token)) == MAX_PHOTOS
    assert album.without(album.keep(files("a")), 0) == ""


def test_the_last_few_sets_are_kept() -> None:
    tokens = [album.keep(files(f"photo {number}")) for number in range(SETS + 2)]
    assert [bool(album.photos(token)) for token in tokens] == [False, False] + [True] * SETS


def test_sets_go_when_their_files_are_too_many_bytes_and_those_in_common_count_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(album, "MOST_BYTES", 30)
    first = album.keep(files("a", "b"))
    second = album.without(first, 0)
    assert names(first) and names(second), "together they have 24 bytes"
    third = album.keep(files("c"), onto=second)
    assert not names(first) and names(second) and names(third) == ["b", "c"]
    fourth = album.keep([("large", bytes(100))])
    assert names(fourth) == ["large"] and not names(third), "the newest stays, whatever it takes"


def test_of_all_sessions_whoever_has_most_loses_a_set_the_oldest(sessions: Sessions) -> None:
    for visitor, size in (("small", 20), ("large", 30), ("large", 31), ("third", 25)):
        sessions.give(visitor, size)
    assert [sessions.sizes(visitor) for visitor in ("small", "large", "third")] == [[20], [31], [25]]
    sessions.give("fourth", 40)
    assert [sessions.sizes(visitor) for visitor in ("small", "large", "third")] == [[20], [], [25]]


def test_who_gives_most_loses_ones_own_and_not_those_of_others(sessions: Sessions) -> None:
    kept = sessions.give("small", 20)
    for size in (60, 61, 62, 63):
        token = sessions.give("greedy", size)
    assert sessions.sizes("small") == [20] and sessions.sizes("greedy") == [63]
    sessions.enter("small")
    assert names(kept) and not album.photos(token)


def test_the_newest_set_stays_though_it_is_more_than_all_may_have(sessions: Sessions) -> None:
    sessions.give("small", 20)
    sessions.give("large", 200)
    assert sessions.sizes("large") == [200] and sessions.sizes("small") == []


def test_whoever_holds_a_photo_of_a_set_that_is_lost_does_not_hold_its_file(sessions: Sessions) -> None:
    sessions.enter("first")
    both = album.keep([("lost", bytes(20)), ("kept", bytes(21))])
    lost, kept = (given.photo for given in album.photos(both))
    album.without(both, 0)
    sessions.give("second", 75)
    assert sessions.sizes("first") == [21] and sessions.sizes("second") == [75]
    assert lost.content == b"" and kept.content == bytes(21)


def test_a_session_that_is_forgotten_leaves_its_share_to_the_others(sessions: Sessions) -> None:
    sessions.give("first", 50), sessions.give("left", 40)
    sessions.leave("left")
    sessions.give("third", 45)
    assert sessions.sizes("first") == [50] and sessions.sizes("third") == [45]


def test_sessions_that_give_and_crop_at_once_keep_no_more_and_fail_none(sessions: Sessions) -> None:
    def visit(visitor: str) -> None:
        sessions.enter(visitor)
        for number in range(200):
            token = album.keep([("photo", number.to_bytes(2) * 10)])
            album.frame(token, 0, LEFT)
            assert len(album.photos(token)) < 2 and album.left_out(token) == 0

    often = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as pool:
            for done in [pool.submit(visit, visitor) for visitor in "abcdefgh"]:
                done.result()
    finally:
        sys.setswitchinterval(often)
    assert sum(kept.bytes for kept in album._albums) <= 100
