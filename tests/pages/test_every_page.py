import pytest

from tests.pages.running import run


@pytest.mark.parametrize("script", ["app.py", "pages/catalog.py", "pages/similar.py", "pages/how.py"])
def test_every_page_answers_a_missing_catalog_with_a_sentence(script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRODSIM_CATALOG", "/nowhere/at_all")
    page = run(script)
    assert not page.exception
    (error,) = page.error
    assert r"\/nowhere\/at\_all" in error.value


@pytest.mark.parametrize("script", ["app.py", "pages/catalog.py", "pages/similar.py", "pages/how.py"])
def test_every_page_answers_a_nonsense_variable_with_a_sentence(script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRODSIM_OFFLINE", "perhaps")
    page = run(script)
    assert not page.exception
    (error,) = page.error
    assert r"PRODSIM\_OFFLINE" in error.value and "perhaps" in error.value
