from pathlib import Path

from playwright.sync_api import Page, expect


def test_a_visitor_opens_the_app_uploads_a_photo_and_sees_five_results(page: Page, address: str, home: Path) -> None:
    page.goto(address)
    expect(page.get_by_role("heading", name="What looks like this?")).to_be_visible()
    expect(page.get_by_text("300 products")).to_be_visible()
    photo = next(home.glob("cache/catalogs/demo-*/images/*.jpg"))

    page.get_by_role("link", name="Find look-alikes").click()
    expect(page.get_by_role("heading", name="The 5 most similar of 300 products")).to_be_visible()
    page.get_by_text("Your photo").click()
    page.locator("input[type=file]").set_input_files(photo)

    expect(page.get_by_alt_text("Your photo")).to_be_visible()
    expect(page.get_by_role("heading", name="The 5 most similar of 300 products")).to_be_visible()
    expect(page.get_by_text("score 1.00")).to_be_visible()
    expect(page.get_by_role("button", name="Look-alikes", exact=True)).to_have_count(5)
