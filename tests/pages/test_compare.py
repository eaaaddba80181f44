"""Compare, a tab of Search: the same query, searched in several ways."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.cards import cards, choose
from tests.pages.running import no_error, two_colored
from tests.pages.searching import chips, found, give, open_tab, photo, search, with_photos

WAYS = ["Pixels", "Pixels, raw kernel"]


def compared(page: AppTest, *titles: str) -> AppTest:
    """The page after these ways were chosen."""
    page.pills(key="ways").set_value([*titles]).run()
    no_error(page)
    return page


def rows(page: AppTest) -> dict[str, list[str]]:
    """Ids of the results by the title of the way."""
    keys = [part.key for part in page.get("bidi_component") if (part.key or "").startswith("compared ")]
    return {key.removeprefix("compared "): [card["id"] for card in cards(page, key)] for key in keys}


def badges(page: AppTest, title: str) -> list[str]:
    """What the cards of a way say."""
    return [card["badge"] for card in cards(page, f"compared {title}")]


def test_a_query_gets_a_row_of_five_for_each_way_with_its_time() -> None:
    page = compared(search(product="103", tab="compare"), *WAYS)
    assert [heading.value for heading in page.subheader] == [*WAYS, "Agreement"]
    assert [*rows(page)] == WAYS
    for title in WAYS:
        assert [card["rank"] for card in cards(page, f"compared {title}")] == [1, 2, 3, 4, 5]
    assert sum(caption.value.endswith(" ms") for caption in page.caption) == 2


def test_at_first_two_ways_are_compared_and_the_choice_stays_with_the_next_query() -> None:
    page = search(product="103", tab="compare")
    no_error(page)
    assert [*rows(page)] == page.pills(key="ways").value == ["Mini", "Pixels"]
    compared(page, "Pixels, raw kernel")
    choose(page, rows(page)["Pixels, raw kernel"][0], "compared Pixels, raw kernel")
    open_tab(page, "Compare")
    assert [*rows(page)] == ["Pixels, raw kernel"]


def test_what_others_found_as_well_is_marked_and_counted() -> None:
    page = compared(search(product="103", tab="compare"), *WAYS)
    one, other = rows(page).values()
    assert badges(page, WAYS[0]) == [f"also in {WAYS[1]}" if id_ in other else "only here" for id_ in one]
    assert badges(page, WAYS[1]) == [f"also in {WAYS[0]}" if id_ in one else "only here" for id_ in other]
    (line,) = [line.value for line in page.markdown if " share " in line.value]
    assert line == f"- **Pixels** and **Pixels, raw kernel** share {len({*one} & {*other})} of 5."


def test_a_way_finds_what_the_results_show_by_it() -> None:
    page = compared(search(product="103", tab="compare"), *WAYS)
    assert rows(page) == {
        WAYS[0]: found(search(product="103")),
        WAYS[1]: found(search(product="103", scoring="linear")),
    }


def test_no_score_of_any_encoder_is_shown() -> None:
    page = search(product="103", tab="compare")
    shown = [each.value for kind in (page.markdown, page.caption, page.text) for each in kind]
    assert not any("similarity" in text or "score" in text for text in shown)
    drawn = [card for title in rows(page) for card in cards(page, f"compared {title}")]
    assert len(drawn) == 10 and not any(card["score"] or card["details"] for card in drawn)


def test_an_uploaded_photo_is_compared_too() -> None:
    page = compared(open_tab(with_photos("105"), "Compare"), "Pixels")
    assert rows(page)["Pixels"][0] == "105"
    assert badges(page, "Pixels") == ["only here"] * 5
    compared(page, *WAYS)
    assert rows(page)["Pixels"][0] == "105" and len(rows(page)[WAYS[1]]) == 5
    captions = [image.caption for element in page.get("image") for image in element.proto.imgs if image.caption]
    assert captions == ["What Pixels sees: 15 x 20 pixels"]


def test_several_photos_are_one_query_in_every_way() -> None:
    page = compared(open_tab(with_photos("105", "107"), "Compare"), "Pixels")
    both = rows(page)["Pixels"]
    assert {"105", "106", "107"} <= {*both}
    assert both == found(open_tab(page, "Results"))


def test_marks_of_the_query_steer_every_way() -> None:
    page = compared(search(product="103", tab="compare"), *WAYS)
    plain = rows(page)
    page = compared(search(product="103", more="109", less="104", tab="compare"), *WAYS)
    assert chips(page) == ["chip more 109", "chip less 104"]
    steered = rows(page)
    assert all(steered[title] != plain[title] for title in WAYS)
    assert steered["Pixels"] == found(search(product="103", more="109", less="104"))


def test_filters_of_the_query_hold_in_every_way() -> None:
    page = compared(search(product="103", articleType="Shoes", tab="compare"), *WAYS)
    assert chips(page) == ["chip articleType=Shoes"]
    for ids in rows(page).values():
        assert set(ids) == {"102", "105", "108", "111"}


def test_filters_that_leave_nothing_are_explained_once(shop: Path) -> None:
    with (shop / "styles.csv").open("a") as table:
        table.write("900,Women,Hats,The only hat\n")
    (shop / "images" / "900.png").write_bytes(two_colored((0, 0, 0)))
    page = compared(search(product="103", articleType="Hats", gender="Men", tab="compare"), *WAYS)
    assert [info.value for info in page.info] == ["No product passes these filters."]
    page.button(key="drop gender").click().run()
    no_error(page)
    assert [*rows(page).values()] == [["900"], ["900"]]


def test_a_result_is_searched_on_with() -> None:
    page = compared(search(product="103", k="3", tab="compare"), "Pixels")
    first = rows(page)["Pixels"][0]
    choose(page, first, "compared Pixels")
    no_error(page)
    assert page.query_params["product"] == first and "tab" not in page.query_params
    assert len(found(page)) == 3


def test_with_no_way_chosen_the_page_asks_for_one() -> None:
    page = compared(search(product="103", tab="compare"))
    assert page.info[0].value == "Choose at least one way to search."
    assert not rows(page)


@pytest.mark.parametrize("words", ["shirts", "zeppelin"])
def test_words_are_answered_with_a_sentence(words: str) -> None:
    page = search(words=words, tab="compare")
    no_error(page)
    assert [info.value for info in page.info] == ["Words are not compared: search with a product or a photo."]
    assert not rows(page)


def test_a_photo_given_here_is_the_next_query() -> None:
    page = give(search(product="103", tab="compare"), photo("105"))
    no_error(page)
    assert found(page)[0] == "105"
    assert "product" not in page.query_params and page.query_params["photo"]
