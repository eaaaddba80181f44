"""Which model is searched with, and the line that says so, on a page of nothing else."""

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from prodsim.config import load_settings
from prodsim.encoders import REGISTRY, Available, EncoderSpec, status
from prodsim.errors import UnknownEncoder
from prodsim.ui import models, resources
from tests import publishing
from tests.publishing import BLOCK, Publisher
from tests.samples import noise

PATIENCE = 60
"""Seconds after which what should have happened has not."""


def a_page() -> None:
    """A new session begins with the model that is here; the end of the page begins the fetch."""
    import streamlit as st

    from prodsim.encoders import encoder_spec
    from prodsim.ui import model_line, models, resources

    settings = resources.settings()
    if "encoder" not in st.session_state:
        st.session_state["encoder"] = st.query_params.get("encoder", models.beginning(settings))
    asked = encoder_spec(st.session_state["encoder"])
    shown = models.at_hand(asked.name, settings).spec
    wanted = None if asked is shown else asked
    model_line.line(shown, settings, lambda name: st.session_state.update(encoder=name), wanted)
    st.text(f"by {shown.name}")
    models.fetch_missing(settings)


def visit(**address: str) -> AppTest:
    page = AppTest.from_function(a_page, default_timeout=PATIENCE)
    for name, value in address.items():
        page.query_params[name] = value
    page.run()
    assert not page.exception
    return page


def said(page: AppTest) -> list[str]:
    """The lines, and what they have under details."""
    assert not page.exception
    return [caption.value.replace("\\", "") for caption in page.caption]


def fetched(state: str = "done") -> None:
    """Wait until the fetch of VGG16 has ended so."""
    ends = time.monotonic() + PATIENCE
    while resources.fetch(REGISTRY["vgg16"], resources.settings()).now.state != state:
        assert time.monotonic() < ends
        time.sleep(0.01)


@pytest.fixture
def not_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    """No fetch begins."""
    monkeypatch.setattr(models, "fetch_missing", lambda settings: None)


# which model


def test_a_session_begins_with_the_best_that_is_here_and_with_the_one_of_the_settings_once_it_is(
    online: None, server: Publisher
) -> None:
    settings = load_settings()
    assert models.beginning(settings) == models.at_hand("vgg16", settings).spec.name == "mini"
    settings.weights_dir.mkdir(parents=True)
    (settings.weights_dir / REGISTRY["vgg16"].weights.file).write_bytes(server.content)  # type: ignore[union-attr]
    assert models.beginning(settings) == models.at_hand("vgg16", settings).spec.name == "vgg16"
    assert models.beginning(settings.replace(encoder="pixels")) == "pixels"
    assert server.asked == []


def test_a_name_that_no_encoder_has_is_left_to_who_reads_it(online: None) -> None:
    settings = load_settings(encoder="vgg99")
    assert models.beginning(settings) == "vgg99"
    with pytest.raises(UnknownEncoder, match="vgg99"):
        models.at_hand("vgg99", settings)
    models.fetch_missing(settings)


# the line


def test_the_fetch_begins_by_itself_and_the_page_stands_meanwhile(online: None, server: Publisher) -> None:
    server.pause_at = 20 * BLOCK
    page = visit()
    assert page.text[0].value == "by mini"
    assert said(page) == ["Shown by Mini. VGG16 is on its way: 0 of 3 MB."]
    while resources.fetch(REGISTRY["vgg16"], resources.settings()).now.done < 20 * BLOCK:
        time.sleep(0.01)
    assert said(page.run()) == ["Shown by Mini. VGG16 is on its way: 1 of 3 MB."]
    assert server.asked == ["all"]


def test_when_it_is_here_the_line_offers_to_show_by_it_and_the_next_session_begins_with_it(
    online: None, server: Publisher
) -> None:
    page = visit()
    fetched()
    assert said(page.run()) == ["Shown by Mini. VGG16 is here."]
    assert page.text[0].value == "by mini"
    assert page.button(key="show by").label == "Show by VGG16"
    page.button(key="show by").click().run()
    assert page.text[0].value == "by vgg16" and said(page) == []
    page.session_state["encoder"] = "mini"  # chosen again: that VGG16 is here is no news any more
    assert said(page.run()) == []
    other = visit()
    assert other.text[0].value == "by vgg16" and said(other) == []


def test_who_chooses_another_model_than_the_one_that_is_here_is_left_alone(online: None, server: Publisher) -> None:
    visit()
    fetched()
    assert said(visit(encoder="mini")) == []


def test_a_line_that_is_dismissed_stays_away_until_there_is_other_news(online: None, server: Publisher) -> None:
    server.pause_at = 20 * BLOCK
    page = visit()
    page.button(key="dismiss fetching").click().run()
    assert said(page) == said(page.run()) == []
    server.go_on.set()
    fetched()
    assert said(page.run()) == ["Shown by Mini. VGG16 is here."]
    page.button(key="dismiss here").click().run()
    assert said(page) == said(page.run()) == []


