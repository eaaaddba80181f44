import errno
import os
import shutil
import threading
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from prodsim.catalog import open_catalog, problem_counts
from prodsim.catalog.archive import Archive
from prodsim.errors import CacheError, CatalogError
from prodsim.storage import ABANDONED_SECONDS, make_once, space
from prodsim.storage.cache import lock_of
from tests.needs import real_data
from tests.samples import write_catalog


@pytest.fixture
def shop(tmp_path):
    """A ZIP of two products."""
    folder = write_catalog(tmp_path / "shop", {"1": "red", "2": "blue"})
    archive = shutil.make_archive(str(tmp_path / "shop"), "zip", folder)
    shutil.rmtree(folder)
    return archive


# where a catalog comes from


def test_a_folder_is_read_where_it_is(tmp_path, settings):
    folder = write_catalog(tmp_path / "shop", {"1": "red"})
    catalog = open_catalog(settings.replace(catalog=folder))
    assert catalog.folder == folder and catalog.name == "shop"
    assert not settings.cache_dir.exists()


def test_a_zip_is_read_from_the_cache_under_its_own_name(shop, settings):
    catalog = open_catalog(settings.replace(catalog=shop))
    assert catalog.name == "shop" and len(catalog) == 2
    assert catalog.folder.parent == settings.cache_dir / "catalogs"


def test_a_zip_is_unpacked_once(shop, settings, monkeypatch):
    first = open_catalog(settings.replace(catalog=shop))
    monkeypatch.setattr(Archive, "unpack", lambda *_: pytest.fail("it was unpacked again"))
    assert open_catalog(settings.replace(catalog=shop)).images == first.images


def test_a_changed_zip_is_unpacked_anew(shop, settings):
    open_catalog(settings.replace(catalog=shop))
    with zipfile.ZipFile(shop, "a") as archive:
        archive.writestr("images/3.jpg", b"x")
    (problem,) = open_catalog(settings.replace(catalog=shop)).problems
    assert problem.subject == "images/3.jpg"


def unpackings(settings):
    return {path.name for path in settings.folder("catalogs").iterdir() if path.suffix not in (".lock", ".source")}


def test_what_a_zip_was_unpacked_to_before_it_changed_is_removed_a_day_later(shop, settings):
    old = open_catalog(settings.replace(catalog=shop))
    shutil.copy(shop, f"{shop}-other.zip")
    other = open_catalog(settings.replace(catalog=f"{shop}-other.zip"))
    with zipfile.ZipFile(shop, "a") as archive:
        archive.writestr("images/3.jpg", b"x")
    new = open_catalog(settings.replace(catalog=shop))
    assert unpackings(settings) == {old.folder.name, other.folder.name, new.folder.name}
    long_ago = time.time() - ABANDONED_SECONDS - 1
    for catalog in (old, other, new):
        os.utime(f"{catalog.folder}.lock", (long_ago, long_ago))
    open_catalog(settings.replace(catalog=shop))
    assert unpackings(settings) == {other.folder.name, new.folder.name}
    assert {path.stem for path in settings.folder("catalogs").glob("*.source")} == unpackings(settings)


@pytest.mark.parametrize("stem", ["x" * 251, "帽" * 80, "[a]*?", "-"])
def test_a_zip_of_any_name_is_read(shop, tmp_path, settings, stem):
    os.rename(shop, tmp_path / f"{stem}.zip")
    catalog = open_catalog(settings.replace(catalog=tmp_path / f"{stem}.zip"))
    assert catalog.name == stem and len(catalog) == 2


def test_a_zip_without_a_catalog_is_called_by_its_own_name_and_leaves_nothing(tmp_path, settings):
    with zipfile.ZipFile(tmp_path / "shop.zip", "w") as archive:
        archive.writestr("styles.csv", "name\nHat")
        archive.writestr("1.jpg", "x")
    with pytest.raises(CatalogError, match=rf"^{tmp_path}/shop\.zip/styles\.csv has no column"):
        open_catalog(settings.replace(catalog=tmp_path / "shop.zip"))
    assert unpackings(settings) == set()


def test_a_damaged_zip_leaves_nothing_in_the_cache(tmp_path, settings):
    (tmp_path / "shop.zip").write_bytes(b"no archive")
    with pytest.raises(CatalogError, match="not a readable ZIP"):
        open_catalog(settings.replace(catalog=tmp_path / "shop.zip"))
    assert unpackings(settings) == set()


def test_a_zip_that_is_opened_again_counts_as_asked_for_now(settings):
    lock = lock_of(open_catalog(settings).folder)
    os.utime(lock, (0, 0))
    open_catalog(settings)
    assert time.time() - lock.stat().st_mtime < ABANDONED_SECONDS


