"""axe-core finds no serious fault on any page, wide or narrow, light or dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from prodsim.ui.frame import PAGES

GRAVE = ("serious", "critical")
PATIENCE = 10
"""Seconds for what moves to come to rest: while the sidebar slides out of a phone's view, axe sees half of it."""


def url_path(script: str) -> str:
    """Where Streamlit serves a page's script."""
    return "" if script == "app.py" else script.removeprefix("pages/").removesuffix(".py")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1280, 900), (390, 844)], ids=["desktop", "phone"])
@pytest.mark.parametrize("script", PAGES)
def test_no_page_has_a_serious_fault(page: Page, address: str, script: str, size: tuple[int, int], scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(f"{address}/{url_path(script)}")
    settled(page)
    faults = grave_faults(page)
    for _ in range(PATIENCE):
        if not faults:
            return
        page.wait_for_timeout(1000)
        faults = grave_faults(page)
    pytest.fail("\n".join(faults))


def grave_faults(page: Page) -> list[str]:
    """What axe finds now, a line each."""
    return [
        f"{fault['id']}: {fault['help']}: {[node['html'][:200] for node in fault['nodes']]}"
        for fault in Axe().run(page).response["violations"]
        if fault["impact"] in GRAVE
    ]


def settled(page: Page) -> None:
    """Wait until the page is drawn and nothing is running."""
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
