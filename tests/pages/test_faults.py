"""What nobody foresaw: a sentence and a number for the visitor, the details for the log."""

import re
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from prodsim.search import Engine, SearchRequest
from prodsim.ui.album import Given
from prodsim.ui.places import PLACES, Place
from prodsim.ui.visit import Visit
from tests.pages.cards import act
from tests.pages.running import no_error, run
from tests.pages.searching import photo, search, with_photos


def reference(page: AppTest) -> str:
    """The number in the one sentence that is shown instead."""
    assert not page.exception
    (error,) = page.error
    found = re.search(r"the reference number \*\*([0-9a-f]{8})\*\*", error.value)
    assert found, error.value
    return found[1]


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.title)
def test_every_place_answers_a_fault_with_a_sentence_and_a_number_that_the_log_has_with_the_reason(
    place: Place, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(Visit, "begin", lambda *_: {}["a secret reason"])
    page = run(place.script)
    number = reference(page)
    assert "secret" not in page.error[0].value
    assert f"Reference number {number}" in caplog.text and "KeyError: 'a secret reason'" in caplog.text


def test_after_a_fault_the_next_try_is_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(Engine, "search", lambda *_, **__: 1 / 0)
        page = search(product="103")
        assert reference(page) != reference(page.run())
    no_error(page.run())


def test_a_fault_in_a_dialog_is_answered_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    page = run("pages/catalog.py")
    monkeypatch.setattr("prodsim.ui.details.label", lambda _: 1 / 0)
    act(page, "details", "100")
    reference(page)


def test_the_log_of_a_fault_holds_nothing_of_the_photo(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    _, content = photo("105")

    def fail(_: Engine, request: SearchRequest) -> None:
        raise RuntimeError(f"cannot search with {request!r} and {st.session_state['album']!r}")

    monkeypatch.setattr(Engine, "search", fail)
    reference(with_photos("105"))
    assert "cannot search with SearchRequest(query=PhotosQuery(" in caplog.text
    assert "Given(name='105.png'" in caplog.text
    for start in range(0, len(content) - 8, 8):
        assert repr(content[start : start + 8])[2:-1] not in caplog.text


def test_to_stop_and_to_run_again_are_no_faults(shop: Path) -> None:
    page = AppTest.from_string(
        "import streamlit as st\n"
        "from prodsim.ui import faults\n"
        "with faults.answered():\n"
        "    if 'again' not in st.session_state:\n"
        "        st.session_state['again'] = True\n"
        "        st.rerun()\n"
        "    st.text('once more')\n"
        "    st.stop()\n"
    ).run()
    no_error(page)
    assert [text.value for text in page.text] == ["once more"]


def test_what_is_kept_of_a_photo_does_not_show_its_content_when_it_is_printed() -> None:
    assert "content" not in repr(Given("a.jpg", b"content"))
