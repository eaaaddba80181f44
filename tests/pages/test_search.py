"""Search by a product: what is found, what its numbers say, and how it is shared."""

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from prodsim.encoders import REGISTRY
from prodsim.search import NOT_FOUND, NOTHING_ALIKE
from prodsim.ui.text import literal
from tests.pages.box import chosen, offered, typed
from tests.pages.cards import cards, choose, grid
from tests.pages.running import NAME, no_error
from tests.pages.searching import chips, found, give, has_results, photo, search, similarities
from tests.samples import picture

BADGES = {word: word for word in ("very close", "similar", "loosely similar")} | {NOTHING_ALIKE: "not alike"}
"""What the table calls the closeness of a result -> what its card does."""


def _meanings(page: AppTest) -> str:
    """What the numbers mean."""
    (told,) = (line.value for line in page.markdown if line.value.startswith("**Score**"))
    return told


# what is found


def test_a_link_to_a_product_shows_the_five_most_similar() -> None:
    page = search(product="103")
    no_error(page)
    assert page.title[0].value == literal(f"Model 103 {NAME}")
    assert page.header[0].value == "The 5 most similar of 12 products"
    assert len(found(page)) == 5
    assert found(page)[0] in ("102", "104")
    assert [card["rank"] for card in cards(page)] == [1, 2, 3, 4, 5]
    assert cards(page)[0]["score"] == "1.00"


def test_nothing_is_searched_with_before_a_visitor_asks() -> None:
    page = search()
    no_error(page)
    assert page.title[0].value == "What looks like this?"
    assert not has_results(page) and not page.download_button
    assert not {"product", "photo", "words"} & set(page.query_params)


def test_names_stand_letter_for_letter() -> None:
    page = search(product="103")
    assert [card["name"] for card in cards(page)] == [f"Model {id_} {NAME}" for id_ in found(page)]


def test_the_number_of_results_is_the_one_asked_for() -> None:
    page = search(product="103")
    page.number_input(key="k").set_value(3).run()
    assert len(found(page)) == 3
    assert page.header[0].value == "The 3 most similar of 12 products"
    assert page.query_params["k"] == "3"


def test_the_query_is_its_own_best_match_only_if_included() -> None:
    page = search(product="103")
    assert "103" not in found(page)
    page.checkbox(key="include_query").check().run()
    assert found(page)[0] == "103"


def test_scoring_can_be_switched_to_the_raw_kernel() -> None:
    page = search(product="103")
    unit = similarities(page)
    page.selectbox(key="scoring").set_value("linear").run()
    no_error(page)
    assert page.query_params["scoring"] == "linear"
    assert float(unit[0]) <= 1 < float(similarities(page)[0].replace(",", ""))


def test_a_product_is_found_by_a_part_of_its_name() -> None:
    page = search()
    assert offered(page, "model 107") == ["107"]
    chosen(page, "107")
    no_error(page)
    assert page.query_params["product"] == "107"
    assert page.title[0].value == literal(f"Model 107 {NAME}")


def test_a_product_is_found_by_its_id() -> None:
    page = search(product="103")
    assert offered(page, "108") == ["108"]
    assert chosen(page, "108").query_params["product"] == "108"


def test_what_no_product_is_called_is_said_and_the_query_stays_while_it_is_typed() -> None:
    page = search(product="103")
    assert offered(page, "zeppelin") == []
    assert page.query_params["product"] == "103" and len(found(page)) == 5
    typed(page, "zeppelin")
    no_error(page)
    assert [info.value for info in page.info] == [f"{NOT_FOUND}."]


def test_an_id_that_the_catalog_lacks_is_answered_and_left_out() -> None:
    page = chosen(search(product="103"), "no such product")
    no_error(page)
    (warning,) = page.warning
    assert "no such product" in warning.value
    assert not has_results(page) and "product" not in page.query_params


