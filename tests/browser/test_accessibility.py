"""axe-core finds no serious fault in any place or tab, wide or narrow, light or dark."""

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.visiting import DESK, GROUNDS, PHONE, VIEWS, lasting_faults, settled


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("view", VIEWS)
def test_no_place_and_no_tab_has_a_serious_fault(page: Page, address: str, view: str, size: ViewportSize) -> None:
    page.set_viewport_size(size)
    page.goto(address + VIEWS[view])
    for scheme, ground in GROUNDS.items():
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        expect(page.get_by_test_id("stApp")).to_have_css("background-color", ground)
        settled(page)
        assert not lasting_faults(page), scheme
