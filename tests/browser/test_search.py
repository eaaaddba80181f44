"""Searching in a real browser: by a photo, uploaded, pasted, dropped or taken; by words; by a link; by a reload."""

import re
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from prodsim.images import open_rgb
from tests.browser.test_anywhere import COPY_PICTURE, drag, hold, paste
from tests.browser.visiting import (
    GROUNDS,
    PRODUCT,
    VIEWS,
    cards,
    five_results,
    give,
    lasting_faults,
    names,
    opened,
    query,
    said,
    searched_for,
    turn_to,
)
from tests.needs import real_data
from tests.samples import encoded

MATCHES = "The 5 best matches of 300 products"


@pytest.fixture
def photo(home: Path, page: Page, address: str) -> Path:
    """A picture of the demo, which has been unpacked for a page that is open."""
    page.goto(address)
    expect(cards(page, "Products")).to_have_count(10)
    return next(home.glob("cache/catalogs/demo-*/images/*.jpg"))


def your_photo(page: Page) -> list[str]:
    """Names of the results of a photo, once it is what is asked."""
    expect(query(page)).to_have_text("Your photo")
    expect(page.get_by_alt_text("Your photo")).to_be_visible()
    found = five_results(page)
    assert "product" not in said(page) and said(page)["photo"]
    return found


def test_a_visitor_opens_the_app_uploads_a_photo_and_sees_five_results(page: Page, photo: Path) -> None:
    expect(page.get_by_role("heading", name="What looks like this?")).to_be_visible()
    expect(page.get_by_text("300 products")).to_be_visible()
    give(page, photo)
    your_photo(page)
    expect(page.locator("input[type=file]")).to_have_count(0)
    best = cards(page).first.get_by_role("link")
    expect(best.locator(".rank")).to_have_text("1")
    expect(best.locator(".score")).to_have_text("score 1.00")


def test_a_photo_that_is_no_picture_is_answered_and_the_next_one_searched(
    page: Page, photo: Path, tmp_path: Path
) -> None:
    wrong = tmp_path / "notes.jpg"
    wrong.write_text("not a picture at all")
    give(page, wrong)
    expect(page.get_by_text("notes.jpg is not a picture of a known format")).to_be_visible()
    give(page, photo)
    your_photo(page)
    expect(page.get_by_text("notes.jpg")).to_have_count(0)


def test_a_photo_that_is_pasted_with_the_focus_nowhere_is_searched(page: Page, address: str, photo: Path) -> None:
    page.goto(address + VIEWS["Results"])
    product = five_results(page)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate(COPY_PICTURE, list(encoded(open_rgb(photo))))
    page.keyboard.press("ControlOrMeta+v")
    assert your_photo(page) != product
    expect(page.locator("input[type=file]")).to_have_count(0)


def test_a_photo_that_is_dropped_on_the_page_is_searched(page: Page, address: str, photo: Path) -> None:
    page.goto(address + VIEWS["Why"])
    opened(page, "Why")
    page.locator(".prodsim-drop-hint").wait_for(state="attached")
    drag(page, "dragEnter", "h1", photo)
    hold(page, "h1", photo, hint=True)
    drag(page, "drop", "h1", photo)
    your_photo(page)


def test_21_megabytes_are_refused_in_the_words_of_the_uploader_and_the_query_stays(page: Page, address: str) -> None:
    page.goto(address + VIEWS["Results"])
    found, before = five_results(page), said(page)
    page.locator(".prodsim-drop-hint").wait_for(state="attached")
    assert paste(page, ("large.png", 21_000_000))
    expect(page.get_by_text("File must be 20.0MB or smaller.")).to_be_visible()
    assert (five_results(page), said(page)) == (found, before)


