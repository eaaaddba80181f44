import io
import stat
import struct
import zipfile

import pytest

from prodsim import archive
from prodsim.archive import unpack
from prodsim.errors import CatalogError
from tests.samples import picture

SHIRT = picture("red", format="JPEG")
SHOP = {"styles.csv": b"id\n1\n", "images/1.jpg": SHIRT}


@pytest.fixture
def unpacked(tmp_path):
    """Unpacks an archive of these members (name -> bytes) and tells the files that came out of it (path -> bytes)."""

    def unpacked(members, compression=zipfile.ZIP_DEFLATED):
        with zipfile.ZipFile(tmp_path / "shop.zip", "w", compression) as target:
            for name, data in members.items():
                target.writestr(name, data)
        return files(tmp_path)

    return unpacked


def files(folder):
    """Unpacks `shop.zip` in the folder. Nothing but the archive and the target may be there afterwards."""
    (folder / "target").mkdir()
    unpack(folder / "shop.zip", folder / "target")
    assert {path.name for path in folder.iterdir()} == {"shop.zip", "target"}
    found = [path for path in (folder / "target").rglob("*") if not path.is_dir()]
    assert not any(path.is_symlink() for path in found)
    return {path.relative_to(folder / "target").as_posix(): path.read_bytes() for path in found}


def test_a_table_and_its_pictures_come_out_as_they_went_in(unpacked):
    assert unpacked(SHOP) == SHOP


