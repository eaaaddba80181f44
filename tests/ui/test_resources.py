"""Photos are looked at in turn, a few at once, for every encoder that is at hand."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from threading import Lock

import pytest
import streamlit as st
from PIL import Image

from prodsim.encoders import REGISTRY
from prodsim.errors import Busy
from prodsim.images import open_rgb
from prodsim.search import Photo
from prodsim.search import photo as photo_module
from prodsim.ui import resources
from prodsim.ui.concurrency import ENCODING, LEAST, Turns
from tests.samples import DAMAGED, encoded, noise

MINI, PIXELS, VGG16 = (REGISTRY[name] for name in ("mini", "pixels", "vgg16"))


@pytest.fixture(autouse=True)
def anew() -> None:
    st.cache_resource.clear()


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the photos that are decoded from here on, each of them in a turn."""
    names: list[str] = []
    taken, lock, now = 0, Lock(), 0
    take = Turns.take

    @contextmanager
    def watched(turns: Turns, visitor: str, pixels: int = ENCODING) -> Iterator[None]:
        nonlocal taken
        with take(turns, visitor, pixels):
            with lock:
                taken += 1
            yield
            with lock:
                taken -= 1

    def noticed(content: bytes, name: str) -> Image.Image:
        nonlocal now
        with lock:
            now += 1
            names.append(name)
            assert now <= taken <= resources.AT_ONCE
        try:
            return open_rgb(content, name)
        finally:
            with lock:
                now -= 1

    monkeypatch.setattr(Turns, "take", watched)
    monkeypatch.setattr(photo_module, "open_rgb", noticed)
    return names


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """For how many pixels each turn is taken from here on."""
    pixels: list[int] = []
    take = Turns.take

    def noted(turns: Turns, visitor: str, wanted: int = ENCODING) -> AbstractContextManager[None]:
        pixels.append(wanted)
        return take(turns, visitor, wanted)

    monkeypatch.setattr(Turns, "take", noted)
    return pixels


def photos(number: int) -> list[Photo]:
    return [Photo(f"{place}.png", encoded(noise((60, 60), place))) for place in range(number)]


def test_each_photo_is_decoded_once_for_every_encoder_at_hand(opened: list[str]) -> None:
    given = photos(5)
    for _ in range(2):
        resources.look_at(given)
        for photo in given:
            assert resources.seen(photo, MINI).size == MINI.input_size
            assert resources.seen(photo, PIXELS).size == PIXELS.input_size
    assert sorted(opened) == [photo.name for photo in given]


def test_for_an_encoder_that_came_since_a_photo_is_decoded_in_turn_once_more(opened: list[str]) -> None:
    (photo,) = photos(1)
    resources.look_at([photo])
    for _ in range(2):
        assert resources.seen(photo, VGG16).size == VGG16.input_size
    assert opened == ["0.png"] * 2


def test_a_photo_that_cannot_be_used_keeps_none_of_the_others_from_being_seen(opened: list[str]) -> None:
    good, bad = photos(1)[0], Photo("bad.png", DAMAGED)
    for _ in range(2):
        resources.look_at([bad, good])
    assert good.looked(PIXELS) and bad.looked() and sorted(opened) == ["0.png", "bad.png"]


def test_who_comes_when_too_many_wait_is_told_so_and_what_was_looked_at_stays(
    monkeypatch: pytest.MonkeyPatch, opened: list[str]
) -> None:
    monkeypatch.setattr(resources, "AT_ONCE", 1)
    monkeypatch.setattr(resources, "PIXELS", ENCODING)
    monkeypatch.setattr(resources, "WAITING", 0)
    known, new = photos(2)
    resources.look_at([known])
    with resources.turns().take("another visitor"):
        with pytest.raises(Busy):
            resources.look_at([known, new])
        resources.look_at([known])
    resources.look_at([known, new])
    assert opened == ["0.png", "1.png"]


def test_a_turn_is_for_as_many_pixels_as_the_photo_has(taken: list[int]) -> None:
    (photo,) = photos(1)
    resources.look_at([photo, Photo("bad.png", DAMAGED)])
    resources.seen(photo, VGG16)
    assert taken == [60 * 60, 0, 60 * 60]


def test_one_visitor_leaves_room_for_another_and_two_photos_of_a_phone_are_decoded_at_once() -> None:
    phone = 4000 * 3000
    assert resources.AT_ONCE * phone <= resources.EACH <= resources.PIXELS - LEAST


def test_of_the_pictures_of_a_catalog_a_few_are_decoded_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock, now, most = Lock(), 0, 0

    def watched(path: Path) -> Image.Image:
        nonlocal now, most
        with lock:
            now += 1
            most = max(most, now)
        try:
            return open_rgb(path)
        finally:
            with lock:
                now -= 1

    monkeypatch.setattr(resources, "open_rgb", watched)
    paths = [tmp_path / f"{place}.png" for place in range(40)]
    for place, path in enumerate(paths):
        path.write_bytes(DAMAGED if place == 5 else encoded(noise((60, 60), place)))
    with ThreadPoolExecutor(8) as pool:
        made = [*pool.map(resources.small_picture, paths)]
    assert most <= resources.AT_ONCE and [place for place, one in enumerate(made) if one is None] == [5]
