"""Where an old address leads, asked of a server that has no other routes."""

from collections.abc import Mapping
from urllib.parse import urljoin, urlsplit

import pytest
from starlette.applications import Starlette

from prodsim.api.moved import Place, redirects
from tests.api import asgi

MOVED = {"similar": Place(), "compare": Place(tab="compare"), "your_catalog": Place("catalogs")}
QUERY = "product=10001&color=Navy%20Blue&color=Red+%26+White&words=caf%C3%A9&k=7&more=&url=%2F%2Fe&scoring=linear"
"""Repeated and empty parameters, and everything that an address may encode."""


def ask(address: str, *, base: str = "", method: str = "GET") -> tuple[int, Mapping[str, str]]:
    """Status and headers of the answer."""
    answer = asgi.ask(Starlette(routes=redirects(MOVED, base)), address, method)
    return answer.status, answer.headers


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/similar", "./"),
        (f"/similar?{QUERY}", f"./?{QUERY}"),
        ("/compare", "./?tab=compare"),
        (f"/compare?{QUERY}", f"./?{QUERY}&tab=compare"),
        ("/compare?tab=steps&k=3", "./?tab=steps&k=3"),
        ("/compare?k=3&%74ab=", "./?k=3&%74ab="),
        ("/your_catalog?catalog=shop", "./catalogs?catalog=shop"),
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_an_old_address_leads_to_the_same_query_in_the_new_place(old: str, new: str, method: str) -> None:
    status, headers = ask(old, method=method)
    assert (status, headers["location"]) == (307, new)


@pytest.mark.parametrize(("base", "start"), [("", "/"), ("shop", "/shop/"), ("/a/b/", "/a/b/")])
def test_below_a_base_address_it_leads_to_a_place_below_it(base: str, start: str) -> None:
    for old, new in (("similar?k=3", "?k=3"), ("your_catalog", "catalogs")):
        status, headers = ask(f"{start}{old}", base=base)
        assert status == 307
        behind_a_proxy = f"https://proxy.example/prefix{start}"
        assert urljoin(f"{behind_a_proxy}{old}", headers["location"]) == f"{behind_a_proxy}{new}"
    if base:
        assert ask("/similar", base=base)[0] == 404


@pytest.mark.parametrize(
    "address",
    [
        "//evil.example/similar",
        "/\\evil.example/similar",
        "/similar//evil.example",
        "/similar/..//evil.example",
        "/similar\\\\evil.example",
        "/evil.example",
        "/similar?//evil.example",
        "/similar?https://evil.example/?tab=",
        "/compare?\\\\evil.example",
        "/compare?#//evil.example",
    ],
)
def test_no_address_leads_to_another_server(address: str) -> None:
    status, headers = ask(address)
    assert status in (307, 404)
    if status == 307:
        new = urlsplit(urljoin("http://shop.example/similar", headers["location"]))
        assert (new.scheme, new.netloc, new.path) == ("http", "shop.example", "/")


def test_an_address_cannot_write_headers_of_its_own() -> None:
    status, headers = ask("/similar?a=1\r\nSet-Cookie: x=1\n\x00é ü")
    assert status == 307 and set(headers) == {"location", "content-length"}
    assert headers["location"] == "./?a=1%0D%0ASet-Cookie:%20x=1%0A%00%E9%20%FC"


def test_only_who_reads_is_led_on() -> None:
    assert ask("/similar", method="POST")[0] == 405
    assert ask("/similarity")[0] == ask("/catalogs")[0] == ask("/")[0] == 404
