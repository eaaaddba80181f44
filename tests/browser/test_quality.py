import re

from playwright.sync_api import Page, expect

from tests.browser.visiting import VIEWS


def test_a_stakeholder_measures_an_encoder_stops_goes_on_and_looks_into_a_failure(page: Page, address: str) -> None:
    page.goto(f"{address}/quality")
    page.get_by_role("button", name="Measure Mini").click()
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_text("Stopped. What was indexed is kept")).to_be_visible()

    page.get_by_role("button", name=re.compile("^Measure ")).click()
    expect(page.get_by_role("heading", name="Quality against speed")).to_be_visible()
    expect(page.get_by_role("heading", name="Where it is right, and where not")).to_be_visible()
    expect(page.get_by_text(re.compile(r"\d of 5 wrong")).first).to_be_visible()
    expect(page.get_by_text("wrong:").first).to_be_visible()


def test_a_product_is_compared_by_two_encoders(page: Page, address: str) -> None:
    page.goto(address + VIEWS["Compare"])
    expect(page.get_by_role("heading", name="Agreement")).to_be_visible()
    expect(page.get_by_text(re.compile(r"share \d of 5"))).to_be_visible()
