"""The command `cache`: what is kept, what of it nobody needs, and what is removed of that."""

import io
import json
import os
import shutil
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

from prodsim.catalog import Library, uploaded
from prodsim.cli import app
from prodsim.config import Settings, load_settings
from prodsim.encoders import require
from prodsim.index import EmbeddingStore, HashMemory, index, recall_all
from prodsim.storage import set_aside, taken
from prodsim.upkeep import clean, look, tidy
from tests.others import commanding, importing, other
from tests.samples import encoded, noise, write_catalog


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def zipped(path: Path, numbers: range) -> Path:
    path.write_bytes(packed(numbers).getvalue())
    return path


def packed(numbers: range) -> io.BytesIO:
    upload = io.BytesIO()
    with zipfile.ZipFile(upload, "w") as archive:
        for number in numbers:
            archive.writestr(f"{number}.png", encoded(noise((18, 24), number)))
    return upload


def add(settings: Settings, name: str, numbers: range) -> None:
    library = Library(settings)
    with library.unpacked(uploaded(packed(numbers), f"{name}.zip", settings)) as catalog:
        list(index(catalog, require("pixels", settings), settings))
        library.add(name, catalog)


def run(cache: Path, *arguments: object) -> str:
    result = CliRunner().invoke(app, ["cache", "--cache-dir", str(cache), *map(str, arguments)])
    assert result.exit_code == 0, result.output
    return result.stdout


def document(cache: Path, *arguments: object) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(run(cache, "--json", *arguments))
    return told


def needless(told: dict[str, Any]) -> set[str]:
    return {each["what"] for each in told["kept"] if each["needless_bytes"]}


def known(settings: Settings) -> int:
    return len(EmbeddingStore.of(require("pixels", settings), settings).read().known)


def index_by_command(cache: Path, catalog: Path) -> None:
    options = ["--encoder", "pixels", "--catalog", str(catalog), "--cache-dir", str(cache)]
    assert CliRunner().invoke(app, ["index", *options]).exit_code == 0


def test_of_a_cache_that_is_not_there_nothing_is_said_and_it_is_not_made(cache: Path) -> None:
    for options in ((), ("--clean",), ("--clean", "--all")):
        assert f"Nothing is kept in {cache}." in run(cache, *options)
    assert document(cache)["kept"] == [] and not cache.exists()


def test_what_is_kept_is_told_by_kind_and_all_of_it_is_counted(cache: Path, tmp_path: Path) -> None:
    settings = load_settings(cache_dir=cache)
    add(settings, "shop", range(5))
    index_by_command(cache, zipped(tmp_path / "packed.zip", range(3, 7)))
    (cache / "weights").mkdir()
    (cache / "weights" / "vgg16.h5").write_bytes(bytes(5000))
    told = document(cache, "--catalog", tmp_path / "packed.zip")
    numbers = {each["what"]: each["number"] for each in told["kept"]}
    (embeddings,) = (what for what in numbers if what.startswith("embeddings by pixels-"))
    assert numbers == {
        "imported catalogs": 1,
        "unpacked ZIPs": 1,
        "entries in the list of catalogs": 1,
        "weights": 1,
        "hashes of pictures": 9,
        embeddings: 7,
        "catalogs as they were indexed": 2,
    }
    assert needless(told) == set() and told["needless_bytes"] == 0
    assert told["bytes"] == pytest.approx(taken(cache), abs=5_000)
    assert "needless MB" in run(cache)


def test_looking_changes_nothing(cache: Path) -> None:
    add(load_settings(cache_dir=cache), "shop", range(5))
    Library(load_settings(cache_dir=cache)).delete("shop")
    before = {path: path.lstat().st_mtime_ns for path in cache.rglob("*")}
    run(cache)
    run(cache, "--all", "--json")
    assert {path: path.lstat().st_mtime_ns for path in cache.rglob("*")} == before


def leave_deleted(cache: Path, _: Path) -> None:
    Library(load_settings(cache_dir=cache)).delete("gone")


def leave_stopped(cache: Path, _: Path) -> None:
    """Its files are swept, and its embeddings kept, for who goes on."""
    settings = load_settings(cache_dir=cache)
    with Library(settings).unpacked(uploaded(packed(range(50, 60)), "stopped.zip", settings)) as catalog:
        list(index(catalog, require("pixels", settings), settings))


