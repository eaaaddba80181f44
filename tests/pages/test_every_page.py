"""Every place, where the app is not set up as it must be."""

import pytest

from prodsim.ui.places import CATALOG, CATALOGS, PLACES, QUALITY, SEARCH, Place
from tests.pages.running import no_error, run


@pytest.mark.parametrize("place", [SEARCH, CATALOG, QUALITY], ids=lambda place: place.title)
def test_every_place_of_a_catalog_answers_a_missing_one_with_a_sentence(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRODSIM_CATALOG", "/nowhere/at_all")
    page = run(place.script)
    assert not page.exception
    (error,) = page.error
    assert r"There is no catalog at\_all\." in error.value and "nowhere" not in error.value


def test_the_place_that_needs_no_catalog_says_of_a_missing_one_what_is_wrong_and_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PRODSIM_CATALOG", "/nowhere/at_all")
    page = run(CATALOGS.script)
    no_error(page)
    assert any(r"There is no catalog at\_all\." in caption.value for caption in page.caption)
    assert page.get("file_uploader")


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.title)
def test_every_place_answers_a_nonsense_variable_with_a_sentence_below_the_menu(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRODSIM_OFFLINE", "perhaps")
    page = run(place.script)
    assert not page.exception
    (error,) = page.error
    assert r"PRODSIM\_OFFLINE" in error.value and "perhaps" in error.value
    assert [link.label for link in page.page_link] == [place.title for place in PLACES]


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.title)
def test_every_place_says_what_it_is_called_and_has_the_menu(place: Place) -> None:
    page = run(place.script)
    no_error(page)
    assert [link.label for link in page.page_link[: len(PLACES)]] == [place.title for place in PLACES]
    assert [title.value for title in page.title] == [place.title if place is not SEARCH else "What looks like this?"]
    assert not page.sidebar.children
