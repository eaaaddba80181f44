"""The report in a real browser: opened from disk without a network, and downloaded from the page."""

import re
from pathlib import Path

import numpy as np
from playwright.sync_api import Browser, Page, expect

from prodsim.config import Settings
from prodsim.encoders import require
from prodsim.export import report
from tests.browser.visiting import VIEWS, five_results, give, settled
from tests.conftest import MakeCatalog
from tests.indexes import engine_of, search
from tests.samples import encoded, noise

NAME = "</title><script>alert(1)</script> <img src=x onerror=alert(1)>  & \"two\" 'one' {{ 7*7 }}"
PAPERS = {"A4": 3, "Letter": 3}
"""Pages that twelve results with long names may take."""


def test_a_report_opens_without_any_request_and_shows_names_letter_for_letter(
    browser: Browser, make_catalog: MakeCatalog, settings: Settings, tmp_path: Path
) -> None:
    ids = [str(number) for number in range(13)]
    rows = {id_: {"productDisplayName": f"{NAME} {id_}", "articleType": f"<b>{'x' * 60}"} for id_ in ids}
    catalog = make_catalog(dict.fromkeys(ids, "red"), rows, name="<i>shop")
    result = search(engine_of(catalog, np.eye(13) + 1, encoder=require("pixels", settings)), "0", k=12)
    file = tmp_path / "report.html"
    file.write_bytes(report(result, "digest"))

    page = browser.new_page(viewport={"width": 390, "height": 844}, offline=True)
    asked: list[str] = []
    told: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: told.append(message.text))
    page.on("dialog", lambda dialog: told.append(dialog.message))
    page.goto(file.as_uri())
    assert page.get_by_role("heading", level=1).inner_text() == f"Look-alikes of {NAME} 0"
    assert page.title() == " ".join(f"Look-alikes of {NAME} 0".split())
    names = page.locator(".results p > bdi").all_inner_texts()
    assert names == [f"{NAME} {neighbor.product_id}" for neighbor in result.neighbors]
    expect(page.get_by_text("<i>shop")).to_be_visible()
    assert page.evaluate("[...document.images].every(image => image.naturalWidth > 0)")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert ({url for url in asked if not url.startswith("data:")}, told) == ({file.as_uri()}, [])
    for paper, most in PAPERS.items():
        printed = page.pdf(format=paper)
        assert 1 <= len(re.findall(rb"/Type\s*/Page\b", printed)) <= most
    page.close()


def test_a_report_on_a_photo_is_downloaded_and_the_photo_is_not_stored(
    page: Page, address: str, home: Path, tmp_path: Path
) -> None:
    page.goto(address + VIEWS["Results"])
    five_results(page)
    before = {path for path in home.rglob("*") if path.is_file()}
    content = encoded(noise((60, 80), 7))
    file = {"name": "mine.png", "mimeType": "image/png", "buffer": content}
    give(page, file)
    expect(page.get_by_alt_text("Your photo")).to_be_visible()
    settled(page)
    page.get_by_text("Share", exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Report", exact=True).click()
    assert download.value.suggested_filename == "look-alikes.html"
    download.value.save_as(tmp_path / "report.html")

    stored = {path for path in home.rglob("*") if path.is_file()}
    assert not [path for path in stored - before if path.suffix != ".sqlite-wal" and path.suffix != ".sqlite-shm"]
    assert not [path for path in stored if content[-200:] in path.read_bytes()]
    page.goto((tmp_path / "report.html").as_uri())
    expect(page.get_by_role("heading", name="Look-alikes of mine.png")).to_be_visible()
    expect(page.get_by_alt_text("The photo")).to_be_visible()
