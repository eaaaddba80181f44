"""The report on an installation: it finds what is wrong and never fails itself."""

from collections import namedtuple
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

from prodsim import doctor
from prodsim.config import load_settings
from prodsim.doctor import Finding, examine
from prodsim.encoders import REGISTRY, Available, status
from prodsim.index import EmbeddingStore
from tests.needs import ROOT
from tests.samples import write_catalog


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    return write_catalog(tmp_path / "shop", {"1": "red", "2": "blue"})


def findings(shop: Path, **overrides: object) -> list[Finding]:
    return list(examine({"catalog": shop, **overrides}))


def of(subject: str, found: list[Finding]) -> list[Finding]:
    return [finding for finding in found if finding.subject == subject]


def test_a_fresh_installation_has_no_problem(shop: Path) -> None:
    assert [finding for finding in findings(shop) if finding.level == "problem"] == []


def test_a_missing_encoder_is_noted_with_what_stands_in(shop: Path) -> None:
    found = findings(shop)
    assert of("encoder", found)[0].level == "note"
    assert "mini stands in" in of("encoder", found)[0].text
    assert "python -m prodsim download vgg16" in of("vgg16", found)[0].remedy


def test_every_encoder_is_reported(shop: Path) -> None:
    found = findings(shop)
    assert all(of(name, found) for name in REGISTRY)
    assert of("mini", found)[0].text.endswith("mini.npz, known by SHA-256")


def test_weights_of_another_origin_are_noted(shop: Path) -> None:
    weights = REGISTRY["mobilenet_025"].weights
    assert weights
    path = load_settings().weights_dir / weights.file
    path.parent.mkdir(parents=True)
    path.write_bytes(b"of my own")
    note = of("mobilenet_025", findings(shop))[0]
    assert (note.level, note.text) == ("note", f"mobilenet_025 uses {path}, which are not the published weights")


def test_a_mistyped_variable_is_named_with_the_one_that_was_meant(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRODSIM_CATALOGUE", "x")
    (typo,) = [finding for finding in findings(shop) if "PRODSIM_CATALOGUE" in finding.text]
    assert (typo.level, typo.remedy) == ("note", "Did you mean PRODSIM_CATALOG?")


@pytest.mark.parametrize("name", ["PRODSIM_TEST_DATA", "PRODSIM_REQUIRE_ALL", "PRODSIM_OFFLINE"])
def test_known_variables_are_fine(shop: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "1")
    assert Finding("ok", "environment", f"{name}=1") in findings(shop)


def test_a_setting_that_cannot_be_read_is_a_problem_and_not_an_end(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRODSIM_OFFLINE", "perhaps")
    found = findings(shop)
    assert found[-1].level == "problem"
    assert "PRODSIM_OFFLINE" in found[-1].text
    assert of("packages", found)


def test_a_catalog_with_problems_is_noted_and_a_missing_one_is_a_problem(shop: Path) -> None:
    (shop / "images" / "2.jpg").unlink()
    ok, note = of("catalog", findings(shop))
    assert "1 products" in ok.text
    assert (note.level, note.text) == ("note", "problems in its table and pictures: 1")
    assert [finding.level for finding in of("catalog", findings(shop / "nowhere"))] == ["problem"]


def test_an_unknown_encoder_is_a_problem(shop: Path) -> None:
    (found,) = of("encoder", findings(shop, encoder="vgg61"))
    assert found.level == "problem"


def test_a_cache_that_cannot_be_written_is_a_problem(shop: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (found,) = of("cache", findings(shop, cache_dir=tmp_path / "file"))
    assert found.level == "problem"
    assert "PRODSIM_CACHE_DIR" in found.text + found.remedy


def test_little_space_is_noted(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr("shutil.disk_usage", lambda path: usage(10**10, 10**10, 10**8))
    (found,) = of("cache", findings(shop))
    assert found.level == "note"
    assert "0.1 GB free" in found.text


def test_a_damaged_store_is_a_problem(shop: Path) -> None:
    encoder = status("pixels", load_settings())
    assert isinstance(encoder, Available)
    EmbeddingStore.of(encoder, load_settings()).path.write_bytes(b"no database" * 1000)
    assert of("pixels", findings(shop))[-1].level == "problem"


def test_looking_does_not_make_a_store(shop: Path) -> None:
    findings(shop)
    assert list((load_settings().cache_dir).glob("stores/*")) == []


def test_a_missing_package_is_a_problem_with_the_install_line(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def version(name: str) -> str:
        if name == "plotly":
            raise PackageNotFoundError(name)
        return "1.0"

    monkeypatch.setattr(doctor, "version", version)
    (found,) = [finding for finding in findings(shop) if finding.text == "plotly is not installed"]
    assert (found.level, found.remedy) == ("problem", "Run `pip install -r requirements.txt`.")


def test_a_check_that_breaks_is_a_finding(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(settings: object) -> None:
        raise RuntimeError("out of paper")

    monkeypatch.setattr(doctor, "open_catalog", broken)
    assert of("catalog", findings(shop)) == [Finding("problem", "catalog", "out of paper")]


def test_the_python_versions_are_those_of_the_project() -> None:
    (low, high) = (".".join(map(str, version)) for version in doctor.PYTHON)
    assert f'requires-python = ">={low},<{high}"' in (ROOT / "pyproject.toml").read_text()
