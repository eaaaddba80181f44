"""Links between places, followed as a browser does: with the address that they hold, and no other."""

from collections.abc import Mapping
from urllib.parse import parse_qs

from streamlit.testing.v1 import AppTest

from prodsim.ui.places import PLACES

Address = dict[str, list[str]]


def address(page: AppTest) -> Address:
    """Where the page is."""
    shown: Mapping[str, str | list[str]] = page.query_params
    return {name: value if isinstance(value, list) else [value] for name, value in shown.items()}


def leads_to(page: AppTest, label: str) -> Address:
    """The address of the only link with this label."""
    (link,) = [link for link in page.get("page_link") if link.label == label]
    return parse_qs(link.proto.query_string, keep_blank_values=True)


def follow(page: AppTest, label: str) -> AppTest:
    """The page after a click on the only link with this label."""
    (link,) = [link for link in page.get("page_link") if link.label == label]
    return arrive(page, link.proto.page, leads_to(page, label))


def arrive(page: AppTest, name: str, address: Address) -> AppTest:
    """The page at another address: `name` is its last part, which the start page has none of."""
    page.query_params.clear()
    page.query_params.update(address)
    scripts = {place.script.removeprefix("pages/").removesuffix(".py"): place.script for place in PLACES}
    return page.switch_page(scripts[name or "app"]).run()
