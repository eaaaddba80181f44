import io
import os
import shutil
import time
import tomllib
import zipfile

import pytest
from filelock import FileLock

from prodsim.catalog import choices, read_staged, stage_choice, stage_upload, staging
from prodsim.catalog.staging import is_staged, sweep
from prodsim.config import load_settings
from prodsim.doctor import examine
from prodsim.errors import CacheError, CatalogError, ConfigError
from prodsim.storage import cache
from tests.needs import ROOT
from tests.samples import picture, write_catalog

SHOP = {"styles.csv": b"id\n1\n", "images/1.png": picture("red")}


def upload(members=SHOP):
    """A ZIP as it is uploaded: the same bytes whenever it is made."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return buffer


def staged(settings):
    """What lies in the place for it, but for the empty lock files."""
    return {path.name for path in settings.folder(staging.PLACE).iterdir() if path.suffix != ".lock"}


# uploads


def test_an_upload_becomes_a_folder_that_can_be_read(settings):
    folder = stage_upload(upload(), "shop.zip", settings)
    assert len(read_staged(folder, "shop.zip")) == 1
    assert is_staged(folder, settings)


def test_the_same_upload_is_unpacked_once_under_whatever_name(settings, monkeypatch):
    first = stage_upload(upload(), "shop.zip", settings)
    monkeypatch.setattr(staging, "unpack", lambda *_: pytest.fail("it was unpacked again"))
    assert stage_upload(upload(), "other.zip", settings) == first


def test_the_zip_itself_is_not_kept(settings):
    folder = stage_upload(upload(), "shop.zip", settings)
    assert {path.name for path in folder.rglob("*")} == {"styles.csv", "images", "1.png"}
    assert staged(settings) == {folder.name}


def test_uploads_of_other_content_are_apart(settings):
    first = stage_upload(upload(), "shop.zip", settings)
    second = stage_upload(upload(SHOP | {"images/2.png": picture("blue")}), "shop.zip", settings)
    assert first != second


@pytest.mark.parametrize(
    ("members", "reason"),
    [
        ({}, r"shop\.zip holds no pictures"),
        ({"styles.csv": b"id\n1\n"}, r"shop\.zip holds no pictures"),
        (SHOP | {"styles.csv": b"name\nshirt\n"}, r"^shop\.zip/styles\.csv has no column `id`"),
        (SHOP | {"styles.csv": b"id\n2\n"}, r"The catalog shop\.zip has no products"),
        ({"a.csv": b"id\n", "b.csv": b"id\n", "1.png": b""}, r"^shop\.zip holds several tables"),
        ({"images/1.png": bytes(50 << 20)}, "would unpack to"),
        ({f"images/{'x' * 300}.png": b""}, "not a readable ZIP: .+: File name too long"),
    ],
)
def test_an_upload_that_is_no_catalog_is_called_by_its_name_and_leaves_nothing(settings, members, reason):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    with pytest.raises(CatalogError, match=reason) as caught:
        stage_upload(buffer, "shop.zip", settings)
    assert str(settings.cache_dir) not in str(caught.value)
    assert staged(settings) == set()


def test_an_upload_that_is_no_zip_is_called_by_its_name_and_leaves_nothing(settings):
    with pytest.raises(CatalogError, match=r"shop\.zip is not a readable ZIP: .+ Make the archive again"):
        stage_upload(io.BytesIO(b"no archive"), "shop.zip", settings)
    assert staged(settings) == set()


def test_an_upload_over_the_limit_is_refused_unread(settings, monkeypatch):
    monkeypatch.setattr(staging, "MAX_UPLOAD_MB", 1)
    with pytest.raises(CatalogError, match=r"shop\.zip has 2 MB, but an upload may have 1 MB\. Put it into PRODSIM_CA"):
        stage_upload(io.BytesIO(bytes(2 << 20)), "shop.zip", settings)
    assert not settings.cache_dir.exists()


def test_a_cache_that_cannot_be_written_is_an_error_that_says_what_to_set(settings):
    settings.cache_dir.touch()
    with pytest.raises(CacheError, match="PRODSIM_CACHE_DIR"):
        stage_upload(upload(), "shop.zip", settings)


def test_the_server_takes_uploads_as_large_as_the_page_says():
    """Streamlit's server holds to this setting, whatever the uploader on the page says."""
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text())
    assert config["server"]["maxUploadSize"] == staging.MAX_UPLOAD_MB


# the root


@pytest.fixture
def root(tmp_path):
    """A folder of catalogs, beside things that must not be reached from it."""
    root = tmp_path / "root"
    shop = write_catalog(root / "shop", {"1": "red", "2": "blue"})
    shutil.make_archive(str(root / "packed"), "zip", shop)
    (root / "notes.txt").write_text("x")
    write_catalog(root / ".hidden", {"1": "red"})
    write_catalog(tmp_path / "secret", {"1": "red"})
    return root


@pytest.fixture
def rooted(settings, root):
    return settings.replace(catalog_root=root)


