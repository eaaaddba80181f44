"""Searching in a real browser: upload, camera, a link opened cold, reload."""

import re
import zipfile
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.visiting import GROUNDS, lasting_faults
from tests.needs import real_data

RESULTS = "The 5 most similar of 300 products"


def five_results(page: Page) -> list[str]:
    """Names of the results, once there are five."""
    expect(page.get_by_role("heading", name=RESULTS)).to_be_visible()
    expect(page.get_by_role("button", name="Look-alikes", exact=True)).to_have_count(5)
    return page.get_by_test_id("stText").all_inner_texts()


def test_a_visitor_opens_the_app_uploads_a_photo_and_sees_five_results(page: Page, address: str, home: Path) -> None:
    page.goto(address)
    expect(page.get_by_role("heading", name="What looks like this?")).to_be_visible()
    expect(page.get_by_text("300 products")).to_be_visible()
    photo = next(home.glob("cache/catalogs/demo-*/images/*.jpg"))

    page.get_by_role("link", name="Find look-alikes").click()
    five_results(page)
    page.get_by_role("radio", name="Photo").click()
    page.locator("input[type=file]").set_input_files(photo)

    expect(page.get_by_alt_text("Your photo")).to_be_visible()
    five_results(page)
    expect(page.get_by_text(re.compile(r"^1\s+score 1\.00"))).to_be_visible()


def test_a_photo_that_is_no_picture_is_answered_and_the_next_one_searched(
    page: Page, address: str, home: Path, tmp_path: Path
) -> None:
    wrong = tmp_path / "notes.jpg"
    wrong.write_text("not a picture at all")
    page.goto(f"{address}/similar")
    page.get_by_role("radio", name="Photo").click()
    page.locator("input[type=file]").set_input_files(wrong)
    expect(page.get_by_text("notes.jpg is not a picture of a known format")).to_be_visible()

    page.locator("input[type=file]").set_input_files(next(home.glob("cache/catalogs/demo-*/images/*.jpg")))
    five_results(page)


def test_a_real_photo_is_cropped_on_a_phone_and_what_the_model_sees_follows(page: Page, address: str) -> None:
    with zipfile.ZipFile(real_data("clothing-photos.zip")) as photos:
        path = next(path for path in sorted(photos.namelist()) if path.startswith("validation/shoes/"))
        content = photos.read(path)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{address}/similar")
    page.get_by_role("radio", name="Photo").click()
    page.locator("input[type=file]").set_input_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": content})
    five_results(page)
    seen = page.get_by_alt_text("What Mini sees: 60 x 80 pixels")
    whole = seen.get_attribute("src")
    page.get_by_text("Crop and fit").click()
    page.get_by_role("slider", name="Left to right").first.press("PageUp")
    expect(seen).not_to_have_attribute("src", str(whole))
    five_results(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_camera_takes_a_photo_and_it_is_searched(page: Page, address: str) -> None:
    page.goto(f"{address}/similar")
    page.get_by_role("radio", name="Camera").click()
    page.wait_for_function("document.querySelector('video')?.videoWidth > 0")
    page.get_by_role("button", name="Take Photo").click()
    five_results(page)
    expect(page.get_by_alt_text("Your photo")).to_be_visible()


def test_words_find_products_by_name_and_a_result_leads_on_to_its_look_alikes(page: Page, address: str) -> None:
    page.goto(f"{address}/similar")
    page.get_by_role("radio", name="Words").click()
    box = page.get_by_role("searchbox", name="What are you looking for?")
    box.fill("red summer dress")
    box.press("Enter")
    expect(page.get_by_role("heading", name="The 5 best matches of 300 products")).to_be_visible()
    expect(page.get_by_text("Searches names and labels, not pictures")).to_be_visible()
    expect(page.get_by_test_id("stText")).to_have_count(5)
    names = page.get_by_test_id("stText").all_inner_texts()
    assert all("Dress" in name for name in names) and all("Red" in name for name in names[:2])
    expect(page).to_have_url(re.compile(r"words=red(\+|%20)summer(\+|%20)dress"))

    page.reload()
    expect(page.get_by_role("heading", name="The 5 best matches of 300 products")).to_be_visible()
    expect(page.get_by_test_id("stText")).to_have_text(names)
    page.get_by_role("button", name="Look-alikes", exact=True).first.click()
    five_results(page)
    page.get_by_role("button", name="Back to “red summer dress”").click()
    expect(page.get_by_role("heading", name="The 5 best matches of 300 products")).to_be_visible()


def test_a_link_opened_cold_shows_the_search_it_names_and_a_reload_shows_it_again(page: Page, address: str) -> None:
    page.goto(f"{address}/similar?product=10010&k=3&scoring=linear&gender=Women")
    expect(page.get_by_role("heading", name="The 3 most similar of")).to_be_visible()
    expect(page.get_by_role("button", name="Look-alikes", exact=True)).to_have_count(3)
    names = page.get_by_test_id("stText").all_inner_texts()
    expect(page.get_by_role("button", name="Gender: Women")).to_be_visible()

    page.reload()
    expect(page.get_by_role("heading", name="The 3 most similar of")).to_be_visible()
    expect(page.get_by_role("button", name="Look-alikes", exact=True)).to_have_count(3)
    assert page.get_by_test_id("stText").all_inner_texts() == names


def test_the_browser_asks_no_other_host_for_anything(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}/similar")
    five_results(page)
    assert not [url for url in asked if not url.startswith((address, "data:", "blob:"))]


def test_a_match_is_explained_when_it_is_asked_for_light_and_dark(page: Page, address: str) -> None:
    page.goto(f"{address}/similar")
    five_results(page)
    page.get_by_text("Why this match?").click()
    expect(page.get_by_text(re.compile(r"\d+ places add up to the similarity"))).to_be_visible()
    for title in ("query", "match"):
        expect(page.get_by_alt_text(f"What each place of the {title} adds to the similarity")).to_be_visible()
        expect(page.get_by_text(f"Main colors of the {title}")).to_be_visible()
    expect(page.get_by_text("Labels of the catalog: the encoder does not see them.")).to_be_visible()
    for scheme, ground in GROUNDS.items():
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        expect(page.get_by_test_id("stApp")).to_have_css("background-color", ground)
        assert not lasting_faults(page), scheme
