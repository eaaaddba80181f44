"""What nobody foresaw: a sentence and a number for the visitor, the details for the log."""

import re
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from prodsim.search import Engine
from prodsim.ui.album import Given
from prodsim.ui.frame import PAGES
from tests.pages.running import no_error, run, two_colored, uploader

SIMILAR = "pages/similar.py"


def reference(page: AppTest) -> str:
    """The number in the one sentence that is shown instead."""
    assert not page.exception
    (error,) = page.error
    found = re.search(r"the reference number \*\*([0-9a-f]{8})\*\*", error.value)
    assert found, error.value
    return found[1]


@pytest.mark.parametrize("script", PAGES)
def test_every_page_answers_a_fault_with_a_sentence_and_a_number_that_the_log_has_with_the_reason(
    script: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("prodsim.ui.state.seed_how", lambda *_: {}["a secret reason"])
    page = run(script)
    number = reference(page)
    assert "secret" not in page.error[0].value
    assert f"Reference number {number}" in caplog.text and "KeyError: 'a secret reason'" in caplog.text


def test_after_a_fault_the_next_try_is_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(Engine, "search", lambda *_, **__: 1 / 0)
        page = run(SIMILAR)
        assert reference(page) != reference(page.run())
    no_error(page.run())


def test_a_fault_in_a_dialog_is_answered_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    page = run("pages/catalog.py")
    monkeypatch.setattr("prodsim.ui.details.label", lambda _: 1 / 0)
    page.button(key="details of 100").click().run()
    reference(page)


def test_the_log_of_a_fault_holds_nothing_of_the_photo(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    content = two_colored((10, 200, 10))

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError(f"cannot search with {[*st.session_state.values()]!r}")

    monkeypatch.setattr(Engine, "search", fail)
    page = run(SIMILAR)
    page.segmented_control(key="way").set_value("Photo").run()
    uploader(page).upload("photo.png", content).run()
    reference(page)
    assert "Given(name='photo.png'" in caplog.text
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
