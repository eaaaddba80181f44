import io
import os
import stat
import struct
import zipfile
from pathlib import Path

import pytest

from prodsim.catalog import archive, members
from prodsim.catalog.archive import opened
from prodsim.catalog.problems import NOT_UNPACKED, NOT_USED, Problem
from prodsim.errors import CatalogError
from tests.samples import picture

SHIRT = picture("red", format="JPEG")
SHOP = {"styles.csv": b"id\n1\n", "images/1.jpg": SHIRT}


def unpack(packed, folder, name="shop.zip"):
    with opened(packed, name, folder) as found:
        found.unpack(folder)


def left_out(folder):
    return archive.left_out(folder, "shop")


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
    """Unpacks `shop.zip` in the folder. Nothing but the archive and the target may be there afterward."""
    (folder / "target").mkdir()
    unpack(folder / "shop.zip", folder / "target")
    assert {path.name for path in folder.iterdir()} == {"shop.zip", "target"}
    found = [path for path in (folder / "target").rglob("*") if not path.is_dir()]
    assert not any(path.is_symlink() for path in found)
    return {path.relative_to(folder / "target").as_posix(): path.read_bytes() for path in found}


def taken(found):
    """Without the note about what was left out."""
    return {name: data for name, data in found.items() if name != archive.LEFT_OUT}


def test_a_table_and_its_pictures_come_out_as_they_went_in(unpacked):
    assert unpacked(SHOP) == SHOP


def test_what_is_only_stored_is_read(unpacked):
    assert unpacked(SHOP, zipfile.ZIP_STORED) == SHOP


@pytest.mark.parametrize("compression", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_what_unpacks_without_a_limit_is_refused_unopened(tmp_path, monkeypatch, compression):
    zipped(SHOP, tmp_path, compression)
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *_: pytest.fail("it was unpacked"))
    with pytest.raises(CatalogError, match=rf"csv: it is compressed by method {compression}, and not by deflate"):
        files(tmp_path)


def test_folders_stay_as_they_are(unpacked):
    packed = {f"fashion/small/{name}": data for name, data in SHOP.items()} | {"1.jpg": SHIRT, "Red/1.PNG": SHIRT}
    assert unpacked(packed) == packed


def test_what_is_neither_table_nor_picture_stays_inside_and_is_named(unpacked, tmp_path):
    others = {"README.md": b"x", "images/.hidden.jpg": b"x", "__MACOSX/images/._1.jpg": b"x", "run.sh": b"x"}
    assert taken(unpacked(SHOP | others)) == SHOP
    assert {(problem.kind, problem.subject) for problem in left_out(tmp_path / "target")} == {
        (NOT_USED, name) for name in others
    }


def test_a_picture_is_told_by_its_first_bytes_where_its_name_says_nothing(unpacked):
    assert taken(unpacked(SHOP | {"images/2": SHIRT, "images/3.dat": SHIRT, "images/4": b"x"})) == SHOP | {
        "images/2": SHIRT,
        "images/3.dat": SHIRT,
    }


@pytest.mark.parametrize(
    "name", ["../../evil.jpg", "/tmp/evil.jpg", "a/../../../evil.jpg", "C:\\evil.jpg", "..\\..\\evil.jpg", "//evil.jpg"]
)
def test_a_name_that_leads_elsewhere_leads_into_the_target(unpacked, name):
    (found,) = {*unpacked(SHOP | {name: b"evil"}).items()} - {*SHOP.items()}
    assert found in (("evil.jpg", b"evil"), ("tmp/evil.jpg", b"evil"))


@pytest.mark.parametrize("name", ["..", "../..", "images/..", ".jpg", "images/.jpg"])
def test_a_name_that_is_none_is_left_out(unpacked, tmp_path, name):
    assert taken(unpacked(SHOP | {name: b"evil"})) == SHOP
    assert [problem.subject for problem in left_out(tmp_path / "target")] == [name]


def test_a_member_without_a_name_is_left_out(tmp_path):
    packed = zipped(SHOP | {"nameless": b"evil"}, tmp_path)
    (tmp_path / "shop.zip").write_bytes(packed.replace(b"nameless", b"\0ameless"))
    assert taken(files(tmp_path)) == SHOP
    assert left_out(tmp_path / "target") == [Problem(NOT_UNPACKED, "", "its name is none")]


@pytest.mark.parametrize("name", ["images", "images/.", "styles.csv/1.jpg", "images/1.jpg/2/3.jpg"])
def test_of_a_file_that_is_called_as_a_folder_the_folder_is_taken(unpacked, tmp_path, name):
    found = taken(unpacked(SHOP | {name: SHIRT, "3.jpg": SHIRT}))
    assert "3.jpg" in found and len(found) == 3
    (problem,) = left_out(tmp_path / "target")
    assert problem.detail == "a folder has the same name"


