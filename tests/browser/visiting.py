"""A page of the app when it is whole, and what axe-core finds on it."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

GROUNDS = {"light": "rgb(255, 255, 255)", "dark": "rgb(22, 24, 27)"}
"""Of a page, by scheme: `.streamlit/config.toml`."""
GRAVE = ("serious", "critical")
PATIENCE = 10
"""Seconds for what moves to come to rest: while the sidebar slides out of a phone's view, axe sees half of it."""
LONGEST = 120
"""Seconds for a page to come to rest."""


def address_of(address: str, script: str) -> str:
    """Where Streamlit serves a page's script."""
    return f"{address}/" if script == "app.py" else f"{address}/{script.removeprefix('pages/').removesuffix('.py')}"


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
