"""Several visitors at once: each has a photo of one's own, and those beyond the queue are told so."""

from contextlib import ExitStack

import pytest
from streamlit.testing.v1 import AppTest

from prodsim.turns import Turns
from prodsim.ui import resources
from tests.pages.running import no_error, rainbow, run, two_colored

SIMILAR = "pages/similar.py"
COLORS = list(rainbow(12).values())


def with_photo(color: tuple[int, int, int]) -> AppTest:
    page = run(SIMILAR)
    page.segmented_control(key="way").set_value("Photo").run()
    page.file_uploader(key="upload").upload("photo.png", two_colored(color)).run()
    return page


def results(page: AppTest) -> list[str]:
    return [button.key.rpartition(" ")[2] for button in page.button if button.key.startswith("look-alikes of ")]


def test_no_visitor_sees_what_another_one_gave() -> None:
    first = with_photo(COLORS[0])
    second = run(SIMILAR)
    second.segmented_control(key="way").set_value("Photo").run()
    no_error(second)
    assert not results(second) and "photo" not in second.session_state
    second.file_uploader(key="upload").upload("photo.png", two_colored(COLORS[6])).run()
    assert results(second)[0] == "106"
    assert results(first.run())[0] == "100"


def test_who_comes_when_too_many_wait_is_told_so_and_the_others_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resources, "AT_ONCE", 1)
    monkeypatch.setattr(resources, "WAITING", 0)
    page = with_photo(COLORS[3])
    assert results(page)[0] == "103"
    turns: Turns = resources.turns()
    with ExitStack() as others:
        others.enter_context(turns.take())
        page.run()
        assert not page.exception and not results(page)
        (warning,) = page.warning
        assert warning.value.startswith("The server is busy")
        other = run(SIMILAR, product="105")
        no_error(other)
        assert len(results(other)) == 5
    page.button(key="try again").click().run()
    no_error(page)
    assert results(page)[0] == "103"
