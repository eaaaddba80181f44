"""What a page says of what is wrong on the server names no place there; the log does."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block, Node

from prodsim.catalog import Library, read_catalog
from prodsim.config import load_settings
from prodsim.encoders import REGISTRY
from prodsim.errors import CacheError, ProdsimError
from prodsim.ui import sources
from prodsim.ui.sentences import told
from tests.needs import ROOT
from tests.pages.running import run, two_colored
from tests.samples import write_catalog

REFERENCE = re.compile(r" The log of this app says where, under the reference number ([0-9a-f]{8})\.")


# sentences


def test_a_sentence_without_a_place_is_left_as_it_is(caplog: pytest.LogCaptureFixture) -> None:
    for sentence in (
        "k is 0.",
        "See https://a.example/tmp/x and /usual/place.",
        "4/5",
        "The catalog shop/x is new.",
        "",
    ):
        assert told(sentence) == sentence
    assert not caplog.text


@pytest.mark.parametrize("places", ["plain", "with blanks", "of another (kind) [x]+", "\udcff"])
def test_a_place_is_cut_and_the_log_has_it_under_the_number_that_the_sentence_ends_with(
    places: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    cache = tmp_path / places / "cache"
    monkeypatch.setenv("PRODSIM_CACHE_DIR", str(cache))
    error = CacheError(f"{cache / 'stores' / 'x.arrow'} is gone. Look into {cache}, or set PRODSIM_CACHE_DIR.")
    shown = told(error)
    (number,) = REFERENCE.findall(shown)
    assert REFERENCE.sub("", shown) == "stores/x.arrow is gone. Look into cache, or set PRODSIM_CACHE_DIR."
    assert f"Reference number {number}: {error}" in caplog.text
    assert told(error) == shown, "and has it once"
    assert caplog.text.count(number) == 1


def test_places_are_known_whatever_they_are_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "real", target_is_directory=True)
    monkeypatch.setenv("PRODSIM_CATALOG", str(tmp_path / "link" / "shop.zip"))
    monkeypatch.setenv("PRODSIM_CATALOG_ROOT", str(tmp_path / "root"))
    monkeypatch.setenv("PRODSIM_WEIGHTS_DIR", str(tmp_path / "w"))
    named = [tmp_path / "link" / "shop.zip", tmp_path / "real" / "shop.zip", tmp_path / "root" / "shop.zip"]
    named += [tmp_path / "w" / "shop.zip", Path.home() / "shop.zip", Path.cwd() / "shop.zip", ROOT / "shop.zip"]
    for path in named:
        assert told(f"There is no {path}.").startswith("There is no shop.zip. The log"), path


def test_every_error_of_ours_is_told_so(tmp_path: Path) -> None:
    def kinds(kind: type[ProdsimError]) -> Iterator[type[ProdsimError]]:
        yield kind
        for one in kind.__subclasses__():
            yield from kinds(one)

    for kind in kinds(ProdsimError):
        assert str(tmp_path) not in told(kind(f"{tmp_path / 'x'} is no use."))


# pages

Damage = Callable[[Path, pytest.MonkeyPatch], None]


def _catalog_is(name: str, content: bytes | None = None) -> Damage:
    def damage(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        if content is not None:
            (shop / name).write_bytes(content)
        monkeypatch.setenv("PRODSIM_CATALOG", str(shop / name))

    return damage


def _table_is(content: bytes) -> Damage:
    return lambda shop, _: (shop / "styles.csv").write_bytes(content) and None


def _no_pictures(shop: Path, _: pytest.MonkeyPatch) -> None:
    shutil.rmtree(shop / "images")


def _pictures_gone(shop: Path, _: pytest.MonkeyPatch) -> None:
    run("app.py", product="103", k="11")
    for number in (100, 101, 103):
        (shop / "images" / f"{number}.png").unlink()


def _no_place(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRODSIM_CACHE_DIR", str(shop / "styles.csv" / "cache"))


def _in_cache(pattern: str, *, folder: bool = False) -> Damage:
    """What is there after a search, or is looked for there, is something else."""

    def damage(_: Path, __: pytest.MonkeyPatch) -> None:
        run("app.py", product="103")
        cache = load_settings().cache_dir
        for path in [*cache.glob(pattern)] or [cache / pattern]:
            shutil.rmtree(path, ignore_errors=True)
            path.unlink(missing_ok=True)
            path.parent.mkdir(parents=True, exist_ok=True)
            if folder:
                path.mkdir()
            else:
                path.write_bytes(b"no use")

    return damage


def _imported_is_damaged(shop: Path, _: pytest.MonkeyPatch) -> None:
    folder = write_catalog(shop.parent / "elsewhere" / "other", {"1": two_colored((1, 2, 3))}, suffix=".png")
    Library(load_settings()).add("other", read_catalog(folder))
    shutil.rmtree(folder / "images")


def _no_root(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRODSIM_CATALOG_ROOT", str(shop / "none"))


def _weights_are_none(_: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRODSIM_ENCODER", "vgg16")
    settings = load_settings()
    settings.weights_dir.mkdir(parents=True)
    weights = REGISTRY["vgg16"].weights
    assert weights is not None
    (settings.weights_dir / weights.file).write_bytes(b"no use")


DAMAGES: dict[str, Damage] = {
    "no catalog": _catalog_is("gone"),
    "no ZIP": _catalog_is("shop.zip", b"no use"),
    "no table": _table_is(b"a,b\n1,2\n"),
    "no text": _table_is(b"\xff\xfe\x81\x00\xd8\x00"),
    "no pictures": _no_pictures,
    "pictures gone": _pictures_gone,
    "no place for a cache": _no_place,
    "hashes": _in_cache("hashes.sqlite"),
    "hashes in the way": _in_cache("hashes.sqlite", folder=True),
    "stores in the way": _in_cache("stores"),
    "vectors": _in_cache("stores/*/*.arrow"),
    "vectors in the way": _in_cache("stores/*/*.arrow", folder=True),
    "manifest": _in_cache("stores/*/manifest.json"),
    "list of catalogs": _in_cache("library/other.json"),
    "list of catalogs in the way": _in_cache("library"),
    "reports in the way": _in_cache("reports"),
    "an imported catalog": _imported_is_damaged,
    "catalog root": _no_root,
    "weights": _weights_are_none,
}


def everything(node: Node) -> str:
    """All that the browser is told, without what escapes marks."""
    inside = "".join(map(everything, node.children.values())) if isinstance(node, Block) else ""
    return f"{getattr(node, 'proto', '')}".replace("\\", "") + inside


def pages() -> Iterator[AppTest]:
    """Every place and tab, and the catalog that was imported, if there is one."""
    for tab in ("results", "why", "compare", "steps"):
        yield run("app.py", product="103", tab=tab)
    yield run("app.py", words="model")
    yield run("app.py", product="103", encoder="vgg16")
    yield run("app.py", catalog="other", product="1")
    yield run("pages/catalog.py")
    yield run("pages/catalog.py", tab="statistics")
    yield run("pages/quality.py")
    page = run("pages/catalogs.py")
    yield page
    if not page.error:
        page.session_state[sources.WAY] = sources.ON_SERVER
        yield page.run()


def test_no_page_shows_an_error_but_as_it_is_told() -> None:
    untold = re.compile(r"(literal|with_code|plain)\((error|failed|notice|reason|sentence)\b")
    for file in [ROOT / "app.py", *(ROOT / "pages").glob("*.py"), *(ROOT / "prodsim" / "ui").glob("*.py")]:
        assert not untold.search(file.read_text("utf-8")), file


def test_who_guesses_places_is_not_told_whether_they_are_right() -> None:
    guess = str(load_settings().cache_dir)
    page = run("app.py", product="103", tab=guess, **{guess: "1"})
    assert [everything(warning).count(guess) for warning in page.warning] == [1, 1]


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_whatever_is_damaged_no_page_names_a_place_on_the_server(
    damage: Damage, shop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    damage(shop, monkeypatch)
    st.cache_resource.clear()
    said = False
    for page in pages():
        shown = everything(page._tree)
        assert str(tmp_path) not in shown and str(ROOT) not in shown and str(Path.home()) not in shown
        assert not page.exception
        said |= bool(page.error or page.info or page.warning or page.caption)
    assert said