def leave_killed(cache: Path, _: Path) -> None:
    (cache / "staged" / ("f" * 24)).mkdir()
    (cache / "staged" / ("f" * 24) / "1.png").write_bytes(bytes(9000))


def leave_zip_gone(cache: Path, tmp_path: Path) -> None:
    index_by_command(cache, zipped(tmp_path / "packed.zip", range(30, 40)))
    (tmp_path / "packed.zip").unlink()


def leave_zip_changed(cache: Path, tmp_path: Path) -> None:
    index_by_command(cache, zipped(tmp_path / "packed.zip", range(30, 40)))
    zipped(tmp_path / "packed.zip", range(41, 44))


def leave_pictures_gone(cache: Path, tmp_path: Path) -> None:
    shop = write_catalog(tmp_path / "shop", {str(n): encoded(noise((18, 24), n)) for n in range(70, 75)}, suffix=".png")
    index_by_command(cache, shop)
    (shop / "images" / "70.png").unlink()


def leave_damaged(cache: Path, _: Path) -> None:
    set_aside(next(cache.glob("stores/*/*.arrow")))
    (cache / "hashes.sqlite.damaged-1").write_bytes(bytes(9000))


def leave_unfinished(cache: Path, _: Path) -> None:
    path = cache / "library" / "x.json.0123.unfinished"
    path.write_bytes(bytes(9000))
    os.utime(path, (time.time() - 7200,) * 2)


LEAVE = [
    leave_deleted,
    leave_stopped,
    leave_killed,
    leave_zip_gone,
    leave_zip_changed,
    leave_pictures_gone,
    leave_damaged,
    leave_unfinished,
]


@pytest.mark.parametrize("leave", LEAVE, ids=lambda leave: leave.__name__)
def test_what_nobody_needs_is_counted_and_removed_and_nothing_else(
    cache: Path, tmp_path: Path, leave: Callable[[Path, Path], None]
) -> None:
    settings = load_settings(cache_dir=cache)
    add(settings, "gone", range(10, 20))
    add(settings, "shop", range(5))
    leave(cache, tmp_path)
    told = document(cache)
    assert told["needless_bytes"] > 0
    cleaned = document(cache, "--clean")
    assert cleaned["removed_bytes"] > 0 and cleaned["needless_bytes"] == 0, cleaned
    files = {path for path in cache.rglob("*") if path.is_file()}
    document(cache, "--clean")
    assert {path for path in cache.rglob("*") if path.is_file()} == files
    catalog = Library(settings).open("shop")
    hashes = HashMemory.in_cache(settings).of(catalog.images)
    if leave is not leave_damaged:
        assert len(EmbeddingStore.of(require("pixels", settings), settings).read().matrix(hashes)[0]) == 5
    assert not {*cache.rglob("*.damaged-*"), *cache.rglob("*.unfinished")}


def test_a_catalog_given_at_other_times_stays_unless_all_is_asked_for(cache: Path, tmp_path: Path) -> None:
    settings = load_settings(cache_dir=cache)
    add(settings, "shop", range(5))
    index_by_command(cache, zipped(tmp_path / "packed.zip", range(10, 14)))
    index_by_command(cache, write_catalog(tmp_path / "at hand", {"1": encoded(noise((18, 24), 90))}, suffix=".png"))
    assert document(cache, "--clean")["removed_bytes"] == 0
    assert known(settings) == 10
    document(cache, "--clean", "--all", "--catalog", tmp_path / "at hand")
    assert known(settings) == 6 and len(recall_all(settings)) == 2
    assert not list(cache.glob("catalogs/*/"))
    assert len(Library(settings).open("shop")) == 5


def test_a_folder_that_is_missing_as_a_whole_may_be_on_a_disk_that_is_away(cache: Path, tmp_path: Path) -> None:
    shop = write_catalog(tmp_path / "disk" / "shop", {"1": "red", "2": "blue"}, suffix=".png")
    index_by_command(cache, shop)
    (tmp_path / "disk").rename(tmp_path / "away")
    document(cache, "--clean")
    assert known(load_settings(cache_dir=cache)) == 2
    document(cache, "--clean", "--all")
    assert known(load_settings(cache_dir=cache)) == 0


