"""The cache, or a part of it, is deleted under a running server: at the next look at a page all is there again."""

import shutil
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from streamlit.testing.v1 import AppTest

from prodsim.catalog import Library, uploaded
from prodsim.config import load_settings
from prodsim.storage import writable
from tests.pages.cards import cards
from tests.pages.running import no_error, run

TABS = ("results", "why", "compare", "steps")


@pytest.fixture
def zipped(shop: Path) -> Path:
    """The shop as a ZIP."""
    with ZipFile(shop.parent / "zipped.zip", "w") as archive:
        for file in (shop / "styles.csv", *(shop / "images").iterdir()):
            archive.write(file, file.relative_to(shop))
    return shop.parent / "zipped.zip"


@pytest.fixture
def demo(monkeypatch: pytest.MonkeyPatch) -> None:
    """The built-in catalog, as who installs the app has it."""
    monkeypatch.delenv("PRODSIM_CATALOG")
    monkeypatch.setenv("PRODSIM_ENCODER", "mini")


def lose(part: str) -> None:
    """Delete this of the cache, all of it if that is empty."""
    path = load_settings().cache_dir / part
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def every_page(id_: str) -> list[AppTest]:
    """Every place and tab, each opened in a session of its own."""
    tabs = [run("app.py", product=id_, tab=tab) for tab in TABS]
    places = [run("app.py"), run("app.py", words="red"), run("pages/quality.py"), run("pages/catalogs.py")]
    return [*tabs, *places, run("pages/catalog.py"), run("pages/catalog.py", tab="statistics")]


def shown(page: AppTest) -> tuple[list[dict[str, object]], list[str]]:
    """The cards, with pictures, and the texts but times of a page, which says nothing is wrong and asks for nothing."""
    no_error(page)
    assert not page.warning and not page.info, [each.value for each in (*page.warning, *page.info)]
    drawn = {part.proto.component_name for part in page.get("bidi_component")}
    on_cards = cards(page) if "cards" in drawn else []
    assert all(card["picture"] for card in on_cards)
    texts = [text.value for text in (*page.title, *page.header, *page.caption)]
    return on_cards, [text for text in texts if not text.endswith(" ms")]


@pytest.mark.parametrize("part", ["", "catalogs", "stores", "library"])
def test_every_page_heals_whatever_is_lost_in_the_midst_of_a_visit(part: str, demo: None) -> None:
    (first, *_), _ = shown(run("pages/catalog.py"))
    pages = every_page(str(first["id"]))
    before = [shown(page) for page in pages]
    for page, as_before in zip(pages, before, strict=True):
        lose(part)
        assert shown(page.run()) == as_before
    lose(part)
    assert [shown(page) for page in every_page(str(first["id"]))] == before


def test_so_does_a_catalog_that_is_a_zip(zipped: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRODSIM_CATALOG", str(zipped))
    pages = every_page("103")
    before = [shown(page) for page in pages]
    for page, as_before in zip(pages, before, strict=True):
        lose("")
        assert shown(page.run()) == as_before


def test_an_imported_catalog_that_is_lost_gives_way_to_the_one_of_the_settings(zipped: Path) -> None:
    library = Library(load_settings())
    with library.unpacked(uploaded(BytesIO(zipped.read_bytes()), "other.zip", library.settings)) as catalog:
        library.add("other", catalog)
    page = run("app.py", catalog="other", product="103")
    shown(page)
    lose("")
    no_error(page.run())
    assert page.query_params["catalog"] == "shop"
    (warning,) = page.warning
    assert (
        warning.value
        == r"In the address\: catalog is \'other\'\, which is none of\: shop\, demo\. shop is used instead\."
    )


def test_a_scratch_folder_that_is_lost_is_made_anew(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRODSIM_CACHE_DIR", str(shop / "styles.csv" / "cache"))
    page = run("app.py", product="103")
    before = cards(page)
    shutil.rmtree(writable(load_settings())[0].cache_dir)
    no_error(page.run())
    assert cards(page) == before
    no_error(run("pages/quality.py"))
