"""The files of a catalog change under a running server: at the next look at a page that is seen, without a restart."""

import os
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from prodsim.catalog import Catalog, Library, read_catalog
from prodsim.config import load_settings
from prodsim.encoders.pixels import PixelsEncoder
from prodsim.index import HashMemory, stores_in
from tests.pages.cards import cards
from tests.pages.running import counted, no_error, run, two_colored
from tests.pages.searching import found, similarities
from tests.samples import write_catalog

NEW = "500"


@pytest.fixture
def encoded(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many pictures go through the encoder at a time, from here on."""
    numbers: list[int] = []
    encode = PixelsEncoder.encode

    def counting(self: PixelsEncoder, images: list[object]) -> object:
        numbers.append(len(images))
        return encode(self, images)

    monkeypatch.setattr(PixelsEncoder, "encode", counting)
    return numbers


def add_row(shop: Path, row: str) -> None:
    with (shop / "styles.csv").open("a") as table:
        table.write(f"{row}\n")


def seen(page: AppTest) -> AppTest:
    """The page at the next look."""
    no_error(page.run())
    return page


def test_a_picture_and_its_row_that_were_added_are_found_and_alone_embedded(shop: Path, encoded: list[int]) -> None:
    page = run("app.py", product="103")
    assert NEW not in found(page) and sum(encoded) == 12
    add_row(shop, f"{NEW},Women,Shirts,Added")
    (shop / "images" / f"{NEW}.png").write_bytes(two_colored((126, 255, 0)))
    encoded.clear()
    assert NEW in found(seen(page))
    assert sum(encoded) == 1


def test_so_it_is_with_a_picture_in_a_folder_deep_below(shop: Path, encoded: list[int]) -> None:
    deep = shop / "more" / "deeper" / "deepest"
    deep.mkdir(parents=True)
    (deep / "notes.txt").write_text("here come pictures")
    page = run("app.py", product="103")
    encoded.clear()
    (deep / f"{NEW}.png").write_bytes(two_colored((126, 255, 0)))
    add_row(shop, f"{NEW},Women,Shirts,Added")
    assert NEW in found(seen(page))
    assert sum(encoded) == 1


def test_a_row_that_was_changed_says_something_else(shop: Path, encoded: list[int]) -> None:
    page = run("app.py", product="103")
    encoded.clear()
    table = shop / "styles.csv"
    table.write_text(table.read_text().replace("Model 104 ", "Renamed 104 "))
    assert any("Renamed 104" in str(card) for card in cards(seen(page)))
    assert not encoded


def test_a_product_that_was_removed_is_gone(shop: Path) -> None:
    page, statistics = run("app.py", product="103"), run("pages/catalog.py", tab="statistics")
    gone = found(page)[0]
    assert counted(statistics)["products"] == "12"
    (shop / "images" / f"{gone}.png").unlink()
    assert gone not in found(seen(page))
    assert counted(seen(statistics))["products"] == "11"


@pytest.mark.parametrize("kept_time", [False, True], ids=["another time", "the same time"])
def test_a_picture_replaced_under_its_name_is_shown_and_compared_as_it_is_now(
    shop: Path, encoded: list[int], kept_time: bool
) -> None:
    """By one of the same size; its time may be that of the one before."""
    page = run("app.py", product="103")
    first = found(page)[0]
    before, likeness = cards(page)[0]["picture"], similarities(page)[0]
    path = shop / "images" / f"{first}.png"
    status, content = path.stat(), two_colored((255, 255, 254))
    path.write_bytes(content.ljust(status.st_size, b"\0") if len(content) < status.st_size else content)
    if kept_time:
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    encoded.clear()
    shown = {card["id"]: card["picture"] for card in cards(seen(page))}
    assert sum(encoded) == 1
    assert shown.get(first) != before and similarities(page)[0] != likeness
    browsed = {card["id"]: card["picture"] for card in cards(run("pages/catalog.py"))}
    assert browsed[first] != before


def test_two_pictures_that_changed_places_are_not_taken_for_each_other(shop: Path, encoded: list[int]) -> None:
    """Of the same size and time: names alone have changed."""
    one, other = shop / "images" / "103.png", shop / "images" / "109.png"
    size = max(one.stat().st_size, other.stat().st_size)
    for path in (one, other):
        path.write_bytes(path.read_bytes().ljust(size, b"\0"))
        os.utime(path, ns=(0, 0))
    page = run("app.py", product="102")
    order = found(page)
    encoded.clear()
    one.rename(shop / "aside")
    other.rename(one)
    (shop / "aside").rename(other)
    swapped = {"103": "109", "109": "103"}
    assert found(seen(page)) == [swapped.get(id_, id_) for id_ in order]
    assert not encoded, "both are known by their content"


def test_a_query_that_is_gone_is_answered_with_a_sentence(shop: Path) -> None:
    pages = [run("app.py", product="103", tab=tab) for tab in ("results", "why", "compare", "steps")]
    (shop / "images" / "103.png").unlink()
    for page in pages:
        assert "103" in " ".join(warning.value for warning in seen(page).warning)
        no_error(page.run())


def test_an_imported_folder_of_the_server_lives_too(shop: Path, tmp_path: Path) -> None:
    Library(load_settings()).add("other", read_catalog(shop))
    page = run("app.py", catalog="other", product="103")
    (shop / "images" / "104.png").unlink()
    assert "104" not in found(seen(page))


def test_a_catalog_that_is_deleted_on_the_page_takes_its_embeddings_and_hashes_along(tmp_path: Path) -> None:
    settings = load_settings()
    other = write_catalog(tmp_path / "other", {"1": two_colored((9, 9, 9)), "103": two_colored((127, 255, 0))})
    Library(settings).add("other", read_catalog(other))
    for name in ("shop", "other"):
        no_error(run("app.py", catalog=name, product="103"))
    (store,) = stores_in(settings)
    assert len(store.read().known) == 13, "one picture is in both"
    page = run("pages/catalogs.py")
    page.button(key="delete other").click().run()
    page.button(key="delete").click().run()
    no_error(page)
    assert len(store.read().known) == 12 == len(HashMemory.in_cache(settings).rows())
    assert len(list(other.rglob("*.jpg"))) == 2


def test_while_nothing_changes_nothing_is_read_again(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names, read = list[str](), Library.open

    def noticed(library: Library, name: str) -> Catalog:
        names.append(name)
        return read(library, name)

    monkeypatch.setattr(Library, "open", noticed)
    page = run("app.py", product="103")
    for _ in range(3):
        seen(page)
    assert names == ["shop"]
    (shop / "notes.txt").write_text("a file more")
    seen(page)
    assert names == ["shop"] * 2
