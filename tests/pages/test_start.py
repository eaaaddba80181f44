"""Search before anything is asked: what there is in the catalog, and products to begin with."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.box import typed
from tests.pages.cards import act, cards, choose
from tests.pages.links import address, follow, leads_to
from tests.pages.running import NAME, no_error, run
from tests.samples import picture, write_catalog

START = "app.py"


def offered(page: AppTest) -> list[str]:
    """Ids of the products to begin with."""
    return [card["id"] for card in cards(page)]


def told(page: AppTest) -> str:
    """The line that says what there is."""
    (line,) = (line.value for line in page.markdown if "&nbsp;" in line.value)
    return line


def test_one_line_tells_the_size_of_the_whole_catalog_and_leads_to_its_statistics(colorful: Path) -> None:
    page = run(START, gender="Men")
    assert told(page) == (
        "shop: **12**&nbsp;products · **2**&nbsp;types · **2**&nbsp;colors · **1**&nbsp;missing value"
    )
    link = leads_to(page, "Statistics")
    assert (link["tab"], link["catalog"]) == (["statistics"], ["shop"])
    follow(page, "Statistics")
    no_error(page)
    assert page.title[0].value == "Catalog"
    assert address(page) == link and "gender" not in link


def test_the_line_leaves_out_what_the_catalog_does_not_have(shop: Path) -> None:
    (shop / "styles.csv").unlink()
    assert told(run(START)) == "shop: **12**&nbsp;products"


def test_products_to_begin_with_lead_to_their_look_alikes() -> None:
    page = run(START)
    assert len(offered(page)) == 10
    card = cards(page)[0]
    assert card["name"] == f"Model {card['id']} {NAME}" and card["picture"]
    assert f"product={card['id']}" in card["href"]
    choose(page, card["id"])
    no_error(page)
    assert page.title[0].value.startswith(f"Model {card['id']}")
    assert page.header[0].value == "The 5 most similar of 12 products"
    assert page.query_params["product"] == card["id"]


def test_products_to_begin_with_have_their_details() -> None:
    page = run(START)
    act(page, "details", offered(page)[0])
    no_error(page)
    (dialog,) = page.get("dialog")
    assert dialog.proto.dialog.title.startswith(f"Model {offered(page)[0]}")


def test_products_to_begin_with_are_the_same_at_first_and_others_after_a_shuffle() -> None:
    page = run(START)
    first = offered(page)
    assert offered(run(START)) == first
    page.button(key="shuffle").click().run()
    no_error(page)
    assert len(offered(page)) == 10
    assert offered(page) != first


def test_a_small_catalog_is_shown_whole_and_not_shuffled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write_catalog(tmp_path / "few", dict.fromkeys("123", picture("red")), suffix=".png")
    monkeypatch.setenv("PRODSIM_CATALOG", str(folder))
    page = run(START)
    no_error(page)
    assert sorted(offered(page)) == ["1", "2", "3"]
    assert "shuffle" not in [button.key for button in page.button]


def test_a_picture_that_is_gone_is_no_harm(shop: Path) -> None:
    page = run(START)
    (shop / "images" / f"{offered(page)[0]}.png").write_bytes(b"no picture")
    page.run()
    no_error(page)
    assert [card["picture"] is None for card in cards(page)] == [True] + [False] * 9


def test_filters_of_an_address_choose_the_products_to_begin_with_and_stay_with_the_query() -> None:
    page = run(START, gender="Men", articleType="Shirts")
    assert sorted(offered(page)) == ["100", "104", "106", "110"]
    typed(page, "model")
    no_error(page)
    assert (page.query_params["gender"], page.query_params["articleType"]) == ("Men", "Shirts")
    assert sorted(offered(page)) == ["100", "104", "106", "110"]


def test_filters_that_leave_nothing_to_begin_with_are_explained(colorful: Path) -> None:
    page = run(START, baseColour="Blue", year="2000")
    no_error(page)
    assert "No product passes" in page.info[0].value
    page.button(key="drop year").click().run()
    no_error(page)
    assert len(offered(page)) == 5


def test_the_app_recovers_when_the_catalog_is_mended(shop: Path) -> None:
    table = (shop / "styles.csv").read_text()
    (shop / "styles.csv").write_text("name\nHat\nTie\n")
    page = run(START)
    assert "column" in page.error[0].value
    (shop / "styles.csv").write_text(table)
    page.run()
    no_error(page)
    assert "**12**&nbsp;products" in told(page)


def test_a_changed_catalog_is_shown_without_a_restart(shop: Path) -> None:
    page = run(START)
    (shop / "images" / "999.png").write_bytes(picture("black"))
    with (shop / "styles.csv").open("a") as table:
        table.write("999,Hats,A new hat\n")
    page.run()
    assert "**13**&nbsp;products" in told(page)
