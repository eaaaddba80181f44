"""Where nobody signs in, who sits at the machine or knows the password changes the app's catalogs, and nobody else."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from prodsim.access import password
from prodsim.catalog import Library, read_catalog
from prodsim.config import load_settings
from prodsim.ui import visitors
from prodsim.ui.places import CATALOGS
from tests.needs import ROOT
from tests.pages.running import no_error, two_colored
from tests.samples import write_catalog

PASSWORD = "correct horse battery"


@pytest.fixture(autouse=True)
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who visits sits at another machine, and nobody has tried a password."""
    monkeypatch.setattr(visitors, "sits_here", lambda: False)
    monkeypatch.setattr(visitors, "_peer", lambda: "10.0.0.1")
    monkeypatch.setattr(visitors, "_attempts", password.Attempts())


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """With one catalog that somebody added."""
    library = Library(load_settings())
    library.add("other", read_catalog(write_catalog(tmp_path / "other", {"1": two_colored((1, 2, 3))}, suffix=".png")))
    return library


def visit() -> AppTest:
    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).switch_page(CATALOGS.script).run()
    no_error(page)
    return page


def give(page: AppTest, text: str) -> AppTest:
    page.text_input(key="password").input(text)
    return page.button(key="give password").click().run()


def may_change(page: AppTest) -> bool:
    ways = [bool(page.get("file_uploader")), "delete other" in [button.key for button in page.button]]
    assert len({*ways}) == 1, "all of it, or nothing"
    return ways[0]


def test_a_stranger_sees_the_catalogs_and_changes_none(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not may_change(visit())
    monkeypatch.setenv("PRODSIM_CATALOG_ROOT", str(library.settings.cache_dir))
    page = visit()
    assert not may_change(page)
    assert "on the server" not in [box.key for box in page.selectbox]
    assert not page.text_input, "there is no password to give"


def test_a_button_that_is_older_than_the_right_changes_nothing(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(visitors, "sits_here", lambda: True)
    page = visit()
    page.button(key="delete other").click().run()
    monkeypatch.setattr(visitors, "sits_here", lambda: False)
    page.button(key="delete").click().run()
    assert "other" in library.names()
    assert "Only those who run this app" in page.error[0].value


def test_who_gives_the_password_may_and_the_next_visitor_may_not(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRODSIM_ADMIN_PASSWORD", PASSWORD)
    page = visit()
    assert not may_change(page)
    assert not may_change(give(page, "something else"))
    assert "not the password" in page.error[0].value
    assert may_change(give(page, PASSWORD))
    assert not page.error
    assert not may_change(visit())


def test_who_guesses_has_to_wait(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRODSIM_ADMIN_PASSWORD", PASSWORD)
    monkeypatch.setattr(password, "WRONG", 2)
    page = visit()
    for guess in ("one", "two"):
        give(page, guess)
    assert not may_change(give(page, PASSWORD))
    assert "Wait" in page.error[0].value
