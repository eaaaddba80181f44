"""Catalogs that can be downloaded."""

import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
import requests

from prodsim.catalog import HANDLE, fetch_fashion_small
from prodsim.config import Settings, load_settings
from prodsim.errors import CatalogError, MissingExtra
from tests.needs import ROOT

Install = Callable[[Callable[[str], str]], None]


@pytest.fixture
def online(settings: Settings) -> Settings:
    return settings.replace(offline=False)


@pytest.fixture
def kagglehub(monkeypatch: pytest.MonkeyPatch) -> Install:
    """Puts a stand-in for the package in its place, with this `dataset_download`."""

    def install(dataset_download: Callable[[str], str]) -> None:
        module = ModuleType("kagglehub")
        module.dataset_download = dataset_download  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, "kagglehub", module)

    return install


def test_it_is_the_folder_that_kagglehub_gives(online: Settings, kagglehub: Install, tmp_path: Path) -> None:
    asked = []
    kagglehub(lambda handle: asked.append(handle) or str(tmp_path))
    assert fetch_fashion_small(online) == tmp_path
    assert asked == [HANDLE]


def test_without_kagglehub_the_answer_is_the_install_line(online: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "kagglehub", None)
    with pytest.raises(MissingExtra, match=r"pip install -r requirements-kaggle\.txt"):
        fetch_fashion_small(online)
    assert (ROOT / "requirements-kaggle.txt").is_file()


def test_offline_nothing_is_asked_for(settings: Settings, kagglehub: Install) -> None:
    kagglehub(lambda handle: pytest.fail("asked the network"))
    assert load_settings().offline
    with pytest.raises(CatalogError, match="PRODSIM_OFFLINE is set"):
        fetch_fashion_small(settings)


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (requests.ConnectionError("HTTPSConnectionPool(...)"), "cannot be downloaded: Kaggle cannot be reached. Try"),
        (
            ValueError("403 Client Error.\n\nYou don't have permission."),
            "403 Client Error. You don't have permission. ",
        ),
        (OSError(28, "No space left on device"), "No space left on device. Try"),
        (KeyError(), "KeyError. Try"),
    ],
)
def test_whatever_goes_wrong_is_one_sentence_with_a_remedy(
    online: Settings, kagglehub: Install, error: Exception, reason: str
) -> None:
    def fail(handle: str) -> str:
        raise error

    kagglehub(fail)
    with pytest.raises(CatalogError) as caught:
        fetch_fashion_small(online)
    assert reason in str(caught.value)
    assert "give the ZIP as --catalog" in str(caught.value)


def test_what_kagglehub_prints_does_not_reach_stdout(
    online: Settings, kagglehub: Install, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kagglehub(lambda handle: str(tmp_path) if sys.stdout.write("Downloading ...\n") else "")
    fetch_fashion_small(online)
    printed = capsys.readouterr()
    assert (printed.out, printed.err) == ("", "Downloading ...\n")
