import io
import os
import shutil
import tomllib
import tracemalloc
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from prodsim.catalog import Library, choices, chosen, look_into, staging, uploaded
from prodsim.catalog.archive import Archive
from prodsim.catalog.problems import NOT_UNPACKED
from prodsim.catalog.staging import is_staged
from prodsim.config import load_settings
from prodsim.doctor import examine
from prodsim.errors import CacheError, CatalogError, ConfigError
from tests.needs import ROOT
from tests.samples import DAMAGED, picture, write_catalog

SHOP = {"styles.csv": b"id\n1\n", "images/1.png": picture("red")}


def upload(members=SHOP):
    """A ZIP as it is uploaded: the same bytes whenever it is made."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return buffer


def staged(settings):
    """What lies in the place for it."""
    return {path.name for path in (settings.cache_dir / staging.PLACE).glob("*")}


def same(one, other):
    """Whether a page says the same of two catalogs."""
    assert one.table.equals(other.table) and [*one.table.columns] == [*other.table.columns]
    assert [path.name for path in one.images] == [path.name for path in other.images]
    assert (one.name, one.rows_read, one.problems) == (other.name, other.rows_read, other.problems)
    return True


# a look into what is packed


def test_of_an_upload_that_is_looked_into_nothing_is_in_the_cache(settings):
    seen = look_into(uploaded(upload(), "shop.zip", settings), settings)
    assert len(seen.catalog) == 1 and seen.catalog.name == "shop.zip"
    assert [*settings.cache_dir.iterdir()] == []


TABLES = b"id,name\n1,a, b\n2,c\n2,twice\n,nobody\n9,no picture\n"
FOUND = {f"images/{number}.png": picture("red") for number in range(1, 5)}


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(
    "members",
    [
        SHOP,
        FOUND,
        FOUND | {"styles.csv": TABLES},
        {f"deep/er/{name}": data for name, data in (FOUND | {"styles.csv": TABLES}).items()},
        FOUND | {"other.csv": TABLES, "Styles.csv": TABLES, "styles.csv": b"id\n1\n"},
        FOUND | {"styles.csv": TABLES, "copy/styles.csv": b"x", "copy/1.png": b"x", "images/1.jpg": b"x"},
        FOUND | {"images/.5.png": b"x", "__MACOSX/6.png": b"x", "notes.txt": b"x", "../7.png": b"x", "a\\8.png": b"x"},
        FOUND | {f"{'x' * 300}.png": b"x", "ü\n.png": b"x", "ä.PNG": DAMAGED, "images.csv": b"id\n1\nx\n"},
        {**FOUND, "styles.csv": TABLES.decode().encode("utf-16")},
        FOUND
        | {
            "images": b"x",
            "shop.pdf": b"x",
            "images/1.png/5.png": b"x",
            "styles.csv/6.png": b"x",
            "x/" * 40 + "7.png": b"x",
        },
        FOUND
        | {"a/1.png": b"x", "b/1.png": picture("red"), "b/5": picture("red"), "b/6": b"x", "b/7.part": b"\xff\xd8\xff"},
        {"Red/1.png": b"x", "Blue/1.png": b"x", "readme.txt": b"Nice pictures.", "shop.pdf": b"x", ".gitignore": b"x"},
        {"products.csv": TABLES, "2/front.png": b"x", "2/back.png": b"x", "1_2.png": b"x", "1_10.png": b"x"},
    ],
)
def test_of_what_is_packed_the_same_is_read_as_of_what_is_unpacked(settings, members):
    source = uploaded(upload(members), "shop.zip", settings)
    seen = look_into(source, settings)
    with Library(settings).unpacked(source) as catalog:
        assert same(seen.catalog, catalog)
        assert seen.samples.keys() == look_into(replace(source, archive=None), settings).samples.keys()


def test_what_a_zip_says_of_a_picture_that_it_does_not_hold_is_known_before_it_is_unpacked(settings):
    """Called otherwise in the list; packed by an unknown method."""
    data = bytearray(upload(SHOP | {"images/2.png": b"two", "images/3.png": b"three"}).getvalue())
    at = data.rindex(b"images/2.png")
    data[at : at + 12] = b"images/4.png"
    data[data.rindex(b"PK\1\2") + 10] = 99
    source = uploaded(io.BytesIO(data), "shop.zip", settings)
    seen = look_into(source, settings).catalog
    assert [problem.subject for problem in seen.problems if problem.kind == NOT_UNPACKED] == [
        "images/4.png",
        "images/3.png",
    ]
    with Library(settings).unpacked(source) as catalog:
        assert same(seen, catalog)


def test_a_picture_whose_content_is_damaged_is_left_out_when_it_is_unpacked(settings):
    data = upload({"images/1.png": picture("red"), "images/2.png": b"blue"}).getvalue().replace(b"blue", b"BLUE")
    source = uploaded(io.BytesIO(data), "shop.zip", settings)
    seen = look_into(source, settings)
    assert len(seen.catalog) == 2 and seen.samples["2"] is None
    with Library(settings).unpacked(source) as catalog:
        assert len(catalog) == 1
        assert [(problem.kind, problem.subject) for problem in catalog.problems] == [(NOT_UNPACKED, "images/2.png")]


def test_only_the_table_and_a_few_pictures_are_unpacked_to_be_looked_at(settings, monkeypatch):
    members = {f"images/{number}.png": picture("red") for number in range(100)}
    source = uploaded(
        upload(members | {"styles.csv": b"id\n" + b"\n".join(b"%d" % n for n in range(100))}), "x", settings
    )
    read, opened = zipfile.ZipExtFile.read, []
    monkeypatch.setattr(
        zipfile.ZipExtFile, "read", lambda file, *given: (opened.append(file.name), read(file, *given))[1]
    )
    seen = look_into(source, settings)
    assert {*seen.samples} == {name.removeprefix("images/").removesuffix(".png") for name in opened} - {"styles.csv"}
    assert len(seen.samples) <= 12 and all(seen.samples.values())


def test_a_picture_over_the_limit_of_pictures_is_not_unpacked_to_be_looked_at(settings, monkeypatch):
    monkeypatch.setattr("prodsim.catalog.preview.MAX_BYTES", 10)
    monkeypatch.setattr(Archive, "read", lambda *_: pytest.fail("it was unpacked"))
    assert look_into(uploaded(upload(FOUND), "shop.zip", settings), settings).samples["1"] is None


def test_an_upload_is_not_copied_in_memory(settings):
    """Of what it has, a browser's upload is bytes that the server holds already."""
    content = upload(SHOP | {"beside.bin": bytes(32 << 20)}).getvalue()
    tracemalloc.start()
    try:
        look_into(uploaded(io.BytesIO(content), "shop.zip", settings), settings)
        assert tracemalloc.get_traced_memory()[1] < 8 << 20
    finally:
        tracemalloc.stop()


