"""How it works: one query through every step."""

import json
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from prodsim.config import load_settings
from prodsim.encoders import fallback
from tests.needs import ROOT
from tests.pages.running import no_error, rainbow, run, two_colored, uploader
from tests.samples import DAMAGED, write_catalog

HOW = "pages/how.py"
STEPS = [
    "1. The picture, as the model sees it",
    "2. The layers",
    "3. The embedding",
    "4. The scores of all products",
    "5. The most similar",
]
TERMS = "The published method, and what is different here"


def headings(page: AppTest) -> list[str]:
    return [header.value for header in page.header]


def said(page: AppTest) -> str:
    return "\n".join(line.value for line in page.markdown)


def results(page: AppTest) -> list[str]:
    """What each card of a result says of score and similarity, and whose it is."""
    buttons = [button.key for button in page.button if button.key.startswith("look-alikes of ")]
    scores = [line.value for line in page.markdown if "score **" in line.value]
    similarities = [caption.value for caption in page.caption if caption.value.startswith("similarity")]
    return ["|".join(each) for each in zip(buttons, scores, similarities, strict=True)]


def figures(page: AppTest) -> list[dict[str, Any]]:
    return [json.loads(element.proto.spec) for element in page.get("plotly_chart")]


def test_a_product_goes_through_every_step_and_the_terms_come_last() -> None:
    page = run(HOW, product="103")
    no_error(page)
    assert headings(page) == [*STEPS, TERMS]
    assert "Pixels has no network and has learned nothing." in said(page) and not page.dataframe
    bar_code, histogram = figures(page)
    assert sum(map(len, bar_code["data"][0]["z"])) == 900
    assert sum(histogram["data"][0]["y"]) == 11
    marked = [f"**{score:.2f}**" for score in histogram["data"][1]["x"]]
    assert [result.split("score ")[1].split("|")[0] for result in results(page)] == marked


def test_the_results_are_those_of_the_page_of_look_alikes() -> None:
    choices: dict[str, Any] = {"product": "103", "scoring": "linear", "include_query": "true", "gender": ["Women"]}
    page = run(HOW, **choices)
    assert len(results(page)) == 5
    assert results(page) == results(run("pages/similar.py", **choices))


def test_the_layers_of_a_network_are_listed_also_if_it_stands_in_for_another() -> None:
    fallback(load_settings()).load()  # TensorFlow's seconds are not the page's
    page = run(HOW, product="103", encoder="vgg16")
    no_error(page)
    assert "**Mini is used instead of VGG16.**" in said(page)
    assert headings(page) == [*STEPS, TERMS]
    table = page.dataframe[0].value
    assert list(table.iloc[0])[:3] == ["InputLayer", "80 x 60 x 3", 0]
    assert table["output"].iloc[-1] == "192"
    assert f"{len(table)} layers with {table['parameters'].sum():,} parameters" in said(page)
    assert next(metric for metric in page.metric if metric.label == "Length").value == "1"


def test_a_photo_goes_through_every_step_if_it_can_be_read() -> None:
    page = run(HOW)
    page.segmented_control(key="way").set_value("Photo").run()
    uploader(page).upload("photo.jpg", DAMAGED).run()
    assert not page.exception
    assert "photo" in page.error[0].value
    assert headings(page) == [TERMS]
    page.button(key="remove photo 0").click().run()
    uploader(page).upload("photo.png", two_colored(rainbow(12)["105"])).run()
    no_error(page)
    captions = [image.caption for element in page.get("image") for image in element.proto.imgs if image.caption]
    assert captions == ["What Pixels sees: 15 x 20 pixels"]
    assert results(page)[0].startswith("look-alikes of 105|**1** &ensp; score **1.00**|similarity 1.0000")


def test_a_product_whose_picture_is_damaged_is_answered_with_a_sentence(shop: Path) -> None:
    (shop / "images" / "104.png").write_bytes(DAMAGED)
    page = run(HOW, product="104")
    assert not page.exception
    assert "damaged" in page.error[0].value


def test_filters_that_leave_nothing_are_explained_after_the_embedding(shop: Path) -> None:
    with (shop / "styles.csv").open("a") as table:
        table.write("900,Women,Hats,The only hat\n")
    (shop / "images" / "900.png").write_bytes(two_colored((0, 0, 0)))
    page = run(HOW, product="103", articleType=["Hats"], gender=["Men"])
    no_error(page)
    assert headings(page) == [*STEPS[:3], TERMS]
    page.button(key="drop gender").click().run()
    assert headings(page) == [*STEPS, TERMS]


@pytest.fixture
def lonely(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A catalog of one product."""
    folder = write_catalog(tmp_path / "lonely", {"1": two_colored((200, 0, 0))})
    monkeypatch.setenv("PRODSIM_CATALOG", str(folder))


@pytest.mark.usefixtures("lonely")
def test_the_only_product_can_be_compared_with_itself_alone() -> None:
    page = run(HOW)
    no_error(page)
    assert "nothing to compare the query with but itself" in page.info[0].value
    page.checkbox(key="include_query").check().run()
    no_error(page)
    assert "All have the similarity 1.0000" in said(page)
    assert len(results(page)) == 1


def test_a_result_can_be_followed_through_the_steps() -> None:
    page = run(HOW, product="103")
    button = next(button for button in page.button if button.key.startswith("look-alikes of "))
    button.click().run()
    no_error(page)
    assert page.query_params["product"] == button.key.rpartition(" ")[2]


def test_the_page_is_short() -> None:
    assert len((ROOT / HOW).read_text().splitlines()) < 120


def test_of_several_photos_the_first_goes_through_the_steps_which_is_said() -> None:
    page = run(HOW)
    page.segmented_control(key="way").set_value("Photo").run()
    files = [(f"{id_}.png", two_colored(rainbow(12)[id_]), "image/png") for id_ in ("105", "109")]
    uploader(page).set_value(files).run()
    no_error(page)
    assert results(page)[0].startswith("look-alikes of 105|")
    assert any(caption.value.startswith("This is the first of your photos.") for caption in page.caption)
