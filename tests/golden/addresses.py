"""Addresses: the names in them, how places open, and what becomes of an address, old ones included."""

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import streamlit as st
from starlette.requests import Request
from starlette.routing import Route
from streamlit.components.v2 import manifest_scanner
from streamlit.source_util import page_icon_and_name
from streamlit.testing.v1 import AppTest

from prodsim.api import routes
from prodsim.ui import address
from prodsim.ui.places import PLACES
from tests.needs import ROOT
from tests.pages.cards import cards
from tests.pages.running import run

SCRIPTS = ("app.py", *sorted(f"pages/{path.name}" for path in (ROOT / "pages").glob("*.py")))

Address = Mapping[str, str | list[str]]

VISITS: dict[str, tuple[str, Address]] = {
    "a product": ("similar", {"product": "10117"}),
    "a product, all choices": (
        "similar",
        {"product": "10001", "k": "7", "scoring": "linear", "include_query": "true", "catalog": "demo"},
    ),
    "a product, marked": ("similar", {"product": "10001", "more": ["10024", "10155"], "less": "10074"}),
    "a product, filtered": (
        "similar",
        {"product": "10008", "gender": "Men", "articleType": ["Shirts", "Tshirts"], "baseColour!": "White"},
    ),
    "a product, turned": ("", {"product": "10008", "pivot": "color", "gender": "Men"}),
    "a product, compared": ("compare", {"product": "10117", "gender": "Women"}),
    "a product, step by step": ("how", {"product": "10117", "scoring": "linear", "include_query": "true"}),
    "a product, explained": ("", {"product": "10117", "tab": "why"}),
    "words": ("similar", {"words": "red summer dress", "k": "3"}),
    "words, filtered": ("similar", {"words": "black shoe", "gender": "Women"}),
    "words and a product": ("similar", {"words": "blue jeans", "product": "10117", "more": "10024"}),
    "a comparison": ("compare", {"product": "10117", "words": "blue jeans", "gender": "Women"}),
    "a photo of someone else": ("", {"photo": "0123abcd", "gender": "Women"}),
    "nothing": ("similar", {}),
    "nothing, filtered": ("", {"season": ["Fall", "Winter"], "scoring": "linear"}),
    "wrong choices": ("similar", {"k": "0", "scoring": "cosine", "include_query": "perhaps", "encoder": "vgg61"}),
    "wrong places": ("", {"product": "10001", "tab": "statistics", "pivot": "size"}),
    "a product that is not there": ("similar", {"product": "1", "more": ["2", "10024"], "less": "10024"}),
    "filters that are not there": ("similar", {"color": "Red", "gender": ["Cats", "Men"], "catalog": "shop"}),
    "a page of the catalog": ("catalog", {"gender": "Women", "page": "2", "k": "9"}),
    "a name looked for": ("catalog", {"find": "red dress", "page": "2"}),
    "the catalog's statistics": ("catalog", {"tab": "statistics", "season": ["Fall", "Winter"]}),
    "an overview": ("", {"season": ["Fall", "Winter"], "product": "10117", "scoring": "linear"}),
    "a choice of catalogs": ("your_catalog", {"catalog": "demo", "k": "7"}),
}
"""The last part of an address, which may be that of a page that has moved, and the parameters."""


def names() -> dict[str, Any]:
    """The parameters of an address, and the tabs that it may name."""
    return {
        "how": address.HOW,
        "what": address.WHAT,
        "tabs": {place.script: [*place.tabs] for place in PLACES if place.tabs},
        "filters": [address.parameter(name) for name in ("gender", "gender!", "product")],
    }


def menu(kept: Path) -> list[list[str]]:
    """The places that every place leads to: label and path."""
    page = _run(kept, "app.py", {})
    (row,) = [block for block in page.main if getattr(block, "key", None) == "menu"]
    return [[link.label, link.proto.page] for link in row.get("page_link")]


def opened(kept: Path, script: str) -> dict[str, Any]:
    """The path of a place, and the address that it has after it was opened without any choice."""
    return {"path": _path(script)} | _shown(_run(kept, script, {}))


def visited(kept: Path, visit: str) -> dict[str, Any]:
    """Where one of VISITS leads, what becomes of its address, and the products on the cards there."""
    path, asked = _moved(*VISITS[visit])
    script = next(script for script in SCRIPTS if _path(script) == path)
    page = _run(kept, script, asked, PRODSIM_ENCODER="pixels")
    return {"path": path, "found": _found(page)} | _shown(page)


def _path(script: str) -> str:
    return "" if script == "app.py" else page_icon_and_name(Path(script))[1]


def _moved(path: str, asked: Address) -> tuple[str, Address]:
    """Where the server sends who asks for this, if it does."""
    query = urlencode(asked, doseq=True)
    for route in routes():
        if isinstance(route, Route) and route.path == f"/{path}":
            answer = asyncio.run(route.endpoint(Request({"type": "http", "query_string": query.encode()})))
            there = urlsplit(answer.headers["location"])
            return there.path.removeprefix("./"), parse_qs(there.query)
    return path, asked


@contextmanager
def server() -> Iterator[None]:
    """What visitors share is of this one alone, and lasts from one visit to the next."""
    _forget()
    with pytest.MonkeyPatch.context() as patch:  # Streamlit looks through all packages for components at every visit
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield
    _forget()


def _forget() -> None:
    st.cache_resource.clear()
    st.cache_data.clear()


def _run(kept: Path, script: str, address: Address, **environment: str) -> AppTest:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {"PRODSIM_CACHE_DIR": str(kept), **environment}.items():
            patch.setenv(name, value)
        page = run(script, **address)
    assert not page.exception
    return page


def _found(page: AppTest) -> list[str]:
    drawn = [part.key for part in page.get("bidi_component") if part.proto.component_name == "cards"]
    return [card["id"] for key in drawn for card in cards(page, key)]


def _shown(page: AppTest) -> dict[str, Any]:
    return {
        "address": {name: page.query_params[name] for name in page.query_params},
        "warnings": [warning.value for warning in page.warning],
        "errors": [error.value for error in page.error],
    }