def test_folders_and_zips_right_below_the_root_can_be_chosen(rooted):
    assert choices(rooted) == ["packed.zip", "shop"]


def test_a_folder_is_used_where_it_is(rooted, root):
    folder = stage_choice("shop", rooted)
    assert folder == root / "shop"
    assert not is_staged(folder, rooted)
    assert not rooted.cache_dir.exists()


def test_a_zip_is_unpacked_once_and_anew_when_it_has_changed(rooted, root):
    first = stage_choice("packed.zip", rooted)
    assert is_staged(first, rooted) and len(read_staged(first, "packed.zip")) == 2
    assert stage_choice("packed.zip", rooted) == first
    os.utime(root / "packed.zip", (1, 1))
    assert stage_choice("packed.zip", rooted) != first


@pytest.mark.parametrize("name", ["link", "link.zip", "half"])
def test_what_leads_out_of_the_root_cannot_be_chosen(rooted, root, tmp_path, name):
    shutil.make_archive(str(tmp_path / "secret"), "zip", tmp_path / "secret")
    (root / "link").symlink_to(tmp_path / "secret")
    (root / "link.zip").symlink_to(tmp_path / "secret.zip")
    (root / "half").mkdir()
    (root / "half" / "images").symlink_to(tmp_path / "secret" / "images")
    assert name not in choices(rooted)
    with pytest.raises(CatalogError, match=r"no folder or ZIP .+ below PRODSIM_CATALOG_ROOT"):
        stage_choice(name, rooted)


def test_a_table_that_leads_out_of_the_root_cannot_be_chosen(rooted, root, tmp_path):
    (root / "shop" / "styles.csv").unlink()
    (root / "shop" / "styles.csv").symlink_to(tmp_path / "secret" / "styles.csv")
    assert choices(rooted) == ["packed.zip"]


def test_a_link_within_the_root_and_a_root_that_is_a_link_are_fine(settings, root, tmp_path):
    (root / "same").symlink_to("shop")
    (tmp_path / "way").symlink_to(root)
    rooted = settings.replace(catalog_root=tmp_path / "way")
    assert choices(rooted) == ["packed.zip", "same", "shop"]
    assert stage_choice("same", rooted) == root / "shop"


@pytest.mark.parametrize(
    "name", ["", ".", "..", "../secret", "shop/../../secret", "notes.txt", ".hidden", "a\0b", "gone"]
)
def test_what_is_not_among_the_choices_is_refused(rooted, name):
    with pytest.raises(CatalogError, match="Choose another one"):
        stage_choice(name, rooted)


def test_names_that_cannot_be_shown_are_passed_over(rooted, root):
    os.mkdir(os.fsencode(root) + b"/\xff")
    (root / "a\nb").mkdir()
    assert choices(rooted) == ["packed.zip", "shop"]


def test_a_root_that_is_not_there_or_not_set_is_an_error_by_the_name_of_its_variable(settings, tmp_path):
    with pytest.raises(ConfigError, match=r"PRODSIM_CATALOG_ROOT is .+/gone, which cannot be read: No such file"):
        choices(settings.replace(catalog_root=tmp_path / "gone"))
    with pytest.raises(ConfigError, match="PRODSIM_CATALOG_ROOT is not set"):
        choices(settings)


def test_the_root_is_read_from_the_environment_and_reported_by_the_doctor(monkeypatch, root):
    monkeypatch.setenv("PRODSIM_CATALOG_ROOT", str(root))
    assert load_settings().catalog_root == root
    (found,) = [finding for finding in examine({"catalog": root / "shop"}) if finding.subject == "catalog root"]
    assert (found.level, found.text) == ("ok", f"{root}: 2 to choose from")


# leftovers


@pytest.fixture
def abandoned(settings):
    """A staged upload that nobody asked for since the day before."""
    folder = stage_upload(upload(), "shop.zip", settings)
    forget(folder)
    return folder


def forget(folder):
    long_ago = time.time() - cache.ABANDONED_SECONDS - 1
    os.utime(f"{folder}.lock", (long_ago, long_ago))


def test_what_was_abandoned_is_removed(settings, abandoned):
    sweep(settings, ())
    assert staged(settings) == set()


def test_what_is_kept_or_was_asked_for_lately_stays(settings, abandoned):
    sweep(settings, {abandoned})
    assert abandoned.is_dir()
    stage_upload(upload(), "shop.zip", settings)
    sweep(settings, ())
    assert abandoned.is_dir()


def test_what_a_killed_process_left_half_unpacked_is_removed(settings, abandoned):
    os.rename(abandoned, f"{abandoned}.unfinished")
    sweep(settings, ())
    assert staged(settings) == set()


def test_what_somebody_is_unpacking_just_now_stays(settings, abandoned):
    with FileLock(f"{abandoned}.lock"):
        forget(abandoned)
        sweep(settings, ())
    assert abandoned.is_dir()


def test_without_a_cache_there_is_nothing_to_sweep(settings):
    sweep(settings, ())
    assert not settings.cache_dir.exists()
