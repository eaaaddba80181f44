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
from concurrent.futures import ThreadPoolExecutor

import pytest
from filelock import FileLock

from prodsim.catalog import Library, look_into, staging, uploaded
from prodsim.errors import CacheError, CatalogError
from prodsim.index import EmbeddingStore, index
from prodsim.storage import seal, space
from tests.needs import ROOT
from tests.samples import picture, write_catalog


@pytest.fixture
def library(settings):
    return Library(settings)


def packed(settings, *colors):
    """An upload with pictures of these colors."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number, color in enumerate(colors or ["red"], 1):
            archive.writestr(zipfile.ZipInfo(f"{number}.png"), picture(color))
    return uploaded(buffer, "shop.zip", settings)


def add(library, name, *colors):
    """Adds one, as the app does."""
    with library.unpacked(packed(library.settings, *colors)) as catalog:
        return library.add(name, catalog)


def unpacked_in(settings):
    """What lies in the place for it."""
    return {path.name for path in (settings.cache_dir / "staged").glob("*")}


def test_what_is_wrong_with_an_imported_catalog_is_said_of_its_name_and_not_of_its_place(library):
    name = add(library, "other")
    shutil.rmtree(library.entry(name).folder)
    with pytest.raises(CatalogError, match="There is no catalog folder other"):
        library.open(name)


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
        add(library, name)
    assert library.names() == ["demo", "Boutique", "corner", "shop"]


@pytest.mark.parametrize("name", ["demo", "shop"])
def test_a_catalog_of_the_settings_does_not_hide_another_one_of_its_name(settings, tmp_path, name):
    add(Library(settings), "shop")
    folder = write_catalog(tmp_path / name, {"1": "red", "2": "blue"})
    library = Library(settings.replace(catalog=folder))
    assert library.names() == [f"{name} (settings)", "demo", "shop"]
    assert len(library.open(f"{name} (settings)")) == 2
    assert len(library.open("shop")) == 1


@pytest.mark.parametrize("name", ["nothing", "", "../library/shop", "shop.json", "a\0b", "*"])
def test_a_name_that_is_not_there_is_answered_with_those_that_are(library, settings, name):
    add(library, "shop")
    with pytest.raises(CatalogError, match=r"There is no catalog .+ Choose one of: demo, shop\."):
        library.open(name)


# add


def test_an_added_catalog_is_opened_by_its_name(library, settings):
    assert add(library, " Läden 2 ", "red", "blue") == "Läden 2"
    opened = Library(settings).open("Läden 2")
    assert (opened.name, len(opened)) == ("Läden 2", 2)
    assert library.entry("Läden 2").products == 2


def test_a_folder_elsewhere_is_used_where_it_is(library, tmp_path, make_catalog):
    library.add("mine", make_catalog({"1": "red"}))
    assert library.open("mine").folder == tmp_path / "shop"


@pytest.mark.parametrize("name", ["", "a/b", "demo", "Shop", "..", "a\0b", "x" * 41])
def test_a_name_that_is_no_good_adds_nothing(library, settings, name):
    add(library, "shop")
    with pytest.raises(CatalogError):
        add(library, name, "blue")
    assert library.names() == ["demo", "shop"]


def test_a_catalog_whose_files_are_gone_is_not_added(library, settings):
    with library.unpacked(packed(settings)) as catalog:
        shutil.rmtree(catalog.folder)
        with pytest.raises(CatalogError, match="were removed meanwhile"):
            library.add("shop", catalog)
    assert library.names() == ["demo"]


def test_a_cache_that_was_moved_still_has_its_catalogs(library, settings, tmp_path):
    add(library, "shop")
    settings.cache_dir.rename(tmp_path / "elsewhere")
    moved = Library(settings.replace(cache_dir=tmp_path / "elsewhere"))
    assert len(moved.open("shop")) == 1
    moved.delete("shop")
    assert not list((tmp_path / "elsewhere" / "staged").glob("*/"))


def test_a_list_that_cannot_be_written_is_an_error_that_says_what_to_do(library, settings, monkeypatch):
    def full(*_):
        raise OSError(28, os.strerror(28))

    with library.unpacked(packed(settings)) as catalog:
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
        from prodsim.catalog.staging import uploaded
        from tests.samples import FakeAvailable, picture

        build.BATCH = 1
        settings = load_settings(cache_dir=Path(sys.argv[1]))
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            for number, color in enumerate(("red", "green", "blue"), 1):
                archive.writestr(f"{number}.png", picture(color))
        with Library(settings).unpacked(uploaded(buffer, "shop.zip", settings)) as catalog:
            for step in index(catalog, FakeAvailable(), settings):
                if step.done == 2:
                    os.kill(os.getpid(), signal.SIGKILL)
    """
    killed = subprocess.run([sys.executable, "-c", textwrap.dedent(script), str(settings.cache_dir)], cwd=ROOT)
    assert killed.returncode == -signal.SIGKILL
    assert library.names() == ["demo"]
    assert unpacked_in(settings)
    library.sweep()
    assert unpacked_in(settings) == set()

    with library.unpacked(packed(settings, "red", "green", "blue")) as catalog:
        assert [*index(catalog, encoder, settings)][-1].done == 3
        assert encoder.encoded == 1
        assert library.add("shop", catalog) == "shop"


