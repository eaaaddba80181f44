"""axe-core finds no serious fault on any page, wide or narrow, light or dark."""

import pytest
from playwright.sync_api import Page, expect

from prodsim.ui.frame import PAGES
from tests.browser.visiting import GROUNDS, address_of, lasting_faults, settled


@pytest.mark.parametrize("size", [(1280, 900), (390, 844)], ids=["desktop", "phone"])
@pytest.mark.parametrize("script", PAGES)
def test_no_page_has_a_serious_fault(page: Page, address: str, script: str, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(address_of(address, script))
    for scheme, ground in GROUNDS.items():
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        expect(page.get_by_test_id("stApp")).to_have_css("background-color", ground)
        settled(page)
        assert not lasting_faults(page), scheme
