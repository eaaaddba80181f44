"""What is in the catalog, in figures: a bar, a cell or a link opens its products."""

import re

from playwright.sync_api import Locator, Page, WebSocketRoute, expect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.PageInfo_pb2 import PageInfo

from tests.browser.visiting import VIEWS, five_results, opened, says


def test_a_click_on_a_bar_opens_its_products_and_does_so_once(page: Page, address: str) -> None:
    page.goto(f"{address}/catalog?tab=statistics&gender=Women")
    figure = _figure(page, "articleType")
    label = str(figure.locator(".ytick text").first.text_content())
    _click(figure.locator(".barlayer .point path").first)

    opened(page, "Browse")
    says(page, gender="Women", articleType=label)
    expect(page.get_by_role("button", name=f"Article type: {label}")).to_be_visible()

    page.go_back()
    expect(_figure(page, "articleType").locator(".barlayer .point").first).to_be_visible()
    opened(page, "Statistics")
    says(page, gender="Women", tab="statistics")


def test_a_click_on_a_cell_opens_a_type_in_a_color(page: Page, address: str) -> None:
    page.goto(address + VIEWS["Statistics"])
    _click(_figure(page, "types-and-colors").locator(".barlayer .point path").nth(11))
    opened(page, "Browse")
    expect(page).to_have_url(re.compile(r"/catalog\?.*articleType=.*&baseColour="))


def test_a_value_can_be_opened_with_the_keyboard_alone(page: Page, address: str) -> None:
    _open_a_value(page, address)
    expect(page).to_have_url(re.compile(r"/catalog\?.*articleType="))


def test_an_opened_value_stays_in_the_address_when_the_page_before_writes_its_own_late(
    page: Page, address: str
) -> None:
    def relay(socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()

        def from_page(message: str | bytes) -> None:
            if isinstance(message, bytes) and "articleType=" in BackMsg.FromString(message).rerun_script.query_string:
                late = ForwardMsg(page_info_changed=PageInfo(query_string="catalog=demo"))
                socket.send(late.SerializeToString())
            server.send(message)

        socket.on_message(from_page)

    page.route_web_socket(re.compile("/_stcore/stream"), relay)
    _open_a_value(page, address)
    opened(page, "Browse")
    expect(page).to_have_url(re.compile(r"/catalog\?.*articleType="))


def test_a_product_of_the_strip_leads_to_its_look_alikes(page: Page, address: str) -> None:
    page.goto(address + VIEWS["Statistics"])
    page.locator(".st-key-samples").get_by_test_id("stPageLink").get_by_role("link").first.click()
    five_results(page)


def test_a_phone_has_nothing_wider_than_its_screen(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(address + VIEWS["Statistics"])
    expect(_figure(page, "types-and-colors")).to_be_visible()
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 390


def _open_a_value(page: Page, address: str) -> None:
    page.goto(address + VIEWS["Statistics"])
    page.locator("summary", has_text="All values as links").first.focus()
    page.keyboard.press("Enter")
    link = page.get_by_test_id("stPageLink").get_by_role("link", name=re.compile(r"\(\d+\)$")).first
    link.focus()
    page.keyboard.press("Enter")


def _figure(page: Page, name: str) -> Locator:
    return page.locator(f"[class*='st-key-figure-{name}']")


def _click(shape: Locator) -> None:
    """In its middle, as a visitor does: Plotly takes clicks on a layer over the shapes."""
    shape.scroll_into_view_if_needed()
    box = shape.bounding_box()
    assert box
    shape.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    shape.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
