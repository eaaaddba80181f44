"""axe-core finds no serious fault on any page, wide or narrow, light or dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from prodsim.ui.frame import PAGES
from tests.browser.serving import settled

GRAVE = ("serious", "critical")
PATIENCE = 10
"""Seconds for what moves to come to rest: while the sidebar slides out of a phone's view, axe sees half of it."""
GROUNDS = {"light": "rgb(255, 255, 255)", "dark": "rgb(22, 24, 27)"}
"""Of the page, by scheme: `.streamlit/config.toml`."""


def url_path(script: str) -> str:
    """Where Streamlit serves a page's script."""
    return "" if script == "app.py" else script.removeprefix("pages/").removesuffix(".py")


@pytest.mark.parametrize("size", [(1280, 900), (390, 844)], ids=["desktop", "phone"])
@pytest.mark.parametrize("script", PAGES)
def test_no_page_has_a_serious_fault(page: Page, address: str, script: str, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(f"{address}/{url_path(script)}")
    for scheme, ground in GROUNDS.items():
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        expect(page.get_by_test_id("stApp")).to_have_css("background-color", ground)
        settled(page)
        assert not lasting_faults(page), scheme


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
