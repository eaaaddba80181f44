"""Names and labels are data: in every place they stand letter for letter, and the browser asks no other host."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import Page, expect

from prodsim.ui.text import plain
from tests.browser.serving import serve
from tests.browser.visiting import cards, names, opened, query, settled, turn_to
from tests.pages.running import rainbow, two_colored
from tests.samples import write_catalog

LABELS = (
    "[a](https://b.example/c) ![i](https://b.example/i.png)",
    '<b>bold</b> <img src="https://b.example/i.png"> &lt;&amp;',
    "$x^2$ :red[no] :material/home: :smile: :streamlit:",
    "see https://b.example/ www.b.example me@b.example",
    "a -> b -- c >= d ~= e `f` **g** _h_",
    "tool \u202eback\u2066 and\u2069\u2069 \u05d0",
    "# 1. > | %{x} 'q' zero\u200bwidth \\",
)
"""Markdown, HTML, LaTeX, Streamlit's own marks, links, signs, marks of direction and of no width."""
COLUMN = "Note <i> $x$ :red[y] -> z"
TYPE = "articleType"
ADDED = re.compile("[\u2068\u2069]")
"""What holds a text apart that turns the direction; it cannot be seen."""
TEXT = """place => {
    const text = (node) => node.nodeType === Node.TEXT_NODE ? node.data
        : ["STYLE", "TEMPLATE"].includes(node.nodeName) ? ""
        : [node.shadowRoot, ...node.childNodes].map((child) => child ? text(child) : "").join("")
    return text(place)
}"""
"""All text in a place, in components as well."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app on a catalog of such labels."""
    folder: Path = tmp_path_factory.mktemp("hostile")
    pictures = {id_: two_colored(color) for id_, color in rainbow(14).items()}
    rows = {
        id_: {
            TYPE: LABELS[place % 7],
            COLUMN: LABELS[place % 7],
            "baseColour": LABELS[place // 2],
            "productDisplayName": name,
        }
        for place, (id_, name) in enumerate(zip(pictures, LABELS * 2, strict=True))
    }
    catalog = write_catalog(folder / "shop <b> *1*", pictures, rows, suffix=".png")
    with serve(folder, PRODSIM_CATALOG=str(catalog), PRODSIM_ENCODER="pixels") as address:
        yield address


def without_added(text: str | None) -> str:
    return ADDED.sub("", text or "")


def shows(page: Page, texts: tuple[str, ...]) -> None:
    """All of them are there, as they are, and no link leads elsewhere."""
    settled(page)
    whole = without_added(page.get_by_test_id("stApp").evaluate(TEXT))
    assert [text for text in texts if without_added(text) not in whole] == []
    hosts = page.locator("a[href]").evaluate_all("links => links.map(link => new URL(link.href).host)")
    assert set(hosts) <= {urlsplit(page.url).netloc, "www.kaggle.com"}


def test_every_place_shows_names_and_labels_letter_for_letter_and_asks_no_other_host(page: Page, address: str) -> None:
    asked: set[str] = set()
    page.on("request", lambda request: asked.add(urlsplit(request.url).netloc))

    page.goto(address)
    expect(cards(page, "Products")).to_have_count(10)
    shows(page, ("shop <b> *1*",))
    assert {*names(cards(page, "Products"))} <= {*LABELS}

    page.goto(f"{address}/catalog?tab=statistics")
    page.locator("summary", has_text="All values as links").first.click()
    expect(page.get_by_test_id("stPageLink").get_by_role("link", name=re.compile(r"\(2\)$")).first).to_be_visible()
    shows(page, LABELS)
    expect(page.locator(".ytick text").first).to_be_visible()
    ticks = [without_added(text) for text in page.locator(".ytick text").all_text_contents()]
    assert {without_added(f"{label[:17]}…") for label in LABELS} <= set(ticks)
    bar = page.locator(".barlayer .point path").first
    bar.scroll_into_view_if_needed()
    box = bar.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    hovered = page.locator(".hoverlayer .hovertext")
    expect(hovered).to_be_visible()
    assert without_added(hovered.text_content()).removesuffix(": 2 products") in map(without_added, LABELS)

    page.goto(f"{address}/catalog?" + "&".join(f"{TYPE}={quote(label)}" for label in LABELS))
    chips = page.get_by_test_id("stMain").get_by_role("button", name=re.compile("^Article type: "))
    expect(chips).to_have_count(len(LABELS))
    shows(page, LABELS)
    page.get_by_role("button", name="Details of").first.click()
    expect(page.get_by_role("dialog").get_by_role("link", name="Find look-alikes")).to_be_visible()
    expect(page.get_by_role("dialog").locator("tbody tr")).to_have_count(4)
    details = without_added(page.get_by_role("dialog").text_content())
    assert details.count(LABELS[0]) == 4 and "Note <i> $x$ :red[y] -> z" in details

    page.goto(f"{address}/?product=105&k=14&more=103&{TYPE}%21={quote(LABELS[6])}")
    expect(query(page)).to_contain_text("tool")
    expect(page.get_by_role("heading", name=re.compile(r"^The \d+ most similar of \d+"))).to_be_visible()
    shows(page, (f"More like: {LABELS[3]}", f"Not article type: {LABELS[6]}", *LABELS[:6]))
    page.goto(f"{address}/?product=105&k=14")
    expect(page.get_by_role("heading", name=re.compile("^The 13 most similar"))).to_be_visible()
    shows(page, LABELS)
    cards(page).first.get_by_role("link").press("z")
    enlarged = page.get_by_role("dialog").locator(".shown .name")
    assert enlarged.all_inner_texts() == names(cards(page))[:1]
    page.keyboard.press("Escape")
    turn_to(page, "Why")
    expect(page.get_by_text("Main colors of the match")).to_be_visible()
    shows(page, (LABELS[5], COLUMN))
    for tab in ("Compare", "Step by step"):
        turn_to(page, tab)
        shows(page, (LABELS[5],))
    page.goto(f"{address}/?words={quote(LABELS[3])}")
    shows(page, (LABELS[3],))
    opened(page, "Results")

    page.goto(f"{address}/quality")
    expect(page.get_by_role("heading", name="Encoders")).to_be_visible()
    shows(page, ())
    page.goto(f"{address}/catalogs")
    shows(page, ("shop <b> *1*",))

    assert asked - {""} == {urlsplit(address).netloc}  # pictures of cards are asked of nobody


def test_who_copies_a_page_has_names_and_labels_character_by_character(page: Page, address: str) -> None:
    page.goto(f"{address}/catalog?tab=statistics")
    page.locator("summary", has_text="All values as links").first.click()
    expect(page.get_by_test_id("stPageLink").get_by_role("link", name=re.compile(r"\(2\)$")).first).to_be_visible()
    settled(page)
    page.keyboard.press("Control+a")
    copied = page.evaluate("getSelection().toString()")
    assert [label for label in LABELS if f"{plain(label)} (2)" not in copied] == []
    assert not ADDED.search(copied.replace(plain(LABELS[5]), "")), "only what turns the direction stands in an isolate"


def test_a_label_that_turns_the_direction_can_be_chosen(page: Page, address: str) -> None:
    page.goto(f"{address}/catalog")
    page.get_by_role("button", name="Filters", exact=True).click()
    page.get_by_role("combobox", name="Article type").click()
    page.get_by_role("option", name=re.compile("tool")).click()
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", name="2 of 14 products")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("^Article type: .*tool"))).to_be_visible()
