"""The library as a notebook uses it, and the README's example of it."""

import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

import prodsim
from prodsim.errors import CatalogError, ImageError, QueryError, UnknownEncoder, UnknownProduct
from prodsim.search import Engine
from prodsim.ui.resources import SAMPLES
from tests.indexes import ids
from tests.needs import ROOT
from tests.pages.running import two_colored
from tests.samples import DAMAGED, write_catalog


@pytest.fixture
def index(tmp_path: Path) -> Engine:
    colors = {"1": (255, 0, 0), "2": (240, 16, 16), "3": (0, 0, 255)}
    pictures = {id_: two_colored(color) for id_, color in colors.items()} | {"4": DAMAGED}
    shop = write_catalog(tmp_path / "shop", pictures, suffix=".png")
    return prodsim.build_index(prodsim.open_catalog(shop), prodsim.get_encoder("pixels"))


def test_a_product_a_file_and_its_bytes_find_what_looks_like_them(index: Engine, tmp_path: Path) -> None:
    assert ids(prodsim.find_similar(index, product="1")) == ["2", "3"]
    assert ids(prodsim.find_similar(index, product="1", k=1, scoring="linear")) == ["2"]
    photo = two_colored((0, 0, 224))
    (tmp_path / "photo.png").write_bytes(photo)
    assert ids(prodsim.find_similar(index, photo=photo, k=1)) == ["3"]
    assert ids(prodsim.find_similar(index, photo=str(tmp_path / "photo.png"), k=1)) == ["3"]


def test_an_index_says_how_many_it_finds_and_what_it_skipped(index: Engine) -> None:
    assert len(index) == 3
    assert [skipped.product_id for skipped in index.skipped] == ["4"]


def test_without_a_source_there_is_the_demo_or_what_the_environment_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(prodsim.open_catalog()) == 300
    monkeypatch.setenv("PRODSIM_CATALOG", str(write_catalog(tmp_path / "own", {"1": "red"})))
    assert prodsim.open_catalog().name == "own"


def test_what_columns_are_can_be_said(tmp_path: Path) -> None:
    rows = {id_: {"articleType": "Caps", "shape": "round"} for id_ in "123"}
    shop = write_catalog(tmp_path / "shop", dict.fromkeys("123", "red"), rows)
    assert prodsim.open_catalog(shop).schema["type"] == "articleType"
    assert prodsim.open_catalog(shop, roles={"type": "shape"}).schema["type"] == "shape"
    assert prodsim.open_catalog(shop / "styles.csv", roles={"type": ""}).schema["type"] is None
    with pytest.raises(CatalogError, match="no column 'Kind' for the type"):
        prodsim.open_catalog(shop, roles={"type": "Kind"})
    with pytest.raises(CatalogError, match="gives no role to a column"):
        prodsim.open_catalog(shop, roles={"shape": "articleType"})


def test_a_cache_that_cannot_be_written_is_used_with_a_warning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("PRODSIM_CACHE_DIR", str(tmp_path / "file"))
    with pytest.warns(UserWarning, match=r"The cache folder .+ cannot be written"):
        assert len(prodsim.open_catalog()) == 300


def test_what_cannot_be_answered_is_an_error_of_ours(index: Engine, tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="one query"):
        prodsim.find_similar(index)
    with pytest.raises(QueryError, match="one query"):
        prodsim.find_similar(index, product="1", photo=b"")
    with pytest.raises(UnknownProduct):
        prodsim.find_similar(index, product="9")
    with pytest.raises(ImageError):
        prodsim.find_similar(index, photo=tmp_path / "none.jpg")
    with pytest.raises(UnknownEncoder):
        prodsim.get_encoder("vgg61")
    with pytest.raises(CatalogError):
        prodsim.open_catalog(tmp_path / "nowhere")


def test_the_example_of_the_readme_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (example,) = re.findall(r"```python\n(.*?) *```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    shutil.copyfile(SAMPLES / "Dress.jpg", tmp_path / "photo.jpg")
    monkeypatch.chdir(tmp_path)
    exec(textwrap.dedent(example), {})
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == ["1", "2", "3", "4", "5"] * 2
    assert lines[0].endswith(" 1.00") and lines[5].endswith(" 1.00")
    types = prodsim.open_catalog().table["articleType"]
    assert {types[line.split()[1]] for line in lines[:3]} == {types["10001"]} == {"Trousers"}
    assert "Dresses" in {types[line.split()[1]] for line in lines[5:]}


def test_importing_it_costs_no_numpy_and_no_pandas() -> None:
    code = "import prodsim, sys; print({'numpy', 'pandas', 'PIL', 'tensorflow'} & {*sys.modules})"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