def test_a_result_leads_on_to_its_own_look_alikes() -> None:
    page = search(product="103")
    following = found(page)[0]
    choose(page, following)
    no_error(page)
    assert page.query_params["product"] == following
    assert page.title[0].value == literal(f"Model {following} {NAME}")
    assert following not in found(page)


def test_a_session_that_lost_what_was_asked_goes_on_from_a_result() -> None:
    def lost() -> None:
        from prodsim.ui import grid

        grid.search_on("103")

    page = AppTest.from_function(lost).run()
    no_error(page)
    assert page.session_state["visit"].asked.product == "103"


# what a card says


def test_a_card_has_a_score_with_two_decimals_and_one_badge_in_words() -> None:
    page = search(product="103")
    for card in cards(page):
        assert re.fullmatch(r"[01]\.\d\d", card["score"])
        assert card["badge"] in BADGES.values()
    assert cards(page)[0]["badge"] == "very close" != cards(page)[-1]["badge"]
    assert not grid(page)["muted"]


def test_scores_fall_with_the_rank() -> None:
    scores = [float(card["score"]) for card in cards(search(product="103"))]
    assert scores == sorted(scores, reverse=True)


def test_the_similarity_and_the_share_of_pairs_stand_under_details_and_in_the_table_alone() -> None:
    page = search(product="103")
    for card in cards(page):
        (similarity, percentile) = card["details"]
        assert similarity[0] == "Similarity" and re.fullmatch(r"-?\d\.\d{4}", similarity[1])
        assert re.fullmatch(r"above \d+\.\d\d % of pairs", percentile[1])
    table = page.dataframe[0].value
    assert [f"{similarity:.4f}" for similarity in table["similarity"]] == similarities(page)
    assert [BADGES[word] for word in table["closeness"]] == [card["badge"] for card in cards(page)]
    said = [line.value for line in (*page.caption, *page.text, *page.header, *page.title)]
    assert not [text for text in said if "% of pairs" in text or re.search(r"\d\.\d{4}", text)]


def test_score_and_similarity_are_each_explained_in_a_sentence() -> None:
    told = _meanings(search(product="103"))
    assert "relative to this search" in told and "**Similarity**: the cosine" in told
    assert "how many random pairs of this catalog are less alike" in told


# how it is searched


def test_without_its_weights_a_model_has_a_stand_in_and_one_line_says_so_with_a_remedy() -> None:
    page = search(product="103", encoder="vgg16")
    no_error(page)
    assert not page.warning and not page.info
    said = [caption.value.replace("\\", "") for caption in page.caption]
    assert "Shown by Mini. VGG16 cannot be fetched here." in said
    assert any("prodsim download vgg16" in caption for caption in said)
    assert page.query_params["encoder"] == page.selectbox(key="model").value == "mini"
    assert len(found(page)) == 5


def test_every_model_can_be_chosen() -> None:
    page = search(product="103")
    assert len(page.selectbox(key="model").options) == len(REGISTRY)
    page.selectbox(key="model").set_value("mini").run()
    no_error(page)
    assert page.query_params["encoder"] == "mini"
    assert len(found(page)) == 5


def test_an_unknown_encoder_in_the_environment_is_answered_and_the_search_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PRODSIM_ENCODER", "vgg99")
    page = search(product="103")
    no_error(page)
    assert "vgg99" in page.warning[0].value
    assert len(found(page)) == 5


# the address


