"""Why a match, a tab of Search: nothing until it is opened, then numbers that add up to what the card says."""

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from prodsim.encoders import TextEncoder
from prodsim.encoders.pixels import PixelsEncoder
from prodsim.errors import ImageError
from prodsim.search import explain
from tests.pages.cards import act
from tests.pages.running import NAME, no_error, two_colored
from tests.pages.searching import chips, found, give, open_tab, search, similarities, with_photos
from tests.samples import DAMAGED


def opened(**address: str) -> AppTest:
    """The tab over this query."""
    page = search(**address, tab="why")
    no_error(page)
    return page


def explained(page: AppTest) -> str:
    """The sentence about the numbers."""
    (sentence,) = [line.value for line in page.markdown if "similarity" in line.value]
    return sentence


def on_cards(page: AppTest) -> list[str]:
    """The similarities that the cards of the same query say."""
    return similarities(open_tab(page, "Results"))


def test_nothing_is_explained_until_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PixelsEncoder, "parts", lambda *_: pytest.fail("it is computed"))
    page = search(product="103")
    no_error(page)
    assert found(page) and "explained" not in [box.key for box in page.selectbox]


@pytest.mark.parametrize("scoring", ["unit", "linear"])
def test_the_best_match_is_explained_exactly(scoring: str) -> None:
    page = opened(product="103", scoring=scoring)
    told = explained(page)
    assert told == f"**Exact.** In either picture, 300 places add up to the similarity {on_cards(page)[0]}."


def test_any_result_can_be_explained() -> None:
    page = opened(product="103", scoring="linear")
    third = page.selectbox(key="explained").options[2]
    assert re.fullmatch(rf"3\. Model \d+ {re.escape(NAME)}", third)
    page.selectbox(key="explained").select_index(2).run()
    no_error(page)
    told = explained(page)
    assert f" {on_cards(page)[2]}." in told


def test_a_card_leads_to_why_it_was_found_and_what_was_looked_at_stays() -> None:
    page = search(product="103")
    third = found(page)[2]
    act(page, "why", third)
    no_error(page)
    assert page.query_params["tab"] == "why"
    assert page.selectbox(key="explained").value == third
    open_tab(open_tab(page, "Results"), "Why")
    assert page.selectbox(key="explained").value == third


def test_the_next_search_explains_its_own_results() -> None:
    page = opened(product="103", k="2")
    page.selectbox(key="explained").select_index(1).run()
    page.query_params["product"] = "109"
    page.run()
    no_error(page)
    told = explained(page)
    assert f" {on_cards(page)[0]}." in told


def test_an_encoder_that_is_no_sum_over_places_says_that_it_is_an_approximation(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(explain, "Additive", TextEncoder)
    page = opened(product="103")
    told = explained(page)
    assert told.startswith("**An approximation.** Each of 49 patches was covered")
    assert f"the similarity {on_cards(page)[0]} fell. The falls do not add up to it." in told


def test_labels_that_agree_are_told_from_those_that_differ(shop: Path) -> None:
    table = (shop / "styles.csv").read_text()
    (shop / "styles.csv").write_text(table.replace("104,Men,", "104,,"))
    page = opened(product="106")
    page.selectbox(key="explained").set_value("104").run()
    labels = page.table[0].value
    assert labels.loc["Gender"].tolist() == ["Men", "no label", "unknown"]
    assert labels.loc["Article type"].tolist() == ["Shirts", "Shirts", "**same**"]
    page.selectbox(key="explained").set_value("105").run()
    assert page.table[0].value.loc["Gender"].tolist() == ["Men", "Women", "differs"]


def test_both_pictures_have_their_main_colors() -> None:
    page = opened(product="100")
    captions = [caption.value for caption in page.caption]
    assert "#ff0000  \n100%" in captions and captions.index("Main colors of the query, without white ground") > 0


def test_a_photo_has_no_labels() -> None:
    page = give(search(), ("photo.png", two_colored((250, 10, 10))))
    open_tab(page, "Why")
    no_error(page)
    assert "300 places" in explained(page)
    assert not page.table


def test_of_several_photos_the_first_is_explained_alone_which_is_said() -> None:
    page = open_tab(with_photos("105", "107"), "Why")
    no_error(page)
    assert any(caption.value.startswith("The search used a combination") for caption in page.caption)
    page.selectbox(key="explained").set_value("105").run()
    assert explained(page).endswith(" the similarity 1.0000."), "it is the first photo's own picture"


def test_marks_and_filters_of_the_query_hold_here_too() -> None:
    address = {"product": "103", "more": "109", "less": "104", "gender": "Women"}
    page = opened(**address)
    assert chips(page) == ["chip gender=Women", "chip more 109", "chip less 104"]
    assert any(caption.value.startswith("The search used a combination") for caption in page.caption)
    names = [option.split()[2] for option in page.selectbox(key="explained").options]
    assert names == found(search(**address)) and all(int(id_) % 2 for id_ in names)


def test_words_are_answered_with_a_sentence() -> None:
    page = opened(words="shoes")
    assert page.info[0].value.startswith("Words are no picture, so there are no places of it to explain.")
    assert "explained" not in [box.key for box in page.selectbox]


def test_where_nothing_was_found_nothing_is_explained(shop: Path) -> None:
    with (shop / "styles.csv").open("a") as table:
        table.write("900,Women,Hats,The only hat\n")
    (shop / "images" / "900.png").write_bytes(two_colored((0, 0, 0)))
    page = opened(product="103", articleType="Hats", gender="Men")
    assert [info.value for info in page.info] == ["There is no result to explain."]


def test_a_picture_that_was_damaged_since_has_no_embedding(shop: Path) -> None:
    page = search(product="103")
    (shop / "images" / "103.png").write_bytes(DAMAGED)
    open_tab(page, "Why")
    assert "has no embedding: its picture is damaged" in page.error[0].value.replace("\\", "")


def test_a_picture_that_is_damaged_while_it_is_looked_at_is_answered_with_a_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def damaged(*_: object) -> None:
        raise ImageError("103.png is damaged: it is cut. Mend it.")

    monkeypatch.setattr("prodsim.ui.why.main_colors", damaged)
    page = search(product="103", tab="why")
    no_error(page)
    assert [warning.value.replace("\\", "").partition(":")[0] for warning in page.warning] == ["103.png is damaged"]
