"""The lists of requirements of a checkout, what takes their place where only a wheel was installed, and the lock."""

import re
from importlib.metadata import requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

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


# the lock


def lines(name: str) -> list[str]:
    """The entries of a list, each with what its lines go on with."""
    text = (ROOT / name).read_text("utf-8").replace("\\\n", " ")
    return [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]


def locked() -> dict[str, Requirement]:
    return {entry.name: entry for line in lines("requirements.lock") if (entry := Requirement(line.split(" --")[0]))}


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-auth.txt"])
def test_the_lock_meets_every_requirement_of_the_image(name: str) -> None:
    pinned = locked()
    for wanted in map(Requirement, lines(name)):
        (exact,) = pinned[wanted.name].specifier
        assert exact.operator == "==" and exact.version in wanted.specifier, wanted
        for extra in wanted.extras:  # pip does not ask for it, as the lock names packages alone
            needs = map(Requirement, requires(wanted.name) or [])
            asked = {need.name for need in needs if need.marker and need.marker.evaluate({"extra": extra})}
            assert asked and {canonicalize_name(name) for name in asked} <= {*pinned}


def test_every_package_of_the_lock_is_pinned_once_and_by_sha256() -> None:
    entries = lines("requirements.lock")
    assert len(entries) == len(locked())
    assert all(re.fullmatch(r"\S+==\S+( ; [^-]+)?(\s+--hash=sha256:[0-9a-f]{64})+\s*", entry) for entry in entries)


def test_the_image_is_built_from_a_digest_and_the_lock_alone() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text("utf-8")
    (image,) = re.findall(r"^FROM (\S+)@sha256:[0-9a-f]{64}$", dockerfile, re.MULTILINE)
    assert f"`{image}`" in (ROOT / "docs" / "third-party.md").read_text("utf-8")
    assert re.findall(r"pip install.*", dockerfile) == [
        "pip install --require-hashes --only-binary :all: -r requirements.lock"
    ]
