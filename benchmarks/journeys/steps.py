"""The steps of each journey through the app as it is today: seven pages, and the menu in the sidebar.

All that depends on how the pages look is here.
"""

import re
from pathlib import Path

from playwright.sync_api import Locator

from benchmarks.journeys.visitor import Visitor

K = 5
RESULT = ".stGridCell:has([class*='st-key-look-alikes-of-'])"
PHOTO, PRODUCT = "img[alt='Your photo']", "input[aria-label*='Product (']"
BARS = "[class*='st-key-figure-articleType'] .barlayer .point path"
CARD_LINK = ".stMain .stGridCell a[href*='similar?']"
WHY = "img[alt^='What each place of the match']"
FILTER, VALUE = "Gender", "Women"


def first_results(visitor: Visitor, *, hurried: bool = True) -> None:
    """The shortest way from the start page to results."""
    with visitor.stage("start page", hurried=hurried):
        visitor.open()
        visitor.see(".stMain a", "Find look-alikes")
    with visitor.stage("results"):
        _to_search(visitor)
        visitor.see_pictures(RESULT, K)
    visitor.where_begin(RESULT)


def demo(visitor: Visitor) -> None:
    """A stakeholder is shown what there is."""
    with visitor.stage("start page"):
        visitor.open()
        visitor.see_pictures(".stMain .stGridCell .stImage", K)
    with visitor.stage("statistics"):
        visitor.page.locator(BARS).first.scroll_into_view_if_needed()
        visitor.see(BARS)
    with visitor.stage("its products"):
        visitor.click(visitor.page.locator(BARS).first, drawn=True)
        visitor.see("h1", "Catalog")
        visitor.see_pictures(".stMain .stGridCell .stImage", K)
    with visitor.stage("results"):
        link = visitor.page.locator(CARD_LINK).first
        product = re.findall(r"product=(\w+)", link.get_attribute("href") or "")[0]
        visitor.click(link)
        visitor.see_pictures(RESULT, K)
    visitor.where_begin(RESULT)
    with visitor.stage("why", rerun=True):
        visitor.click(visitor.page.get_by_text("Why this match?"))
        visitor.see_pictures(WHY)
    with visitor.stage("compare"):
        _menu(visitor, "Compare")
        visitor.see("h2", "Agreement")
        visitor.see_pictures(".stGridCell .stImage", 2 * K)
    _still(visitor, product, "at compare")
    with visitor.stage("back to results"):
        _menu(visitor, "Look-alikes")
        visitor.see_pictures(RESULT, K)
    _still(visitor, product, "on the way back")
    _report(visitor, f"<bdi>{product}</bdi>")


def photo(visitor: Visitor, file: Path) -> None:
    """A visitor brings a photo; on a phone the filters are behind the menu."""
    with visitor.stage("start page"):
        visitor.open()
        visitor.see(".stMain a", "Find look-alikes")
    with visitor.stage("search page"):
        _to_search(visitor)
        visitor.click(visitor.page.get_by_role("radio", name="Photo"))
        visitor.see("[data-testid=stFileUploader] button")
    with visitor.stage("upload"):
        visitor.give(_uploader(visitor), file)
        visitor.see_pictures(PHOTO)
        visitor.see_pictures(RESULT, K)
    visitor.where_begin(RESULT)
    _filter(visitor)
    if not visitor.has(PHOTO):
        visitor.lost("photo lost at the filter")
    _report(visitor, file.name)


def own_catalog(visitor: Visitor, file: Path) -> None:
    """A shop tries its own products."""
    with visitor.stage("start page"):
        visitor.open()
        visitor.see(".stMain a", "Find look-alikes")
    with visitor.stage("catalogs"):
        _menu(visitor, "Your catalogs")
        visitor.see("[data-testid=stFileUploader] button")
    with visitor.stage("upload"):
        visitor.give(_uploader(visitor), file)
        visitor.see("button", "Index and add")
    with visitor.stage("index"):
        visitor.click(visitor.page.get_by_role("button", name="Index and add"))
        visitor.see(".stMain p", f"The catalog {file.stem} holds")
        visitor.see(".stMain a", "Find look-alikes")
    with visitor.stage("results"):
        _to_search(visitor)
        visitor.see_pictures(RESULT, K)
    visitor.where_begin(RESULT)


def large_catalog(visitor: Visitor) -> None:
    """Search, search on from a result, and narrow down."""
    first_results(visitor)
    with visitor.stage("another product", rerun=True):
        visitor.click(visitor.page.get_by_role("button", name="Look-alikes", exact=True).first)
        visitor.see_pictures(RESULT, K, again=True)
    _filter(visitor)


def _menu(visitor: Visitor, label: str) -> None:
    visitor.click(visitor.page.get_by_test_id("stSidebar").get_by_role("link", name=label, exact=True))
    visitor.see("h1", label)


def _to_search(visitor: Visitor) -> None:
    visitor.click(visitor.page.get_by_role("link", name="Find look-alikes"))


def _uploader(visitor: Visitor) -> Locator:
    return visitor.page.get_by_test_id("stFileUploader").locator("button").first


def _filter(visitor: Visitor) -> None:
    with visitor.stage("filter", rerun=True):
        if visitor.touch:
            visitor.click(visitor.page.get_by_test_id("stExpandSidebarButton"))
        visitor.click(visitor.page.get_by_role("combobox", name=FILTER))
        visitor.click(visitor.page.get_by_role("option", name=re.compile(f"^{VALUE}")))
        visitor.see(".stMain button", f"{FILTER}: {VALUE}")
        visitor.see_pictures(RESULT, K, again=True)
    if visitor.touch:
        with visitor.stage("close the menu"):
            visitor.click(visitor.page.get_by_test_id("stSidebarCollapseButton").locator("button"))


def _still(visitor: Visitor, product: str, where: str) -> None:
    """If the product is not the query any more, find it again by its id, as a visitor would."""
    if not visitor.has(PRODUCT, f"({product})"):
        visitor.lost(f"query lost {where}")
        with visitor.stage(f"query again {where}"):
            visitor.enter(visitor.page.get_by_label("Find by name or id"), product)
            visitor.see(PRODUCT, f"({product})")
            visitor.see_pictures(".stGridCell .stImage", K, again=True)


def _report(visitor: Visitor, of: str) -> None:
    with visitor.stage("report"):
        visitor.click(visitor.page.get_by_text("Share", exact=True))
        text = visitor.download(visitor.page.get_by_role("button", name="Report", exact=True))
        if of not in text:
            visitor.lost("the report is of another query")
