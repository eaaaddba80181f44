"""Cards in a real browser: by mouse, by key, by touch, for a screen reader, and without a jump."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.serving import serve
from tests.browser.visiting import GROUNDS, lasting_faults
from tests.samples import encoded, noise

SCRIPT = """
import time
from pathlib import Path
import streamlit as st
from prodsim.ui.cards import Card, Picture, show, skeleton

st.set_page_config(layout="wide")
st.title("Cards")
asked, here, marks = st.query_params, Path(__file__).parent, st.session_state.setdefault("marks", {})
layout = asked.get("layout", "results")
place = skeleton(6, key="found", layout=layout)
time.sleep(float(asked.get("wait", 0)))
if "hold" in asked:
    st.stop()
cards = [
    Card(
        str(number),
        f"Shirt {number} <b>" + " of a very long name" * 9 * (number == 2),
        f"?product={number}",
        None if number == 3 else (here / f"{number}.jpg").read_bytes(),
        "very close",
        1 - number / 10,
        number + 1,
        4 * (number == 1),
        (("Similarity", f"0.9{number}"),),
        marks.get(str(number), ""),
        "2 of 3" if number == 0 else "",
        "https://shop.example/4?size=m" if number == 4 else "",
    )
    for number in range(6)
]
if "chosen" in st.session_state:
    cards = [card for card in cards[::-1] if card.id != st.session_state["chosen"] or "drop" not in asked]

def act(action, id):
    st.session_state["acted"] = f"{action} {id}"
    marks[id] = action

with place:
    show(
        cards,
        key="found",
        on_choose=lambda id: st.session_state.update(chosen=id),
        on_act=act,
        actions=("why", "more", "less") if layout == "results" else ("details",),
        query=Picture((here / "0.jpg").read_bytes(), "The query"),
        muted="muted" in asked,
        layout=layout,
    )
with st.container(key="below"):
    st.write("chosen:", st.session_state.get("chosen", "none"))
    st.write("acted:", st.session_state.get("acted", "none"))
"""
WATCH = """
window.places = new Set()
const look = () => {
    const below = document.querySelector(".st-key-below")
    if (below) window.places.add(Math.round(below.getBoundingClientRect().top))
    requestAnimationFrame(look)
}
look()
"""
DESK, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
PIXEL = (
    "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile Safari/537.36"
)
BOXES = "elements => elements.map(element => element.getBoundingClientRect().toJSON())"


@pytest.fixture(scope="module")
def cards_at(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a page with six cards; the third has a long name, the fourth no picture."""
    folder = tmp_path_factory.mktemp("cards")
    (folder / "page.py").write_text(SCRIPT)
    for number in range(6):
        (folder / f"{number}.jpg").write_bytes(encoded(noise((36, 48), number), "JPEG"))
    with serve(folder, folder / "page.py") as address:
        yield address


@pytest.fixture
def desk(page: Page) -> Page:
    page.set_viewport_size(DESK)  # type: ignore[arg-type]
    page.add_init_script(WATCH)
    return page


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport=PHONE, user_agent=PIXEL, has_touch=True)  # type: ignore[arg-type]
    page.add_init_script(WATCH)
    yield page
    page.close()


def opened(page: Page, address: str, query: str = "") -> Locator:
    """The cards, when all have come."""
    page.goto(f"{address}/?{query}")
    cards = page.get_by_role("listitem").filter(has=page.get_by_role("link"))
    expect(cards).to_have_count(6)
    expect(page.locator(".st-key-below")).to_contain_text("acted")
    return cards


def in_focus(page: Page) -> str:
    """The name or the words of what has the focus."""
    return str(
        page.evaluate("""() => {
            let focused = document.activeElement
            while (focused.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement
            return focused.ariaLabel ?? focused.innerText
        }""")
    )


def test_a_card_is_a_link_which_a_plain_click_follows_within_the_visit(desk: Page, cards_at: str) -> None:
    cards = opened(desk, cards_at)
    link = cards.nth(2).get_by_role("link")
    expect(link).to_have_attribute("href", "?product=2")
    with desk.context.expect_page() as other:
        link.click(modifiers=["ControlOrMeta"])
    assert other.value.url.endswith("/?product=2")
    expect(desk.get_by_text("chosen: none")).to_be_visible()
    link.click()
    expect(desk.get_by_text("chosen: 2")).to_be_visible()
    assert "product" not in desk.url


