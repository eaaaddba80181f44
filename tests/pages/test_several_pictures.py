"""Products with several pictures and pages in a shop: each place shows the picture that counted, and leads there."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from prodsim.ui import details
from prodsim.ui.results import CARDS
from tests.pages.cards import act, cards
from tests.pages.running import no_error, run, two_colored
from tests.pages.searching import has_results, open_tab, search
from tests.samples import DAMAGED, picture, write_catalog

LINK = "https://shop.example/red?size=m"
RED, GREEN, BLUE, DARK = (250, 0, 0), (0, 200, 0), (0, 0, 250), (90, 0, 0)


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Red is shown in red, dark and blue; blue in green first, then in blue; green is shown once, and has no link."""
    rows = {
        "red": {"title": "Red shirt", "type": "Shirts", "link": LINK},
        "blue": {"title": "Blue shirt", "type": "Shirts", "link": "https://shop.example/blue"},
        "green": {"title": "Green shirt", "type": "Shirts", "link": "javascript:alert(1)"},
    }
    files = {"red": RED, "blue": GREEN, "green": (0, 90, 0)}
    folder = write_catalog(tmp_path / "several", {id_: two_colored(color) for id_, color in files.items()}, rows)
    for name, color in {"red_2": DARK, "red_3": BLUE, "blue_2": (120, 0, 250)}.items():
        (folder / "images" / f"{name}.jpg").write_bytes(two_colored(color))
    monkeypatch.setenv("PRODSIM_CATALOG", str(folder))
    monkeypatch.setenv("PRODSIM_ENCODER", "pixels")
    return folder


def drawn(page: AppTest, key: str = CARDS) -> dict[str, dict[str, object]]:
    no_error(page)
    return {card["id"]: card for card in cards(page, key)}


def shown(page: AppTest) -> list[str]:
    return [caption.value.replace("\\", "") for caption in page.caption]


def asked_for_blue(folder: Path) -> AppTest:
    """Search, asked with a product that is blue, and nothing else."""
    with (folder / "styles.csv").open("a") as table:
        table.write("sea,Sea shirt,Shirts,\n")
    (folder / "images" / "sea.jpg").write_bytes(two_colored((0, 0, 245)))
    return search(product="sea")


def test_a_result_shows_the_picture_that_is_most_like_the_query_and_says_which(shop: Path) -> None:
    found = drawn(asked_for_blue(shop))
    whole = drawn(run("pages/catalog.py"), "browsed")
    assert found["blue"]["which"] == "2 of 2" and found["red"]["which"] == "3 of 3"
    assert found["green"]["which"] == ""
    assert dict(found["red"]["details"])["Picture"] == "3 of 3"  # type: ignore[call-overload]
    assert "Picture" not in dict(found["green"]["details"])  # type: ignore[call-overload]
    assert found["blue"]["picture"] != whole["blue"]["picture"]
    assert found["green"]["picture"] == whole["green"]["picture"]
    assert whole["red"]["which"] == "1 of 3", "what is looked over shows main pictures"


def test_a_card_leads_to_the_shop_where_there_is_a_safe_link(shop: Path) -> None:
    found = drawn(run("pages/catalog.py"), "browsed")
    assert [found[id_]["link"] for id_ in ("red", "blue", "green")] == [LINK, "https://shop.example/blue", ""]


def test_details_show_all_pictures_of_a_product_and_the_way_to_its_shop(shop: Path) -> None:
    page = act(run("pages/catalog.py"), "details", "red")
    no_error(page)
    (dialog,) = page.get("dialog")
    images = [image for element in dialog.get("image") for image in element.proto.imgs]
    assert len(images) == 3
    (link,) = (link.proto for link in dialog.get("page_link") if link.proto.external)
    assert (link.label, link.page) == ("Open in the shop", LINK)
    page = act(run("pages/catalog.py"), "details", "green")
    (dialog,) = page.get("dialog")
    assert len(dialog.get("image")) == 1
    assert not any(link.proto.external for link in dialog.get("page_link"))


def test_details_show_so_many_pictures_and_say_how_many_more_there_are(shop: Path) -> None:
    for number in range(2, 30):
        (shop / "images" / f"green_{number}.jpg").write_bytes(picture("green", format="JPEG"))
    page = act(run("pages/catalog.py"), "details", "green")
    (dialog,) = page.get("dialog")
    assert len(dialog.get("image")) == 1 + details.OTHERS
    assert [caption.value for caption in dialog.caption] == ["and 16 more"]


def test_a_match_is_explained_by_the_picture_that_counted(shop: Path) -> None:
    page = open_tab(asked_for_blue(shop), "Why")
    page.selectbox(key="explained").set_value("red").run()
    no_error(page)
    assert {"Query", "Match, picture 3 of 3"} <= {*shown(page)}
    colors = shown(page)[shown(page).index("Main colors of the match, without white ground") + 1]
    assert colors.startswith("#0000f")
    page.selectbox(key="explained").set_value("green").run()
    assert {"Query", "Match"} <= {*shown(page)}


def test_a_query_whose_main_picture_is_damaged_is_explained_by_the_first_that_is_not(shop: Path) -> None:
    (shop / "images" / "red.jpg").write_bytes(DAMAGED)
    page = search(product="red")
    assert has_results(page)
    open_tab(page, "Why")
    no_error(page)
    assert not page.warning
    colors = shown(page)[shown(page).index("Main colors of the query, without white ground") + 1]
    assert colors.startswith("#5a0")
    no_error(open_tab(page, "Step by step"))


def test_compared_ways_show_the_pictures_that_counted(shop: Path) -> None:
    page = open_tab(asked_for_blue(shop), "Compare")
    keys = [part.key for part in page.get("bidi_component") if part.key and part.key.startswith("compared Pixels")]
    assert drawn(page, keys[0])["red"]["which"] == "3 of 3"


def test_what_is_folded_shows_the_picture_that_counted(shop: Path) -> None:
    (shop / "images" / "blue_2.jpg").write_bytes(two_colored((0, 0, 240)))
    page = asked_for_blue(shop)
    folded = [card for card in drawn(page).values() if card["folded"]]
    assert folded, "two blue pictures are near-identical"
    page = act(page, "folds", str(folded[0]["id"]), CARDS)
    no_error(page)
    assert any("picture" in caption for caption in shown(page) if caption.startswith("similarity"))


def test_a_product_is_found_by_its_other_pictures_if_one_is_damaged_which_is_said(shop: Path) -> None:
    (shop / "images" / "red_2.jpg").write_bytes(DAMAGED)
    page = asked_for_blue(shop)
    assert drawn(page)["red"]["which"] == "3 of 3"
    (left_out,) = [each for each in page.expander if each.label == "Pictures that cannot be used, and are left out: 1"]
    assert list(left_out.dataframe[0].value["product_id"]) == ["red"]
