"""The catalog, browsed."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block

from prodsim.catalog import LONGEST_WORDS
from prodsim.ui.paging import PER_PAGE
from tests.pages.cards import act, cards, choose
from tests.pages.links import leads_to
from tests.pages.running import NAME, attributes, no_error, rainbow, run
from tests.samples import picture, write_catalog

GENDER, TYPE = "filter gender", "filter articleType"


def browse(**address: str | Sequence[str]) -> AppTest:
    """The catalog at this address, with its filters open."""
    return run("pages/catalog.py", unfolded=("filters open",), **address)


@pytest.fixture
def large_shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a catalog of 2 1/3 pages; every second product is for men, every third a shoe."""
    pictures = dict.fromkeys(rainbow(2 * PER_PAGE + 10), picture("red"))
    folder = write_catalog(tmp_path / "large", pictures, attributes(list(pictures)), suffix=".png")
    monkeypatch.setenv("PRODSIM_CATALOG", str(folder))
    return folder


def _shown(page: AppTest) -> list[str]:
    """Ids of the products on the page."""
    drawn = [part.proto.component_name for part in page.get("bidi_component")]
    return [card["id"] for card in cards(page)] if "cards" in drawn else []


def _chips(page: AppTest) -> dict[str, str]:
    """Labels of the chips, by what they take away."""
    chips = [button for button in page.button if button.key.startswith("chip ")]
    return {button.key.removeprefix("chip "): button.label for button in chips}


def _counts(page: AppTest, key: str) -> dict[str, int]:
    """How many products each value of a filter would leave."""
    labels = [option.rpartition("(") for option in page.multiselect(key=key).options]
    return {value.strip(): int(number.rstrip(")")) for value, _, number in labels}


def _turn(page: AppTest, number: int, place: int = 0) -> None:
    page.get("pagination")[place].set_value(number).run()


def _pages(page: AppTest) -> list[int]:
    """Where the choices of pages stand, above and below the products."""
    return [choice.value for choice in page.get("pagination")]


# search and filters


def test_an_opened_catalog_shows_its_products_in_the_order_of_the_table() -> None:
    page = browse()
    no_error(page)
    assert page.header[0].value == "12 of 12 products"
    assert _shown(page) == [str(id_) for id_ in range(100, 112)]
    assert all(card["picture"] for card in cards(page))
    assert not page.get("pagination")
    assert not _chips(page)


def test_every_product_leads_to_its_look_alikes() -> None:
    page = browse()
    assert [card["href"].rpartition("product=")[2] for card in cards(page)] == _shown(page)
    choose(page, "104")
    no_error(page)
    assert page.title[0].value.startswith("Model 104")
    assert page.header[0].value == "The 5 most similar of 12 products"
    assert page.query_params["product"] == "104"


def test_names_stand_letter_for_letter() -> None:
    assert cards(browse())[0]["name"] == f"Model 100 {NAME}"


def test_a_very_long_name_is_whole_in_the_details(shop: Path) -> None:
    with (shop / "styles.csv").open("a") as table:
        table.write(f"999,Women,Shirts,{'long ' * 100}\n")
    (shop / "images" / "999.png").write_bytes(picture("black"))
    page = browse(find="999")
    act(page, "details", "999")
    assert _dialog(page).proto.dialog.title == " ".join(["long"] * 100)


@pytest.mark.parametrize("text", ["MODEL 107", "107", "roll 107", " 107 "])
def test_a_product_is_found_by_words_of_its_name_or_its_id(text: str) -> None:
    page = browse()
    page.text_input(key="find").set_value(text).run()
    no_error(page)
    assert page.header[0].value == "1 of 12 products"
    assert _shown(page) == ["107"]


@pytest.mark.parametrize("from_address", [True, False])
def test_a_search_for_very_many_words_is_cut(from_address: bool) -> None:
    words = "model " * 400
    page = browse(find=words) if from_address else browse()
    if not from_address:
        page.text_input(key="find").set_value(words).run()
    no_error(page)
    assert page.text_input(key="find").value == words[:LONGEST_WORDS]
    said = ["In the address\\: the search by name is cut after 200 characters\\."]
    assert [warning.value for warning in page.warning] == (said if from_address else [])


def test_a_search_that_finds_nothing_says_so_letter_for_letter_and_what_to_do() -> None:
    page = browse(find="*zeppelin*")
    no_error(page)
    assert not _shown(page)
    assert page.info[0].value == (r"No product has “\*zeppelin\*” in its name or id. Use fewer or other words.")


def test_filters_of_several_attributes_are_combined_and_several_values_of_one_are_alternatives() -> None:
    page = browse()
    page.multiselect(key=GENDER).set_value(["Men"]).run()
    assert _shown(page) == ["100", "102", "104", "106", "108", "110"]
    page.multiselect(key=TYPE).set_value(["Shoes"]).run()
    assert _shown(page) == ["102", "108"]
    page.multiselect(key=TYPE).set_value(["Shoes", "Shirts"]).run()
    assert len(_shown(page)) == 6
    no_error(page)