def test_a_real_photo_is_cropped_on_a_phone_and_what_the_model_sees_follows(page: Page, address: str) -> None:
    with zipfile.ZipFile(real_data("clothing-photos.zip")) as photos:
        path = next(path for path in sorted(photos.namelist()) if path.startswith("validation/shoes/"))
        content = photos.read(path)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(address)
    give(page, {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": content})
    your_photo(page)
    page.get_by_role("button", name="Crop", exact=True).click()
    seen = page.get_by_alt_text("What Mini sees: 60 x 80 pixels")
    whole = seen.get_attribute("src")
    page.get_by_role("slider", name="Left to right").first.press("PageUp")
    expect(seen).not_to_have_attribute("src", str(whole))
    your_photo(page)
    assert page.get_by_test_id("stMain").evaluate("main => main.scrollWidth") <= 390


def test_the_camera_takes_a_photo_and_it_is_searched(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("button", name="Photo", exact=True).click()
    page.get_by_text("Take one with the camera").click()
    while not page.evaluate("document.querySelector('video')?.videoWidth"):  # to wait for it is what the policy forbids
        page.wait_for_timeout(200)
    shutter = page.get_by_role("button", name="Take Photo")
    for _ in range(10):  # a camera that has only begun has no picture yet, and nothing happens
        if query(page).count():
            break
        if shutter.is_visible():
            shutter.click()
        page.wait_for_timeout(3_000)
    your_photo(page)
    expect(page.locator("video")).to_have_count(0)


def test_words_find_products_by_name_and_a_result_leads_on_to_its_look_alikes(page: Page, address: str) -> None:
    page.goto(address)
    searched_for(page, "red summer dress")
    found = five_results(page, MATCHES)
    expect(query(page)).to_have_text("“red summer dress”")
    expect(page.get_by_text("By names and labels, not pictures")).to_be_visible()
    assert all("Dress" in name for name in found) and all("Red" in name for name in found[:2])
    assert said(page)["words"] == ["red summer dress"]

    page.reload()
    assert five_results(page, MATCHES) == found
    cards(page).first.get_by_role("link").click()
    five_results(page)
    expect(query(page)).to_have_text(found[0])
    page.get_by_role("button", name="Back to “red summer dress”").click()
    assert five_results(page, MATCHES) == found


def test_a_product_is_found_by_its_id_while_it_is_typed(page: Page, address: str) -> None:
    page.goto(address)
    box = page.get_by_role("combobox", name="Search by words, a product's name or its id")
    box.fill(PRODUCT)
    page.get_by_role("listbox", name="Products").get_by_role("option").first.click()
    five_results(page)
    assert said(page)["product"] == [PRODUCT]
    expect(box).to_have_value("")


def test_a_link_opened_cold_shows_the_search_it_names_and_a_reload_shows_it_again(page: Page, address: str) -> None:
    page.goto(f"{address}/?product={PRODUCT}&k=3&scoring=linear&gender=Women")
    heading = page.get_by_role("heading", name=re.compile("^The 3 most similar of"))
    expect(heading).to_be_visible()
    expect(cards(page)).to_have_count(3)
    found = names(cards(page))
    expect(page.get_by_role("button", name="Gender: Women")).to_be_visible()

    page.reload()
    expect(heading).to_be_visible()
    expect(cards(page)).to_have_count(3)
    assert names(cards(page)) == found


def test_the_browser_asks_no_other_host_for_anything(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address + VIEWS["Results"])
    five_results(page)
    for tab in ("Why", "Compare", "Step by step"):
        turn_to(page, tab)
    assert not [url for url in asked if not url.startswith((address, "data:", "blob:"))]


def test_a_match_is_explained_when_it_is_asked_for_light_and_dark(page: Page, address: str) -> None:
    page.goto(address + VIEWS["Results"])
    found = five_results(page)
    page.get_by_role("button", name=f"Why {found[2]}?").click()
    opened(page, "Why")
    expect(page.get_by_role("combobox", name="Result")).to_have_value(f"3. {found[2]}")
    expect(page.get_by_text(re.compile(r"\d+ places add up to the similarity"))).to_be_visible()
    for title in ("query", "match"):
        expect(page.get_by_alt_text(f"What each place of the {title} adds to the similarity")).to_be_visible()
        expect(page.get_by_text(f"Main colors of the {title}")).to_be_visible()
    expect(page.get_by_text("Labels of the catalog: the encoder does not see them.")).to_be_visible()
    for scheme, ground in GROUNDS.items():
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        expect(page.get_by_test_id("stApp")).to_have_css("background-color", ground)
        assert not lasting_faults(page), scheme
