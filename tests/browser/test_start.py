"""Search before anything is asked."""

import re

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.visiting import DESK, PHONE, cards, five_results, names, query

BEGUN = "What looks like this?"


def test_a_picture_of_the_start_is_one_click_from_its_look_alikes(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.get_by_role("heading", level=1, name=BEGUN)).to_be_visible()
    products = cards(page, "Products")
    expect(products).to_have_count(10)
    before = names(products)
    page.get_by_role("button", name="Shuffle").click()
    expect(products.locator("a .name").first).not_to_have_text(before[0])
    chosen = products.nth(3).locator("a .name").inner_text()
    products.nth(3).get_by_role("link").click()
    five_results(page)
    expect(query(page)).to_have_text(chosen)

    page.get_by_role("button", name="New search").click()
    expect(page.get_by_role("heading", level=1, name=BEGUN)).to_be_visible()
    expect(products).to_have_count(10)


def test_who_has_no_photo_at_hand_tries_one_of_the_samples(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("button", name="Dress", exact=True).click()
    five_results(page)
    expect(query(page)).to_have_text("Your photo")


def test_one_line_tells_how_much_there_is_and_leads_to_the_statistics(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.get_by_text("demo: 300 products · 24 types · 23 colors")).to_be_visible()
    page.get_by_role("link", name="Statistics").click()
    expect(page.get_by_role("heading", level=1, name="Catalog")).to_be_visible()
    expect(page.get_by_role("tab", name="Statistics")).to_have_attribute("aria-selected", "true")
    expect(page).to_have_url(re.compile(r"/catalog\?.*tab=statistics"))


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_the_box_and_the_first_products_are_in_view(page: Page, address: str, size: ViewportSize) -> None:
    page.set_viewport_size(size)
    page.goto(address)
    box = page.get_by_role("combobox", name="Search by words, a product's name or its id")
    expect(box).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("button", name="Photo", exact=True)).to_be_in_viewport(ratio=1)
    for product in cards(page, "Products").all()[: 5 if size == DESK else 2]:
        expect(product.locator("img").first).to_be_in_viewport(ratio=1)
    assert page.get_by_test_id("stMain").evaluate("main => main.scrollWidth") <= size["width"]
