import io
import json
import multiprocessing
import os
import random
import shutil
import signal
import subprocess
import sys
import textwrap
import time
import zipfile

import pytest
from filelock import FileLock

from prodsim.catalog import Library, read_staged, stage_upload
from prodsim.errors import CacheError, CatalogError
from prodsim.index import EmbeddingStore, index
from prodsim.storage import cache, seal
from tests.needs import ROOT
from tests.samples import picture, write_catalog


@pytest.fixture
def library(settings):
    return Library(settings)


def staged(settings, *colors):
    """The catalog of an uploaded ZIP with pictures of these colors."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number, color in enumerate(colors or ["red"], 1):
            archive.writestr(f"{number}.png", picture(color))
    return read_staged(stage_upload(buffer, "shop.zip", settings), "shop.zip")


# names


def test_at_first_there_is_the_demo(library):
    assert library.names() == ["demo"]
    assert library.default == "demo"
    assert not library.settings.cache_dir.exists()


@pytest.mark.parametrize(("source", "name"), [("shop", "shop"), ("shop.zip", "shop"), ("my.shop", "my.shop")])
def test_the_catalog_of_the_settings_is_the_first_and_the_demo_is_there_as_well(settings, tmp_path, source, name):
    library = Library(settings.replace(catalog=tmp_path / source))
    assert library.names() == [name, "demo"]


def test_imported_catalogs_follow_from_a_to_z(library, settings):
    for name in ("shop", "Boutique", "corner"):
        library.add(name, staged(settings))
    assert library.names() == ["demo", "Boutique", "corner", "shop"]


@pytest.mark.parametrize("name", ["demo", "shop"])
def test_a_catalog_of_the_settings_does_not_hide_another_one_of_its_name(settings, tmp_path, name):
    Library(settings).add("shop", staged(settings))
    folder = write_catalog(tmp_path / name, {"1": "red", "2": "blue"})
    library = Library(settings.replace(catalog=folder))
    assert library.names() == [f"{name} (settings)", "demo", "shop"]
    assert len(library.open(f"{name} (settings)")) == 2
    assert len(library.open("shop")) == 1


@pytest.mark.parametrize("name", ["nothing", "", "../library/shop", "shop.json", "a\0b", "*"])
def test_a_name_that_is_not_there_is_answered_with_those_that_are(library, settings, name):
    library.add("shop", staged(settings))
    with pytest.raises(CatalogError, match=r"There is no catalog .+ Choose one of: demo, shop\."):
        library.open(name)


# add


def test_an_added_catalog_is_opened_by_its_name(library, settings):
    assert library.add(" Läden 2 ", staged(settings, "red", "blue")) == "Läden 2"
    opened = Library(settings).open("Läden 2")
    assert (opened.name, len(opened)) == ("Läden 2", 2)
    assert library.entry("Läden 2").products == 2


def test_a_folder_elsewhere_is_used_where_it_is(library, tmp_path, make_catalog):
    library.add("mine", make_catalog({"1": "red"}))
    assert library.open("mine").folder == tmp_path / "shop"


@pytest.mark.parametrize("name", ["", "a/b", "demo", "Shop", "..", "a\0b", "x" * 41])
def test_a_name_that_is_no_good_adds_nothing(library, settings, name):
    library.add("shop", staged(settings))
    with pytest.raises(CatalogError):
        library.add(name, staged(settings, "blue"))
    assert library.names() == ["demo", "shop"]


def test_a_catalog_whose_files_are_gone_is_not_added(library, settings):
    catalog = staged(settings)
    shutil.rmtree(catalog.folder)
    with pytest.raises(CatalogError, match="were removed meanwhile"):
        library.add("shop", catalog)
    assert library.names() == ["demo"]


def test_a_cache_that_was_moved_still_has_its_catalogs(library, settings, tmp_path):
    library.add("shop", staged(settings))
    settings.cache_dir.rename(tmp_path / "elsewhere")
    moved = Library(settings.replace(cache_dir=tmp_path / "elsewhere"))
    assert len(moved.open("shop")) == 1
    moved.delete("shop")
    assert not list((tmp_path / "elsewhere" / "staged").glob("*/"))


def test_a_list_that_cannot_be_written_is_an_error_that_says_what_to_do(library, settings, monkeypatch):
    catalog = staged(settings)

    def full(*_):
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(CacheError, match=r"cannot be written: No space left on device\. Free some space"):
        library.add("shop", catalog)
    assert library.names() == ["demo"]


def test_a_process_killed_while_it_indexes_leaves_no_catalog_and_the_next_one_goes_on(library, settings, encoder):
    """It gets as far as it would in the app: unpacked, embedded in part, not added."""
    script = """
        import io, os, signal, sys, zipfile
        from pathlib import Path
        from prodsim.index import build
        from prodsim.config import load_settings
        from prodsim.index.build import index
        from prodsim.catalog.library import Library
        from prodsim.catalog.staging import read_staged
        from prodsim.catalog.staging import stage_upload
        from tests.samples import FakeAvailable, picture

        build.BATCH = 1
        settings = load_settings(cache_dir=Path(sys.argv[1]))
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            for number, color in enumerate(("red", "green", "blue"), 1):
                archive.writestr(f"{number}.png", picture(color))
        catalog = read_staged(stage_upload(buffer, "shop.zip", settings), "shop.zip")
        for step in index(catalog, FakeAvailable(), settings):
            if step.done == 2:
                os.kill(os.getpid(), signal.SIGKILL)
    """
    killed = subprocess.run([sys.executable, "-c", textwrap.dedent(script), str(settings.cache_dir)], cwd=ROOT)
    assert killed.returncode == -signal.SIGKILL
    assert library.names() == ["demo"]

    catalog = staged(settings, "red", "green", "blue")
    assert [*index(catalog, encoder, settings)][-1].done == 3
    assert encoder.encoded == 1
    assert library.add("shop", catalog) == "shop"


def add_in_process(settings, catalog, start, answers):
    start.wait()
    try:
        answers.put(Library(settings).add("shop", catalog))
    except CatalogError as error:
        answers.put(str(error))


def test_of_two_processes_that_add_the_same_name_at_once_one_is_refused(library, settings):
    context = multiprocessing.get_context("spawn")
    start, answers = context.Event(), context.Queue()
    catalogs = [staged(settings, "red"), staged(settings, "blue")]
    processes = [
        context.Process(target=add_in_process, args=(settings, catalog, start, answers)) for catalog in catalogs
    ]
    for process in processes:
        process.start()
    start.set()
    found = sorted(answers.get(timeout=60) for _ in processes)
    for process in processes:
        process.join(60)
    assert found == ["There is a catalog shop already. Choose another name, or delete that one first.", "shop"]
    assert library.open("shop").folder in [catalog.folder for catalog in catalogs]


# delete


def test_a_deleted_catalog_is_gone_with_its_files(library, settings):
    library.add("shop", staged(settings))
    folder = library.open("shop").folder
    library.delete("shop")
    assert library.names() == ["demo"]
    assert not folder.exists()


def test_a_name_can_be_used_again_for_something_else(library, settings):
    library.add("shop", staged(settings, "red"))
    library.delete("shop")
    library.add("shop", staged(settings, "red", "blue"))
    assert len(library.open("shop")) == 2


def test_files_that_another_catalog_uses_stay(library, settings):
    library.add("one", staged(settings))
    library.add("two", staged(settings))
    library.delete("one")
    assert len(library.open("two")) == 1
    folder = library.open("two").folder
    library.delete("two")
    assert not folder.exists()


def test_a_folder_outside_the_cache_is_never_removed(library, make_catalog):
    catalog = make_catalog({"1": "red"})
    library.add("mine", catalog)
    library.delete("mine")
    assert all(image.exists() for image in catalog.images)


@pytest.mark.parametrize(
    "folder", ["{tmp}/precious", "../precious", "staged/../../precious", "staged/link", ".", "", ".."]
)
def test_an_entry_that_was_tampered_with_removes_nothing(library, settings, tmp_path, folder):
    (tmp_path / "precious").mkdir()
    (tmp_path / "precious" / "file").touch()
    library.add("shop", staged(settings))
    (settings.cache_dir / "staged" / "link").symlink_to(tmp_path / "precious")
    entry = {"folder": folder.format(tmp=tmp_path), "products": 1}
    (settings.cache_dir / "library" / "shop.json").write_bytes(seal(json.dumps(entry).encode()))
    library.delete("shop")
    assert (tmp_path / "precious" / "file").exists()
    assert settings.cache_dir.is_dir()
    assert library.names() == ["demo"]


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"folder": 3, "products": 1}', "null"])
def test_a_damaged_entry_is_named_and_can_be_deleted(library, settings, text):
    library.add("shop", staged(settings))
    (settings.cache_dir / "library" / "shop.json").write_bytes(seal(text.encode()))
    with pytest.raises(CatalogError, match=r"shop\.json is damaged: .+ Delete the catalog shop and add it again"):
        library.open("shop")
    library.delete("shop")
    assert library.names() == ["demo"]


@pytest.mark.parametrize("seed", range(50))
def test_a_flipped_byte_anywhere_in_an_entry_is_noticed(library, make_catalog, seed):
    library.add("mine", make_catalog({"1": "red"}))
    path = library.settings.cache_dir / "library" / "mine.json"
    data = bytearray(path.read_bytes())
    data[random.Random(seed).randrange(len(data))] ^= 1 + seed
    path.write_bytes(data)
    with pytest.raises(CatalogError, match=r"mine\.json is damaged: .+ checksum does not match"):
        library.open("mine")


@pytest.mark.parametrize("name", ["demo", "shop", "../library", ""])
def test_only_imported_catalogs_can_be_deleted(settings, tmp_path, name):
    folder = write_catalog(tmp_path / "shop", {"1": "red"})
    library = Library(settings.replace(catalog=folder))
    with pytest.raises(CatalogError, match="no imported catalog"):
        library.delete(name)
    assert library.names() == ["shop", "demo"] and folder.is_dir()


def test_a_process_killed_while_it_deletes_leaves_no_half_catalog(library, settings, monkeypatch):
    library.add("shop", staged(settings))

    def killed(path, **_):
        if path.exists():
            raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(shutil, "rmtree", killed)
        library.delete("shop")
    assert library.names() == ["demo"]
    library.add("shop", staged(settings))
    assert len(library.open("shop")) == 1


# leftovers, and others at work


def test_what_was_uploaded_and_forgotten_is_swept_and_what_was_added_stays(library, settings):
    library.add("kept", staged(settings, "red"))
    forgotten = staged(settings, "blue")
    long_ago = time.time() - cache.ABANDONED_SECONDS - 1
    for lock in (settings.cache_dir / "staged").glob("*.lock"):
        os.utime(lock, (long_ago, long_ago))
    library.sweep()
    assert not forgotten.folder.exists()
    assert len(library.open("kept")) == 1


def test_an_indexed_catalog_need_not_wait_while_another_one_is_indexed(settings, encoder, make_catalog):
    catalog = make_catalog({"1": "red"})
    assert [*index(catalog, encoder, settings)][-1].done == 1
    with FileLock(EmbeddingStore.of(encoder, settings).lock().lock_file):
        outcome = [*index(catalog, encoder, settings)][-1]
    assert (outcome.done, outcome.waiting) == (1, False)
