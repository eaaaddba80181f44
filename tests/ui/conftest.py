"""Weights of VGG16 that a server on this machine publishes, and Streamlit's caches empty."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
import streamlit as st

from prodsim.encoders import REGISTRY, EncoderSpec
from tests import publishing
from tests.publishing import BLOCK, Publisher


@pytest.fixture
def online(monkeypatch: pytest.MonkeyPatch) -> None:
    """Downloads are allowed, and no fetch is kept from the test before."""
    monkeypatch.setenv("PRODSIM_OFFLINE", "0")
    st.cache_resource.clear()


@pytest.fixture
def publish(monkeypatch: pytest.MonkeyPatch) -> Callable[[Publisher], EncoderSpec]:
    """Says that VGG16's weights are what this server gives; the spec that says so."""

    def publish(server: Publisher) -> EncoderSpec:
        spec, content = REGISTRY["vgg16"], server.content
        assert spec.weights is not None
        digest = f"md5:{hashlib.md5(content, usedforsecurity=False).hexdigest()}"
        weights = replace(spec.weights, url=server.url, digest=digest, size=len(content))
        monkeypatch.setitem(REGISTRY, "vgg16", replace(spec, weights=weights))
        return REGISTRY["vgg16"]

    return publish


@pytest.fixture
def server(publish: Callable[[Publisher], EncoderSpec]) -> Iterator[Publisher]:
    """Of what is said to be VGG16's weights, 3 MB that no network would take."""
    with publishing.publish(b"weights!" * (46 * BLOCK // 8)) as server:
        publish(server)
        yield server
