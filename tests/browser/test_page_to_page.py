"""A visitor goes from page to page by the menu: what was asked is still there."""

import io
import re
import shutil
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.serving import serve

ASKED = ("Look-alikes", "Compare", "How it works")
"""Pages that a query is given on."""
TITLES = {"Overview": "What looks like this?"}
"""Of pages that the menu calls otherwise."""


def go(page: Page, label: str) -> None:
    page.get_by_test_id("stSidebar").get_by_role("link", name=label, exact=True).click()
    expect(page.get_by_role("heading", level=1, name=TITLES.get(label, label), exact=True)).to_be_visible()
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")


def chosen_way(page: Page) -> str:
    chosen = page.get_by_role("radiogroup", name="Search with").get_by_role("radio", checked=True)
    expect(chosen).to_have_count(1)
    return chosen.inner_text()


def some_results(page: Page) -> None:
    expect(page.get_by_test_id("stText").nth(4)).to_be_visible()


def test_the_product_that_was_looked_at_stays_on_every_page(page: Page, address: str) -> None:
    page.goto(f"{address}/similar?product=10010")
    name = page.get_by_role("combobox", name="Product (of 300)")
    expect(name).to_be_visible()
    looked_at = name.input_value()
    assert "10010" in looked_at
    for label in ("Compare", "How it works", "Look-alikes", "Catalog", "Overview", "How it works", "Compare"):
        go(page, label)
        if label in ASKED:
            assert chosen_way(page) == "Product"
            expect(name).to_have_value(looked_at)
            some_results(page)


def test_a_photo_stays_on_every_page_until_a_product_is_clicked(page: Page, address: str) -> None:
    page.goto(f"{address}/similar")
    page.get_by_role("radio", name="Photo").click()
    page.get_by_role("button", name="Dress", exact=True).click()
    photo = page.get_by_alt_text("Your photo")
    expect(photo).to_be_visible()
    some_results(page)
    for label in ("Compare", "How it works", "Catalog", "Look-alikes"):
        go(page, label)
        if label in ASKED:
            assert chosen_way(page) == "Photo"
            expect(photo).to_be_visible()
            some_results(page)
    go(page, "Catalog")
    page.get_by_test_id("stMain").get_by_role("link", name="Look-alikes").first.click()
    expect(page.get_by_role("combobox", name="Product (of 300)")).to_be_visible()
    assert chosen_way(page) == "Product"


def test_who_leaves_a_page_before_it_is_whole_finds_what_was_asked_on_the_next(
    page: Page, demo_folder: Path, tmp_path: Path
) -> None:
    shop = tmp_path / "shop"
    shutil.copytree(demo_folder, shop)
    for picture in (shop / "images").iterdir():
        picture.write_bytes(picture.read_bytes() + b"\0")  # no embeddings come with it: its first search takes a while
    with serve(tmp_path, PRODSIM_CATALOG=str(shop), PRODSIM_ENCODER="mini") as address:
        page.goto(f"{address}/similar?product=10010")
        name = page.get_by_role("combobox", name="Product (of 300)")
        expect(name).to_have_value(re.compile("10010"))
        for label in ("How it works", "Look-alikes"):
            page.get_by_test_id("stSidebar").get_by_role("link", name=label, exact=True).click()
            expect(page.get_by_role("heading", level=1, name=label, exact=True)).to_be_visible()
        some_results(page)
        expect(name).to_have_value(re.compile("10010"))
        expect(page.get_by_role("combobox", name="Encoder")).to_have_value("Mini")


def test_words_stay_while_a_visitor_looks_at_the_catalog(page: Page, address: str) -> None:
    page.goto(f"{address}/similar?words=red+dress")
    words = page.get_by_role("searchbox", name="What are you looking for?")
    expect(words).to_have_value("red dress")
    go(page, "Catalog")
    go(page, "Look-alikes")
    assert chosen_way(page) == "Words"
    expect(words).to_have_value("red dress")
    go(page, "Compare")
    assert chosen_way(page) == "Product"
    expect(page.get_by_text("Words are searched on the page of look-alikes")).to_be_visible()
    go(page, "Look-alikes")
    assert chosen_way(page) == "Words"
    expect(words).to_have_value("red dress")


def test_more_than_eight_photos_in_one_query_are_refused_and_eight_are_searched_with(page: Page, address: str) -> None:
    page.goto(f"{address}/similar")
    page.get_by_role("radio", name="Photo").click()
    page.locator("input[type=file]").set_input_files(
        [{"name": f"{number}.png", "mimeType": "image/png", "buffer": square(number)} for number in range(10)]
    )
    expect(page.get_by_text("A query takes 8 photos, and 10 were given.")).to_be_visible()
    expect(page.get_by_alt_text("Your photo")).to_have_count(8)
    some_results(page)
    go(page, "Compare")
    expect(page.get_by_alt_text("Your photo")).to_have_count(8)
    some_results(page)


def square(number: int) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (200, 200), (25 * number, 90, 40)).save(buffer, "PNG")
    return buffer.getvalue()