def test_filters_are_combined_with_the_search() -> None:
    page = browse(find="10", articleType="Shoes")
    assert page.header[0].value == "3 of 12 products"
    page.text_input(key="find").set_value("105").run()
    assert _shown(page) == ["105"]
    assert page.multiselect(key=TYPE).value == ["Shoes"]


def test_counts_are_those_of_what_each_choice_would_give() -> None:
    page = browse()
    assert _counts(page, GENDER) == {"Men": 6, "Women": 6}
    assert _counts(page, TYPE) == {"Shirts": 8, "Shoes": 4}
    page.multiselect(key=GENDER).set_value(["Men"]).run()
    assert _counts(page, GENDER) == {"Men": 6, "Women": 6}
    assert _counts(page, TYPE) == {"Shirts": 4, "Shoes": 2}
    page.text_input(key="find").set_value("102").run()
    assert _counts(page, GENDER) == {"Men": 1}
    assert _counts(page, TYPE) == {"Shoes": 1}


def test_a_choice_stays_when_its_count_changes() -> None:
    page = browse()
    page.multiselect(key=GENDER).set_value(["Men", "Women"]).run()
    page.multiselect(key=TYPE).set_value(["Shoes"]).run()
    page.run()
    assert page.multiselect(key=GENDER).value == ["Men", "Women"]
    assert page.multiselect(key=TYPE).value == ["Shoes"]


def test_a_choice_made_from_a_list_with_earlier_counts_is_understood() -> None:
    """A browser sends labels, and has those of the last answer until the next one."""
    page = browse()
    states = page._tree.get_widget_states()
    (state,) = (state for state in states.widgets if state.id == page.multiselect(key=GENDER).id)
    state.string_array_value.data[:] = ["Men\u2002(20,001)", "Men", "Martians\u2002(3)"]
    page._run(states)
    no_error(page)
    assert page.multiselect(key=GENDER).value == ["Men"]
    assert page.query_params["gender"] == "Men"
    assert _chips(page) == {"gender=Men": "Gender: Men"}
    assert _shown(page) == ["100", "102", "104", "106", "108", "110"]


def test_each_chosen_value_is_a_chip_that_takes_it_away() -> None:
    page = browse(gender=["Men", "Women"], articleType="Shoes")
    assert _chips(page) == {
        "gender=Men": "Gender: Men",
        "gender=Women": "Gender: Women",
        "articleType=Shoes": "Article type: Shoes",
    }
    page.button(key="chip gender=Men").click().run()
    assert page.multiselect(key=GENDER).value == ["Women"]
    assert page.multiselect(key=TYPE).value == ["Shoes"]
    assert page.query_params["gender"] == "Women"
    assert _shown(page) == ["105", "111"]


def test_filters_can_be_cleared_at_once() -> None:
    page = browse(gender="Men", articleType="Shoes")
    page.button(key="clear filters").click().run()
    no_error(page)
    assert len(_shown(page)) == 12
    assert "gender" not in page.query_params and "articleType" not in page.query_params


def test_an_empty_selection_names_the_choice_that_empties_it_and_drops_it() -> None:
    page = browse(find="102", gender=["Women"], articleType="Shoes")
    no_error(page)
    assert page.info[0].value == "No product passes these filters."
    (drop,) = [button for button in page.button if button.key.startswith("drop ")]
    assert drop.label == "Without Gender = Women there would be some: drop it"
    drop.click().run()
    assert _shown(page) == ["102"]
    assert page.multiselect(key=TYPE).value == ["Shoes"]


def test_an_empty_selection_that_two_choices_empty_can_be_cleared() -> None:
    page = browse(find="102", gender="Women", articleType="Shirts")
    (drop,) = [button for button in page.button if button.key.startswith("drop ")]
    drop.click().run()
    assert _shown(page) == ["102"]


# pages


def test_a_long_list_comes_in_pages(large_shop: Path) -> None:
    page = browse()
    assert page.header[0].value == "70 of 70 products"
    assert len(_shown(page)) == PER_PAGE
    _turn(page, 3)
    no_error(page)
    assert _shown(page) == [str(id_) for id_ in range(100 + 2 * PER_PAGE, 170)]
    assert page.query_params["page"] == "3"


@pytest.mark.parametrize("place", [0, 1], ids=["above", "below"])
def test_both_choices_of_pages_agree(place: int, large_shop: Path) -> None:
    page = browse(page="2")
    assert _pages(page) == [2, 2]
    for number in (3, 1, 2):
        _turn(page, number, place)
        page.run()
        assert _pages(page) == [number, number]
        assert _shown(page)[0] == str(100 + (number - 1) * PER_PAGE)


