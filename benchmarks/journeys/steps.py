"""The steps of each journey through the app: four places, and the tabs of Search.

All that depends on how the pages look is here.
"""

import re
from pathlib import Path

from playwright.sync_api import Locator

from benchmarks.journeys.visitor import Visitor

K = 5
RESULT, CARD = "ul[aria-label=Results] > li", "ul[aria-label=Products] > li"
BARS = "[class*='st-key-figure-articleType'] .barlayer .point path"
WHY = "img[alt^='What each place of the match']"
FILTER, VALUE = "Gender", "Women"
YOUR_PHOTO = "Your photo"


def first_results(visitor: Visitor, *, hurried: bool = True) -> None:
    """The shortest way from the start page to results."""
    with visitor.stage("start page", hurried=hurried):
        _start(visitor)
    with visitor.stage("results"):
        visitor.click(visitor.page.locator(f"{CARD} a").first)
        visitor.see_pictures(RESULT, K)
    visitor.where_begin(RESULT)


def demo(visitor: Visitor) -> None:
    """A stakeholder is shown what there is."""
    with visitor.stage("start page"):
        _start(visitor)
    with visitor.stage("statistics"):
        visitor.click(visitor.page.get_by_role("link", name="Statistics"))
        visitor.see(BARS)
    with visitor.stage("its products"):
        visitor.click(visitor.page.locator(BARS).first, drawn=True)
        visitor.see_pictures(CARD, K)
    with visitor.stage("results"):
        link = visitor.page.locator(f"{CARD} a").first
        product = re.findall(r"product=(\w+)", link.get_attribute("href") or "")[0]
        visitor.click(link)
        visitor.see_pictures(RESULT, K)
    visitor.where_begin(RESULT)
    with visitor.stage("why", rerun=True):
        visitor.click(visitor.page.locator(f"{RESULT} [data-action=why]").first)
        visitor.see_pictures(WHY)
    with visitor.stage("compare"):
        _tab(visitor, "Compare")
        visitor.see("h3", "Agreement")
        visitor.see_pictures(RESULT, 2 * K)
    _still(visitor, product, "at compare")
    with visitor.stage("back to results"):
        _tab(visitor, "Results")
        visitor.see_pictures(RESULT, K)
    _still(visitor, product, "on the way back")
    _report(visitor, f"<bdi>{product}</bdi>")


def photo(visitor: Visitor, file: Path) -> None:
    """A visitor brings a photo."""
    with visitor.stage("start page"):
        _start(visitor)
    with visitor.stage("upload"):
        visitor.click(_popover(visitor, "Photo"))
        visitor.see("[data-testid=stFileUploader] button")
        visitor.give(_uploader(visitor), file)
        visitor.see("h1", YOUR_PHOTO)
        visitor.see_pictures(RESULT, K)
    visitor.where_begin(RESULT)
    _filter(visitor)
    if not visitor.has("h1", YOUR_PHOTO):
        visitor.lost("photo lost at the filter")
    _report(visitor, file.name)


def own_catalog(visitor: Visitor, file: Path) -> None:
    """A shop tries its own products."""
    with visitor.stage("start page"):
        _start(visitor)
    with visitor.stage("catalogs"):
        visitor.click(visitor.page.get_by_role("link", name="Catalogs", exact=True))
        visitor.see("[data-testid=stFileUploader] button")
    with visitor.stage("upload"):
        visitor.give(_uploader(visitor), file)
        visitor.see("button", "Index and add")
    with visitor.stage("index"):
        visitor.click(visitor.page.get_by_role("button", name="Index and add"))
        visitor.see(".stMain p", f"{file.stem}:")
        visitor.see_pictures(CARD, K)
    with visitor.stage("results"):
        visitor.click(visitor.page.locator(f"{CARD} a").first)
        visitor.see_pictures(RESULT, K)
    visitor.where_begin(RESULT)


def large_catalog(visitor: Visitor) -> None:
    """Search, search on from a result, and narrow down."""
    first_results(visitor)
    with visitor.stage("another product", rerun=True):
        visitor.click(visitor.page.locator(f"{RESULT} a").first)
        visitor.see("button", "Back to")
        visitor.see_pictures(RESULT, K, again=True)
    _filter(visitor)


def _start(visitor: Visitor) -> None:
    visitor.open()
    visitor.see_pictures(CARD, K)


def _tab(visitor: Visitor, label: str) -> None:
    visitor.click(visitor.page.get_by_role("tab", name=label, exact=True))


def _popover(visitor: Visitor, label: str) -> Locator:
    return visitor.page.get_by_test_id("stPopoverButton").filter(has_text=label).first


def _uploader(visitor: Visitor) -> Locator:
    return visitor.page.get_by_test_id("stFileUploader").locator("button").first


def _filter(visitor: Visitor) -> None:
    with visitor.stage("filter", rerun=True):
        visitor.click(_popover(visitor, "Filters"))
        visitor.click(visitor.page.get_by_role("combobox", name=FILTER))
        visitor.click(visitor.page.get_by_role("option", name=re.compile(f"^{VALUE}")))
        visitor.see(".stMain button", f"{FILTER}: {VALUE}")
        visitor.see_pictures(RESULT, K, again=True)
    with visitor.stage("close the filters"):
        visitor.press("Escape")
        visitor.press("Escape")


def _still(visitor: Visitor, product: str, where: str) -> None:
    """If the product is not the query any more, find it again by its id, as a visitor would."""
    if not visitor.has(".stMain p", f"{product} · "):
        visitor.lost(f"query lost {where}")
        with visitor.stage(f"query again {where}"):
            visitor.enter(visitor.page.get_by_role("combobox").first, product)
            visitor.see_pictures(RESULT, K, again=True)


def _report(visitor: Visitor, of: str) -> None:
    with visitor.stage("report"):
        visitor.click(_popover(visitor, "Share"))
        text = visitor.download(visitor.page.get_by_role("button", name="Report", exact=True))
        if of not in text:
            visitor.lost("the report is of another query")
