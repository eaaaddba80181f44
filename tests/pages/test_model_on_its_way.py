"""Search while the model of the settings is fetched: the page answers at once, and offers it when it is here."""

import time
from collections.abc import Iterator
from dataclasses import replace

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from prodsim.config import load_settings
from prodsim.encoders import REGISTRY
from prodsim.ui import resources
from tests import publishing
from tests.pages.cards import cards
from tests.pages.running import no_error, run
from tests.publishing import Publisher

PATIENCE = 60
"""Seconds after which what should have happened has not."""


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Publisher]:
    """Gives what are said to be VGG16's weights, 1 MB."""
    monkeypatch.setenv("PRODSIM_OFFLINE", "0")
    monkeypatch.setenv("PRODSIM_ENCODER", "vgg16")
    st.cache_resource.clear()
    with publishing.publish(b"weights!" * (1 << 17)) as server:
        spec = REGISTRY["vgg16"]
        assert spec.weights is not None
        weights = replace(spec.weights, url=server.url, digest="size", size=len(server.content))
        monkeypatch.setitem(REGISTRY, "vgg16", replace(spec, weights=weights))
        yield server


def lines(page: AppTest) -> list[str]:
    return [caption.value for caption in page.caption if caption.value.startswith("Shown by")]


def test_results_are_shown_by_what_is_here_and_the_one_that_came_is_offered_and_begins_new_sessions(
    server: Publisher,
) -> None:
    page = run("app.py", product="103")
    no_error(page)
    assert len(cards(page)) == 5 and page.query_params["encoder"] == "mini"
    assert "VGG16 is on its way" in lines(page)[0]

    ends = time.monotonic() + PATIENCE
    while resources.fetch(REGISTRY["vgg16"], load_settings()).now.state != "done":
        assert time.monotonic() < ends
        time.sleep(0.05)
    page.run()
    assert lines(page) == [r"Shown by Mini\. VGG16 is here\."]
    assert page.button(key="show by").label == "Show by VGG16"
    assert page.query_params["encoder"] == "mini", "the query in sight stays until it is asked for"
    assert run("app.py").query_params["encoder"] == "vgg16"
