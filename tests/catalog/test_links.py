"""Which texts of a catalog may be followed as a link."""

from pathlib import Path
from string import printable
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prodsim.catalog import Product, Schema, web_link
from prodsim.catalog.links import LONGEST_LINK

SHOP = "https://shop.example/products/red-shirt?variant=12&color=red#top"


@pytest.mark.parametrize(
    "address",
    [
        SHOP,
        "http://shop.example",
        "HTTPS://Shop.Example/A",
        "https://shop.example:8443/1",
        "https://xn--kleidergre-57a.example/größe/%20a",
        "https://größe.example/商品/1",
        "https://[2001:db8::1]/1",
    ],
)
def test_an_address_of_the_web_is_a_link_letter_for_letter(address: str) -> None:
    assert web_link(address) == address
    assert web_link(f"  {address} ") == address


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no",
        "shop.example/1",
        "/products/1",
        "//shop.example/1",
        "javascript:alert(1)",
        "JavaScript:alert(1)//https://shop.example",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "file:///etc/passwd",
        "ftp://shop.example/1",
        "https:",
        "https://",
        "https:///1",
        "https://:80/1",
        "https://shop.example:port/",
        "https://shop.example:99999/",
        "https://shop.example:0/",
        "https://[shop/1",
        "https://shop.example@evil.example/",
        "https://user:secret@shop.example/",
        "https://shop.example/a b",
        "https://shop.example/\n1",
        "\thttps://shop.example/1",
        "https://shop.example/\x00",
        "https://shop.example/\x7f",
        "https://shop.example/\u202egnp.1",
        "https://shop.example/\u200b1",
        "https://shop.example/\u00a01",
        "https://shop.example/\ud8001",
        'https://shop.example/" onclick="alert(1)',
        "https://shop.example/'1",
        "https://shop.example/<b>",
        "https://shop.example\\@evil.example/",
        "https://shop.example/{{7*7}}",
        "https://shop.example/`1`",
        "https://sh\u2100op.example/",
        f"https://shop.example/{'a' * 100_000}",
    ],
)
def test_what_is_no_whole_address_or_hides_something_is_no_link(text: str) -> None:
    assert web_link(text) == ""


def test_an_address_is_a_link_up_to_a_length() -> None:
    longest = "https://shop.example/".ljust(LONGEST_LINK, "a")
    assert web_link(longest) == longest
    assert web_link(f"{longest}a") == ""


@given(
    st.one_of(st.text(), st.text(printable).map("https://shop.example/{}".format), st.text().map("http://{}".format))
)
def test_whatever_is_a_link_is_one_of_the_web_without_quotes_and_blanks(text: str) -> None:
    link = web_link(text)
    assert link in ("", text.strip(" "))
    if link:
        assert urlsplit(link).scheme in ("http", "https") and urlsplit(link).hostname
        assert link.isprintable() and not {*" \"'<>\\"} & {*link}


@pytest.mark.parametrize(("cell", "link"), [(SHOP, SHOP), ("javascript:alert(1)", ""), (None, "")])
def test_a_product_has_the_link_of_its_column_if_it_is_one(cell: str | None, link: str) -> None:
    attributes = {"url": cell} if cell else {}
    product = Product("1", "Shirt", attributes, (Path("1.jpg"),), Schema({"link": "url"}))
    assert product.link == link
    assert Product("1", "Shirt", attributes, (Path("1.jpg"),)).link == ""
