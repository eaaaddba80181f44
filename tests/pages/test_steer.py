"""Steering a search: marks on results; what is folded into one; and that all files say what the page shows."""

import io
import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

from prodsim.cli import app
from prodsim.ui import sharing, steer
from tests.pages.box import chosen
from tests.pages.cards import act, cards, choose, grid
from tests.pages.running import no_error
from tests.pages.searching import chips, found, open_tab, search, similarities, with_photos


def _marked(page: AppTest) -> dict[str, str]:
    """By id, the mark that a result's card shows."""
    return {card["id"]: card["marked"] for card in cards(page, "results") if card["marked"]}


def _meanings(page: AppTest) -> str:
    (told,) = (line.value for line in page.markdown if line.value.startswith("**Score**"))
    return told


def _explained_alone(page: AppTest) -> bool:
    return any("explains how the match compares with the product" in caption.value for caption in page.caption)


# marks


def test_what_is_marked_steers_the_results_stays_out_of_them_and_is_a_chip() -> None:
    page = search(product="103", k="11")
    before = found(page)
    assert not chips(page) and grid(page)["actions"] == ["why", "more", "less"]
    act(page, "more", "100")
    no_error(page)
    after = found(page)
    assert sorted([*after, "100"]) == sorted(before)
    assert after.index("101") < before.index("101")
    assert chips(page) == ["chip more 100"]
    assert page.button(key="chip more 100").label.startswith("More like: Model 100 Rock")
    act(page, "less", "104")
    assert chips(page) == ["chip more 100", "chip less 104"]
    assert page.query_params["more"] == "100" and page.query_params["less"] == "104"
    assert "104" not in found(page)


def test_that_there_is_no_room_for_a_mark_is_said_and_nothing_else_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steer, "MAX_MARKS", 2)
    page = search(product="103", k="11", more=["100"], less=["104"])
    act(page, "more", "101")
    assert [info.value for info in page.info] == ["A query takes 2 marks\\. Take one away first\\."]
    assert chips(page) == ["chip more 100", "chip less 104"] and "101" in found(page)
    page.button(key="chip less 104").click().run()
    act(page, "less", "101")
    assert not page.info and chips(page) == ["chip more 100", "chip less 101"]


def test_a_chip_takes_its_mark_away_and_start_over_all_of_them() -> None:
    plain = found(search(product="103"))
    page = search(product="103", more=["107", "108"], less=["102"])
    page.button(key="chip more 107").click().run()
    assert chips(page) == ["chip more 108", "chip less 102"]
    page.button(key="start over").click().run()
    no_error(page)
    assert not chips(page) and found(page) == plain
    assert not {"more", "less"} & set(page.query_params)


def test_an_address_holds_the_marks() -> None:
    first = search(product="103", more=["107"], less=["102", "104"])
    again = search(**first.query_params)
    assert chips(again) == chips(first) == ["chip more 107", "chip less 102", "chip less 104"]
    assert cards(again) == cards(first)


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
    page = search(product="103", **address)
    no_error(page)
    (warning,) = page.warning
    assert wrong in warning.value.replace("\\", "")
    assert chips(page) == left


def test_marks_without_a_query_are_answered_and_left_out() -> None:
    page = search(more="107")
    no_error(page)
    assert "marks without a query" in page.warning[0].value
    assert not chips(page) and "more" not in page.query_params


def test_another_query_begins_without_marks_and_the_way_back_finds_them_again() -> None:
    page = search(product="103", more="107")
    choose(page, found(page)[0])
    assert not chips(page)
    page.button(key="back").click().run()
    no_error(page)
    assert chips(page) == ["chip more 107"]
    chosen(page, "109")
    assert not chips(page)


def test_words_are_not_steered() -> None:
    page = search(words="shoes", more="107")
    no_error(page)
    assert found(page) and not chips(page)
    assert not {"more", "less"} & set(grid(page)["actions"])


