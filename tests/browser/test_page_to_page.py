"""A visitor goes from place to place: what was asked is still there, and the address says what is shown."""

import io
import re
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser.serving import serve
from tests.browser.visiting import (
    DESK,
    PHONE,
    PRODUCT,
    at_rest,
    cards,
    five_results,
    give,
    go,
    menu,
    names,
    opened,
    query,
    said,
    says,
    searched_for,
    turn_to,
)

TABS = {"Results": {}, "Why": {"tab": "why"}, "Compare": {"tab": "compare"}, "Step by step": {"tab": "steps"}}
"""Tabs of Search -> what the address says of them."""
PHOTO_IS_ELSEWHERE = "This search was by a photo, which stayed with its owner"
Said = Mapping[str, str | Sequence[str]]


def squares(number: int) -> list[dict[str, Any]]:
    """Files of pictures, each of another color."""
    return [{"name": f"{place}.png", "mimeType": "image/png", "buffer": square(place)} for place in range(number)]


def square(number: int) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (200, 200), (25 * number, 90, 40)).save(buffer, "PNG")
    return buffer.getvalue()


def name_of(page: Page, address: str, product: str) -> str:
    """Open the results of a product; what it is called."""
    page.goto(f"{address}/?product={product}")
    five_results(page)
    return query(page).inner_text()


def test_a_product_with_a_mark_and_a_filter_stays_through_every_tab_and_place(page: Page, address: str) -> None:
    name = name_of(page, address, PRODUCT)
    more = cards(page).nth(1)
    marked = str(more.get_attribute("data-id"))
    more.get_by_role("button", name="More like").click()
    mark = page.get_by_role("button", name="More like: ")
    expect(mark).to_be_visible()
    page.get_by_role("button", name="Filters", exact=True).click()
    page.get_by_role("combobox", name="Gender").click()
    page.get_by_role("option", name=re.compile("^Women")).click()
    chip = page.get_by_role("button", name="Gender: Women")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(chip).to_be_visible()
    asked = {"product": PRODUCT, "more": marked, "gender": "Women"}
    says(page, **asked)
    expect(cards(page).filter(has_text="Women")).to_have_count(5)
    found = names(cards(page))

    def is_there(tab: str) -> None:
        opened(page, tab)
        expect(query(page)).to_have_text(name)
        expect(mark).to_be_visible()
        expect(chip).to_be_visible()
        says(page, **asked, **TABS[tab])

    for tab in ("Why", "Compare", "Step by step", "Results"):
        turn_to(page, tab)
        is_there(tab)
    assert names(cards(page)) == found
    for place in ("Catalog", "Quality", "Catalogs"):
        go(page, place)
        says(page)
        if place == "Catalog":
            turn_to(page, "Statistics")
            says(page, tab="statistics")
        go(page, "Search")
        is_there("Results")
        assert names(cards(page)) == found
    turn_to(page, "Compare")
    for place in ("Catalog", "Quality", "Catalogs", "Search"):
        go(page, place)
    is_there("Compare")


def test_a_photo_with_its_crop_stays_through_every_tab_and_place_and_with_its_owner(
    page: Page, browser: Browser, address: str
) -> None:
    page.goto(address)
    page.get_by_role("button", name="Dress", exact=True).click()
    photo = page.get_by_alt_text("Your photo")
    whole = five_results(page), photo.get_attribute("src")
    page.get_by_role("button", name="Crop", exact=True).click()
    page.get_by_role("slider", name="Top to bottom").last.press("Home")
    page.get_by_role("slider", name="Top to bottom").last.press("PageUp")
    expect(photo).not_to_have_attribute("src", str(whole[1]))
    page.keyboard.press("Escape")
    found, cropped = five_results(page), str(photo.get_attribute("src"))
    assert found != whole[0]
    (token,) = said(page)["photo"]
    says(page, photo=token)

    def is_there(tab: str) -> None:
        opened(page, tab)
        expect(query(page)).to_have_text("Your photo")
        expect(photo).to_have_attribute("src", cropped)
        says(page, photo=token, **TABS[tab])

    for tab in ("Why", "Compare", "Step by step", "Results"):
        turn_to(page, tab)
        is_there(tab)
    for place in ("Catalog", "Quality", "Catalogs"):
        go(page, place)
        says(page)
        go(page, "Search")
        is_there("Results")
        assert five_results(page) == found

    cards(page).nth(2).get_by_role("link").click()
    expect(query(page)).to_have_text(found[2])
    five_results(page)
    assert "photo" not in said(page)
    page.go_back()
    is_there("Results")
    assert five_results(page) == found

    fresh = browser.new_page()
    fresh.goto(page.url)
    page.reload()
    for window in (page, fresh):
        expect(window.get_by_text(PHOTO_IS_ELSEWHERE)).to_be_visible()
        expect(window.get_by_role("heading", level=1, name="What looks like this?")).to_be_visible()
        give(window, *squares(1))
        expect(query(window)).to_have_text("Your photo")
        expect(cards(window)).to_have_count(5)
        expect(window.get_by_text(PHOTO_IS_ELSEWHERE)).to_have_count(0)
    fresh.close()


def test_words_stay_through_every_tab_and_place(page: Page, address: str) -> None:
    page.goto(address)
    searched_for(page, "red dress")
    box = page.get_by_role("combobox", name="Search by words, a product's name or its id")
    found = five_results(page, "The 5 best matches of 300 products")

    def is_there(tab: str) -> None:
        opened(page, tab)
        expect(query(page)).to_have_text("“red dress”")
        expect(box).to_have_value("red dress")
        says(page, words="red dress", **TABS[tab])

    for tab, answer in (
        ("Why", "Words are no picture"),
        ("Compare", "Words are not compared"),
        ("Step by step", "Words do not go through these steps"),
    ):
        turn_to(page, tab)
        is_there(tab)
        expect(page.get_by_text(answer)).to_be_visible()
    turn_to(page, "Results")
    for place in ("Catalog", "Quality", "Catalogs"):
        go(page, place)
        says(page)
        go(page, "Search")
        is_there("Results")
        assert names(cards(page)) == found
    page.reload()
    is_there("Results")


