"""Every test runs in a world of its own: no settings, caches, weights or home folder of the user, and no network."""

import gc
import os
import socket
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings as hypothesis_settings
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from prodsim.catalog import DEMO, Catalog, read_catalog
from prodsim.catalog.archive import opened
from prodsim.config import Settings, load_settings
from prodsim.encoders import EncoderSpec
from prodsim.runtime import allow_long_cells
from tests import networks
from tests.samples import Color, FakeAvailable, write_catalog

hypothesis_settings.register_profile("prodsim", deadline=None)  # the machine is shared: time tells nothing
hypothesis_settings.load_profile("prodsim")

EVERY_PAGE = "test_every_page_opens.py"
MakeCatalog = Callable[..., Catalog]


class ByFile(LoadScopeScheduling):
    """A file's tests share what is costly to make, so one process runs them; so do all those of the browser."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return "browser" if file.startswith("tests/browser/") else file


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByFile:
    return ByFile(config, log)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """The tests of training need PyTorch already to be imported: who does not run them need not have it."""
    marks = config.option.markexpr.replace("not training", "")
    return True if collection_path.name == "training" and marks and "training" not in marks else None


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is run apart, by its folder: a browser only sees by default that every page opens."""
    for item in items:
        folder = item.path.parent.name
        if folder in ("browser", "training") and item.path.name != EVERY_PAGE:
            item.add_marker(folder)


@pytest.fixture(autouse=True, scope="session")
def own_world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Nothing of the user's settings, terminal and home, and connections to this machine alone."""
    allow_long_cells()  # as every edge does
    home = tmp_path_factory.mktemp("home")
    connect = socket.socket.connect

    def connect_to_this_machine(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"A test connects to {address}.")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        for name in list(os.environ):
            if name.upper().startswith("PRODSIM_") or name.lower().endswith("_proxy"):
                patch.delenv(name)
        patch.delenv("COLUMNS", raising=False)
        patch.setenv("HOME", str(home))
        patch.setenv("XDG_CACHE_HOME", str(home / "xdg"))
        patch.setenv("KERAS_HOME", str(home / "keras"))
        patch.delenv("KAGGLEHUB_CACHE", raising=False)
        patch.setenv("PRODSIM_OFFLINE", "1")
        patch.setattr(socket.socket, "connect", connect_to_this_machine)
        yield


@pytest.fixture(autouse=True, scope="module")
def little_garbage(own_world: None) -> None:
    """Streamlit collects garbage after every run of a page: it need not look through all there is."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is cached by one test is not there for the next."""
    monkeypatch.setenv("PRODSIM_CACHE_DIR", str(tmp_path / "own-cache"))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings whose cache and weights are folders of the test, offline."""
    return load_settings(cache_dir=tmp_path / "cache", weights_dir=tmp_path / "weights", offline=True)


@pytest.fixture
def encoder() -> FakeAvailable:
    """The stand-in for a model: a picture's embedding is its mean red, green and blue."""
    return FakeAvailable()


@pytest.fixture
def make_catalog(tmp_path: Path) -> MakeCatalog:
    """Writes and reads a small catalog, exact colors: `make_catalog({"1": "red"}, {"1": {"articleType": "Caps"}})`."""

    def make(
        pictures: Mapping[str, Color | bytes],
        attributes: Mapping[str, Mapping[str, str]] | None = None,
        *,
        name: str = "shop",
    ) -> Catalog:
        return read_catalog(write_catalog(tmp_path / name, pictures, attributes, suffix=".png"))

    return make


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo catalog's folder."""
    folder = tmp_path_factory.mktemp("demo")
    with opened(DEMO, "demo.zip", folder) as archive:
        archive.unpack(folder)
    return folder


@pytest.fixture(scope="session")
def network_of(own_world: None) -> Callable[[EncoderSpec], Any]:
    """The plain Keras network of a spec, with random weights; each is built once."""
    return cache(networks.build)


@pytest.fixture(scope="session")
def random_weights(
    tmp_path_factory: pytest.TempPathFactory, network_of: Callable[[EncoderSpec], Any]
) -> Callable[[EncoderSpec], Path]:
    """The weights file of a spec with those random weights, under its published name; each is written once."""
    folder = tmp_path_factory.mktemp("random-weights")

    @cache
    def write(spec: EncoderSpec) -> Path:
        assert spec.weights is not None
        path = folder / spec.name / spec.weights.file
        path.parent.mkdir()
        return networks.write_weights(network_of(spec), path)

    return write
