"""What a visitor sees first: results without scrolling, and nothing that moves while a page is drawn."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PATIENCE
from tests.browser.visiting import DESK, PHONE, PRODUCT, VIEWS, cards, query, searched_for, settled

PIXEL = (
    "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile Safari/537.36"
)
MOST = 0.1
"""The cumulative layout shift below which a page counts as good: https://web.dev/articles/cls."""
WATCH = """
window.shifts = []
new PerformanceObserver((list) => {
    for (const { startTime, value, hadRecentInput } of list.getEntries())
        if (!hadRecentInput) window.shifts.push([startTime, value])
}).observe({ type: "layout-shift", buffered: true })
"""


@pytest.fixture
def desk(page: Page) -> Page:
    page.set_viewport_size(DESK)
    return page


@pytest.fixture
def phone(browser: Browser, page: Page) -> Iterator[Page]:
    """Beside the desk, and as patient."""
    phone = browser.new_page(viewport=PHONE, user_agent=PIXEL, has_touch=True, is_mobile=True)
    phone.set_default_timeout(PATIENCE)
    yield phone
    phone.close()


def by_product(page: Page, address: str) -> None:
    page.goto(f"{address}/?product={PRODUCT}")


def by_photo(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("button", name="Dress", exact=True).click()
    expect(query(page)).to_have_text("Your photo")


def by_words(page: Page, address: str) -> None:
    page.goto(address)
    searched_for(page, "red dress")
    expect(query(page)).to_have_text("“red dress”")


@pytest.mark.parametrize("ask", [by_product, by_photo, by_words])
def test_results_are_in_view_without_scrolling(
    desk: Page, phone: Page, address: str, ask: Callable[[Page, str], None]
) -> None:
    for page, seen, number in ((desk, "a img", 5), (phone, "a", 2)):
        ask(page, address)
        expect(cards(page)).to_have_count(5)
        settled(page)
        for card in cards(page).all()[:number]:
            expect(card.locator(seen).first).to_be_in_viewport(ratio=1)
        assert page.get_by_test_id("stMain").evaluate("main => main.scrollTop") == 0


@pytest.mark.parametrize("view", VIEWS)
def test_hardly_anything_moves_while_a_place_is_drawn(desk: Page, phone: Page, address: str, view: str) -> None:
    for page in (desk, phone):
        page.goto(address + VIEWS[view])
        settled(page)  # the server has all that it takes
        page.add_init_script(WATCH)
        page.goto(address + VIEWS[view])
        settled(page)
        assert shift(page) < MOST, page.viewport_size


def shift(page: Page) -> float:
    """Of all windows of shifts that are less than a second apart, five seconds long at most, the largest sum."""
    largest = total = began = before = 0.0
    for time, value in page.evaluate("window.shifts"):
        if time - before > 1000 or time - began > 5000:
            total, began = 0.0, time
        total, before = total + value, time
        largest = max(largest, total)
    return largest
