"""In a real browser every place and every tab opens on the demo, wide and narrow, by its address alone."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.visiting import RESULTS, VIEWS

SHOWS = {
    "Search": "Products to begin with",
    "Results": RESULTS,
    "Why": "Labels of the catalog: the encoder does not see them.",
    "Compare": "Agreement",
    "Step by step": "5. The most similar",
    "Browse": "300 of 300 products",
    "Statistics": re.compile("^All values as links"),
    "Quality": re.compile("^Measure "),
    "Catalogs": "Without a table each picture is a product",
}
"""What each comes to: a text that is there once it is whole."""


@pytest.mark.parametrize("view", VIEWS)
def test_every_place_and_tab_opens_whole_and_without_an_error(page: Page, address: str, view: str) -> None:
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(address + VIEWS[view])
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(page.get_by_test_id("stMain").get_by_text(SHOWS[view]).first).to_be_visible()
        expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
        assert page.get_by_test_id("stException").count() == page.get_by_test_id("stAlertContentError").count() == 0
        assert page.get_by_test_id("stMain").evaluate("main => main.scrollWidth") <= width
    assert not faults
