"""What explains, steers and shares a search, on real products and a real photo, with the encoder that comes along."""

import zipfile
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.needs import real_data
from tests.pages.cards import cards
from tests.pages.running import no_error
from tests.pages.searching import found, give, open_tab, search, similarities

SHIRT, OTHER, UNLIKE = "1163", "1911", "1897"
PHOTO = "validation/t-shirt/0e240297-2265-411e-b386-cb59a44f98ae.jpg"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache for all of these tests: the products are unpacked and indexed once."""
    return tmp_path_factory.mktemp("kept")


@pytest.fixture(autouse=True)
def real(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The 295 products of the published example."""
    monkeypatch.setenv("PRODSIM_CATALOG", str(real_data("deck-295.zip")))
    monkeypatch.setenv("PRODSIM_ENCODER", "mini")
    monkeypatch.setenv("PRODSIM_CACHE_DIR", str(kept))


def with_photo() -> AppTest:
    """Search, asked with a phone photo of a T-shirt."""
    with zipfile.ZipFile(real_data("clothing-photos.zip")) as archive:
        content = archive.read(PHOTO)
    page = give(search(), ("photo.jpg", content))
    no_error(page)
    return page


def test_marks_move_the_results_and_can_be_taken_back() -> None:
    before = found(search(product=SHIRT))
    page = search(product=SHIRT, more=[OTHER], less=[UNLIKE])
    no_error(page)
    assert len(found(page)) == 5 and found(page) != before
    page.button(key="start over").click().run()
    assert found(page) == before


def test_a_pivot_leads_to_the_same_type_in_other_colors() -> None:
    page = search(product=SHIRT)
    page.button(key="pivot color").click().run()
    no_error(page)
    table = page.dataframe[0].value
    assert set(table["articleType"]) == {"Tshirts"} and "Blue" not in set(table["baseColour"])


def test_a_match_is_explained_by_parts_that_add_up_to_its_similarity() -> None:
    page = search(product=SHIRT)
    similarity = similarities(page)[0]
    open_tab(page, "Why")
    no_error(page)
    said = "\n".join(line.value for line in page.markdown)
    assert f"**Exact.** In either picture, 20 places add up to the similarity {similarity}." in said


def test_a_photo_of_a_t_shirt_is_taken_as_it_is_finds_t_shirts_and_can_be_shared() -> None:
    page = with_photo()
    assert not page.warning
    assert not [caption for caption in page.caption if "photo_camera" in caption.value]
    types = list(page.dataframe[0].value["articleType"])
    assert types.count("Tshirts") >= 3
    assert [button.label for button in page.download_button] == ["Report", "CSV", "JSON"]


def test_a_photo_goes_through_every_step() -> None:
    page = open_tab(with_photo(), "Step by step")
    no_error(page)
    assert len(page.header) == 6 and len(page.get("plotly_chart")) == 2
    assert len(cards(page, "step 5")) == 5


def test_words_find_products_of_the_type_and_color_that_they_name() -> None:
    page = search(words="blue tshirt")
    no_error(page)
    table = page.dataframe[0].value
    assert set(table["articleType"]) == {"Tshirts"} and set(table["baseColour"]) <= {"Blue", "Navy Blue"}