def add_in_process(settings, color, start, answers):
    start.wait()
    try:
        answers.put(add(Library(settings), "shop", color))
    except CatalogError as error:
        answers.put(str(error))


def test_of_two_processes_that_add_the_same_name_at_once_one_is_refused(library, settings):
    context = multiprocessing.get_context("spawn")
    start, answers = context.Event(), context.Queue()
    processes = [
        context.Process(target=add_in_process, args=(settings, color, start, answers)) for color in ("red", "blue")
    ]
    for process in processes:
        process.start()
    start.set()
    found = sorted(answers.get(timeout=60) for _ in processes)
    for process in processes:
        process.join(60)
    assert found == ["There is a catalog shop already. Choose another name, or delete that one first.", "shop"]
    library.sweep()
    assert {library.open("shop").folder} == {*(settings.cache_dir / "staged").glob("*/")}


# delete


def test_a_deleted_catalog_is_gone_with_its_files(library, settings):
    add(library, "shop")
    folder = library.open("shop").folder
    library.delete("shop")
    assert library.names() == ["demo"]
    assert not folder.exists()


def test_a_name_can_be_used_again_for_something_else(library, settings):
    add(library, "shop", "red")
    library.delete("shop")
    add(library, "shop", "red", "blue")
    assert len(library.open("shop")) == 2


def test_files_that_another_catalog_uses_stay(library, settings):
    add(library, "one")
    add(library, "two")
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
    add(library, "shop")
    (settings.cache_dir / "staged" / "link").symlink_to(tmp_path / "precious")
    entry = {"folder": folder.format(tmp=tmp_path), "products": 1}
    (settings.cache_dir / "library" / "shop.json").write_bytes(seal(json.dumps(entry).encode()))
    library.delete("shop")
    assert (tmp_path / "precious" / "file").exists()
    assert settings.cache_dir.is_dir()
    assert library.names() == ["demo"]


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"folder": 3, "products": 1}', "null"])
def test_a_damaged_entry_is_named_and_can_be_deleted(library, settings, text):
    add(library, "shop")
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
    add(library, "shop")

    def killed(path, **_):
        if path.exists():
            raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(shutil, "rmtree", killed)
        library.delete("shop")
    assert library.names() == ["demo"]
    add(library, "shop")
    assert len(library.open("shop")) == 1


# leftovers