def test_an_address_shows_the_same_search_again() -> None:
    how = {"k": "4", "scoring": "linear", "include_query": "true", "encoder": "pixels"}
    first = search(product="103", more="107", articleType=["Shirts"], **how)
    assert len(found(first)) == 4
    again = search(**first.query_params)
    assert cards(again) == cards(first)
    assert again.query_params == first.query_params
    assert again.header[0].value == first.header[0].value


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("k", "0"),
        ("k", "101"),
        ("k", "five"),
        ("k", "٣"),
        ("scoring", "cosine"),
        ("encoder", "vgg19"),
        ("include_query", "maybe"),
        ("pivot", "price"),
        ("tab", "results and more"),
        ("articleType", "Hats"),
        ("sort", "up"),
    ],
)
def test_nonsense_in_the_address_is_said_left_out_and_the_search_goes_on(name: str, value: str) -> None:
    page = search(**{"product": "103", name: value})
    no_error(page)
    (warning,) = page.warning
    assert warning.value.startswith("In the address")
    assert page.query_params["product"] == "103" and page.query_params.get(name) != value
    assert len(found(page)) == 5


def test_an_unknown_product_in_the_address_is_said_and_no_other_one_takes_its_place() -> None:
    page = search(product="no such product")
    no_error(page)
    (warning,) = page.warning
    assert warning.value.startswith("In the address") and "no such product" in warning.value
    assert not has_results(page) and "product" not in page.query_params
    assert cards(page), "the search can begin"


# filters


def test_filters_apply_before_ranking_so_that_there_are_k_results_whenever_k_products_pass() -> None:
    page = search(product="103", articleType=["Shoes"], k="3")
    no_error(page)
    assert len(found(page)) == 3
    assert all(int(product_id) % 3 == 0 for product_id in found(page))
    assert page.header[0].value == "The 3 most similar of 4 products"


def test_a_filter_is_chosen_with_counts_shown_as_a_chip_and_written_into_the_address() -> None:
    page = search(product="103")
    gender = page.multiselect(key="filter gender")
    assert [option.split() for option in gender.options] == [["Men", "(6)"], ["Women", "(6)"]]
    gender.set_value(["Women"]).run()
    no_error(page)
    assert chips(page) == ["chip gender=Women"] and page.query_params["gender"] == "Women"
    assert all(int(product_id) % 2 for product_id in found(page))
    page.button(key="chip gender=Women").click().run()
    assert not chips(page) and "gender" not in page.query_params
    assert not page.multiselect(key="filter gender").value


def test_filters_that_leave_nothing_say_which_choice_empties_them_and_offer_to_drop_it(shop: Path) -> None:
    with (shop / "styles.csv").open("a") as table:
        table.write("900,Women,Hats,The only hat\n")
    (shop / "images" / "900.png").write_bytes(picture("black"))
    page = search(product="103", articleType=["Hats"], gender=["Men"])
    no_error(page)
    assert not found(page)
    assert page.info[0].value == "No product passes these filters."
    page.button(key="drop gender").click().run()
    no_error(page)
    assert found(page) == ["900"]


def test_where_nothing_but_the_query_passes_that_is_said(shop: Path) -> None:
    with (shop / "styles.csv").open("a") as table:
        table.write("900,Women,Hats,The only hat\n")
    (shop / "images" / "900.png").write_bytes(picture("black"))
    page = search(product="900", articleType="Hats")
    no_error(page)
    assert page.info[0].value == "There is nothing to compare the query with but itself."
    assert not found(page) and not page.header


# what a visitor takes along


def test_results_can_be_read_as_a_table() -> None:
    page = search(product="103")
    table = page.dataframe[0].value
    assert list(table["id"]) == found(page)
    assert {"rank", "score", "similarity", "percentile", "closeness", "articleType"} <= set(table.columns)


@pytest.mark.parametrize("way", ["product", "photo", "words"])
def test_what_is_found_in_any_way_can_be_shared_in_three_forms(way: str) -> None:
    page = search(product="103") if way == "product" else search()
    if way == "photo":
        give(page, photo("105"))
    if way == "words":
        typed(page, "shirts")
    no_error(page)
    assert [button.label for button in page.download_button] == ["Report", "CSV", "JSON"]
    (said,) = [caption.value for caption in page.caption if caption.value.startswith("The report is one file")]
    assert ("not stored here" in said) == (way == "photo")
    assert ("The address of this page shows the same search again." in said) == (way != "photo")
