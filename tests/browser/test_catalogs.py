import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.serving import serve
from tests.browser.visiting import cards, five_results
from tests.needs import real_data


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """The app on the demo, with the encoder that needs no weights, and nothing imported yet."""
    with serve(tmp_path, PRODSIM_ENCODER="pixels") as address:
        yield address


def test_a_visitor_adds_the_real_products_finds_look_alikes_and_goes_back_to_the_demo(page: Page, address: str) -> None:
    page.goto(f"{address}/catalogs")
    page.locator("input[type=file]").set_input_files(real_data("deck-295.zip"))
    expect(page.get_by_role("heading", name="What was read of deck-295.zip")).to_be_visible()
    expect(page.get_by_label("Its name here")).to_have_value("deck-295")
    page.get_by_role("button", name="Index and add").click()

    expect(page.get_by_text("deck-295: 295 products")).to_be_visible()
    cards(page, "Products").first.get_by_role("link").click()
    five_results(page, "The 5 most similar of 295 products")

    page.get_by_label("Catalog", exact=True).click()
    page.get_by_role("option", name="demo").click()
    expect(page.get_by_text("demo: 300 products")).to_be_visible()
    cards(page, "Products").first.get_by_role("link").click()
    five_results(page)
    expect(page.get_by_role("alert")).to_have_count(0)

    page.get_by_role("link", name="Catalogs").click()
    page.get_by_role("button", name="Delete").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete it").click()
    expect(page.get_by_role("button", name="Delete")).to_have_count(0)
    expect(page.get_by_text("300 products, built in")).to_be_visible()


def test_adding_can_be_stopped_leaves_no_files_and_goes_on_where_it_was(
    page: Page, address: str, tmp_path: Path
) -> None:
    page.goto(f"{address}/catalogs")
    page.locator("input[type=file]").set_input_files(real_data("fashion-small.zip"))
    page.get_by_role("button", name="Index and add").click()
    before = _indexed(page)
    page.get_by_role("button", name="Stop", exact=True).click()
    expect(page.get_by_text("Stopped, and nothing was added")).to_be_visible()
    expect(page.get_by_text("fashion-small", exact=True)).to_have_count(0)
    for _ in range(240):  # the run that was stopped removes them beside the one that says so
        if not [*(tmp_path / "cache" / "staged").iterdir()]:
            break
        page.wait_for_timeout(250)
    else:
        pytest.fail("what was unpacked is there still")

    page.get_by_role("button", name="Index and add").click()
    assert _indexed(page) >= before > 0


def _indexed(page: Page) -> int:
    """Pictures that are said to be indexed, as soon as there is a rate."""
    text = page.get_by_text(re.compile(r"once: [\d,]+ of 40,042 pictures, \d+ per second")).inner_text()
    return int(re.search(r"once: ([\d,]+)", text)[1].replace(",", ""))
