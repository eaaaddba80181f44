"""Steering a search: marks on results, several photos of one item."""

import io
import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

from prodsim.cli import app
from prodsim.ui import sharing
from tests.pages.running import no_error, rainbow, run, two_colored, uploader
from tests.samples import DAMAGED

SIMILAR = "pages/similar.py"


def _results(page: AppTest) -> list[str]:
    return [button.key.rpartition(" ")[2] for button in page.button if button.key.startswith("look-alikes of ")]


def _chips(page: AppTest) -> list[str]:
    return [button.key for button in page.button if button.key.startswith(("chip more", "chip less"))]


def _photos(*ids: str) -> AppTest:
    page = run(SIMILAR)
    page.segmented_control(key="way").set_value("Photo").run()
    uploader(page).set_value([(f"{id_}.png", two_colored(rainbow(12)[id_]), "image/png") for id_ in ids]).run()
    return page


def test_what_is_marked_steers_the_results_stays_out_of_them_and_is_a_chip() -> None:
    page = run(SIMILAR, product="103", k="11")
    before = _results(page)
    assert not _chips(page)
    page.button(key="more like 100").click().run()
    no_error(page)
    after = _results(page)
    assert sorted([*after, "100"]) == sorted(before)
    assert after.index("101") < before.index("101")
    assert _chips(page) == ["chip more 100"]
    page.button(key="less like 104").click().run()
    assert _chips(page) == ["chip more 100", "chip less 104"]
    assert page.query_params["more"] == "100" and page.query_params["less"] == "104"
    assert "104" not in _results(page)


def test_a_chip_takes_its_mark_away_and_start_over_all_of_them() -> None:
    plain = _results(run(SIMILAR, product="103"))
    page = run(SIMILAR, product="103", more=["107", "108"], less=["102"])
    page.button(key="chip more 107").click().run()
    assert _chips(page) == ["chip more 108", "chip less 102"]
    page.button(key="start over").click().run()
    no_error(page)
    assert not _chips(page) and _results(page) == plain
    assert not {"more", "less"} & set(page.query_params)


def test_an_address_holds_the_marks() -> None:
    first = run(SIMILAR, product="103", more=["107"], less=["102", "104"])
    again = run(SIMILAR, **first.query_params)
    assert _chips(again) == _chips(first) == ["chip more 107", "chip less 102", "chip less 104"]
    assert _results(again) == _results(first)


@pytest.mark.parametrize(
    ("address", "wrong", "left"),
    [
        ({"more": ["107", "nowhere"]}, "no product 'nowhere'", ["chip more 107"]),
        ({"more": "107", "less": "107"}, "is in both more and less", ["chip more 107"]),
    ],
)
def test_nonsense_marks_in_the_address_are_answered_and_left_out(
    address: dict[str, str], wrong: str, left: list[str]
) -> None:
    page = run(SIMILAR, product="103", **address)
    no_error(page)
    (warning,) = page.warning
    assert wrong in warning.value.replace("\\", "")
    assert _chips(page) == left


def test_another_query_begins_without_marks_and_the_way_back_finds_them_again() -> None:
    page = run(SIMILAR, product="103", more="107")
    page.button(key=f"look-alikes of {_results(page)[0]}").click().run()
    assert not _chips(page)
    page.button(key="back").click().run()
    no_error(page)
    assert _chips(page) == ["chip more 107"]
    page.selectbox(key="product").set_value("109").run()
    assert not _chips(page)


def test_words_are_not_steered() -> None:
    page = run(SIMILAR, words="shoes", more="107")
    no_error(page)
    assert _results(page) and not _chips(page)
    assert not [button for button in page.button if button.key.startswith("more like")]


def test_a_combination_says_what_it_is_and_claims_no_share_of_pairs() -> None:
    page = run(SIMILAR, product="103", more="107")
    captions = [caption.value for caption in page.caption]
    assert any("plus 0.75 times the mean" in caption for caption in captions)
    assert not any("% of pairs" in caption for caption in captions)


def test_why_explains_the_match_with_the_query_alone_and_says_so() -> None:
    steered = run(SIMILAR, product="103", more="107", k="3")
    match = _results(steered)[0]
    steered.toggle(key="why").set_value(True).run()
    no_error(steered)
    assert any("This explains how the match compares with the product" in caption.value for caption in steered.caption)
    plain = run(SIMILAR, product="103", k="11")
    similarities = [caption.value.split()[1] for caption in plain.caption if caption.value.startswith("similarity")]
    alone = similarities[_results(plain).index(match)]
    assert any(line.value.endswith(f"add up to the similarity {alone}.") for line in steered.markdown)


def test_several_photos_are_one_query_between_them() -> None:
    page = _photos("104", "106")
    no_error(page)
    assert _results(page)[0] == "105"


def test_a_bad_photo_among_several_is_said_and_the_others_are_searched_with() -> None:
    page = run(SIMILAR)
    page.segmented_control(key="way").set_value("Photo").run()
    files = [("good.png", two_colored(rainbow(12)["105"]), "image/png"), ("bad.png", DAMAGED, "image/png")]
    uploader(page).set_value(files).run()
    assert "bad" in page.error[0].value
    assert _results(page)[0] == "105"