def test_a_fetch_that_failed_is_said_with_the_reason_under_details_and_can_be_tried_again(
    online: None, server: Publisher
) -> None:
    server.cuts = [20 * BLOCK, 0]
    page = visit()
    fetched("failed")
    line, details = said(page.run())
    assert line == "Shown by Mini. VGG16 could not be fetched."
    assert "the connection broke off. Run `python -m prodsim download vgg16` where" in details
    server.asked.clear()
    server.pause_at = 20 * BLOCK
    page.button(key="fetch again").click().run()
    assert said(page) == ["Shown by Mini. VGG16 is on its way: 1 of 3 MB."]
    server.go_on.set()
    fetched()
    assert said(page.run()) == ["Shown by Mini. VGG16 is here."]
    assert server.asked == [f"bytes={20 * BLOCK}-"]


def test_who_dismissed_a_failure_hears_no_more_until_it_is_here(online: None, server: Publisher) -> None:
    server.cuts = [0, 0]
    page, other = visit(), visit()
    fetched("failed")
    page.run().button(key="dismiss failed").click().run()
    assert said(page) == []
    other.run().button(key="fetch again").click().run()
    fetched("failed")
    assert said(page.run()) == []
    other.run().button(key="fetch again").click().run()
    fetched()
    assert said(page.run()) == ["Shown by Mini. VGG16 is here."]


def test_offline_nothing_is_fetched_and_the_remedy_is_under_details(
    online: None, server: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRODSIM_OFFLINE", "1")
    page = visit()
    line, details = said(page)
    assert line == "Shown by Mini. VGG16 cannot be fetched here."
    assert details.startswith("PRODSIM_OFFLINE is set. Run `python -m prodsim download vgg16` where there is a network")
    assert ".h5 into weights. The log of this app says where" in details
    assert [button.label for button in page.button] == [""]
    page.button(key="dismiss missing").click().run()
    assert said(page) == said(page.run()) == []
    assert server.asked == []


def test_a_model_that_is_asked_for_and_not_here_is_what_the_line_speaks_of_and_fetched_as_well(
    online: None, server: Publisher, publish: Callable[[Publisher], EncoderSpec], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRODSIM_ENCODER", "pixels")
    assert said(visit()) == []
    page = visit(encoder="vgg16")
    assert page.text[0].value == "by mini"
    assert said(page) == ["Shown by Mini. VGG16 is on its way: 0 of 3 MB."]
    fetched()
    assert page.run().text[0].value == "by vgg16"


def test_a_preset_is_not_fetched_and_the_line_says_why_it_cannot_be_used(
    online: None, not_begun: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("prodsim.encoders.hub.find_spec", lambda name: None)
    line, details = said(visit(encoder="dinov2_small"))
    assert line == "Shown by Mini. DINOv2 small cannot be used here: KerasHub is not installed."
    assert details == "Run `pip install -r requirements-transformers.txt`."


def test_weights_that_are_not_the_published_ones_are_said_to_be_so(online: None) -> None:
    folder = resources.settings().weights_dir
    folder.mkdir(parents=True)
    (folder / REGISTRY["vgg16"].weights.file).write_bytes(b"mine")  # type: ignore[union-attr]
    line, details = said(visit())
    assert line == "Shown by VGG16. Its weights are not the published ones."
    assert "not the published weights. The log of this app says where" in details and str(folder) not in details


# the network itself


@pytest.fixture
def vgg16(
    publish: Callable[[Publisher], EncoderSpec], random_weights: Callable[[EncoderSpec], Path]
) -> Iterator[Publisher]:
    """A server of weights of VGG16's shape, all random."""
    with publishing.publish(random_weights(REGISTRY["vgg16"]).read_bytes()) as server:
        publish(server)
        yield server


def test_vgg16_is_fetched_though_the_connection_breaks_off_and_encodes(
    online: None, vgg16: Publisher, network_of: Callable[[EncoderSpec], Any]
) -> None:
    vgg16.cuts = [400 * BLOCK, 0]
    page = visit()
    assert page.text[0].value == "by mini"
    fetched("failed")
    vgg16.asked.clear()
    page.run().button(key="fetch again").click().run()
    fetched()
    page.run().button(key="show by").click().run()
    assert page.text[0].value == "by vgg16"
    assert vgg16.asked == [f"bytes={400 * BLOCK}-"]
    found = status("vgg16", resources.settings())
    assert isinstance(found, Available) and found.notice == ""
    assert os.path.getsize(found.weights.path) == len(vgg16.content) > 58_000_000  # type: ignore[union-attr]
    picture = noise((100, 100))
    (vector,) = found.load().encode([picture])
    import keras

    pixels = keras.applications.vgg16.preprocess_input(np.asarray(picture, np.float32)[None])
    expected = np.asarray(network_of(REGISTRY["vgg16"])(pixels))[0].max(axis=(0, 1))
    np.testing.assert_allclose(vector, expected, rtol=1e-3, atol=1e-3 * expected.max())
