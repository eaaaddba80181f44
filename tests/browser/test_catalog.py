import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.visiting import cards, five_results, names, query, settled


def _filters(page: Page) -> None:
    """Open the filters, in which several can be chosen."""
    page.get_by_role("button", name=re.compile(r"Filters( \(\d+\))?$")).click()


def _close_filters(page: Page) -> None:
    """And the list that is open in them."""
    filters = page.get_by_role("dialog", name="Filters")
    while filters.is_visible():
        page.keyboard.press("Escape")
        page.wait_for_timeout(300)


def _option(page: Page, value: str) -> Locator:
    return page.get_by_role("option", name=re.compile(rf"^{value}\s\("))


def test_a_visitor_browses_narrows_down_looks_closely_and_sees_five_look_alikes(page: Page, address: str) -> None:
    page.goto(f"{address}/catalog")
    expect(page.get_by_role("heading", name="300 of 300 products")).to_be_visible()
    _filters(page)
    for attribute, value in (("Gender", "Women"), ("Article type", "Dresses")):
        page.get_by_role("combobox", name=attribute).click()
        _option(page, value).click()
    _close_filters(page)
    for attribute, value in (("Gender", "Women"), ("Article type", "Dresses")):
        expect(page.get_by_role("button", name=f"{attribute}: {value}")).to_be_visible()
    expect(page.get_by_role("heading", name=re.compile(r"^\d\d? of 300 products"))).to_be_visible()

    settled(page)

    looked_at = names(cards(page, "Products"))[0]
    page.get_by_role("button", name="Details of").first.click()
    details = page.get_by_role("dialog")
    expect(details.get_by_text("Dresses", exact=True)).to_be_visible()
    details.get_by_role("link", name="Find look-alikes").click()

    five_results(page)
    expect(query(page)).to_have_text(looked_at)
    expect(page).not_to_have_url(re.compile("gender|articleType"))  # a query has filters of its own


def test_a_picture_leads_to_its_look_alikes(page: Page, address: str) -> None:
    page.goto(f"{address}/catalog?articleType=Dresses")
    product = cards(page, "Products").nth(2)
    name = product.locator("a .name").inner_text()
    product.locator("img").first.click()
    five_results(page)
    expect(query(page)).to_have_text(name)


def test_a_reload_and_the_way_back_show_the_same(page: Page, address: str) -> None:
    page.goto(f"{address}/catalog?gender=Women")
    chip = page.get_by_role("button", name="Gender: Women")
    page.get_by_label("Search by name or id").fill("e")
    expect(page).to_have_url(re.compile("find=e"))
    page.get_by_role("button", name="Page 2").first.click()
    expect(page).to_have_url(re.compile("page=2"))
    heading = page.get_by_role("heading", level=2)
    counted, shown = heading.inner_text(), names(cards(page, "Products"))

    page.reload()
    expect(heading).to_have_text(counted)
    expect(cards(page, "Products").locator("a .name")).to_have_text(shown)
    expect(chip).to_be_visible()

    chip.click()
    expect(page).not_to_have_url(re.compile("gender"))
    expect(heading).not_to_have_text(counted)
    page.go_back()
    expect(heading).to_have_text(counted)
    expect(chip).to_be_visible()


def test_values_of_one_attribute_are_all_chosen_however_fast_they_are_picked(page: Page, address: str) -> None:
    page.goto(f"{address}/catalog")
    expect(page.get_by_role("heading", name="300 of 300 products")).to_be_visible()
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    _filters(page)
    picked = {"Gender": ("Men", "Women"), "Article type": ("Tshirts", "Dresses", "Shirts")}
    for attribute, values in picked.items():
        page.get_by_role("combobox", name=attribute).click()
        for value in values:
            _option(page, value).click()
    _close_filters(page)
    for attribute, values in picked.items():
        for value in values:
            expect(page.get_by_role("button", name=f"{attribute}: {value}")).to_be_visible()
    page.get_by_role("button", name="Clear filters").click()
    expect(page.get_by_role("heading", name="300 of 300 products")).to_be_visible()


def test_who_turns_the_page_below_sees_the_next_one_from_its_beginning(page: Page, address: str) -> None:
    page.goto(f"{address}/catalog")
    heading = page.get_by_role("heading", name="300 of 300 products")
    for number in ("2", "3"):
        page.get_by_role("button", name=f"Page {number}").last.click()
        expect(page).to_have_url(re.compile(f"page={number}"))
        expect(heading).to_be_in_viewport()