def test_one_step_back_undoes_a_link_of_the_menu_and_each_query_is_a_step(page: Page, address: str) -> None:
    first = name_of(page, address, PRODUCT)
    for place in ("Catalog", "Quality", "Catalogs"):
        go(page, place)
        page.go_back()
        expect(query(page)).to_have_text(first)
        five_results(page)
        says(page, product=PRODUCT)

    queries = [first]
    for rank in (1, 2):
        cards(page).nth(rank).get_by_role("link").click()
        expect(query(page)).not_to_have_text(queries[-1])
        five_results(page)
        queries.append(query(page).inner_text())
    searched_for(page, "red dress")
    expect(query(page)).to_have_text("“red dress”")
    five_results(page, "The 5 best matches of 300 products")
    assert len(set(queries)) == 3
    page.get_by_role("button", name="New search").click()
    expect(page.get_by_role("heading", level=1, name="What looks like this?")).to_be_visible()
    says(page)
    for name in ("“red dress”", *reversed(queries)):
        page.go_back()
        expect(query(page)).to_have_text(name)
        expect(cards(page)).to_have_count(5)
        at_rest(page)
    says(page, product=PRODUCT)
    page.go_forward()
    expect(query(page)).to_have_text(queries[1])


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_who_follows_a_result_far_below_sees_what_is_asked_now(page: Page, address: str, size: ViewportSize) -> None:
    page.set_viewport_size(size)
    page.goto(f"{address}/?product={PRODUCT}&k=15")
    expect(cards(page)).to_have_count(15)
    below = cards(page).nth(14)
    name = below.locator("a .name").inner_text()
    below.get_by_role("link").click()
    expect(query(page)).to_have_text(name)
    expect(query(page)).to_be_in_viewport(ratio=1)
    expect(cards(page).first.locator("img").first).to_be_in_viewport()

    page.goto(f"{address}/catalog")
    last = cards(page, "Products").nth(29)
    name = last.locator("a .name").inner_text()
    last.get_by_role("link").click()
    expect(query(page)).to_have_text(name)
    expect(query(page)).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize(
    ("old", "tab"), [("similar", "Results"), ("compare", "Compare"), ("how", "Step by step")], ids=str
)
def test_an_old_address_leads_to_the_same_query_in_the_new_place(page: Page, address: str, old: str, tab: str) -> None:
    page.goto(f"{address}/{old}?product={PRODUCT}&gender=Women")
    opened(page, tab)
    expect(page.get_by_text(PRODUCT).first).to_be_visible()
    expect(page.get_by_role("button", name="Gender: Women")).to_be_visible()
    says(page, product=PRODUCT, gender="Women", **TABS[tab])


def test_the_old_address_of_the_catalogs_leads_to_them(page: Page, address: str) -> None:
    page.goto(f"{address}/your_catalog?catalog=demo")
    expect(page.get_by_role("heading", level=1, name="Catalogs", exact=True)).to_be_visible()
    says(page)


def test_who_leaves_a_tab_before_it_is_whole_finds_what_was_asked_in_the_next(
    page: Page, demo_folder: Path, tmp_path: Path
) -> None:
    shop = tmp_path / "shop"
    shutil.copytree(demo_folder, shop)
    for picture in (shop / "images").iterdir():
        picture.write_bytes(picture.read_bytes() + b"\0")  # no embeddings come with it: its first search takes a while
    with serve(tmp_path, PRODSIM_CATALOG=str(shop), PRODSIM_ENCODER="mini") as address:
        page.goto(f"{address}/?product={PRODUCT}")
        name = query(page)
        expect(name).to_be_visible()
        looked_at = name.inner_text()
        for tab in ("Step by step", "Compare"):
            heading = page.get_by_role("tab", name=tab)
            for _ in range(10):  # drawn anew, it may miss a press
                if heading.get_attribute("aria-selected") == "true":
                    break
                heading.click()
                page.wait_for_timeout(1_000)
        menu(page).get_by_role("link", name="Quality").click()
        expect(page.get_by_role("heading", level=1, name="Quality")).to_be_visible()
        menu(page).get_by_role("link", name="Search").click()
        opened(page, "Compare")
        expect(name).to_have_text(looked_at)
        turn_to(page, "Results")
        five_results(page)
        expect(name).to_have_text(looked_at)
        expect(page.get_by_role("button", name="By Mini")).to_be_visible()


def test_a_photo_gives_way_to_a_product_of_the_catalog(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("button", name="Dress", exact=True).click()
    expect(query(page)).to_have_text("Your photo")
    go(page, "Catalog")
    product = cards(page, "Products").first
    name = product.locator("a .name").inner_text()
    product.get_by_role("link").click()
    expect(query(page)).to_have_text(name)
    five_results(page)
    expect(page.get_by_alt_text("Your photo")).to_have_count(0)
    assert "photo" not in said(page)


def test_more_than_eight_photos_in_one_query_are_refused_and_eight_are_searched_with(page: Page, address: str) -> None:
    page.goto(address)
    give(page, *squares(10))
    expect(page.get_by_text("A query takes 8 photos, and 10 were given.")).to_be_visible()
    expect(page.get_by_alt_text("Your photo")).to_have_count(8)
    five_results(page)
    go(page, "Catalog")
    go(page, "Search")
    at_rest(page)
    expect(page.get_by_alt_text("Your photo")).to_have_count(8)