def test_what_is_none_of_ours_is_said_and_stays(cache: Path) -> None:
    add(load_settings(cache_dir=cache), "shop", range(3))
    for place in ("thesis.doc", "photos/1.jpg", "stores/notes.txt"):
        (cache / place).parent.mkdir(exist_ok=True)
        (cache / place).write_text("mine")
    told = document(cache, "--clean", "--all")
    assert told["not_ours"] == [str(cache / "photos"), str(cache / "thesis.doc")]
    assert (cache / "thesis.doc").exists() and (cache / "photos" / "1.jpg").exists()
    assert (cache / "stores" / "notes.txt").exists()


def test_weights_and_the_list_of_catalogs_are_never_removed(cache: Path) -> None:
    settings = load_settings(cache_dir=cache)
    add(settings, "shop", range(3))
    (cache / "weights").mkdir()
    (cache / "weights" / "vgg16.h5").write_bytes(b"weights")
    (cache / "weights" / "vgg16.h5.part").write_bytes(b"half of it")
    document(cache, "--clean", "--all")
    assert len(list((cache / "weights").iterdir())) == 2 and Library(settings).imported() == ["shop"]


@pytest.mark.parametrize("options", [("--clean",), ("--clean", "--all")])
@pytest.mark.parametrize("place", ["hashes.sqlite", "library/shop.json", "indexed", "stores"])
def test_of_a_damaged_cache_nothing_is_removed_that_may_be_needed(
    cache: Path, place: str, options: tuple[str, ...]
) -> None:
    settings = load_settings(cache_dir=cache)
    add(settings, "shop", range(3))
    path = cache / place
    if path.is_dir():
        path = next(each for each in path.rglob("*") if each.is_file() and each.stat().st_size)
    path.write_bytes(b"\0" * 5000)
    result = CliRunner().invoke(app, ["cache", "--cache-dir", str(cache), *options])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output
    if place != "stores":
        assert known(settings) == 3
    assert len(list(cache.glob("staged/*/*.png"))) == 3


def test_a_cache_that_cannot_be_written_is_shown_and_not_cleaned(cache: Path, tmp_path: Path) -> None:
    add(load_settings(cache_dir=cache), "shop", range(3))
    for path in (cache, *cache.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    commands = [["cache", "--cache-dir", str(cache), *more] for more in ([], ["--json"], ["--clean"])]
    (tmp_path / "temporary").mkdir()
    try:
        with other(commanding, commands, tmp_path / "temporary") as process:
            shown, as_json, cleaned = process.rest()
    finally:
        for path in (cache, *cache.rglob("*")):
            path.chmod(0o755)
    assert shown[0] == as_json[0] == 0, shown
    assert "imported catalogs" in shown[1] and json.loads(as_json[1])["kept"]
    assert cleaned[0] == 1 and "cannot be written, so nothing was removed" in cleaned[2]


def test_while_another_process_imports_nothing_of_it_is_lost(cache: Path, tmp_path: Path) -> None:
    """It shares pictures with what is deleted meanwhile."""
    settings = load_settings(cache_dir=cache)
    archive = zipped(tmp_path / "shop.zip", range(60))
    add(settings, "gone", range(30))
    with other(importing, cache, archive) as process:
        assert process.next() == "ready"
        Library(settings).delete("gone")
        while process.process.is_alive() and not Library(settings).imported():
            tidy(settings)
            clean(settings)
        assert process.rest()[-1] == "added"
    clean(settings)
    catalog = Library(settings).open("shop")
    hashes = HashMemory.in_cache(settings).of(catalog.images)
    found, positions = EmbeddingStore.of(require("pixels", settings), settings).read().matrix(hashes)
    assert len(positions) == 60 == known(settings) and np.isfinite(found).all()
    assert look(settings).needless_bytes == 0


def test_a_cache_that_vanishes_meanwhile_is_no_fault(cache: Path) -> None:
    settings = load_settings(cache_dir=cache)
    add(settings, "shop", range(3))
    shutil.rmtree(cache)
    tidy(settings)
    assert clean(settings) == [] and look(settings).bytes == 0 and not cache.exists()