def test_each_of_several_photos_has_its_own_crop() -> None:
    page = _photos("104", "106")
    page.selectbox(key="framed").set_value(1).run()
    page.slider(key="crop down").set_range(50, 100).run()
    no_error(page)
    page.selectbox(key="framed").set_value(0).run()
    assert page.slider(key="crop down").value == (0, 100)
    page.selectbox(key="framed").set_value(1).run()
    assert page.slider(key="crop down").value == (50, 100)


def test_a_photo_is_steered_too_but_the_address_holds_none_of_it() -> None:
    page = _photos("105")
    marked = _results(page)[-1]
    page.button(key=f"more like {marked}").click().run()
    no_error(page)
    assert _chips(page) == [f"chip more {marked}"]
    assert marked not in _results(page) and "more" not in page.query_params


def test_near_identical_results_are_folded_into_one_which_unfolds(shop: Path) -> None:
    twin = shop / "images" / "900.png"
    twin.write_bytes((shop / "images" / "104.png").read_bytes())
    with (shop / "styles.csv").open("a") as table:
        table.write("900,Women,Shirts,The same picture\n")
    page = run(SIMILAR, product="103")
    no_error(page)
    assert len(_results(page)) == 5 and "900" not in _results(page)
    (fold,) = [each for each in page.expander if "near-identical" in each.label]
    assert fold.label == "+1 near-identical"
    assert "The same picture" in [text.value for text in fold.text]
    assert any("a cosine of 0.998 or more" in caption.value for caption in page.caption)
    fold.button[0].click().run()
    assert page.selectbox(key="product").value == "900"


def test_nothing_is_said_of_folds_where_nothing_is_near_identical() -> None:
    page = run(SIMILAR, product="103")
    assert not [each for each in page.expander if "near-identical" in each.label]
    assert not [caption for caption in page.caption if "Near-identical" in caption.value]


def test_marks_are_judgments_also_when_their_query_was_left_until_they_are_taken_back() -> None:
    page = run(SIMILAR, product="103", more="107", less="102")
    assert "Judgments as CSV" in [button.label for button in page.get("download_button")]
    page.selectbox(key="product").set_value("109").run()
    page.button(key="less like 108").click().run()
    no_error(page)
    kept = page.session_state["judgments"]
    assert {place[1:] for place in kept} == {("103", "107"), ("103", "102"), ("109", "108")}
    page.button(key="start over").click().run()
    assert {place[1:] for place in page.session_state["judgments"]} == {("103", "107"), ("103", "102")}


@pytest.fixture
def files(monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes | str]:
    """By their names, the files that the page offers, made at once: no test runner of Streamlit's downloads them."""
    made: dict[str, bytes | str] = {}

    def file(title: str, make: Callable[[], bytes | str], name: str, mime: str) -> None:
        made[name] = make()

    monkeypatch.setattr(sharing, "_file", file)
    return made


def _shown(page: AppTest) -> list[tuple[str, str, str]]:
    """Id, score and similarity of each result, as they are written on the page."""
    scores = [line.value.rpartition("score **")[2].strip("*") for line in page.markdown if "score **" in line.value]
    similarities = [each.value.split()[1] for each in page.caption if each.value.startswith("similarity ")]
    return list(zip(_results(page), scores, similarities, strict=True))


def _written(document: str | bytes) -> list[tuple[str, str, str]]:
    found = json.loads(document)["neighbors"]
    return [(each["product_id"], f"{each['score']:.2f}", f"{each['similarity']:.4f}") for each in found]


def test_files_on_several_steered_photos_hold_what_the_page_shows(files: dict[str, bytes | str]) -> None:
    page = _photos("104", "106")
    page.button(key=f"less like {_results(page)[-1]}").click().run()
    no_error(page)
    document = files["look-alikes.json"]
    assert _written(document) == _shown(page)
    assert [each["image"] for each in json.loads(document)["query"]["images"]] == ["104.png", "106.png"]
    table = pd.read_csv(io.BytesIO(bytes(files["look-alikes.csv"])), dtype={"id": str})  # type: ignore[arg-type]
    numbers = table[["score", "similarity"]].itertuples(index=False)
    assert [(id_, f"{a:.2f}", f"{b:.4f}") for id_, (a, b) in zip(table["id"], numbers, strict=True)] == _shown(page)
    report = bytes(files["look-alikes.html"]).decode()  # type: ignore[arg-type]
    assert "Look-alikes of <bdi>2 photos</bdi>" in report and "Less like" in report


def test_the_command_line_finds_what_a_steered_page_shows(files: dict[str, bytes | str], shop: Path) -> None:
    page = run(SIMILAR, product="103", more="107", less=["102", "104"], articleType="Shirts")
    asked = ["search", "--product", "103", "--more", "107", "--less", "102", "--less", "104", "--fold", "--json"]
    result = CliRunner().invoke(app, [*asked, "--encoder", "pixels", "--filter", "articleType=Shirts"])
    assert _written(result.stdout) == _shown(page)
    assert json.loads(result.stdout) == json.loads(files["look-alikes.json"])
