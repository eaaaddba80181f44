"""The pages, run by Streamlit's own test runner on small catalogs of real files."""

import colorsys
from pathlib import Path

import pytest
import streamlit as st
from PIL import Image
from streamlit.testing.v1 import AppTest

from prodsim.encoders import REGISTRY
from tests.needs import ROOT
from tests.samples import DAMAGED, encoded, picture, write_catalog

NAME = "Rock & Roll *shirt* [$1] :red[no] <b>"
"""Markdown, LaTeX, HTML and Streamlit's own marks."""


def _rainbow(number: int) -> dict[str, tuple[int, int, int]]:
    hues = [colorsys.hsv_to_rgb(place / number, 1, 1) for place in range(number)]
    return {str(100 + place): (int(r * 255), int(g * 255), int(b * 255)) for place, (r, g, b) in enumerate(hues)}


def _attributes(ids: list[str]) -> dict[str, dict[str, str]]:
    return {
        id_: {"articleType": "Shirts" if int(id_) % 3 else "Shoes", "productDisplayName": f"Model {id_} {NAME}"}
        for id_ in ids
    }


@pytest.fixture(autouse=True)
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A catalog of twelve half-and-half pictures, searched with `pixels`; nothing is kept from the test before."""
    st.cache_resource.clear()
    st.cache_data.clear()
    colors = _rainbow(12)
    pictures = {id_: _two_colored(color) for id_, color in colors.items()}
    folder = write_catalog(tmp_path / "shop", pictures, _attributes(list(pictures)), suffix=".png")
    monkeypatch.setenv("PRODSIM_CATALOG", str(folder))
    monkeypatch.setenv("PRODSIM_ENCODER", "pixels")
    return folder


def _two_colored(color: tuple[int, int, int]) -> bytes:
    image = Image.new("RGB", (30, 40), "white")
    image.paste(color, (0, 20, 30, 40))
    return encoded(image)


def _home() -> AppTest:
    return AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()


def _similar(**address: str) -> AppTest:
    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    for name, value in address.items():
        page.query_params[name] = value
    return page.switch_page("pages/similar.py").run()


def _ranks(page: AppTest) -> list[str]:
    """The first line of each result's card."""
    return [line.value for line in page.markdown if "score" in line.value]


def _results(page: AppTest) -> list[str]:
    """Ids of the results, best first."""
    return [button.key.rpartition(" ")[2] for button in page.button if button.key.startswith("look-alikes of ")]


def _no_error(page: AppTest) -> None:
    assert not page.exception
    assert not page.error


def test_home_tells_how_large_the_catalog_is() -> None:
    page = _home()
    _no_error(page)
    figures = {metric.label: metric.value for metric in page.metric}
    assert figures == {"Products": "12", "Pictures": "12", "Attributes": "2", "Article types": "2"}


def test_home_shows_sample_pictures_that_lead_to_their_look_alikes() -> None:
    page = _home()
    assert len(page.image) == 10
    links = [link for link in page.page_link if link.label == "Look-alikes" and "product=" in link.proto.query_string]
    assert len(links) == 10


def test_home_lists_what_was_left_out(shop: Path) -> None:
    (shop / "images" / "100.png").unlink()
    page = _home()
    _no_error(page)
    assert any("1 rows without a picture" in line.value for line in page.markdown)


def test_home_of_a_folder_without_a_table_shows_its_pictures(shop: Path) -> None:
    (shop / "styles.csv").unlink()
    page = _home()
    _no_error(page)
    assert {metric.label for metric in page.metric} == {"Products", "Pictures", "Attributes"}


@pytest.mark.parametrize("script", ["app.py", "pages/similar.py"])
def test_every_page_answers_a_missing_catalog_with_a_sentence(script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRODSIM_CATALOG", "/nowhere/at_all")
    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).switch_page(script).run()
    assert not page.exception
    (error,) = page.error
    assert r"\/nowhere\/at\_all" in error.value


@pytest.mark.parametrize("script", ["app.py", "pages/similar.py"])
def test_every_page_answers_a_nonsense_variable_with_a_sentence(script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRODSIM_OFFLINE", "perhaps")
    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).switch_page(script).run()
    assert not page.exception
    (error,) = page.error
    assert r"PRODSIM\_OFFLINE" in error.value and "perhaps" in error.value


def test_the_app_recovers_when_the_catalog_is_mended(shop: Path) -> None:
    table = (shop / "styles.csv").read_text()
    (shop / "styles.csv").write_text(table.replace("id,", "number,", 1))
    page = _home()
    assert "column" in page.error[0].value
    (shop / "styles.csv").write_text(table)
    page.run()
    _no_error(page)
    assert page.metric


def test_an_opened_page_shows_the_five_most_similar_products() -> None:
    page = _similar(product="103")
    _no_error(page)
    assert len(_results(page)) == 5
    assert _results(page)[0] in ("102", "104")
    assert _ranks(page)[0].startswith("**1**") and "**1.00**" in _ranks(page)[0]


def test_names_appear_letter_for_letter() -> None:
    page = _similar(product="103")
    texts = [text.value for text in page.text]
    assert f"Model {_results(page)[0]} {NAME}" in texts


def test_scores_fall_with_the_rank() -> None:
    page = _similar(product="103")
    scores = [float(line.rpartition("score **")[2].strip("*")) for line in _ranks(page)]
    assert scores == sorted(scores, reverse=True)


def test_the_number_of_results_is_the_one_asked_for() -> None:
    page = _similar(product="103")
    page.number_input(key="k").set_value(3).run()
    assert len(_results(page)) == 3
    assert page.query_params["k"] == "3"


def test_the_query_is_its_own_best_match_only_if_included() -> None:
    page = _similar(product="103")
    assert "103" not in _results(page)
    page.checkbox(key="include_query").check().run()
    assert _results(page)[0] == "103"


