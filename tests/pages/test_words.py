"""Look-alikes, searched in words."""

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from prodsim.encoders import REGISTRY
from prodsim.search import NOT_FOUND
from prodsim.ui import searching, state
from tests.pages.running import no_error, run
from tests.samples import FakeAvailable, ReadsColors

SIMILAR = "pages/similar.py"
NAMES = "Searches names and labels, not pictures: Pixels does not read text."


def results(page: AppTest) -> list[str]:
    return [button.key.rpartition(" ")[2] for button in page.button if button.key.startswith("look-alikes of ")]


def said(page: AppTest) -> list[str]:
    """What is said of the search, and of its results."""
    notes = [caption.value for caption in page.caption if caption.value.startswith("Searches ")]
    return notes + [info.value for info in page.info]


def typed(words: str, page: AppTest | None = None) -> AppTest:
    page = page or run(SIMILAR)
    page.segmented_control(key="way").set_value("Words").run()
    return page.text_input(key="words").input(words).run()


def test_words_find_products_by_their_names_and_labels_and_the_page_says_so() -> None:
    page = typed("model 105 for women")
    no_error(page)
    assert results(page)[0] == "105"
    assert page.header[0].value == "The 5 best matches of 12 products"
    assert said(page) == [NAMES]
    assert results(typed("shoes", page)) == ["102", "105", "108", "111"]


def test_scores_of_words_are_explained_and_not_put_into_words() -> None:
    page = typed("shoes")
    similarities = [caption.value for caption in page.caption if caption.value.startswith("similarity")]
    assert len(similarities) == 4
    assert not any("pairs" in value for value in similarities)
    assert any("BM25F" in caption.value for caption in page.caption)
    assert "closeness" not in page.dataframe[0].value.columns


def test_the_address_holds_the_words_and_shows_the_same_again() -> None:
    page = typed("women 107")
    assert page.query_params["words"] == "women 107"
    assert "product" not in page.query_params
    again = run(SIMILAR, **page.query_params)
    assert again.text_input(key="words").value == "women 107"
    assert results(again) == results(page)


def test_another_way_to_search_takes_the_words_out_of_the_address_and_keeps_them() -> None:
    page = typed("women 107", run(SIMILAR, product="103"))
    page.segmented_control(key="way").set_value("Product").run()
    no_error(page)
    assert page.query_params["product"] == "103"
    assert "words" not in page.query_params
    page.segmented_control(key="way").set_value("Words").run()
    assert page.text_input(key="words").value == page.query_params["words"] == "women 107"


def test_a_link_to_a_product_is_followed_although_words_were_searched() -> None:
    page = typed("shoes")
    page.query_params.clear()
    page.query_params["product"] = "104"
    page.run()
    assert page.selectbox(key="product").value == "104"


@pytest.mark.parametrize("words", ["", "   "])
def test_without_words_there_is_a_hint(words: str) -> None:
    page = typed(words)
    no_error(page)
    assert not results(page)
    assert "Type some words and press Enter." in [caption.value for caption in page.caption]


def test_words_that_nothing_has_are_answered_with_a_sentence() -> None:
    page = typed("zeppelin")
    no_error(page)
    assert said(page) == [NAMES, f"{NOT_FOUND}."]


def test_filters_apply_to_words() -> None:
    page = typed("shoes", run(SIMILAR, gender="Women"))
    assert results(page) == ["105", "111"]
    page = typed("women", run(SIMILAR, gender="Men"))
    assert said(page)[-1] == f"{NOT_FOUND}, among the products that pass the filters."


def test_a_result_leads_on_to_its_look_alikes_and_back_to_the_words() -> None:
    page = typed("*shoes* [105]")
    page.button(key="look-alikes of 105").click().run()
    no_error(page)
    assert page.selectbox(key="product").value == page.query_params["product"] == "105"
    assert page.button(key="back").label == r"Back to “\*shoes\* \[105\]”"
    page.button(key="back").click().run()
    assert page.text_input(key="words").value == page.query_params["words"] == "*shoes* [105]"
    assert results(page)[0] == "105"


def test_ten_thousand_characters_in_the_address_are_cut() -> None:
    page = run(SIMILAR, words="shoes " * 2_000)
    no_error(page)
    assert len(results(page)) == 4
    assert len(page.text_input(key="words").value) == state.LONGEST_WORDS


def test_names_are_searched_without_the_encoder() -> None:
    page = run(SIMILAR, words="shoes", encoder="vgg16")
    no_error(page)
    assert len(results(page)) == 4
    assert said(page) == [NAMES.replace("Pixels", "VGG16")]
    assert not any("is used instead" in line.value for line in page.markdown)


def test_an_encoder_that_reads_text_compares_words_with_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    reads = replace(REGISTRY["pixels"], reads_text=True)
    monkeypatch.setattr(searching, "REGISTRY", {"pixels": reads})
    monkeypatch.setattr(searching, "available_encoder", lambda *_: FakeAvailable(ReadsColors()))
    page = run(SIMILAR, words="red", scoring="linear")
    no_error(page)
    assert results(page)[0] == "100"
    assert not said(page)
    assert any("the words and of the picture" in caption.value for caption in page.caption)


def test_a_stand_in_that_reads_no_text_searches_names(monkeypatch: pytest.MonkeyPatch) -> None:
    reads = replace(REGISTRY["pixels"], reads_text=True)
    monkeypatch.setattr(searching, "REGISTRY", {"pixels": reads})
    page = run(SIMILAR, words="shoes")
    no_error(page)
    assert said(page) == [NAMES]


def test_words_in_the_address_of_the_comparison_do_not_break_it() -> None:
    page = run("pages/compare.py", words="shoes")
    no_error(page)
    assert page.segmented_control(key="way").options == ["Product", "Photo", "Camera"]