@pytest.mark.parametrize("name", ["x/" * 40 + "2.jpg", f"{'x' * 200}/" * 20 + "2.jpg"])
def test_a_path_deeper_or_longer_than_a_catalog_may_have_is_left_out(unpacked, tmp_path, name):
    assert taken(unpacked(SHOP | {name: SHIRT})) == SHOP
    assert left_out(tmp_path / "target") == [Problem(NOT_UNPACKED, name, "File name too long")]


def test_a_file_that_the_disk_takes_for_another_one_does_not_remove_it(tmp_path):
    """As where names differ in case only, which not all disks tell apart."""
    (tmp_path / "target").mkdir()
    (tmp_path / "target" / "styles.csv").write_bytes(b"the other one")
    with pytest.raises(CatalogError, match="File exists"):
        unpack(io.BytesIO(zipped(SHOP, tmp_path)), tmp_path / "target", "shop.zip")
    assert (tmp_path / "target" / "styles.csv").read_bytes() == b"the other one"


def test_a_symbolic_link_is_left_out(unpacked, tmp_path):
    link = zipfile.ZipInfo("images/2.jpg")
    link.create_system = 3
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    assert taken(unpacked(SHOP | {link: b"/etc/passwd"})) == SHOP
    assert left_out(tmp_path / "target") == [Problem(NOT_UNPACKED, "images/2.jpg", "a link")]


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


def test_an_archive_of_more_than_may_be_unpacked_is_refused(unpacked, monkeypatch):
    monkeypatch.setattr(members, "MAX_UNPACKED_BYTES", 100)
    with pytest.raises(CatalogError, match="more than the limits"):
        unpacked(SHOP)


@pytest.mark.parametrize(("limit", "value"), [("MAX_FILES", 1), ("MAX_LIST_BYTES", 70)])
def test_an_archive_of_too_many_files_is_refused_before_their_list_is_parsed(unpacked, monkeypatch, limit, value):
    monkeypatch.setattr(members, limit, value)
    monkeypatch.setattr(zipfile.ZipInfo, "_decodeExtra", lambda *_: pytest.fail("it was parsed"))
    with pytest.raises(CatalogError, match=r"shop\.zip holds more than [0-9,]+ files\. Make several archives of it"):
        unpacked(SHOP)


def test_members_that_overlap_are_judged_by_the_size_of_the_archive(tmp_path):
    """A hundred names for the same megabyte, which is packed to a hundredth: no member alone is suspicious."""
    data = zipped({"images/00.jpg": os.urandom(10_000) + bytes(1 << 20)}, tmp_path, zipfile.ZIP_DEFLATED)
    at = data.rindex(b"PK\1\2")
    end = data.rindex(b"PK\5\6")
    listed = b"".join(data[at:end].replace(b"00.jpg", b"%02d.jpg" % number) for number in range(100))
    closing = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, 100, 100, len(listed), at, 0)
    (tmp_path / "shop.zip").write_bytes(data[:at] + listed + closing)
    with pytest.raises(CatalogError, match="would unpack to 100 files of 101 MB from 0 MB"):
        files(tmp_path)


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


@pytest.mark.parametrize("members", [{"shop.zip": b""}, SHOP | {"images/2.jpg": bytes(50 * 2**20)}])
def test_an_open_file_is_refused_by_the_name_it_is_given(tmp_path, members):
    (tmp_path / "target").mkdir()
    data = zipped(members, tmp_path, zipfile.ZIP_DEFLATED)
    with pytest.raises(CatalogError, match=r"^my\.zip (holds no pictures|would unpack)"):
        unpack(io.BytesIO(data), tmp_path / "target", "my.zip")


# members that cannot be unpacked


def altered(folder, at=b"blue", to=b"BLUE"):
    """Alters stored contents of `shop.zip`, so that they do not match their checksum."""
    data = (folder / "shop.zip").read_bytes()
    assert data.count(at) == 1
    (folder / "shop.zip").write_bytes(data.replace(at, to))


def test_one_damaged_picture_is_left_out_and_the_others_are_unpacked(tmp_path):
    zipped(SHOP | {"images/2.jpg": b"blue"}, tmp_path)
    altered(tmp_path)
    assert taken(files(tmp_path)) == SHOP
    (problem,) = left_out(tmp_path / "target")
    assert problem.subject == "images/2.jpg" and "CRC" in problem.detail


def test_a_damaged_table_is_refused(tmp_path):
    zipped(SHOP | {"styles.csv": b"blue"}, tmp_path)
    altered(tmp_path)
    with pytest.raises(CatalogError, match=r"is not a readable ZIP: styles\.csv: Bad CRC.+Make the archive again"):
        files(tmp_path)


@pytest.mark.parametrize("method", [1, 6, 9, 95, 97, 99])
def test_a_picture_compressed_in_an_unknown_way_is_left_out(tmp_path, method):
    data = bytearray(zipped(SHOP | {"images/2.jpg": b"blue"}, tmp_path))
    for signature, field in ((b"PK\3\4", 8), (b"PK\1\2", 10)):
        struct.pack_into("<H", data, data.rindex(signature) + field, method)
    (tmp_path / "shop.zip").write_bytes(data)
    assert taken(files(tmp_path)) == SHOP
    assert f"method {method}" in left_out(tmp_path / "target")[0].detail


