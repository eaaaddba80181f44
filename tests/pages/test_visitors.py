"""Several visitors at once: each has a photo of one's own, and those beyond the queue are told so."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from prodsim.encoders.pixels import PixelsEncoder
from prodsim.search import Photo
from prodsim.ui import models, resources
from prodsim.ui.concurrency import ENCODING, Turns
from prodsim.ui.places import SEARCH
from tests.pages.running import no_error
from tests.pages.searching import chips, found, give, has_results, open_tab, photo, search, with_photos


def test_no_visitor_sees_what_another_one_gave() -> None:
    first = with_photos("100")
    second = search()
    no_error(second)
    assert not has_results(second)
    assert second.session_state["album"].sets == {}
    give(second, photo("106"))
    assert found(second)[0] == "106"
    assert found(first.run())[0] == "100"


def test_each_visitor_has_a_query_with_filters_and_a_tab_of_ones_own() -> None:
    first = open_tab(search(product="103", articleType="Shoes", k="3"), "Why")
    second = search(product="105")
    no_error(second)
    assert not chips(second) and len(found(second)) == 5
    assert first.run().query_params["tab"] == "why" and chips(first) == ["chip articleType=Shoes"]


class Watched:
    """Whether somebody had a turn whenever a photo was decoded, and whenever a picture was encoded."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.decoded: list[bool] = []
        self.encoded: list[bool] = []
        self._taken = 0
        take, look, encode = Turns.take, Photo._look_at, PixelsEncoder.encode

        @contextmanager
        def watched(turns: Turns, visitor: str, pixels: int = ENCODING) -> Iterator[None]:
            with take(turns, visitor, pixels):
                self._taken += 1
                yield
                self._taken -= 1

        def decoding(photo: Photo, encoders: Sequence[object]) -> None:
            self.decoded.append(self._taken > 0)
            look(photo, encoders)  # type: ignore[arg-type]

        def encoding(encoder: PixelsEncoder, pictures: Sequence[Image.Image]) -> NDArray[np.float32]:
            self.encoded.append(self._taken > 0)
            return encode(encoder, pictures)

        monkeypatch.setattr(models, "warm_up", lambda _: None)  # it encodes once for all, apart from any visitor
        monkeypatch.setattr(Turns, "take", watched)
        monkeypatch.setattr(Photo, "_look_at", decoding)
        monkeypatch.setattr(PixelsEncoder, "encode", encoding)

    def forget(self) -> None:
        self.decoded.clear()
        self.encoded.clear()


@pytest.mark.parametrize("tab", SEARCH.tabs.values())
def test_in_every_tab_a_photo_is_decoded_and_encoded_in_its_turn(tab: str, monkeypatch: pytest.MonkeyPatch) -> None:
    page = search(product="103")  # the catalog is indexed
    watched = Watched(monkeypatch)
    give(page, photo("103"))
    no_error(page)
    assert watched.decoded == watched.encoded == [True]
    if tab != "Results":
        open_tab(page, tab)
    watched.forget()
    page.slider(key="crop down").set_range(40, 100).run()
    no_error(page)
    assert watched.decoded == [True]
    assert watched.encoded and all(watched.encoded)


def test_a_photo_that_is_known_is_neither_decoded_nor_encoded_again(monkeypatch: pytest.MonkeyPatch) -> None:
    page = search(product="103")
    watched = Watched(monkeypatch)
    give(page, photo("103"))
    page.number_input(key="k").set_value(3).run()
    page.multiselect(key="filter gender").set_value(["Men"]).run()
    page.selectbox(key="scoring").set_value("linear").run()
    no_error(page)
    assert len(found(page)) == 3
    assert len(watched.decoded) == len(watched.encoded) == 1


def test_who_comes_when_too_many_wait_is_told_so_and_the_others_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resources, "PIXELS", ENCODING)
    monkeypatch.setattr(resources, "WAITING", 0)
    page, known = search(), with_photos("101")
    turns: Turns = resources.turns()
    with ExitStack() as others:
        others.enter_context(turns.take("another visitor"))
        give(page, photo("103"))
        assert not page.exception and not has_results(page)
        (warning,) = page.warning
        assert warning.value.startswith("The server is busy")
        other = search(product="105")
        no_error(other)
        assert len(found(other)) == 5
        no_error(known.run())
        assert found(known)[0] == "101", "what is known takes no turn"
    page.button(key="try again").click().run()
    no_error(page)
    assert found(page)[0] == "103"
