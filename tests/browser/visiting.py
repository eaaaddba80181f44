"""Places of the app when they are whole, what a visitor does there, and what axe-core finds."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, ViewportSize, expect

from prodsim.ui.places import PLACES, SEARCH

GROUNDS = {"light": "rgb(255, 255, 255)", "dark": "rgb(22, 24, 27)"}
"""Of a page, by scheme: `.streamlit/config.toml`."""
GRAVE = ("serious", "critical")
PATIENCE = 10
"""Seconds for what moves to come to rest, and for an address to be written."""
LONGEST = 120
"""Seconds for a page to come to rest."""
DESK: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
PRODUCT = "10010"
"""A product of the demo."""
RESULTS = "The 5 most similar of 300 products"
METHOD = {"catalog": ["demo"], "encoder": ["mini"], "k": ["5"], "scoring": ["unit"], "include_query": ["false"]}
"""What every address says on the demo, offline."""


def _views() -> dict[str, str]:
    found = {"Search": "/"}
    for place in PLACES:
        script = "/" if place is SEARCH else f"/{Path(place.script).stem}"
        asked = f"product={PRODUCT}&" if place is SEARCH else ""
        for tab, title in place.tabs.items():
            found[title] = f"{script}?{asked}tab={tab}"
        if not place.tabs:
            found[place.title] = script
    return found


VIEWS: Mapping[str, str] = _views()
"""Every place and every tab of one, Search without a query as well -> its address after the server's."""


def menu(page: Page) -> Locator:
    return page.locator(".st-key-menu")


def go(page: Page, place: str) -> None:
    """Follow the menu to a place, and wait until it is drawn; Search is asked something."""
    menu(page).get_by_role("link", name=place, exact=True).click()
    if place == SEARCH.title:
        expect(page.get_by_role("tab", name=SEARCH.tabs[SEARCH.first_tab])).to_be_visible()
    else:
        expect(page.get_by_role("heading", level=1, name=place, exact=True)).to_be_visible()
    at_rest(page)


def turn_to(page: Page, tab: str) -> None:
    """Open a tab, and wait until it is drawn."""
    page.get_by_role("tab", name=tab, exact=True).click()
    opened(page, tab)


def opened(page: Page, tab: str) -> None:
    """This tab is the one that is open, and drawn."""
    expect(page.get_by_role("tab", name=tab, exact=True)).to_have_attribute("aria-selected", "true")
    at_rest(page)


def at_rest(page: Page) -> None:
    """No script is running, nor about to."""
    page.wait_for_timeout(300)
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")


def cards(page: Page, label: str = "Results") -> Locator:
    """The cards of the first list of this name; none while they are waited for."""
    return page.get_by_role("list", name=label).first.get_by_role("listitem")


def names(cards: Locator) -> list[str]:
    return cards.locator("a .name").all_inner_texts()


def five_results(page: Page, heading: str = RESULTS) -> list[str]:
    """Names of the results, once there are five."""
    expect(page.get_by_role("heading", name=heading)).to_be_visible()
    expect(cards(page)).to_have_count(5)
    at_rest(page)
    return names(cards(page))


def query(page: Page) -> Locator:
    """The name of what is asked."""
    return page.locator(".st-key-query").get_by_role("heading", level=1)


def give(page: Page, *files: Path | Mapping[str, Any]) -> None:
    """Upload photos, as the query."""
    page.get_by_role("button", name="Photo", exact=True).click()
    page.locator("input[type=file]").set_input_files(files)  # type: ignore[arg-type]


def searched_for(page: Page, words: str) -> None:
    """Type words into the box, and search for them."""
    box = page.get_by_role("combobox", name="Search by words, a product's name or its id")
    box.fill(words)
    box.press("Enter")


def said(page: Page) -> dict[str, list[str]]:
    """What the address says."""
    return parse_qs(urlsplit(page.url).query, keep_blank_values=True)


def says(page: Page, **what: str | Sequence[str]) -> None:
    """The address says this and how to search, and nothing else."""
    expected = METHOD | {name: [value] if isinstance(value, str) else [*value] for name, value in what.items()}
    for _ in range(2 * PATIENCE):
        if said(page) == expected:
            return
        page.wait_for_timeout(500)
    assert said(page) == expected, page.url


def settled(page: Page) -> None:
    """Wait until the page is drawn, nothing is running and nothing more comes."""
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    app, before = page.get_by_test_id("stApp"), ""
    for _ in range(LONGEST):
        now = app.inner_text()
        if now == before:
            return
        before = now
        page.wait_for_timeout(1000)
        expect(app).to_have_attribute("data-test-script-state", "notRunning")
    pytest.fail(f"The page still changes after {LONGEST} seconds.")


def lasting_faults(page: Page) -> list[str]:
    """What axe finds, a line each, unless it passes by itself."""
    for _ in range(PATIENCE):
        faults = [
            f"{fault['id']}: {fault['help']}: {[node['html'][:200] for node in fault['nodes']]}"
            for fault in Axe().run(page).response["violations"]
            if fault["impact"] in GRAVE
        ]
        if not faults:
            break
        page.wait_for_timeout(1000)
    return faults