def test_scoring_can_be_switched_to_the_raw_kernel() -> None:
    page = _similar(product="103")
    unit = [caption.value for caption in page.caption if caption.value.startswith("similarity")]
    page.selectbox(key="scoring").set_value("linear").run()
    _no_error(page)
    raw = [caption.value for caption in page.caption if caption.value.startswith("similarity")]
    assert float(unit[0].split()[1]) <= 1 < float(raw[0].split()[1].replace(",", ""))


def test_a_product_is_found_by_a_part_of_its_name() -> None:
    page = _similar()
    page.text_input(key="find").input("model 107").run()
    _no_error(page)
    assert page.selectbox(key="product").value == "107"
    assert page.query_params["product"] == "107"


def test_a_product_is_found_by_its_id() -> None:
    page = _similar()
    page.text_input(key="find").input("108").run()
    assert page.selectbox(key="product").value == "108"


def test_a_search_that_finds_no_product_says_so_and_keeps_the_query() -> None:
    page = _similar(product="103")
    page.text_input(key="find").input("zeppelin").run()
    _no_error(page)
    assert page.selectbox(key="product").value == "103"
    assert any("No product has “zeppelin”" in caption.value for caption in page.caption)


def test_a_result_leads_on_to_its_own_look_alikes() -> None:
    page = _similar(product="103")
    following = _results(page)[0]
    page.button(key=f"look-alikes of {following}").click().run()
    _no_error(page)
    assert page.selectbox(key="product").value == following
    assert page.query_params["product"] == following


def test_an_address_shows_the_same_search_again() -> None:
    first = _similar(product="103", k="4", scoring="linear", include_query="true", encoder="pixels")
    again = _similar(**first.query_params)
    assert (_results(again), _ranks(again)) == (_results(first), _ranks(first))
    assert len(_results(again)) == 4


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("k", "0"),
        ("k", "101"),
        ("k", "five"),
        ("k", "٣"),
        ("scoring", "cosine"),
        ("encoder", "vgg19"),
        ("product", "no such product"),
        ("include_query", "maybe"),
    ],
)
def test_nonsense_in_the_address_is_answered_and_the_page_goes_on(name: str, value: str) -> None:
    page = _similar(**{"product": "103"} | {name: value})
    _no_error(page)
    (warning,) = page.warning
    assert warning.value.startswith("In the address")
    assert _results(page)


def test_an_unknown_encoder_in_the_environment_is_answered_and_the_page_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PRODSIM_ENCODER", "vgg99")
    page = _similar()
    _no_error(page)
    assert "vgg99" in page.warning[0].value
    assert _results(page)


def test_without_its_weights_an_encoder_is_replaced_with_a_notice_a_remedy_and_a_retry() -> None:
    page = _similar(encoder="vgg16")
    _no_error(page)
    assert any("is used instead of VGG16" in line.value for line in page.markdown)
    assert any("prodsim download vgg16" in caption.value.replace("\\", "") for caption in page.caption)
    assert len(_results(page)) == 5
    page.button(key="retry").click().run()
    _no_error(page)
    assert len(_results(page)) == 5


def test_every_encoder_can_be_chosen() -> None:
    page = _similar()
    assert len(page.selectbox(key="encoder").options) == len(REGISTRY)


def _upload(content: bytes, name: str = "photo.png") -> AppTest:
    page = _similar()
    page.segmented_control(key="way").set_value("Your photo").run()
    page.file_uploader(key="upload").upload(name, content).run()
    return page


def test_an_uploaded_photo_finds_what_looks_like_it() -> None:
    page = _upload(_two_colored(_rainbow(12)["105"]))
    _no_error(page)
    assert _results(page)[0] == "105"
    assert len(_results(page)) == 5


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (DAMAGED, "photo"),
        (b"", "not a picture"),
        (b"%PDF-1.7 and so on", "not a picture"),
        (b"\x89PNG\r\n\x1a\n" + bytes(21 * 2**20), "MB"),
    ],
    ids=["damaged", "empty", "no picture", "too large"],
)
def test_a_photo_that_cannot_be_used_is_answered_and_the_page_goes_on(content: bytes, reason: str) -> None:
    page = _upload(content)
    assert not page.exception
    (error,) = page.error
    assert reason in error.value
    page.file_uploader(key="upload").clear().run()
    page.file_uploader(key="upload").upload("good.png", picture("red", (30, 40))).run()
    _no_error(page)
    assert len(_results(page)) == 5


def test_a_damaged_catalog_picture_is_left_out_and_reported(shop: Path) -> None:
    (shop / "images" / "104.png").write_bytes(DAMAGED)
    page = _similar(product="103")
    _no_error(page)
    assert "104" not in _results(page)
    assert any("1 products are left out" in expander.label for expander in page.expander)


def test_a_query_whose_picture_is_damaged_is_answered_with_a_sentence(shop: Path) -> None:
    (shop / "images" / "104.png").write_bytes(DAMAGED)
    page = _similar(product="104")
    assert not page.exception
    assert "has no embedding" in page.error[0].value


def test_a_changed_catalog_is_shown_without_a_restart(shop: Path) -> None:
    page = _home()
    (shop / "images" / "999.png").write_bytes(picture("black"))
    with (shop / "styles.csv").open("a") as table:
        table.write("999,Hats,A new hat\n")
    page.run()
    assert page.metric[0].value == "13"


def test_an_unwritable_cache_is_answered_with_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("PRODSIM_CACHE_DIR", str(tmp_path / "file" / "cache"))
    page = _similar()
    assert not page.exception
    assert r"PRODSIM\_CACHE\_DIR" in page.error[0].value
