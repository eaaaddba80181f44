"""Several visitors at once: each has a photo of one's own, and those beyond the queue are told so."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from streamlit.testing.v1 import AppTest

from prodsim.encoders.pixels import PixelsEncoder
from prodsim.ui import resources
from prodsim.ui.concurrency import Turns
from tests.pages.running import no_error, rainbow, run, two_colored, uploader

SIMILAR = "pages/similar.py"
COLORS = list(rainbow(12).values())


def with_photo(color: tuple[int, int, int]) -> AppTest:
    page = run(SIMILAR)
    page.segmented_control(key="way").set_value("Photo").run()
    uploader(page).upload("photo.png", two_colored(color)).run()
    return page


def results(page: AppTest) -> list[str]:
    return [button.key.rpartition(" ")[2] for button in page.button if button.key.startswith("look-alikes of ")]


def test_no_visitor_sees_what_another_one_gave() -> None:
    first = with_photo(COLORS[0])
    second = run(SIMILAR)
    second.segmented_control(key="way").set_value("Photo").run()
    no_error(second)
    assert not results(second) and "photo" not in second.session_state
    uploader(second).upload("photo.png", two_colored(COLORS[6])).run()
    assert results(second)[0] == "106"
    assert results(first.run())[0] == "100"


@pytest.mark.parametrize("script", ["pages/similar.py", "pages/compare.py", "pages/how.py"])
def test_every_page_encodes_a_photo_in_its_turn(script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[Turns] = []
    in_turn: list[bool] = []
    take, encode = Turns.take, PixelsEncoder.encode

    @contextmanager
    def watched(turns: Turns) -> Iterator[None]:
        with take(turns):
            taken.append(turns)
            yield
            taken.pop()

    def noticed(encoder: PixelsEncoder, pictures: Sequence[Image.Image]) -> NDArray[np.float32]:
        in_turn.append(bool(taken))
        return encode(encoder, pictures)

    page = run(script)  # the catalog is indexed
    monkeypatch.setattr(Turns, "take", watched)
    monkeypatch.setattr(PixelsEncoder, "encode", noticed)
    page.segmented_control(key="way").set_value("Photo").run()
    in_turn.clear()
    uploader(page).set_value([("photo.png", two_colored(COLORS[3]), "image/png")]).run()
    no_error(page)
    assert in_turn and all(in_turn)


def test_who_comes_when_too_many_wait_is_told_so_and_the_others_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resources, "AT_ONCE", 1)
    monkeypatch.setattr(resources, "WAITING", 0)
    page = with_photo(COLORS[3])
    assert results(page)[0] == "103"
    turns: Turns = resources.turns()
    with ExitStack() as others:
        others.enter_context(turns.take())
        no_error(page.run())
        assert results(page)[0] == "103", "what was looked at before takes no turn"
        page.button(key="remove photo 0").click().run()
        uploader(page).upload("photo.png", two_colored(COLORS[4])).run()
        assert not page.exception and not results(page)
        (warning,) = page.warning
        assert warning.value.startswith("The server is busy")
        other = run(SIMILAR, product="105")
        no_error(other)
        assert len(results(other)) == 5
    page.button(key="try again").click().run()
    no_error(page)
    assert results(page)[0] == "104"
