import re

from playwright.sync_api import Locator, Page, expect


def _option(page: Page, value: str) -> Locator:
    return page.get_by_role("option", name=re.compile(rf"^{value}\s\("))


def test_a_visitor_browses_narrows_down_looks_closely_and_sees_five_look_alikes(page: Page, address: str) -> None:
    page.goto(f"{address}/catalog")
    expect(page.get_by_role("heading", name="300 of 300 products")).to_be_visible()
    for attribute, value in (("Gender", "Women"), ("Article type", "Dresses")):
        page.get_by_role("combobox", name=attribute).click()
        _option(page, value).click()
        page.keyboard.press("Escape")
        expect(page.get_by_role("button", name=f"{attribute}: {value}")).to_be_visible()
    expect(page.get_by_role("heading", name=re.compile(r"^\d\d? of 300 products"))).to_be_visible()

    page.get_by_role("button", name="Details").first.click()
    details = page.get_by_role("dialog")
    expect(details.get_by_text("Dresses", exact=True)).to_be_visible()
    details.get_by_role("link", name="Find look-alikes").click()

    expect(page.get_by_role("heading", name=re.compile("^The 5 most similar of 300 products"))).to_be_visible()
    expect(page.get_by_role("button", name="Look-alikes", exact=True)).to_have_count(5)


def test_a_reload_and_the_way_back_show_the_same(page: Page, address: str) -> None:
    page.goto(f"{address}/catalog?gender=Women")
    chip = page.get_by_role("button", name="Gender: Women")
    page.get_by_label("Search by name or id").fill("e")
    expect(page).to_have_url(re.compile("find=e"))
    page.get_by_role("button", name="Page 2").first.click()
    expect(page).to_have_url(re.compile("page=2"))
    heading = page.get_by_role("heading", level=2)
    counted, first = heading.inner_text(), page.get_by_test_id("stMain").get_by_role("img").first.get_attribute("alt")

    page.reload()
    expect(heading).to_have_text(counted)
    expect(page.get_by_test_id("stMain").get_by_role("img").first).to_have_attribute("alt", first or "")
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
    for attribute, values in (("Gender", ("Men", "Women")), ("Article type", ("Tshirts", "Dresses", "Shirts"))):
        page.get_by_role("combobox", name=attribute).click()
        for value in values:
            _option(page, value).click()
        page.keyboard.press("Escape")
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