@pytest.mark.parametrize("compression", [zipfile.ZIP_STORED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_every_usual_compression_is_read(unpacked, compression):
    assert unpacked(SHOP, compression) == SHOP


def test_folders_around_the_catalog_do_not_matter(unpacked):
    assert unpacked({f"fashion/small/{name}": data for name, data in SHOP.items()}) == SHOP


def test_pictures_without_a_folder_are_put_into_one(unpacked):
    assert unpacked({"1.jpg": SHIRT, "2.PNG": SHIRT}) == {"images/1.jpg": SHIRT, "images/2.PNG": SHIRT}


def test_what_is_neither_table_nor_picture_stays_inside(unpacked):
    others = {"README.md": b"x", "images/.hidden.jpg": b"x", "__MACOSX/images/._1.jpg": b"x", "run.sh": b"x"}
    assert unpacked(SHOP | others) == SHOP


def test_of_a_catalog_that_is_in_the_archive_twice_the_upper_one_is_taken(unpacked):
    deeper = {f"copy/{name}": b"other" for name in SHOP}
    assert unpacked(deeper | SHOP) == SHOP


@pytest.mark.parametrize(
    "name", ["../../evil.jpg", "/tmp/evil.jpg", "a/../../../evil.jpg", "C:\\evil.jpg", "..\\..\\evil.jpg", "//evil.jpg"]
)
def test_a_name_that_leads_elsewhere_leads_into_the_target(unpacked, name):
    assert unpacked(SHOP | {name: b"evil"}) == SHOP | {"images/evil.jpg": b"evil"}


@pytest.mark.parametrize("name", ["..", "../..", "images/..", ".jpg", "images/.jpg"])
def test_a_name_that_is_none_is_passed_over(unpacked, name):
    assert unpacked(SHOP | {name: b"evil"}) == SHOP


def test_a_symbolic_link_is_passed_over(unpacked):
    link = zipfile.ZipInfo("images/2.jpg")
    link.create_system = 3
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    assert unpacked(SHOP | {link: b"/etc/passwd"}) == SHOP


def test_an_encrypted_archive_is_refused(tmp_path):
    data = bytearray(zipped(SHOP, tmp_path))
    for signature, flags in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        data[data.index(signature) + flags] |= 1
    (tmp_path / "shop.zip").write_bytes(data)
    with pytest.raises(CatalogError, match=r"shop\.zip is encrypted\. Make the archive again without a password"):
        files(tmp_path)


def zipped(members, folder, compression=zipfile.ZIP_STORED):
    with zipfile.ZipFile(folder / "shop.zip", "w", compression) as target:
        for name, data in members.items():
            target.writestr(name, data)
    return (folder / "shop.zip").read_bytes()


def test_a_bomb_is_refused_before_anything_is_written(unpacked, tmp_path):
    with pytest.raises(CatalogError, match=r"would unpack to 2 files of 50 MB.+200 times its size.+Unpack it yourself"):
        unpacked({"images/1.jpg": bytes(50 * 2**20), "styles.csv": b"id\n"})
    assert [*(tmp_path / "target").iterdir()] == []


def test_a_member_that_lies_about_its_size_is_refused(tmp_path):
    data = bytearray(zipped({"images/1.jpg": bytes(10_000)}, tmp_path, zipfile.ZIP_DEFLATED))
    for signature, size in ((b"PK\3\4", 22), (b"PK\1\2", 24)):
        struct.pack_into("<I", data, data.index(signature) + size, 10)
    (tmp_path / "shop.zip").write_bytes(data)
    with pytest.raises(CatalogError, match="not a readable ZIP"):
        files(tmp_path)
    assert sum(path.stat().st_size for path in (tmp_path / "target").rglob("*.jpg")) <= 10


@pytest.mark.parametrize(("limit", "value"), [("MAX_FILES", 1), ("MAX_UNPACKED_BYTES", 100)])
def test_an_archive_over_a_limit_is_refused(unpacked, monkeypatch, limit, value):
    monkeypatch.setattr(archive, limit, value)
    with pytest.raises(CatalogError, match="more than the limits"):
        unpacked(SHOP)


@pytest.mark.parametrize("members", [{}, {"styles.csv": b"id\n"}, {"images/": b""}])
def test_an_archive_without_pictures_is_refused(unpacked, members):
    with pytest.raises(CatalogError, match=r"holds no pictures \(\.jpg.+Give a ZIP with images/<id>\.jpg"):
        unpacked(members)


@pytest.mark.parametrize("data", [b"", b"no archive", SHIRT])
def test_what_is_no_archive_is_refused(tmp_path, data):
    (tmp_path / "shop.zip").write_bytes(data)
    with pytest.raises(CatalogError, match=r"shop\.zip is not a readable ZIP: .+ Make the archive again"):
        files(tmp_path)


@pytest.mark.parametrize("compression", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_altered_contents_are_refused(tmp_path, compression):
    data = bytearray(zipped({"images/1.jpg": bytes(range(256)) * 4}, tmp_path, compression))
    for position in range(60, 90):
        data[position] ^= 0xFF
    (tmp_path / "shop.zip").write_bytes(data)
    with pytest.raises(CatalogError, match="is not a readable ZIP"):
        files(tmp_path)


def test_a_name_that_is_no_utf_8_though_it_says_so_is_refused(tmp_path):
    data = zipped({"images/ä.jpg": SHIRT}, tmp_path).replace("ä".encode(), b"\xff\xff")
    (tmp_path / "shop.zip").write_bytes(data)
    with pytest.raises(CatalogError, match="is not a readable ZIP"):
        files(tmp_path)


@pytest.mark.parametrize("share", [0.3, 0.9, 0.99])
def test_an_archive_cut_short_is_refused(tmp_path, share):
    data = zipped(SHOP, tmp_path)
    (tmp_path / "shop.zip").write_bytes(data[: int(len(data) * share)])
    with pytest.raises(CatalogError, match="is not a readable ZIP"):
        files(tmp_path)


# an archive that is open already, as an upload is


def test_an_open_file_is_unpacked_as_the_file_on_disk_would_be(tmp_path):
    (tmp_path / "target").mkdir()
    unpack(io.BytesIO(zipped(SHOP, tmp_path)), tmp_path / "target", "shop.zip")
    found = {path for path in (tmp_path / "target").rglob("*") if path.is_file()}
    assert {path.relative_to(tmp_path / "target").as_posix(): path.read_bytes() for path in found} == SHOP


@pytest.mark.parametrize("members", [{}, SHOP | {"images/2.jpg": bytes(50 * 2**20)}])
def test_an_open_file_is_refused_by_the_name_it_is_given(tmp_path, members):
    (tmp_path / "target").mkdir()
    data = zipped(members, tmp_path, zipfile.ZIP_DEFLATED)
    with pytest.raises(CatalogError, match=r"^my\.zip (holds no pictures|would unpack)"):
        unpack(io.BytesIO(data), tmp_path / "target", "my.zip")


def test_a_name_longer_than_the_disk_takes_is_refused(unpacked):
    with pytest.raises(CatalogError, match=r"shop\.zip is not a readable ZIP: File name too long\. Make"):
        unpacked(SHOP | {f"images/{'x' * 300}.jpg": SHIRT})