def test_an_unpacked_zip_is_opened_where_nothing_can_be_written(settings, monkeypatch):
    open_catalog(settings)

    def refused(self, *arguments, **options):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(Path, "touch", refused)
    assert len(open_catalog(settings)) == 300


def test_without_a_catalog_there_is_the_demo_unpacked_once(settings, monkeypatch):
    unpack, unpacked = Archive.unpack, []
    monkeypatch.setattr(Archive, "unpack", lambda archive, folder: (unpacked.append(folder), unpack(archive, folder)))
    assert [open_catalog(settings).name for _ in range(2)] == ["demo", "demo"]
    assert len(unpacked) == 1


@pytest.mark.parametrize("name", ["gone", "gone.zip", "shop.zip/inside"])
def test_a_catalog_that_is_not_there_is_refused(shop, tmp_path, settings, name):
    with pytest.raises(
        CatalogError, match=r"There is no catalog .+ Set PRODSIM_CATALOG or --catalog to a folder, a ZIP or a table"
    ):
        open_catalog(settings.replace(catalog=tmp_path / name))


def test_a_cache_that_cannot_be_written_is_an_error_that_says_what_to_set(shop, settings):
    settings.cache_dir.touch()
    with pytest.raises(CacheError, match="Set PRODSIM_CACHE_DIR"):
        open_catalog(settings.replace(catalog=shop))


def test_a_zip_that_would_fill_the_disk_is_refused_before_anything_is_written_but_the_demo_is_not(
    shop, settings, monkeypatch
):
    monkeypatch.setattr(space, "KEPT_FREE_BYTES", 1 << 60)
    with pytest.raises(CacheError, match=r"shop\.zip takes 0 MB of disk, but [0-9,]+ MB are free, and"):
        open_catalog(settings.replace(catalog=shop))
    assert unpackings(settings) == set()
    assert len(open_catalog(settings)) == 300


def test_the_size_of_the_cache_does_not_count_for_what_who_runs_the_app_chose(shop, settings, monkeypatch):
    monkeypatch.setattr(space, "MAX_CACHE_BYTES", 0)
    assert len(open_catalog(settings.replace(catalog=shop))) == 2


# make_once


def test_a_folder_left_unfinished_by_a_killed_process_is_started_anew(tmp_path):
    unfinished = tmp_path / "folder.unfinished"
    unfinished.mkdir()
    (unfinished / "half").touch()
    made = make_once(tmp_path / "folder", lambda folder: (folder / "whole").touch())
    assert [path.name for path in made.iterdir()] == ["whole"]
    assert not unfinished.exists()


def test_an_error_while_making_leaves_nothing_and_the_next_try_succeeds(tmp_path):
    def fail(folder):
        (folder / "half").touch()
        raise CatalogError("no")

    with pytest.raises(CatalogError):
        make_once(tmp_path / "folder", fail)
    assert {path.name for path in tmp_path.iterdir()} <= {"folder.lock"}
    assert make_once(tmp_path / "folder", lambda folder: None).is_dir()


def test_a_full_disk_is_a_cache_error_that_says_so(tmp_path):
    def fail(folder):
        raise OSError(28, os.strerror(28))

    with pytest.raises(CacheError, match=r"folder cannot be made: No space left on device\. Free some space"):
        make_once(tmp_path / "folder", fail)
    assert not (tmp_path / "folder").exists()


def test_a_file_in_the_folders_place_is_a_cache_error(tmp_path):
    (tmp_path / "folder").touch()
    with pytest.raises(CacheError, match="cannot be made"):
        make_once(tmp_path / "folder", lambda folder: None)


def test_two_at_once_make_it_once_and_both_get_it_whole(tmp_path):
    made = []
    both = threading.Barrier(2)

    def make(folder):
        made.append(folder)
        time.sleep(0.2)
        (folder / "whole").touch()

    def one(_):
        both.wait()
        return (make_once(tmp_path / "folder", make) / "whole").exists()

    with ThreadPoolExecutor(2) as pool:
        assert [*pool.map(one, range(2))] == [True, True]
    assert len(made) == 1


# real data


def test_fashion_small_has_40042_products_21_repaired_rows_and_4_without_a_picture(settings):
    catalog = open_catalog(settings.replace(catalog=real_data("fashion-small.zip")))
    assert (catalog.rows_read, len(catalog)) == (40_046, 40_042)
    assert dict(problem_counts(catalog).itertuples(index=False)) == {"repaired": 21, "no picture": 4}


def test_deck_295_has_295_products(settings):
    catalog = open_catalog(settings.replace(catalog=real_data("deck-295.zip")))
    assert (len(catalog), len(catalog.problems)) == (295, 0)
