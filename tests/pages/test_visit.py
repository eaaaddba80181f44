"""What a visitor has chosen: it is kept from place to place, and the address is read when a link was followed.

What stands in an address, and nonsense in it, are tested place by place.
"""

from pathlib import Path
from urllib.parse import parse_qs

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from prodsim.catalog import Library, read_catalog
from prodsim.config import load_settings
from prodsim.encoders import require
from prodsim.ui import grid, models
from prodsim.ui.chosen import Asked
from prodsim.ui.places import CATALOG, PLACES, RESULTS, STEPS, WHY, Place
from tests.pages.box import typed
from tests.pages.cards import act, cards, choose
from tests.pages.links import address, arrive, follow, leads_to
from tests.pages.running import attributes, no_error, rainbow, run, two_colored
from tests.pages.searching import UNFOLDED, chips, found, search, with_photos
from tests.samples import write_catalog

GENDER, TYPE = "filter gender", "filter articleType"
HOW = {"catalog", "encoder", "k", "scoring", "include_query"}
in_every_place = pytest.mark.parametrize("place", PLACES, ids=lambda place: place.title)
in_every_other_place = pytest.mark.parametrize("place", PLACES[1:], ids=lambda place: place.title)


@pytest.fixture
def colored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a shop whose products have colors as well, so that there are pivots."""
    pictures = {id_: two_colored(color) for id_, color in rainbow(12).items()}
    labels = {
        id_: {**row, "baseColour": "Red" if int(id_) % 4 in (2, 3) else "Blue"}
        for id_, row in attributes(list(pictures)).items()
    }
    folder = write_catalog(tmp_path / "colored", pictures, labels, suffix=".png")
    monkeypatch.setenv("PRODSIM_CATALOG", str(folder))
    return folder


def asked(page: AppTest) -> Asked:
    kept: Asked = page.session_state["visit"].asked
    return kept


def listed(page: AppTest) -> list[str]:
    """Ids of the products of the catalog that are looked over."""
    return [card["id"] for card in cards(page)]


def shown_by(page: AppTest) -> list[str]:
    """The line that says which model stands in for which."""
    return [caption.value for caption in page.caption if caption.value.startswith("Shown by")]


def change(shop: Path, old: str, new: str = "") -> None:
    """Write the shop's table anew with something else in it; without the row of an id."""
    table = (shop / "styles.csv").read_text()
    lines = [line.replace(old, new) for line in table.splitlines() if new or not line.startswith(f"{old},")]
    (shop / "styles.csv").write_text("\n".join(lines))


# the query is kept


@in_every_other_place
def test_a_query_survives_a_visit_to_any_other_place(place: Place, colored: Path) -> None:
    page = search(product="103", more=["107", "108"], less="102", gender="Women", k="3", tab="steps")
    page.button(key="pivot color").click().run()
    before, written, shown = asked(page), address(page), chips(page)
    assert before == Asked("103", "", "", ("107", "108"), ("102",), "color", {"gender": ["Women"]})
    follow(page, place.title)
    no_error(page)
    assert page.title[0].value == place.title
    follow(page, "Search")
    no_error(page)
    assert not page.warning
    assert asked(page) == before
    assert (address(page), chips(page)) == (written, shown)


@in_every_other_place
def test_words_survive_a_visit_to_any_other_place(place: Place) -> None:
    page = typed(search(gender="Men"), "a shoe & more")
    before = found(page)
    follow(follow(page, place.title), "Search")
    no_error(page)
    assert page.title[0].value == r"“a shoe \& more”"
    assert address(page)["words"] == ["a shoe & more"] and address(page)["gender"] == ["Men"]
    assert found(page) == before


@in_every_other_place
def test_photos_their_crops_and_their_marks_survive_a_visit_to_any_other_place(place: Place) -> None:
    page = with_photos("105", "106")
    page.slider(key="crop across").set_range(0, 50).run()
    act(page, "more", "104")
    before = asked(page), found(page)
    follow(follow(page, place.title), "Search")
    no_error(page)
    assert page.title[0].value == "Your 2 photos"
    assert page.slider(key="crop across").value == (0, 50)
    assert (asked(page), found(page)) == before
    assert chips(page) == ["chip more 104"]


