"""Addresses: the names in them, how pages open, and what becomes of an address on the page of look-alikes."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
import streamlit as st
from streamlit.components.v2 import manifest_scanner
from streamlit.source_util import page_icon_and_name
from streamlit.testing.v1 import AppTest

from prodsim.ui import state
from tests.needs import ROOT
from tests.pages.running import run

SIMILAR, CATALOG, COMPARE, HOW = (f"pages/{name}.py" for name in ("similar", "catalog", "compare", "how"))
SCRIPTS = ("app.py", *sorted(f"pages/{path.name}" for path in (ROOT / "pages").glob("*.py")))

Address = dict[str, str | list[str]]

VISITS: dict[str, tuple[str, Address]] = {
    "a product": (SIMILAR, {"product": "10117"}),
    "a product, all choices": (
        SIMILAR,
        {"product": "10001", "k": "7", "scoring": "linear", "include_query": "true", "catalog": "demo"},
    ),
    "a product, marked": (SIMILAR, {"product": "10001", "more": ["10024", "10155"], "less": "10074"}),
    "a product, filtered": (
        SIMILAR,
        {"product": "10008", "gender": "Men", "articleType": ["Shirts", "Tshirts"], "baseColour!": "White"},
    ),
    "words": (SIMILAR, {"words": "red summer dress", "k": "3"}),
    "words, filtered": (SIMILAR, {"words": "black shoe", "gender": "Women"}),
    "words and a product": (SIMILAR, {"words": "blue jeans", "product": "10117", "more": "10024"}),
    "wrong choices": (SIMILAR, {"k": "0", "scoring": "cosine", "include_query": "perhaps", "encoder": "vgg61"}),
    "a product that is not there": (SIMILAR, {"product": "1", "more": ["2", "10024"], "less": "10024"}),
    "filters that are not there": (SIMILAR, {"color": "Red", "gender": ["Cats", "Men"], "catalog": "shop"}),
    "a page of the catalog": (CATALOG, {"gender": "Women", "page": "2", "k": "9"}),
    "a name looked for": (CATALOG, {"find": "red dress", "page": "2"}),
    "an overview": ("app.py", {"season": ["Fall", "Winter"], "product": "10117", "scoring": "linear"}),
    "a comparison": (COMPARE, {"product": "10117", "words": "blue jeans", "gender": "Women"}),
    "a product, step by step": (HOW, {"product": "10117", "scoring": "linear", "include_query": "true"}),
}


def names() -> dict[str, Any]:
    """The parameters of an address, and the session's keys that go with them."""
    constants = ("CATALOG", "ENCODER", "K", "SCORING", "INCLUDE_QUERY")
    constants += ("PRODUCT", "WORDS", "FIND", "PAGE", "MORE", "LESS", "MARKED_FOR")
    return {
        "names": {name: getattr(state, name) for name in constants},
        "how": state.HOW,
        "what": state.WHAT,
        "key of a filter": state.filter_key("gender"),
    }


def menu(kept: Path) -> list[list[str]]:
    """The pages that every page leads to: label and path."""
    links = _run(kept, "app.py", {}).sidebar.get("page_link")
    return [[link.label, link.proto.page] for link in links]


def opened(kept: Path, script: str) -> dict[str, Any]:
    """The path of a page, and the address that it has after it was opened without any choice."""
    path = "" if script == "app.py" else page_icon_and_name(Path(script))[1]
    return {"path": path} | _shown(_run(kept, script, {}))


def visited(kept: Path, visit: str) -> dict[str, Any]:
    """What becomes of the address of one of VISITS, and the products that the page found or leads to, if it says."""
    script, address = VISITS[visit]
    page = _run(kept, script, address, PRODSIM_ENCODER="pixels")
    return {"found": _found(page)} | _shown(page)


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
    for table in page.dataframe:
        if {"rank", "id"} <= {*table.value.columns}:
            return list(table.value["id"])
    queries = [parse_qs(link.proto.query_string) for link in page.main.get("page_link")]
    return list(dict.fromkeys(id_ for query in queries for id_ in query.get("product", [])))


def _shown(page: AppTest) -> dict[str, Any]:
    return {
        "address": {name: page.query_params[name] for name in page.query_params},
        "warnings": [warning.value for warning in page.warning],
        "errors": [error.value for error in page.error],
    }
