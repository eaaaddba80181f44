"""Search in words: by names and labels, or by pictures where the model reads text."""

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from prodsim.search import NOT_FOUND
from prodsim.ui import address, models
from prodsim.ui.text import literal
from tests.pages.box import shown, typed
from tests.pages.cards import act, cards, choose, grid
from tests.pages.running import NAME, no_error
from tests.pages.searching import chips, found, has_results, search, similarities
from tests.samples import FakeAvailable, ReadsColors

NAMES = "By names and labels, not pictures: Pixels does not read text."


def _said(page: AppTest) -> list[str]:
    """What is said of the search, and of its results."""
    notes = [caption.value for caption in page.caption if caption.value.startswith("By names ")]
    return notes + [info.value for info in page.info]


def _meanings(page: AppTest) -> str:
    (told,) = (line.value for line in page.markdown if line.value.startswith("**Score**"))
    return told


def test_words_find_products_by_their_names_and_labels_and_the_page_says_so() -> None:
    page = typed(search(), "model 105 for women")
    no_error(page)
    assert found(page)[0] == "105"
    assert page.title[0].value == "“model 105 for women”"
    assert page.header[0].value == "The 5 best matches of 12 products"
    assert _said(page) == [NAMES]
    typed(page, "shoes")
    assert found(page) == ["102", "105", "108", "111"]
    assert page.header[0].value == "The 4 best matches of 12 products"


@pytest.mark.parametrize("words", ["107", f"Model 107 {NAME}", f"model 107 {NAME.lower()}"])
def test_who_types_an_id_or_a_whole_name_finds_that_product_first(words: str) -> None:
    page = typed(search(), words)
    no_error(page)
    assert found(page)[0] == "107"
    assert float(similarities(page)[0]) == 1


def test_words_stand_letter_for_letter() -> None:
    page = typed(search(), NAME)
    no_error(page)
    assert page.title[0].value == literal(f"“{NAME}”")
    assert shown(page) == page.query_params["words"] == NAME


def test_scores_of_words_are_explained_and_not_put_into_words() -> None:
    page = typed(search(), "shoes")
    for card in cards(page):
        assert not card["badge"] and len(card["details"]) == 1
    assert not grid(page)["muted"] and grid(page)["query"] is None
    assert "BM25F" in _meanings(page)
    assert "closeness" not in page.dataframe[0].value.columns


def test_the_address_holds_the_words_and_shows_the_same_again() -> None:
    page = typed(search(), "women 107")
    assert page.query_params["words"] == "women 107"
    assert not {"product", "photo"} & set(page.query_params)
    again = search(**page.query_params)
    assert shown(again) == "women 107"
    assert cards(again) == cards(page)


def test_another_query_takes_the_words_out_of_the_address_and_the_way_back_finds_them() -> None:
    page = typed(search(product="103"), "women 107")
    assert "product" not in page.query_params
    choose(page, "107")
    no_error(page)
    assert page.query_params["product"] == "107"
    assert "words" not in page.query_params and shown(page) == ""
    page.button(key="back").click().run()
    assert shown(page) == page.query_params["words"] == "women 107"


def test_a_link_to_a_product_is_followed_although_words_were_searched() -> None:
    page = typed(search(), "shoes")
    page.query_params.clear()
    page.query_params["product"] = "104"
    page.run()
    no_error(page)
    assert page.title[0].value == literal(f"Model 104 {NAME}") and shown(page) == ""


@pytest.mark.parametrize("words", ["", "   "])
def test_without_words_nothing_is_asked(words: str) -> None:
    page = typed(search(product="103"), words)
    no_error(page)
    assert page.query_params["product"] == "103" and len(found(page)) == 5
    page = search(words=words)
    no_error(page)
    assert page.title[0].value == "What looks like this?" and not has_results(page)


def test_words_that_nothing_has_are_answered_with_a_sentence() -> None:
    page = typed(search(), "zeppelin")
    no_error(page)
    assert _said(page) == [f"{NOT_FOUND}."]
    assert not found(page) and not page.header


def test_filters_apply_to_words() -> None:
    page = typed(search(gender="Women"), "shoes")
    assert found(page) == ["105", "111"]
    page = typed(search(gender="Men"), "women")
    assert _said(page) == [f"{NOT_FOUND}, among the products that pass the filters."]


def test_a_result_leads_on_to_its_look_alikes_and_back_to_the_words() -> None:
    page = typed(search(), "*shoes* [105]")
    choose(page, "105")
    no_error(page)
    assert page.query_params["product"] == "105"
    assert page.button(key="back").label == r"Back to “\*shoes\* \[105\]”"
    page.button(key="back").click().run()
    assert shown(page) == page.query_params["words"] == "*shoes* [105]"
    assert found(page)[0] == "105"


def test_a_result_has_details_and_no_marks() -> None:
    page = typed(search(), "shoes")
    assert grid(page)["actions"] == ["details"]
    act(page, "details", "105")
    no_error(page)
    assert [table.value.iloc[0, 0] for table in page.table] == ["105"]
    act(page, "more", "105")
    assert not chips(page) and "more" not in page.query_params


def test_ten_thousand_characters_in_the_address_are_cut() -> None:
    page = search(words="shoes " * 2_000)
    no_error(page)
    assert len(found(page)) == 4
    assert address.LONGEST_WORDS - 1 <= len(shown(page)) <= address.LONGEST_WORDS
    assert len(page.title[0].value) < 100


def test_names_are_searched_without_the_model_and_nothing_is_said_to_be_shown_by_it() -> None:
    page = search(words="shoes", encoder="vgg16")
    no_error(page)
    assert len(found(page)) == 4
    assert _said(page) == [NAMES.replace("Pixels", "Mini")]
    assert not [caption.value for caption in page.caption if caption.value.startswith("Shown by")]


@pytest.fixture
def reads_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """The model at hand knows of a text how often it says red, green and blue."""
    reads = ReadsColors()
    monkeypatch.setattr(reads, "spec", replace(ReadsColors.spec, name="pixels"))
    monkeypatch.setattr(models, "at_hand", lambda *_: FakeAvailable(reads))


def test_a_model_that_reads_text_compares_words_with_pictures(reads_text: None) -> None:
    page = search(words="red", scoring="linear")
    no_error(page)
    assert found(page)[0] == "100"
    assert not _said(page)
    assert "the words and of the picture" in _meanings(page)
    assert not [button for button in page.button if button.key.startswith("named ")]


def test_a_product_that_the_words_name_is_offered_beside_what_a_model_finds(reads_text: None) -> None:
    page = search(words=f"model 107 {NAME}")
    no_error(page)
    (offer,) = [button for button in page.button if button.key.startswith("named ")]
    assert offer.label == f"Product 107: {literal(f'Model 107 {NAME}')}"
    offer.click().run()
    no_error(page)
    assert page.query_params["product"] == "107"


def test_a_stand_in_that_reads_no_text_searches_names() -> None:
    page = search(words="shoes", encoder="siglip2_base")
    no_error(page)
    assert found(page) == ["102", "105", "108", "111"]
    assert _said(page) == [NAMES.replace("Pixels", "Mini")]


@pytest.mark.parametrize("tab", ["why", "compare", "steps"])
def test_words_in_a_tab_that_needs_a_picture_are_answered_with_a_sentence(tab: str) -> None:
    page = search(words="shoes", tab=tab)
    no_error(page)
    assert "ords " in page.info[0].value
    assert page.title[0].value == "“shoes”"
