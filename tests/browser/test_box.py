"""The box to ask with, on the page `asking.py`, which counts how often it is drawn and says what it was asked."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.browser.asking import HOSTILE
from tests.browser.serving import serve
from tests.browser.visiting import GROUNDS, lasting_faults


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The page with the box."""
    with serve(tmp_path_factory.mktemp("box"), "tests/browser/asking.py") as address:
        yield address


@pytest.fixture
def box(page: Page, address: str) -> Locator:
    """The field, on the page in its first state."""
    page.goto(address)
    return ready(page)


def ready(page: Page) -> Locator:
    """The field, once the page is whole."""
    box = page.get_by_role("combobox", name="Search by words, a product's name or its id")
    expect(box).to_be_visible()
    expect(page.get_by_text("line 29")).to_have_count(1)
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    return box


def options(box: Locator) -> Locator:
    return box.page.get_by_role("listbox", name="Products").get_by_role("option")


def drawn(box: Locator, times: int) -> None:
    """Only a whole run of the page says this number."""
    expect(box.page.get_by_text(f"drawn {times} times", exact=True)).to_be_visible()


def said(box: Locator, text: str) -> None:
    expect(box.page.get_by_text(text, exact=True)).to_be_visible()


def offered(box: Locator, draft: str) -> Locator:
    """The options for this draft, once they are there."""
    expect(options(box)).to_have_count(6)
    expect(options(box).first).to_contain_text(f"{draft}-0")
    return options(box)


def closed(box: Locator) -> None:
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(options(box)).to_have_count(0)
    assert box.get_attribute("aria-activedescendant") is None


def active(box: Locator) -> Locator:
    """The option that is said to be active, which is the one that looks so."""
    marked = box.page.get_by_role("option", selected=True)
    expect(marked).to_have_count(1)
    assert marked.get_attribute("id") == box.get_attribute("aria-activedescendant")
    return marked


def test_no_letter_is_lost_and_none_draws_the_page_anew(box: Locator) -> None:
    box.press_sequentially("a red summer dress", delay=15)
    offered(box, "a red summer dress")
    expect(box).to_have_value("a red summer dress")
    expect(box).to_be_focused()
    box.press_sequentially(" for women", delay=250)
    offered(box, "a red summer dress for women")
    drawn(box, 1)
    said(box, "nothing yet")


def test_a_list_begins_with_the_second_letter(box: Locator) -> None:
    box.press_sequentially("r")
    box.page.wait_for_timeout(700)
    closed(box)
    box.press_sequentially("e")
    offered(box, "re")
    box.press("Backspace")
    closed(box)


def test_a_stale_answer_is_never_shown(box: Locator) -> None:
    box.page.evaluate("""() => {
        window.lists = []
        const root = document.querySelector(".st-key-box [data-testid=stBidiComponentIsolated]").shadowRoot
        const list = root.querySelector("ul")
        new MutationObserver(() => window.lists.push(list.textContent)).observe(list, { childList: true })
    }""")
    box.fill("red slow")
    box.page.wait_for_timeout(400)
    box.fill("red shoe")
    offered(box, "red shoe")
    lists = box.page.evaluate("window.lists")
    assert lists and all("red shoe-0" in text for text in lists)


def test_arrows_move_through_the_list_and_enter_chooses(box: Locator) -> None:
    box.fill("red")
    offered(box, "red")
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("ArrowDown")
    expect(active(box)).to_contain_text("red-0")
    box.press("ArrowDown")
    expect(active(box)).to_contain_text("red-1")
    for _ in range(3):
        box.press("ArrowUp")
    expect(active(box)).to_contain_text("red-5")
    expect(active(box)).to_be_in_viewport(ratio=1)
    box.press("Enter")
    said(box, "chose red-5")
    closed(box)
    expect(box).to_have_value("")  # as the page says


def test_typing_on_takes_the_choice_back_to_the_words(box: Locator) -> None:
    box.fill("red")
    offered(box, "red")
    box.press("ArrowDown")
    box.press_sequentially(" x")
    expect(box.page.get_by_role("option", selected=True)).to_have_count(0)
    box.press("Enter")
    said(box, "searched red x")


def test_enter_searches_the_words_and_the_field_shows_what_the_page_says(box: Locator) -> None:
    box.press_sequentially("  red  ", delay=10)
    box.press("Enter")
    said(box, "searched red")
    expect(box).to_have_value("RED")
    drawn(box, 2)
    box.page.wait_for_timeout(700)
    closed(box)  # although an answer to the draft may have come since
    box.fill("  ")
    box.press("Enter")
    box.page.wait_for_timeout(500)
    drawn(box, 2)


def test_what_is_typed_while_the_page_is_drawn_stays(box: Locator) -> None:
    box.fill("late")
    box.press("Enter")
    box.press_sequentially(" shoes", delay=10)
    said(box, "searched late")
    drawn(box, 2)
    expect(box).to_have_value("late shoes")
    offered(box, "late shoes")


def test_a_question_interrupts_a_page_that_takes_its_time(box: Locator) -> None:
    box.fill("long")
    box.press("Enter")
    said(box, "searched long")
    box.fill("red")
    box.press("Enter")
    expect(box.page.get_by_text("searched long; searched red", exact=True)).to_be_visible(timeout=15_000)
    drawn(box, 3)


