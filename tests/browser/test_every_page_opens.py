"""In a real browser every page opens on the demo, wide and narrow, by its address alone."""

import re

import pytest
from playwright.sync_api import Page, expect

from prodsim.ui.frame import PAGES
from tests.browser.visiting import address_of

SHOWS = {
    "app.py": "300 products",
    "pages/catalog.py": "300 of 300 products",
    "pages/similar.py": "The 5 most similar of 300 products",
    "pages/compare.py": "Agreement",
    "pages/how.py": "5. The most similar",
    "pages/quality.py": re.compile("^Measure "),
    "pages/your_catalog.py": "Without a table, each picture is a product.",
}
"""What each page comes to: a text that is there once it is whole."""


@pytest.mark.parametrize("script", PAGES)
def test_every_page_opens_whole_and_without_an_error(page: Page, address: str, script: str) -> None:
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(address_of(address, script))
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(page.get_by_test_id("stMain").get_by_text(SHOWS[script]).first).to_be_visible()
        expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
        assert page.get_by_test_id("stException").count() == page.get_by_test_id("stAlertContentError").count() == 0
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert not faults
