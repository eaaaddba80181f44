"""Step by step, a tab of Search: the same query through every step of the method."""

import json
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from prodsim.config import load_settings
from prodsim.encoders import fallback
from prodsim.ui.results import CARDS
from tests.needs import ROOT
from tests.pages.cards import act, cards, choose
from tests.pages.running import no_error, two_colored
from tests.pages.searching import chips, found, give, open_tab, photo, search, with_photos
from tests.samples import DAMAGED, write_catalog

STEPS = [
    "1. The picture, as the model sees it",
    "2. The layers",
    "3. The embedding",
    "4. The scores of all products",
    "5. The most similar",
]
TERMS = "The published method, and what is different here"
LAST = "step 5"
"""Key of the cards."""


def headings(page: AppTest) -> list[str]:
    return [header.value for header in page.header]


def said(page: AppTest) -> str:
    return "\n".join(line.value for line in page.markdown)


def figures(page: AppTest) -> list[dict[str, Any]]:
    return [json.loads(element.proto.spec) for element in page.get("plotly_chart")]


def without_links(some: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{name: value for name, value in card.items() if name != "href"} for card in some]


def test_a_product_goes_through_every_step_and_the_terms_come_last() -> None:
    page = search(product="103", tab="steps")
    no_error(page)
    assert headings(page) == [*STEPS, TERMS]
    assert "Pixels has no network and has learned nothing." in said(page) and not page.dataframe
    bar_code, histogram = figures(page)
    assert sum(map(len, bar_code["data"][0]["z"])) == 900
    assert sum(histogram["data"][0]["y"]) == 11
    marked = [f"{score:.2f}" for score in histogram["data"][1]["x"]]
    assert [card["score"] for card in cards(page, LAST)] == marked


def test_the_results_are_those_of_the_first_tab() -> None:
    choices: dict[str, Any] = {"product": "103", "scoring": "linear", "include_query": "true", "gender": ["Women"]}
    page = search(**choices, tab="steps")
    assert len(cards(page, LAST)) == 5
    assert without_links(cards(page, LAST)) == without_links(cards(search(**choices), CARDS))


def test_the_layers_of_a_network_are_listed_also_if_it_stands_in_for_another() -> None:
    fallback(load_settings()).load()  # TensorFlow's seconds are not the page's
    page = search(product="103", encoder="vgg16", tab="steps")
    no_error(page)
    assert any("VGG16 cannot be fetched here" in caption.value for caption in page.caption)
    assert page.query_params["encoder"] == "mini"
    assert headings(page) == [*STEPS, TERMS]
    table = page.dataframe[0].value
    assert list(table.iloc[0])[:3] == ["InputLayer", "80 x 60 x 3", 0]
    assert table["output"].iloc[-1] == "192"
    assert f"{len(table)} layers with {table['parameters'].sum():,} parameters" in said(page)
    assert next(metric for metric in page.metric if metric.label == "Length").value == "1"


def test_a_photo_goes_through_every_step_if_it_can_be_read() -> None:
    page = give(search(tab="steps"), ("photo.png", DAMAGED))
    assert not page.exception
    assert "photo" in page.error[0].value
    page = open_tab(give(page, photo("105")), "Step by step")
    no_error(page)
    assert headings(page) == [*STEPS, TERMS]
    captions = {image.caption for element in page.get("image") for image in element.proto.imgs if image.caption}
    assert captions == {"What Pixels sees: 15 x 20 pixels"}
    first = cards(page, LAST)[0]
    assert (first["id"], first["rank"], first["score"]) == ("105", 1, "1.00")
    assert ["Similarity", "1.0000"] in first["details"]


def test_a_product_whose_picture_is_damaged_is_answered_with_a_sentence(shop: Path) -> None:
    (shop / "images" / "104.png").write_bytes(DAMAGED)
    page = search(product="104", tab="steps")
    assert not page.exception
    assert "damaged" in page.error[0].value


def test_filters_that_leave_nothing_are_explained_after_the_embedding(shop: Path) -> None:
    with (shop / "styles.csv").open("a") as table:
        table.write("900,Women,Hats,The only hat\n")
    (shop / "images" / "900.png").write_bytes(two_colored((0, 0, 0)))
    page = search(product="103", articleType=["Hats"], gender=["Men"], tab="steps")
    no_error(page)
    assert headings(page) == [*STEPS[:3], TERMS]
    page.button(key="drop gender").click().run()
    no_error(page)
    assert headings(page) == [*STEPS, TERMS]
    assert [card["id"] for card in cards(page, LAST)] == ["900"]


@pytest.fixture
def lonely(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A catalog of one product."""
    folder = write_catalog(tmp_path / "lonely", {"1": two_colored((200, 0, 0))})
    monkeypatch.setenv("PRODSIM_CATALOG", str(folder))


@pytest.mark.usefixtures("lonely")
def test_the_only_product_can_be_compared_with_itself_alone() -> None:
    page = search(product="1", tab="steps")
    no_error(page)
    assert "nothing to compare the query with but itself" in page.info[0].value
    assert f"“{page.checkbox(key='include_query').label}”" in page.info[0].value
    page.checkbox(key="include_query").check().run()
    no_error(page)
    assert "All have the similarity 1.0000" in said(page)
    assert len(cards(page, LAST)) == 1


def test_a_result_is_searched_on_with() -> None:
    page = search(product="103", tab="steps")
    following = cards(page, LAST)[0]["id"]
    choose(page, following, LAST)
    no_error(page)
    assert page.query_params["product"] == following and "tab" not in page.query_params
    assert found(page)
    open_tab(page, "Step by step")
    assert headings(page) == [*STEPS, TERMS] and page.query_params["product"] == following


def test_a_result_leads_to_why_it_was_found() -> None:
    page = search(product="103", tab="steps")
    third = cards(page, LAST)[2]["id"]
    act(page, "why", third, LAST)
    no_error(page)
    assert page.query_params["tab"] == "why"
    assert page.selectbox(key="explained").value == third


def test_marks_are_left_out_which_is_said() -> None:
    plain = search(product="103", tab="steps")
    assert not any("marks" in caption.value for caption in plain.caption)
    steered = search(product="103", more="109", less="104", tab="steps")
    no_error(steered)
    assert "The marks are left out here." in [caption.value for caption in steered.caption]
    assert chips(steered) == ["chip more 109", "chip less 104"]
    assert [card["id"] for card in cards(steered, LAST)] == [card["id"] for card in cards(plain, LAST)]


def test_words_are_answered_with_a_sentence() -> None:
    page = search(words="shirts", tab="steps")
    no_error(page)
    assert headings(page) == [TERMS]
    assert [info.value for info in page.info] == [
        "Words do not go through these steps: search with a product or a photo."
    ]


def test_the_page_is_short() -> None:
    assert len((ROOT / "prodsim/ui/steps.py").read_text().splitlines()) <= 250
    for page in (ROOT / "app.py", *(ROOT / "pages").glob("*.py")):
        assert len(page.read_text().splitlines()) < 120, page


def test_of_several_photos_the_first_goes_through_the_steps_which_is_said() -> None:
    page = open_tab(with_photos("105", "109"), "Step by step")
    no_error(page)
    assert cards(page, LAST)[0]["id"] == "105"
    assert any(caption.value.startswith("This is the first of your photos.") for caption in page.caption)