def test_words_that_change_outside_are_shown(box: Locator) -> None:
    box.fill("half a wor")
    box.page.get_by_role("button", name="From outside").click()
    expect(box).to_have_value("from outside")
    expect(box.page.get_by_role("button", name="Clear")).to_be_visible()
    box.fill("")
    box.page.reload()
    ready(box.page)
    expect(box).to_have_value("")


def test_a_click_chooses_and_one_beside_the_list_closes_it(box: Locator) -> None:
    box.fill("red")
    offered(box, "red")
    box.page.get_by_role("heading", name="A page").click()
    closed(box)
    expect(box).to_have_value("red")
    box.press("ArrowDown")
    offered(box, "red").nth(2).click()
    said(box, "chose red-2")
    closed(box)
    drawn(box, 2)


def test_escape_closes_the_list_and_then_empties_the_field(box: Locator) -> None:
    box.fill("red")
    offered(box, "red")
    box.press("Escape")
    closed(box)
    expect(box).to_have_value("red")
    box.press("Escape")
    expect(box).to_have_value("")
    drawn(box, 1)


def test_a_button_empties_the_field_where_there_is_text(box: Locator) -> None:
    clear = box.page.get_by_role("button", name="Clear")
    expect(clear).to_have_count(0)
    box.fill("red")
    offered(box, "red")
    clear.click()
    expect(box).to_have_value("")
    expect(box).to_be_focused()
    expect(clear).to_have_count(0)
    closed(box)
    box.fill("red")
    offered(box, "red")
    box.press("Tab")
    expect(clear).to_be_focused()
    closed(box)
    clear.press("Enter")
    expect(box).to_have_value("")
    drawn(box, 1)


def test_no_more_is_taken_than_can_be_searched(box: Locator) -> None:
    box.press_sequentially("x" * 50)
    expect(box).to_have_value("x" * 40)


def test_names_and_ids_stand_letter_for_letter(box: Locator) -> None:
    box.fill("hostile")
    option = options(box)
    expect(option).to_have_count(1)
    shown = re.sub("[\u2068\u2069]", "", option.inner_text())
    assert shown.split("\n") == [HOSTILE, "<i>1</i>"]
    option.click()
    said(box, "chose <i>1</i>")


def test_how_many_fit_is_said_to_who_does_not_see_it(box: Locator) -> None:
    status = box.page.get_by_role("status").and_(box.page.locator("span"))
    box.fill("red")
    expect(status).to_have_text("6 products fit")
    box.fill("none")
    expect(status).to_have_text("No products fit")
    expect(box).to_have_attribute("aria-expanded", "false")


@pytest.mark.parametrize("size", [(1280, 900), (390, 844)], ids=["desktop", "phone"])
def test_the_list_lies_over_the_page_moves_nothing_and_has_no_serious_fault(
    box: Locator, size: tuple[int, int]
) -> None:
    page, (width, height) = box.page, size
    page.set_viewport_size({"width": width, "height": height})
    below = page.get_by_text("nothing yet")
    before = below.bounding_box()
    box.fill("red")
    offered(box, "red")
    assert below.bounding_box() == before
    seen = page.evaluate("""() => {
        const root = document.querySelector(".st-key-box [data-testid=stBidiComponentIsolated]").shadowRoot
        const places = [...root.querySelectorAll("li")].map((item) => item.getBoundingClientRect())
        return places.map(({ left, top, width, height }) =>
            root.elementFromPoint(left + width / 2, top + height / 2)?.closest("li") !== null)
    }""")
    assert seen == [True] * 6
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    box.press("ArrowDown")
    for scheme, ground in GROUNDS.items():
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        expect(page.get_by_test_id("stApp")).to_have_css("background-color", ground)
        assert not lasting_faults(page), scheme
        expect(active(box)).to_contain_text("red-0")


def test_the_list_follows_its_field_when_the_page_is_scrolled(box: Locator) -> None:
    page = box.page
    box.fill("red")
    offered(box, "red")
    page.mouse.move(640, 850)
    page.mouse.wheel(0, 60)
    page.wait_for_timeout(500)
    field, first = box.bounding_box(), options(box).first.bounding_box()
    assert field and first and field["y"] < 150
    assert 0 < first["y"] - (field["y"] + field["height"]) < 20


def test_the_place_of_the_box_is_kept_free_until_it_is_there(page: Page, address: str) -> None:
    held: list[Route] = []
    page.route("**/BidiComponent*", lambda route: held.append(route))
    page.goto(address)
    below = page.get_by_text("nothing yet")
    expect(below).to_be_visible()
    expect(page.locator(".st-key-box").get_by_test_id("stSkeleton")).to_have_count(1)
    before = below.bounding_box()
    for route in held:
        route.continue_()
    ready(page)
    assert below.bounding_box() == before


def test_a_finger_chooses_on_a_phone(browser: Browser, address: str) -> None:
    phone = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = phone.new_page()
    page.goto(address)
    box = ready(page)
    box.tap()
    page.keyboard.type("red", delay=50)
    targets = [box, page.get_by_role("button", name="Clear"), *offered(box, "red").all()]
    for target in targets:
        place = target.bounding_box()
        assert place and place["height"] >= 44 and place["width"] >= 44 and place["x"] + place["width"] <= 390
    options(box).nth(1).tap()
    said(box, "chose red-1")
    closed(box)
    expect(box).not_to_be_focused()  # the keyboard makes room for what was found
    box.tap()
    page.keyboard.type("ab")
    offered(box, "ab")
    page.get_by_role("button", name="Clear").tap()
    closed(box)
    expect(box).to_have_value("")
    phone.close()