def test_a_visit_that_goes_through_all_places_keeps_the_query_and_how_to_search() -> None:
    page = search(product="103", more="107", articleType="Shirts", k="4", scoring="linear")
    before = address(page)
    for place in (*PLACES, *reversed(PLACES)):
        follow(page, place.title)
        no_error(page)
        assert not page.warning
    assert address(page) == before


def test_the_query_stays_where_a_place_is_opened_without_its_link() -> None:
    page = search(product="103", more="107", gender="Women")
    before = address(page)
    for place in (*PLACES[1:], PLACES[0]):
        page.switch_page(place.script).run()
    no_error(page)
    assert address(page) == before


def test_a_query_has_its_way_back_after_a_visit_elsewhere() -> None:
    page = choose(search(product="103", more="107"), "104")
    follow(follow(page, "Quality"), "Search")
    page.button(key="back").click().run()
    no_error(page)
    assert address(page)["product"] == ["103"] and chips(page) == ["chip more 107"]


def test_the_model_that_was_asked_for_is_remembered_though_another_one_stands_in(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(models, "fallback", lambda settings: require("pixels", settings))
    page = search(product="103")
    page.selectbox(key="model").set_value("resnet50").run()
    (line,) = shown_by(page)
    assert line.replace("\\", "") == "Shown by Pixels. ResNet 50 cannot be fetched here."
    follow(follow(page, "Quality"), "Search")
    no_error(page)
    assert shown_by(page) == [line]
    assert page.query_params["encoder"] == "pixels"
    assert not shown_by(search(**page.query_params)), "who is sent the address asked for no other one"


# the query and the catalog that is looked over


def test_a_look_at_the_catalog_with_filters_leaves_those_of_the_query_as_they_are() -> None:
    page = search(product="103", gender="Women")
    before = found(page)
    follow(page, "Catalog")
    assert page.multiselect(key=GENDER).value == []
    page.multiselect(key=TYPE).set_value(["Shoes"]).run()
    page.multiselect(key=GENDER).set_value(["Men"]).run()
    assert listed(page) == ["102", "108"]
    follow(page, "Search")
    no_error(page)
    assert page.multiselect(key=GENDER).value == ["Women"] and page.multiselect(key=TYPE).value == []
    assert (found(page), chips(page)) == (before, ["chip gender=Women"])


def test_filters_of_the_query_leave_those_of_the_catalog_as_they_are() -> None:
    page = run("pages/catalog.py", unfolded=UNFOLDED, articleType="Shoes", find="10")
    before = address(page)
    choose(page, "102")
    assert page.multiselect(key=TYPE).value == []
    page.multiselect(key=GENDER).set_value(["Men"]).run()
    follow(page, "Catalog")
    no_error(page)
    assert page.multiselect(key=TYPE).value == ["Shoes"] and page.multiselect(key=GENDER).value == []
    assert page.text_input(key="find").value == "10"
    assert address(page) == before


def test_a_card_of_the_catalog_leads_to_search_with_its_product_and_the_filters_of_the_query() -> None:
    page = search(product="103", more="107", gender="Women", tab="why")
    follow(page, "Catalog")
    page.text_input(key="find").set_value("102").run()
    (card,) = cards(page)
    choose(page, "102")
    no_error(page)
    assert page.title[0].value.startswith("Model 102")
    assert address(page) == parse_qs(card["href"].removeprefix("./?"))
    assert address(page)["product"] == ["102"] and address(page)["gender"] == ["Women"]
    assert not {"find", "more", "tab"} & address(page).keys()
    assert all(int(id_) % 2 for id_ in found(page))


def test_details_of_the_catalog_lead_to_the_same_as_its_card() -> None:
    page = search(product="103", more="107", gender="Women")
    follow(page, "Catalog")
    card = cards(page)[2]
    act(page, "details", card["id"])
    assert leads_to(page, "Find look-alikes") == parse_qs(card["href"].removeprefix("./?"))


@in_every_other_place
def test_the_address_of_another_place_names_nothing_of_the_query(place: Place) -> None:
    page = search(product="103", more="107", less="102", gender="Women", tab="steps")
    follow(page, place.title)
    assert address(page).keys() == HOW
    page = with_photos("105")
    assert "photo" in address(page)
    follow(page, place.title)
    assert address(page).keys() == HOW


# links


@pytest.mark.parametrize("tab", [RESULTS, WHY, STEPS])
def test_the_menus_link_to_search_holds_the_address_that_search_writes(tab: str, colored: Path) -> None:
    """Else the back button needs two steps."""
    page = search(product="103", more=["107", "108"], less="102", gender="Women", k="3", pivot="color", tab=tab)
    follow(page, "Quality")
    link = leads_to(page, "Search")
    assert (link["pivot"], link["more"], link.get("tab", [RESULTS])) == (["color"], ["107", "108"], [tab])
    assert address(follow(page, "Search")) == link
    no_error(page)


@pytest.mark.parametrize("tab", CATALOG.tabs)
def test_the_menus_link_to_the_catalog_holds_the_address_that_the_catalog_writes(tab: str) -> None:
    page = run("pages/catalog.py", find="10", articleType=["Shirts", "Shoes"], tab=tab)
    follow(page, "Quality")
    link = leads_to(page, "Catalog")
    assert (link["articleType"], "find" in link) == (["Shirts", "Shoes"], tab == "browse")
    assert address(follow(page, "Catalog")) == link
    no_error(page)


def test_from_any_place_a_link_of_the_menu_holds_the_address_that_the_other_place_writes() -> None:
    page = run("pages/catalog.py", find="10", gender="Men", k="6")
    choose(page, "104")
    for origin in PLACES:
        for place in PLACES:
            link = leads_to(follow(page, origin.title), place.title)
            assert address(follow(page, place.title)) == link, f"from {origin.title} to {place.title}"
            assert leads_to(page, place.title) == link, "it stands in the menu there as well"


def test_links_carry_how_to_search_and_of_what_is_looked_at_only_what_their_place_shows() -> None:
    page = run("pages/catalog.py", k="7", scoring="linear", gender="Men", find="model")
    for place in PLACES:
        link = leads_to(page, place.title)
        assert (link["k"], link["scoring"]) == (["7"], ["linear"])
        assert ("gender" in link) == ("find" in link) == (place is CATALOG)


def test_an_address_holds_how_to_search_and_of_the_rest_only_what_was_chosen() -> None:
    page = run("pages/catalog.py", unfolded=UNFOLDED)
    assert page.query_params.keys() == HOW
    page.multiselect(key=GENDER).set_value(["Men", "Women"]).run()
    assert page.query_params["gender"] == ["Men", "Women"]
    assert search().query_params.keys() == HOW


# another catalog


@pytest.fixture
def other(tmp_path: Path) -> str:
    """The name of another catalog of this app, with ids and values of the shop as well."""
    pictures = {id_: two_colored(color) for id_, color in rainbow(6).items()}
    folder = write_catalog(tmp_path / "other", pictures, attributes(list(pictures)), suffix=".png")
    Library(load_settings()).add("other", read_catalog(folder))
    return "other"


@in_every_place
def test_another_catalog_forgets_the_query_and_what_was_looked_over(place: Place, other: str) -> None:
    page = run("pages/catalog.py", find="10", articleType="Shirts", k="3")
    page = arrive(page, "", leads_to(page, "Search") | {"product": ["103"], "more": ["105"], "gender": ["Women"]})
    choose(page, found(page)[0])
    follow(page, place.title)
    page.selectbox(key="catalog to open").set_value(other).run()
    no_error(page)
    assert not page.warning
    assert address(page) == {name: address(page)[name] for name in HOW}
    assert (page.query_params["catalog"], page.query_params["k"]) == (other, "3")
    follow(page, "Search")
    assert page.title[0].value == "What looks like this?" and not chips(page)
    assert "back" not in [button.key for button in page.button]
    follow(page, "Catalog")
    assert page.header[0].value == "6 of 6 products"


def test_a_link_to_another_catalog_forgets_the_query_too(other: str) -> None:
    page = search(product="103", gender="Women", k="3")
    follow(page, "Catalogs")
    page = arrive(page, "quality", {"catalog": [other]})
    no_error(page)
    follow(page, "Search")
    assert page.title[0].value == "What looks like this?" and not chips(page)
    assert page.query_params["catalog"] == other


# what the catalog has no more


def test_a_product_that_vanished_from_the_catalog_is_said_and_left_out(shop: Path) -> None:
    page = search(product="103", gender="Women")
    change(shop, "103")
    page.run()
    no_error(page)
    (warning,) = page.warning
    assert "no product '103'" in warning.value.replace("\\", "")
    assert page.title[0].value == "What looks like this?"
    assert "product" not in page.query_params and page.query_params["gender"] == "Women"
    assert not page.run().warning, "it is said once"


def test_a_mark_that_vanished_from_the_catalog_is_said_and_left_out(shop: Path) -> None:
    page = search(product="103", more=["107", "108"], less="102")
    change(shop, "107")
    page.run()
    no_error(page)
    (warning,) = page.warning
    assert "no product '107'" in warning.value.replace("\\", "") and "left out of more" in warning.value
    assert chips(page) == ["chip more 108", "chip less 102"]
    assert page.query_params["more"] == "108"


def test_a_filter_that_vanished_from_the_catalog_is_said_and_left_out(shop: Path) -> None:
    page = search(product="103", gender="Women", articleType="Shirts")
    change(shop, "Women", "Ladies")
    page.run()
    no_error(page)
    assert [warning.value.replace("\\", "") for warning in page.warning] == [
        "In the address: no product has gender=Women. It is left out."
    ]
    assert chips(page) == ["chip articleType=Shirts"]
    assert "gender" not in page.query_params and page.query_params["articleType"] == "Shirts"


@pytest.mark.parametrize("script", ["app.py", "pages/catalog.py"])
def test_an_attribute_that_vanished_from_the_catalog_is_said_and_left_out(script: str, shop: Path) -> None:
    page = run(script, product="103", gender="Women", articleType="Shirts")
    change(shop, "gender", "sex")
    page.run()
    no_error(page)
    assert "nothing here is called gender" in page.warning[0].value
    assert chips(page) == ["chip articleType=Shirts"]
    assert "gender" not in page.query_params
    assert not page.run().warning, "it is said once"


def test_a_filter_that_vanished_is_said_where_the_catalog_is_looked_over_as_well(shop: Path) -> None:
    page = run("pages/catalog.py", gender="Women", articleType="Shirts")
    change(shop, "Women", "Ladies")
    page.run()
    no_error(page)
    assert "no product has gender=Women" in page.warning[0].value.replace("\\", "")
    assert chips(page) == ["chip articleType=Shirts"]
    follow(page, "Quality")
    assert not page.warning


def test_what_vanished_while_a_visitor_was_elsewhere_is_said_on_the_way_back(shop: Path) -> None:
    page = follow(search(product="103", more="107"), "Quality")
    change(shop, "103")
    no_error(page.run())
    follow(page, "Search")
    no_error(page)
    assert "no product '103'" in page.warning[0].value.replace("\\", "")
    assert page.title[0].value == "What looks like this?" and not chips(page)


# when the address is read


def test_a_choice_counts_although_it_interrupts_the_first_drawing_of_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as drawing:
        drawing.setattr(grid, "products", lambda *_: st.stop())
        page = run("pages/catalog.py", unfolded=UNFOLDED, gender="Women")
        assert page.multiselect(key=GENDER).value == ["Women"]
    page.multiselect(key=GENDER).set_value(["Men"]).run()
    no_error(page)
    assert page.multiselect(key=GENDER).value == ["Men"]
    assert page.query_params["gender"] == "Men"


def test_an_address_that_changes_in_an_open_window_is_shown() -> None:
    page = run("pages/catalog.py", unfolded=UNFOLDED, gender="Men", find="model")
    page.query_params["gender"] = ["Women"]
    del page.query_params["find"]
    page.run()
    assert page.multiselect(key=GENDER).value == ["Women"]
    assert page.text_input(key="find").value == ""


def test_a_query_that_changes_in_an_open_window_is_shown() -> None:
    page = search(product="103", more="107", gender="Women")
    page = arrive(page, "", {"product": ["108"], "gender": ["Men"], "k": ["3"], "catalog": ["shop"]})
    no_error(page)
    assert page.title[0].value.startswith("Model 108") and chips(page) == ["chip gender=Men"]
    assert page.multiselect(key=GENDER).value == ["Men"]
    assert len(found(page)) == 3


def test_the_back_button_leads_to_what_was_shown_before() -> None:
    page = search(product="103", more="107", gender="Women")
    before = address(page)
    follow(page, "Catalog")
    page.text_input(key="find").set_value("104").run()
    in_catalog = address(page)
    choose(page, "104")
    assert page.query_params["product"] == "104"
    page = arrive(page, "catalog", in_catalog)
    assert listed(page) == ["104"]
    page = arrive(page, "", before)
    no_error(page)
    assert address(page) == before and chips(page) == ["chip gender=Women", "chip more 107"]


@pytest.mark.parametrize("script", ["app.py", "pages/catalog.py"])
def test_a_choice_counts_although_the_browser_still_sends_the_address_from_before_the_last_one(script: str) -> None:
    page = run(script, unfolded=UNFOLDED, product="103")
    before = dict(page.query_params)
    page.multiselect(key=GENDER).set_value(["Men"]).run()
    page.query_params.clear()
    page.query_params.update(before)
    page.multiselect(key=GENDER).set_value(["Men", "Women"]).run()
    assert page.multiselect(key=GENDER).value == ["Men", "Women"]
    assert page.query_params["gender"] == ["Men", "Women"]


def test_a_link_to_another_place_counts_although_a_choice_was_not_drawn_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    page = run("pages/catalog.py", unfolded=UNFOLDED)
    with monkeypatch.context() as drawing:
        drawing.setattr(grid, "products", lambda *_: st.stop())
        page.multiselect(key=GENDER).set_value(["Men"]).run()
    page.query_params["product"] = "103"
    page.switch_page("app.py").run()
    no_error(page)
    assert page.query_params["product"] == "103"


@pytest.mark.parametrize(("event", "value"), [("choose", "105"), ("act", "details"), ("act", "more")])
def test_who_goes_to_another_place_right_after_a_press_of_a_card_is_there(event: str, value: str) -> None:
    """The browser tells both at once."""
    page = search(product="103") if value == "more" else run("pages/catalog.py")
    page.query_params = leads_to(page, "Quality")
    page.switch_page("pages/quality.py")
    page = choose(page, value) if event == "choose" else act(page, value, "105")
    no_error(page)
    assert page.title[0].value == "Quality" and not page.get("dialog")


def test_a_repeated_parameter_that_takes_one_value_takes_the_last() -> None:
    page = run("pages/catalog.py", find=["roll", "model 103"])
    no_error(page)
    assert page.header[0].value == "1 of 12 products"
    page = search(product=["103", "105"], k=["3", "4"])
    no_error(page)
    assert page.query_params["product"] == "105" and len(found(page)) == 4


TEXTS = ["a&b=c", "50%", "ü ß 中", "#1 + 2", "  "]


@pytest.mark.parametrize("text", TEXTS)
def test_any_search_text_survives_in_the_address(text: str) -> None:
    page = run("pages/catalog.py")
    page.text_input(key="find").set_value(text).run()
    again = run("pages/catalog.py", **page.query_params)
    assert again.text_input(key="find").value == text


@pytest.mark.parametrize("text", TEXTS[:-1])
def test_any_words_survive_in_the_address(text: str) -> None:
    page = typed(search(), text)
    again = search(**page.query_params)
    assert asked(again).words == asked(page).words == text
    assert address(again) == address(page)


@pytest.mark.parametrize("event", ["choose", "details"])
def test_a_press_of_a_card_that_was_not_answered_is_forgotten_in_another_place(
    event: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = run("pages/catalog.py")
    with monkeypatch.context() as drawing:
        drawing.setattr(grid, "products", lambda *_: st.stop())
        choose(page, "105") if event == "choose" else act(page, event, "105")
    follow(follow(page, "Quality"), "Catalog")
    no_error(page)
    assert page.title[0].value == "Catalog" and not page.get("dialog")


def test_a_filter_counts_although_what_is_opened_at_once_comes_with_the_address_from_before_it() -> None:
    page = run("app.py", product="103")
    before = dict(page.query_params)
    page.session_state["visit"].search_among({"gender": ["Men"]})
    page.run()
    assert page.query_params["gender"] == "Men"
    page.query_params.clear()
    page.query_params.update(before)
    page.session_state["visit"].touch()  # as a popover does
    page.run()
    no_error(page)
    assert page.query_params["gender"] == "Men"

    page.query_params.clear()
    page.query_params.update(before)
    page.run()
    assert "gender" not in page.query_params, "nothing was touched: the visitor went back"


def test_a_link_after_a_button_that_no_address_knows_is_followed() -> None:
    page = run("app.py")
    page.button(key="shuffle").click().run()
    page.query_params["product"] = "103"
    page.run()
    no_error(page)
    assert page.query_params["product"] == "103" and page.title[0].value.startswith("Model 103")
