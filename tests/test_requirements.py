"""The lists of requirements of a checkout, and what takes their place where only a wheel was installed."""

from pathlib import Path

import pytest

from prodsim import requirements
from prodsim.requirements import EXTRAS, install_line, required
from tests.needs import ROOT

STATED = ["numpy<3,>=2.4", "pillow<14,>=13.0", 'kagglehub<2,>=1.0; extra == "kaggle"']


@pytest.fixture
def wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """There is no list beside the package; its metadata says what it needs."""
    monkeypatch.setattr(requirements, "_CHECKOUT", tmp_path)
    monkeypatch.setattr(requirements, "requires", lambda name: STATED)


def test_in_a_checkout_the_lists_count() -> None:
    assert {"numpy", "pandas", "pillow", "streamlit", "tensorflow"} <= {*required()}
    assert [required(extra) for extra in EXTRAS] == [["kagglehub"], ["keras-hub"]]
    for extra in ("", *EXTRAS):
        assert (ROOT / install_line(extra).removeprefix("pip install -r ")).is_file()


def test_elsewhere_what_the_wheel_says_counts(wheel: None) -> None:
    assert required() == ["numpy", "pillow"]
    assert required("kaggle") == ["kagglehub"]
    assert (install_line(), install_line("kaggle")) == ("pip install prodsim", 'pip install "prodsim[kaggle]"')


def test_a_line_that_is_no_package_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(requirements, "_CHECKOUT", tmp_path)
    (tmp_path / "requirements.txt").write_text("# What is needed.\n-r more.txt\n\nnumpy>=2.4,<3\n")
    assert required() == ["numpy"]


def test_every_extra_is_one_of_the_package() -> None:
    stated = (ROOT / "pyproject.toml").read_text("utf-8")
    assert all(f'{extra} = {{ file = "requirements-{extra}.txt" }}' in stated for extra in EXTRAS)