def test_keys_go_from_card_to_card_and_press_what_has_the_focus(desk: Page, cards_at: str) -> None:
    cards = opened(desk, cards_at)
    cards.nth(0).get_by_role("link").focus()
    desk.keyboard.press("ArrowRight")
    assert in_focus(desk).startswith("2\nShirt 1 <b>\nvery close\n")
    for name in ("Enlarge", "+4 near-identical to", "Why", "More like"):
        desk.keyboard.press("Tab")
        assert in_focus(desk).startswith(f"{name} Shirt 1 <b>")
    desk.keyboard.press("Space")
    expect(desk.get_by_text("acted: more 1")).to_be_visible()
    expect(cards.nth(1).get_by_role("button", name="More like")).to_have_attribute("aria-pressed", "true")
    assert in_focus(desk).startswith("More like Shirt 1")
    desk.keyboard.press("Shift+Tab")
    desk.keyboard.press("Enter")
    expect(desk.get_by_text("acted: why 1")).to_be_visible()


def test_what_stays_on_the_page_is_not_drawn_anew(desk: Page, cards_at: str) -> None:
    cards = opened(desk, cards_at)
    cards.get_by_role("link").evaluate_all("links => links.forEach(link => (link.seen = true))")
    cards.nth(1).get_by_role("link").focus()
    desk.keyboard.press("Enter")
    expect(desk.get_by_text("chosen: 1")).to_be_visible()
    expect(cards.nth(4)).to_contain_text("Shirt 1")
    assert cards.get_by_role("link").evaluate_all("links => links.every(link => link.seen)")
    assert in_focus(desk).startswith("2\nShirt 1")


def test_who_follows_a_card_that_goes_stands_on_the_first_one(desk: Page, cards_at: str) -> None:
    opened(desk, cards_at, "drop=yes").nth(1).get_by_role("link").focus()
    desk.keyboard.press("Enter")
    expect(desk.get_by_text("chosen: 1")).to_be_visible()
    expect(desk.get_by_role("link", name="Shirt 1")).to_have_count(0)
    assert in_focus(desk).startswith("6\nShirt 5")


def test_a_picture_is_enlarged_beside_the_query_and_leads_to_the_next(desk: Page, cards_at: str) -> None:
    cards = opened(desk, cards_at)
    dialog = desk.get_by_role("dialog")
    cards.nth(1).get_by_role("link").focus()
    desk.keyboard.press("z")
    expect(dialog).to_have_accessible_name("Enlarge Shirt 1 <b>")
    for text in ("2 of 6", "The query", "Result 2", "very close", "0.90", "Similarity", "0.91"):
        expect(dialog.get_by_text(text, exact=True)).to_be_visible()
    shown = dialog.locator("img")
    assert shown.count() == 2 and all(picture.bounding_box()["width"] > 300 for picture in shown.all())  # type: ignore[index]
    desk.keyboard.press("ArrowLeft")
    desk.keyboard.press("ArrowLeft")
    expect(dialog).to_contain_text("6 of 6")
    dialog.get_by_role("button", name="Next").click()
    expect(dialog).to_contain_text("1 of 6")
    desk.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    assert in_focus(desk).startswith("2\nShirt 1")

    cards.nth(4).hover()
    cards.nth(4).get_by_role("button", name="Enlarge Shirt 4").click()
    expect(dialog).to_contain_text("5 of 6")
    desk.mouse.click(20, 400)
    expect(dialog).to_be_hidden()
    assert in_focus(desk).startswith("Enlarge Shirt 4")
    expect(desk.get_by_text("chosen: none")).to_be_visible()


def test_a_finger_enlarges_closes_follows_and_turns(phone: Page, cards_at: str) -> None:
    opened(phone, cards_at)
    dialog = phone.get_by_role("dialog")
    enlarge = phone.get_by_role("button", name="Enlarge Shirt 0")
    enlarge.tap()
    expect(dialog).to_contain_text("1 of 6")
    phone.touchscreen.tap(3, 400)
    expect(dialog).to_be_hidden()
    phone.get_by_role("link", name="Shirt 0").tap()
    expect(phone.get_by_text("chosen: 0")).to_be_visible()

    enlarge.tap()
    expect(dialog).to_contain_text("6 of 6")
    fingers = phone.context.new_cdp_session(phone)
    for kind, places in [("touchStart", [(300, 300)]), ("touchMove", [(200, 305)]), ("touchEnd", [])]:
        touches = [{"x": x, "y": y} for x, y in places]
        fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})
    expect(dialog).to_contain_text("1 of 6")


