"""Why a match: nothing until it is asked for, then numbers that add up to what the card says."""

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from prodsim.encoders import TextEncoder
from prodsim.encoders.pixels import PixelsEncoder
from prodsim.search import explain
from tests.pages.running import NAME, no_error, run, two_colored, uploader
from tests.samples import DAMAGED

SIMILAR = "pages/similar.py"


def asked(**address: str) -> AppTest:
    """The page with the switch turned on."""
    page = run(SIMILAR, **address)
    page.toggle(key="why").set_value(True).run()
    no_error(page)
    return page


def explained(page: AppTest) -> str:
    """The sentence about the numbers."""
    (sentence,) = [line.value for line in page.markdown if "similarity" in line.value]
    return sentence


def similarities(page: AppTest) -> list[str]:
    """What the cards say."""
    return [caption.value.split()[1] for caption in page.caption if caption.value.startswith("similarity")]


def test_nothing_is_explained_until_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PixelsEncoder, "parts", lambda *_: pytest.fail("it is computed"))
    page = run(SIMILAR, product="103")
    no_error(page)
    assert not page.toggle(key="why").value


@pytest.mark.parametrize("scoring", ["unit", "linear"])
def test_the_best_match_is_explained_exactly(scoring: str) -> None:
    page = asked(product="103", scoring=scoring)
    similarity = similarities(page)[0]
    assert explained(page) == f"**Exact.** In either picture, 300 places add up to the similarity {similarity}."


def test_any_result_can_be_explained() -> None:
    page = asked(product="103", scoring="linear")
    third = page.selectbox(key="explained").options[2]
    assert re.fullmatch(rf"3\. Model \d+ {re.escape(NAME)}", third)
    page.selectbox(key="explained").select_index(2).run()
    no_error(page)
    assert f" {similarities(page)[2]}." in explained(page)


def test_the_next_search_explains_its_own_results() -> None:
    page = asked(product="103", k="2")
    page.selectbox(key="explained").select_index(1).run()
    page.selectbox(key="product").set_value("109").run()
    no_error(page)
    assert f" {similarities(page)[0]}." in explained(page)


def test_an_encoder_that_is_no_sum_over_places_says_that_it_is_an_approximation(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(explain, "Additive", TextEncoder)
    page = asked(product="103")
    assert explained(page).startswith("**An approximation.** Each of 49 patches was covered")
    assert f"the similarity {similarities(page)[0]} fell. The falls do not add up to it." in explained(page)


def test_labels_that_agree_are_told_from_those_that_differ(shop: Path) -> None:
    table = (shop / "styles.csv").read_text()
    (shop / "styles.csv").write_text(table.replace("104,Men,", "104,,"))
    page = asked(product="106")
    page.selectbox(key="explained").set_value("104").run()
    labels = page.table[0].value
    assert labels.loc["Gender"].tolist() == ["Men", "no label", "unknown"]
    assert labels.loc["Article type"].tolist() == ["Shirts", "Shirts", "**same**"]
    page.selectbox(key="explained").set_value("105").run()
    assert page.table[0].value.loc["Gender"].tolist() == ["Men", "Women", "differs"]


def test_both_pictures_have_their_main_colors() -> None:
    page = asked(product="100")
    captions = [caption.value for caption in page.caption]
    assert "#ff0000  \n100%" in captions and captions.index("Main colors of the query, without white ground") > 0


def test_a_photo_has_no_labels(shop: Path) -> None:
    page = run(SIMILAR)
    page.segmented_control(key="way").set_value("Photo").run()
    uploader(page).upload("photo.png", two_colored((250, 10, 10))).run()
    page.toggle(key="why").set_value(True).run()
    no_error(page)
    assert "300 places" in explained(page)
    assert not page.table


def test_words_have_no_places() -> None:
    page = run(SIMILAR, words="shoes")
    no_error(page)
    assert not page.toggle


def test_a_picture_that_was_damaged_since_is_answered_with_a_sentence(shop: Path) -> None:
    page = run(SIMILAR, product="103")
    (shop / "images" / "103.png").write_bytes(DAMAGED)
    page.toggle(key="why").set_value(True).run()
    no_error(page)
    assert [warning.value.replace("\\", "").partition(":")[0] for warning in page.warning] == ["103.png is damaged"]