def test_a_name_longer_than_the_disk_takes_is_left_out(unpacked, tmp_path):
    name = f"images/{'x' * 300}.jpg"
    assert taken(unpacked(SHOP | {name: SHIRT})) == SHOP
    assert left_out(tmp_path / "target") == [Problem(NOT_UNPACKED, name, "File name too long")]


def test_a_member_called_otherwise_in_the_list_is_left_out(tmp_path):
    data = zipped(SHOP | {"images/2.jpg": b"blue"}, tmp_path)
    at = data.rindex(b"images/2.jpg")
    (tmp_path / "shop.zip").write_bytes(data[:at] + b"images/3.jpg" + data[at + 12 :])
    assert taken(files(tmp_path)) == SHOP
    assert left_out(tmp_path / "target")[0].subject == "images/3.jpg"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_of_the_very_same_name_twice_the_first_is_taken(tmp_path):
    with zipfile.ZipFile(tmp_path / "shop.zip", "w") as target:
        for data in (SHIRT, b"second"):
            target.writestr("images/1.jpg", data)
    assert taken(files(tmp_path)) == {"images/1.jpg": SHIRT}
    assert left_out(tmp_path / "target") == [Problem(NOT_UNPACKED, "images/1.jpg", "another one has the same name")]


def test_whatever_is_unpacked_is_unpacked_or_left_out_by_name(unpacked, tmp_path):
    wanted = {f"{folder}/{number}.jpg": SHIRT for number in range(5) for folder in ("a", "b/c", "images")}
    came_out = unpacked(wanted | {"../styles.csv": b"id\n1\n", "x/styles.csv": b""})
    assert len(taken(came_out)) + len(left_out(tmp_path / "target")) == len(wanted) + 2


@pytest.mark.parametrize("text", ["", "{", "[1]", "[[1]]", "null", "[" * 100_000])
def test_what_was_left_out_is_damaged_if_it_was_tampered_with(tmp_path, text):
    (tmp_path / archive.LEFT_OUT).write_text(text)
    with pytest.raises(CatalogError, match=r"left-out\.json is damaged\. Delete it"):
        left_out(tmp_path)


def test_what_was_left_out_is_not_read_through_a_link_or_a_pipe(tmp_path):
    (tmp_path / "elsewhere").write_text("[]")
    (tmp_path / "link").mkdir()
    (tmp_path / "link" / archive.LEFT_OUT).symlink_to(tmp_path / "elsewhere")
    os.mkfifo(tmp_path / archive.LEFT_OUT)
    for folder in (tmp_path, tmp_path / "link"):
        with pytest.raises(CatalogError, match="is damaged"):
            left_out(folder)


# archives of other shapes


def test_an_archive_behind_other_data_is_read(tmp_path):
    data = zipped(SHOP, tmp_path)
    (tmp_path / "shop.zip").write_bytes(SHIRT + data)
    assert files(tmp_path) == SHOP


def test_an_archive_in_the_format_for_large_files_is_read(tmp_path):
    with zipfile.ZipFile(tmp_path / "shop.zip", "w") as target:
        for name, data in SHOP.items():
            with target.open(name, "w", force_zip64=True) as member:
                member.write(data)
    assert files(tmp_path) == SHOP


def test_names_in_utf_8_that_do_not_say_so_are_read(tmp_path):
    data = bytearray(zipped({"images/ä.jpg": SHIRT}, tmp_path))
    for signature, flags in ((b"PK\3\4", 7), (b"PK\1\2", 9)):
        data[data.index(signature) + flags] = 0
    (tmp_path / "shop.zip").write_bytes(data)
    assert files(tmp_path) == {"images/ä.jpg": SHIRT}


@pytest.mark.parametrize("name", ["images/ü\n2.jpg", "images/2.jpg\0.exe", "images\\2.jpg", "d:\\images\\2.jpg"])
def test_a_strange_name_becomes_a_file_in_the_target(unpacked, name):
    assert len(unpacked(SHOP | {name: SHIRT})) == 3


def test_an_archive_in_an_archive_is_named(unpacked, tmp_path):
    inner = zipped(SHOP, tmp_path)
    with pytest.raises(
        CatalogError, match=r"holds no pictures\. Perhaps the catalog is deep/shop\.zip, which is in it: give"
    ):
        unpacked({"deep/shop.zip": inner})


def test_an_archive_that_may_not_be_read_is_refused(tmp_path, monkeypatch):
    def denied(*_):
        raise PermissionError(13, "Permission denied")

    zipped(SHOP, tmp_path)
    monkeypatch.setattr(Path, "open", denied)
    with pytest.raises(CatalogError, match=r"shop\.zip cannot be read: Permission denied\. Check its permissions"):
        unpack(tmp_path / "shop.zip", tmp_path)