def test_a_desk_shows_five_in_a_row_and_a_phone_two_with_targets_for_fingers(
    desk: Page, phone: Page, cards_at: str
) -> None:
    for page, row, highest, target in [(desk, 5, 380, 32), (phone, 2, 310, 44)]:
        cards = opened(page, cards_at)
        boxes = cards.evaluate_all(BOXES)
        assert [box["y"] for box in boxes].count(boxes[0]["y"]) == row
        assert len({box["height"] for box in boxes}) == 1 and boxes[0]["height"] <= highest
        buttons = cards.get_by_role("button").evaluate_all(
            "all => all.map(one => one.getBoundingClientRect().toJSON())"
        )
        assert min(min(button["width"], button["height"]) for button in buttons) >= target
        assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]  # type: ignore[index]


@pytest.mark.parametrize("query", ["", "muted=yes", "layout=grid"])
def test_axe_finds_no_serious_fault_on_cards(desk: Page, cards_at: str, query: str) -> None:
    cards = opened(desk, cards_at, query)
    for scheme, ground in GROUNDS.items():
        desk.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        expect(desk.get_by_test_id("stApp")).to_have_css("background-color", ground)
        assert not lasting_faults(desk), scheme
        if not query:
            cards.nth(0).get_by_role("link").press("z")
            assert not lasting_faults(desk), f"enlarged, {scheme}"
            desk.keyboard.press("Escape")


@pytest.mark.parametrize("query", ["", "wait=1.5", "layout=grid&wait=1.5"])
def test_nothing_below_moves_when_cards_come(desk: Page, phone: Page, cards_at: str, query: str) -> None:
    for page in (desk, phone):
        cards = opened(page, cards_at, query)
        page.wait_for_timeout(500)
        assert len(page.evaluate("[...window.places]")) == 1
        cards.nth(0).get_by_role("button").last.click()
        expect(page.locator(".st-key-below")).not_to_contain_text("acted: none")
        assert len(page.evaluate("[...window.places]")) == 1


def test_places_of_cards_are_gray_until_these_come(desk: Page, cards_at: str) -> None:
    desk.goto(f"{cards_at}/?hold=yes")
    places = desk.locator("li.waiting")
    expect(places).to_have_count(6)
    expect(desk.get_by_text("Loading …")).to_be_attached()
    assert desk.get_by_role("listitem").count() == 0
    assert not lasting_faults(desk)
    before = [place.bounding_box() for place in places.all()]
    assert [card.bounding_box() for card in opened(desk, cards_at).all()] == before


SHOP = "Open Shirt 4 <b> in its shop"


def test_a_card_leads_to_the_shop_in_a_window_of_its_own_which_learns_nothing(desk: Page, cards_at: str) -> None:
    desk.context.route("https://shop.example/**", lambda route: route.fulfill(body="<p>The shop"))
    cards = opened(desk, cards_at)
    expect(desk.get_by_role("link", name="in its shop")).to_have_count(1)
    shop = cards.nth(4).get_by_role("link", name=SHOP)
    shop.focus()
    with desk.context.expect_page() as other:
        desk.keyboard.press("Enter")
    other.value.wait_for_load_state()
    assert other.value.url == "https://shop.example/4?size=m"
    assert other.value.evaluate("[document.referrer, window.opener]") == ["", None]
    other.value.close()
    expect(desk.get_by_text("chosen: none")).to_be_visible()
    heights = {box["height"] for box in cards.evaluate_all(BOXES)}
    assert len(heights) == 1, "a link takes no room"


@pytest.mark.parametrize("layout", ["results", "grid"])
def test_the_way_to_the_shop_lies_in_the_picture_and_can_be_touched(phone: Page, cards_at: str, layout: str) -> None:
    cards = opened(phone, cards_at, f"layout={layout}")
    shop, tile = cards.nth(4).get_by_role("link", name=SHOP), cards.nth(4).locator(".tile")
    (box,), (around,) = shop.evaluate_all(BOXES), tile.evaluate_all(BOXES)
    assert box["width"] >= 44 and box["height"] >= 44
    middle = (box["left"] + box["width"] / 2, box["top"] + box["height"] / 2)
    assert around["left"] < middle[0] < around["right"] and around["top"] < middle[1] < around["bottom"]


def test_which_picture_a_card_shows_is_told_to_who_does_not_see_it(desk: Page, cards_at: str) -> None:
    cards = opened(desk, cards_at)
    expect(cards.nth(0).get_by_role("link", name="picture 2 of 3")).to_have_count(1)
    expect(desk.get_by_role("link", name=re.compile(r"picture \d"))).to_have_count(1)