# unpacked, to be added


def test_an_upload_that_is_added_becomes_a_folder_without_the_zip(settings):
    library = Library(settings)
    with library.unpacked(uploaded(upload(), "shop.zip", settings)) as catalog:
        library.add("shop", catalog)
    assert is_staged(catalog.folder, settings)
    assert {path.name for path in catalog.folder.rglob("*")} == {"styles.csv", "images", "1.png"}
    assert staged(settings) == {catalog.folder.name, f"{catalog.folder.name}.lock"}


def test_the_same_upload_is_unpacked_once_under_whatever_name(settings, monkeypatch):
    library = Library(settings)
    with library.unpacked(uploaded(upload(), "shop.zip", settings)) as first:
        library.add("shop", first)
    monkeypatch.setattr(Archive, "unpack", lambda *_: pytest.fail("it was unpacked again"))
    with library.unpacked(uploaded(upload(), "other.zip", settings)) as second:
        assert second.folder == first.folder


def test_uploads_of_other_content_are_apart(settings):
    first = uploaded(upload(), "shop.zip", settings)
    second = uploaded(upload(SHOP | {"images/2.png": picture("blue")}), "shop.zip", settings)
    assert first.folder != second.folder


@pytest.mark.parametrize(
    ("members", "reason"),
    [
        ({}, r"The catalog shop\.zip has no products: 0 rows and 0 pictures"),
        ({"styles.csv": b"id\n1\n"}, r"The catalog shop\.zip has no products: 1 rows and 0 pictures"),
        ({"deep/catalog.zip": b"x"}, r"shop\.zip holds no pictures\. Perhaps the catalog is deep/catalog\.zip"),
        (SHOP | {"styles.csv": b"name\nshirt\n"}, r"^shop\.zip/styles\.csv has no column with an id, or with names"),
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
    for look in (
        lambda source: look_into(source, settings),
        lambda source: Library(settings).unpacked(source).__enter__(),
    ):
        with pytest.raises(CatalogError, match=reason) as caught:
            look(uploaded(buffer, "shop.zip", settings))
        assert str(settings.cache_dir) not in str(caught.value)
        assert staged(settings) == set()


def test_an_upload_that_is_no_zip_is_called_by_its_name_and_leaves_nothing(settings):
    with pytest.raises(CatalogError, match=r"shop\.zip is not a readable ZIP: .+ Make the archive again"):
        look_into(uploaded(io.BytesIO(b"no archive"), "shop.zip", settings), settings)


def test_an_upload_over_the_limit_is_refused_unread(settings, monkeypatch):
    monkeypatch.setattr(staging, "MAX_UPLOAD_MB", 1)
    with pytest.raises(CatalogError, match=r"shop\.zip has 2 MB, but an upload may have 1 MB\. Put it into PRODSIM_CA"):
        uploaded(io.BytesIO(bytes(2 << 20)), "shop.zip", settings)
    assert not settings.cache_dir.exists()


def test_a_cache_that_cannot_be_written_is_an_error_that_says_what_to_set(settings):
    settings.cache_dir.touch()
    with pytest.raises(CacheError, match="PRODSIM_CACHE_DIR"):
        look_into(uploaded(upload(), "shop.zip", settings), settings)


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
    source = chosen("shop", rooted)
    assert len(look_into(source, rooted).catalog) == 2
    with Library(rooted).unpacked(source) as catalog:
        assert catalog.folder == root / "shop"
    assert not is_staged(catalog.folder, rooted)
    assert len([*(root / "shop" / "images").iterdir()]) == 2 and {*os.listdir(root)} >= {"shop", "packed.zip"}
    assert not rooted.cache_dir.exists()


def test_a_zip_is_looked_into_where_it_is_and_known_again_until_it_changes(rooted, root):
    first = chosen("packed.zip", rooted)
    assert len(look_into(first, rooted).catalog) == 2
    assert staged(rooted) == set()
    assert chosen("packed.zip", rooted) == first
    os.utime(root / "packed.zip", (1, 1))
    assert chosen("packed.zip", rooted).folder != first.folder


@pytest.mark.parametrize("name", ["link", "link.zip"])
def test_what_leads_out_of_the_root_cannot_be_chosen(rooted, root, tmp_path, name):
    shutil.make_archive(str(tmp_path / "secret"), "zip", tmp_path / "secret")
    (root / "link").symlink_to(tmp_path / "secret")
    (root / "link.zip").symlink_to(tmp_path / "secret.zip")
    assert name not in choices(rooted)
    with pytest.raises(CatalogError, match=r"no folder or ZIP .+ below PRODSIM_CATALOG_ROOT"):
        chosen(name, rooted)


@pytest.mark.parametrize("part", ["images", "styles.csv"])
def test_a_folder_of_which_a_part_leads_out_of_it_is_refused(rooted, root, tmp_path, part):
    (root / "half").mkdir()
    (root / "half" / part).symlink_to(tmp_path / "secret" / part)
    source = chosen("half", rooted)
    with pytest.raises(CatalogError, match=r"^half/.+ (is a link that leads out|is no file of this folder)"):
        look_into(source, rooted)
    with pytest.raises(CatalogError), Library(rooted).unpacked(source):
        pass


def test_a_link_within_the_root_and_a_root_that_is_a_link_are_fine(settings, root, tmp_path):
    (root / "same").symlink_to("shop")
    (tmp_path / "way").symlink_to(root)
    rooted = settings.replace(catalog_root=tmp_path / "way")
    assert choices(rooted) == ["packed.zip", "same", "shop"]
    assert chosen("same", rooted).folder == root / "shop"


@pytest.mark.parametrize(
    "name", ["", ".", "..", "../secret", "shop/../../secret", "notes.txt", ".hidden", "a\0b", "gone"]
)
def test_what_is_not_among_the_choices_is_refused(rooted, name):
    with pytest.raises(CatalogError, match="Choose another one"):
        chosen(name, rooted)


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


def test_a_folder_that_cannot_be_read_is_called_by_its_name(rooted, root):
    shutil.rmtree(root / "shop" / "images")
    (root / "shop" / "images").symlink_to("/")
    source = Path(root / "shop")
    with pytest.raises(CatalogError, match=r"^shop/images is a link that leads out"):
        look_into(staging.Source("shop", source), rooted)