@pytest.mark.parametrize("change", ["search", "filter", "chip", "clear"])
def test_every_change_of_what_is_listed_turns_to_the_first_page(change: str, large_shop: Path) -> None:
    page = browse(page="2", articleType="Shirts", gender=["Men", "Women"])
    assert _pages(page) == [2, 2]
    match change:
        case "search":
            page.text_input(key="find").set_value("model").run()
        case "filter":
            page.multiselect(key=TYPE).set_value(["Shirts", "Shoes"]).run()
        case "chip":
            page.button(key="chip articleType=Shirts").click().run()
        case "clear":
            page.button(key="clear filters").click().run()
    assert _pages(page) == [1, 1]
    assert "page" not in page.query_params


def test_a_page_after_the_last_is_answered_and_the_last_is_shown(large_shop: Path) -> None:
    page = browse(page="70")
    no_error(page)
    assert page.warning[0].value == "There is no page 70 here: the last one is shown, page 3."
    assert len(_shown(page)) == 10
    assert _pages(page) == [3, 3]
    assert page.query_params["page"] == "3"


# the address


def test_an_address_shows_the_same_again(large_shop: Path) -> None:
    first = browse()
    first.text_input(key="find").set_value("model").run()
    first.multiselect(key=TYPE).set_value(["Shirts", "Shoes"]).run()
    first.multiselect(key=GENDER).set_value(["Women"]).run()
    _turn(first, 2)
    again = browse(**first.query_params)
    no_error(again)
    assert again.query_params == first.query_params
    assert (_shown(again), _chips(again)) == (_shown(first), _chips(first))
    assert (again.text_input(key="find").value, _pages(again)) == ("model", [2, 2])


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("page", "0"),
        ("page", "-1"),
        ("page", "13"),
        ("page", "two"),
        ("page", "9" * 5000),
        ("gender", "Martians"),
        ("catalog", "nowhere"),
        ("colour", "red"),
    ],
)
def test_nonsense_in_the_address_is_answered_and_the_page_goes_on(name: str, value: str) -> None:
    page = browse(**{name: value})
    no_error(page)
    (warning,) = page.warning
    assert warning.value.startswith("In the address")
    assert len(_shown(page)) == 12


# details


def _dialog(page: AppTest) -> Block:
    (dialog,) = page.get("dialog")
    return dialog


def test_details_show_picture_name_id_attributes_and_the_way_to_the_look_alikes() -> None:
    page = browse()
    act(page, "details", "103")
    no_error(page)
    dialog = _dialog(page)
    assert dialog.proto.dialog.title.replace("\\", "") == f"Model 103 {NAME}"
    assert len(dialog.get("image")) == 1
    table = dialog.get("table")[0].value
    assert dict(zip(table.index, table.iloc[:, 0], strict=True)) == {
        "Id": "103",
        "Gender": "Women",
        "Article type": "Shirts",
    }
    assert leads_to(page, "Find look-alikes")["product"] == ["103"]


def test_details_leave_out_what_is_missing_and_show_values_letter_for_letter(shop: Path) -> None:
    (shop / "images" / "999.png").write_bytes(picture("black"))
    with (shop / "styles.csv").open("a") as table:
        table.write("999,,*Hats* :red[no],\n")
    page = browse(find="999")
    act(page, "details", "999")
    table = _dialog(page).get("table")[0].value
    assert dict(zip(table.index, table.iloc[:, 0], strict=True)) == {
        "Id": "999",
        "Article type": r"\*Hats\* \:red\[no\]",
    }
    assert _dialog(page).proto.dialog.title == "999"


def test_details_are_gone_at_the_next_step() -> None:
    page = browse()
    act(page, "details", "103")
    page.text_input(key="find").set_value("104").run()
    assert not page.get("dialog")


# other catalogs


def test_a_folder_of_pictures_alone_can_be_searched_by_id_and_has_no_filters(shop: Path) -> None:
    (shop / "styles.csv").unlink()
    page = browse(find="103")
    no_error(page)
    assert _shown(page) == ["103"]
    assert not page.multiselect
    assert not page.get("popover")
    act(page, "details", "103")
    no_error(page)
    assert _dialog(page).get("table")[0].value.iloc[0, 0] == "103"


def test_a_picture_that_is_gone_is_answered_on_its_card(shop: Path) -> None:
    page = browse()
    (shop / "images" / "103.png").write_bytes(b"no picture")
    page.run()
    no_error(page)
    assert [card["id"] for card in cards(page) if card["picture"] is None] == ["103"]
    assert len(_shown(page)) == 12
    act(page, "details", "103")
    no_error(page)
    assert any("is missing or damaged" in caption.value for caption in page.caption)