def test_marks_of_a_step_by_step_search_are_marks_of_the_query_and_can_be_taken_back_there() -> None:
    page = open_tab(search(product="103"), "Step by step")
    result = cards(page, "step 5")[0]["id"]
    act(page, "more", result, "step 5")
    no_error(page)
    assert chips(page) == [f"chip more {result}"]
    act(page, "more", result, "step 5")
    assert not chips(page)


def test_a_combination_says_what_it_is_and_claims_no_share_of_pairs() -> None:
    page = search(product="103", more="107")
    assert "plus 0.75 times the mean" in _meanings(page)
    for card in cards(page):
        assert not card["badge"] and [label for label, _ in card["details"]] == ["Similarity"]
    assert not {"percentile", "closeness"} & set(page.dataframe[0].value.columns)


def test_why_explains_the_match_with_the_query_alone_and_says_so() -> None:
    steered = search(product="103", more="107", k="3")
    match = found(steered)[0]
    open_tab(steered, "Why")
    no_error(steered)
    assert _explained_alone(steered)
    plain = search(product="103", k="11")
    alone = similarities(plain)[found(plain).index(match)]
    assert any(line.value.endswith(f"add up to the similarity {alone}.") for line in steered.markdown)
    assert not _explained_alone(open_tab(plain, "Why"))


def test_marks_are_judgments_also_when_their_query_was_left_until_they_are_taken_back() -> None:
    page = search(product="103", more="107", less="102")
    assert "Judgments as CSV" in [button.label for button in page.download_button]
    act(chosen(page, "109"), "less", "108")
    no_error(page)
    kept = page.session_state["judgments"]
    assert {place[1:] for place in kept} == {("103", "107"), ("103", "102"), ("109", "108")}
    page.button(key="start over").click().run()
    assert {place[1:] for place in page.session_state["judgments"]} == {("103", "107"), ("103", "102")}


def test_marks_on_results_of_a_photo_are_no_judgments() -> None:
    page = with_photos("105")
    act(page, "more", found(page)[-1])
    no_error(page)
    assert "Judgments as CSV" not in [button.label for button in page.download_button]


# what is folded


def test_near_identical_results_are_folded_into_one_which_unfolds(shop: Path) -> None:
    twin = shop / "images" / "900.png"
    twin.write_bytes((shop / "images" / "104.png").read_bytes())
    with (shop / "styles.csv").open("a") as table:
        table.write("900,Women,Shirts,The same picture\n")
    page = search(product="103")
    no_error(page)
    assert len(found(page)) == 5 and "900" not in found(page)
    assert {card["id"]: card["folded"] for card in cards(page) if card["folded"]} == {"104": 1}
    assert "a cosine of 0.998 or more" in _meanings(page)
    act(page, "folds", "104")
    assert "The same picture" in [text.value for text in page.text]
    page.button(key="unfolded look-alikes of 900").click().run()
    no_error(page)
    assert page.query_params["product"] == "900"


def test_nothing_is_said_of_folds_where_nothing_is_near_identical() -> None:
    page = search(product="103")
    assert not any(card["folded"] for card in cards(page))
    assert "Near-identical" not in _meanings(page)


# files


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
    scores = [card["score"] for card in cards(page)]
    return list(zip(found(page), scores, similarities(page), strict=True))


def _written(document: str | bytes) -> list[tuple[str, str, str]]:
    neighbors = json.loads(document)["neighbors"]
    return [(each["product_id"], f"{each['score']:.2f}", f"{each['similarity']:.4f}") for each in neighbors]


def test_files_on_several_steered_photos_hold_what_the_page_shows(files: dict[str, bytes | str]) -> None:
    page = with_photos("104", "106")
    act(page, "less", found(page)[-1])
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
    page = search(product="103", more="107", less=["102", "104"], articleType="Shirts")
    asked = ["search", "--product", "103", "--more", "107", "--less", "102", "--less", "104", "--fold", "--json"]
    result = CliRunner().invoke(app, [*asked, "--encoder", "pixels", "--filter", "articleType=Shirts"])
    assert _written(result.stdout) == _shown(page)
    assert json.loads(result.stdout) == json.loads(files["look-alikes.json"])