def test_what_was_unpacked_and_not_added_is_removed_at_once_and_what_was_added_stays(library, settings):
    add(library, "kept", "red")
    before = unpacked_in(settings)
    with library.unpacked(packed(settings, "blue")) as catalog:
        assert len(catalog) == 1 and catalog.images[0].is_file()
    assert unpacked_in(settings) == before
    with pytest.raises(KeyboardInterrupt), library.unpacked(packed(settings, "blue")):
        raise KeyboardInterrupt  # as when a visitor stops it, or leaves
    assert unpacked_in(settings) == before
    assert len(library.open("kept")) == 1


def test_what_somebody_is_adding_just_now_stays_while_others_come_and_go(library, settings):
    with library.unpacked(packed(settings)) as catalog:
        Library(settings).sweep()
        with Library(settings).unpacked(packed(settings)) as same:
            assert same.folder == catalog.folder
        add(library, "other", "blue")
        library.delete("other")
        assert catalog.images[0].is_file()
        assert library.add("shop", catalog) == "shop"
    assert len(library.open("shop")) == 1


def test_while_a_damaged_entry_does_not_say_which_files_are_its_none_are_removed(library, settings):
    add(library, "one", "red")
    add(library, "two", "blue")
    (settings.cache_dir / "library" / "one.json").write_bytes(b"")
    library.sweep()
    assert len([*(settings.cache_dir / "staged").glob("*/")]) == 2
    library.delete("one")
    assert len([*(settings.cache_dir / "staged").glob("*/")]) == 1
    assert len(library.open("two")) == 1


@pytest.mark.parametrize("name", [".hidden", "notes.txt"])
def test_the_place_itself_is_never_removed_whatever_is_put_there(library, settings, name):
    add(library, "shop")
    (settings.cache_dir / "staged" / name).touch()
    library.sweep()
    assert len(library.open("shop")) == 1


# room


@pytest.mark.parametrize(
    ("limit", "most", "reason"),
    [
        (
            "KEPT_FREE_BYTES",
            1 << 60,
            r"^shop\.zip takes 0 MB of disk, but [0-9,]+ MB are free, and .+ must stay so\. Free some space",
        ),
        (
            "MAX_CACHE_BYTES",
            8000,
            r"^shop\.zip takes 0 MB of disk, but the cache has 0 MB already, and may have 0 MB\. Delete",
        ),
    ],
)
def test_what_there_is_no_room_for_is_refused_before_anything_is_written(
    library, settings, monkeypatch, limit, most, reason
):
    monkeypatch.setattr(space, limit, most)
    for look in (lambda source: look_into(source, settings), lambda source: library.unpacked(source).__enter__()):
        with pytest.raises(CacheError, match=reason) as caught:
            look(packed(settings, "red", "blue"))
        assert str(settings.cache_dir) not in str(caught.value)
    assert unpacked_in(settings) == set()


def test_what_is_unpacked_already_needs_no_room(library, settings, monkeypatch):
    add(library, "one")
    monkeypatch.setattr(space, "MAX_CACHE_BYTES", 0)
    look_into(packed(settings), settings)
    assert add(library, "two") == "two"


def test_of_two_at_once_that_have_room_for_one_the_other_is_refused(library, settings, monkeypatch):
    monkeypatch.setattr(space, "MAX_CACHE_BYTES", 7000)
    check = staging.check_room
    monkeypatch.setattr(staging, "check_room", lambda *given: (check(*given), time.sleep(0.3)))

    def try_to_add(color):
        try:
            return add(Library(settings), color, color)
        except CacheError:
            return "refused"

    with ThreadPoolExecutor(2) as pool:
        done = [*pool.map(try_to_add, ["red", "blue"])]
    assert done.count("refused") == 1


# others at work


def test_an_indexed_catalog_need_not_wait_while_another_one_is_indexed(settings, encoder, make_catalog):
    catalog = make_catalog({"1": "red"})
    assert [*index(catalog, encoder, settings)][-1].done == 1
    with FileLock(EmbeddingStore.of(encoder, settings).lock().lock_file):
        outcome = [*index(catalog, encoder, settings)][-1]
    assert (outcome.done, outcome.waiting) == (1, False)
