"""A small shop for the pages' tests; nothing is kept from the test before."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import streamlit as st
from streamlit.components.v2 import manifest_scanner

from prodsim.ui import visitors
from tests.pages.running import attributes, rainbow, two_colored
from tests.samples import write_catalog


@pytest.fixture(autouse=True, scope="package")
def scanned_once() -> Iterator[None]:
    """Streamlit looks through every installed package for components whenever a page is made: half of a test's time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who visits sits at the machine, which a test without a connection cannot tell."""
    monkeypatch.setattr(visitors, "sits_here", lambda: True)


@pytest.fixture(autouse=True)
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a catalog of twelve pictures, white above and colored below, searched with `pixels`."""
    st.cache_resource.clear()
    st.cache_data.clear()
    pictures = {id_: two_colored(color) for id_, color in rainbow(12).items()}
    folder = write_catalog(tmp_path / "shop", pictures, attributes(list(pictures)), suffix=".png")
    monkeypatch.setenv("PRODSIM_CATALOG", str(folder))
    monkeypatch.setenv("PRODSIM_ENCODER", "pixels")
    return folder


@pytest.fixture
def colorful(shop: Path) -> Path:
    """The shop with a color and a year for each product: six red ones, five blue ones, one without a color."""
    header, *rows = (shop / "styles.csv").read_text().splitlines()
    colors = ["Red"] * 6 + ["Blue"] * 5 + [""]
    rows = [f"{row},{color},{2000 + place // 4}" for place, (row, color) in enumerate(zip(rows, colors, strict=True))]
    (shop / "styles.csv").write_text("\n".join([f"{header},baseColour,year", *rows]))
    return shop
