"""What the members of a ZIP are called, whatever program packed it."""

import io
import struct
import zipfile
import zlib

import pytest

from prodsim.catalog import open_catalog
from prodsim.catalog.member_names import names_of
from tests.samples import PICTURE, pictures_of

RUSSIAN = ("платье", "рубашка")
GREEK, GERMAN, POLISH = ("φόρεμα", "μπλούζα"), ("Größe-ä", "Hüte"), ("żółty-płaszcz", "łączka")
CHINESE, JAPANESE = ("红色连衣裙", "蓝色衬衫"), ("赤いワンピース", "青いシャツ")
KOREAN = ("빨간원피스", "파란셔츠")


def packed(members, encoding, field=None):
    """A ZIP whose names are in an encoding, and do not say so. `field`: of a name, what its Unicode field says."""
    buffer = io.BytesIO()
    stand_ins = {}
    with zipfile.ZipFile(buffer, "w") as archive:
        for number, (name, data) in enumerate(members.items()):
            raw = name.encode(encoding)
            stand_in = bytes([b"abcdefghij"[number]]) * len(raw)
            info = zipfile.ZipInfo(stand_in.decode())
            if field:
                body = struct.pack("<BI", 1, zlib.crc32(raw)) + field(name)
                info.extra = struct.pack("<HH", 0x7075, len(body)) + body
            archive.writestr(info, data)
            stand_ins[stand_in] = raw
    data = buffer.getvalue()
    for stand_in, raw in stand_ins.items():
        data = data.replace(stand_in, raw)
    return data


def table_of(names):
    return "id,title,color\n" + "".join(f"{name},Model {name},x\n" for name in names)


def names_in(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return names_of(archive.infolist(), archive)


@pytest.mark.parametrize(
    ("names", "encoding"),
    [
        (RUSSIAN, "cp866"),
        (RUSSIAN, "cp1251"),
        (GERMAN, "cp437"),
        (GERMAN, "cp1252"),
        (POLISH, "cp852"),
        (POLISH, "cp1250"),
        (CHINESE, "gbk"),
        (JAPANESE, "shift-jis"),
        (KOREAN, "euc-kr"),
        (RUSSIAN, "utf-8"),
        (CHINESE, "utf-8"),
    ],
)
def test_names_are_read_in_the_encoding_in_which_the_table_has_them(tmp_path, settings, names, encoding):
    members = {"styles.csv": table_of(names).encode()} | {f"images/{name}.jpg": PICTURE for name in names}
    data = packed(members, encoding)
    assert names_in(data) == [*members]
    (tmp_path / "shop.zip").write_bytes(data)
    catalog = open_catalog(settings.replace(catalog=tmp_path / "shop.zip"))
    assert pictures_of(catalog) == {name: [f"images/{name}.jpg"] for name in names}
    assert catalog.problems == ()


@pytest.mark.parametrize(("names", "encoding"), [(RUSSIAN, "cp866"), (GREEK, "cp737"), (CHINESE, "gbk")])
def test_the_field_for_unicode_counts_whatever_else_a_name_is(names, encoding):
    members = {f"{name}.jpg": PICTURE for name in names}
    assert names_in(packed(members, encoding, str.encode)) == [*members]


def test_a_field_of_another_name_does_not_count():
    data = packed({"a.jpg": PICTURE}, "ascii", lambda name: b"../evil.jpg")
    assert names_in(data) == ["../evil.jpg"]
    assert names_in(data.replace(struct.pack("<I", zlib.crc32(b"a.jpg")), b"\0\0\0\0")) == ["a.jpg"]


@pytest.mark.parametrize(
    "extra", [b"\x75\x70", b"\x75\x70\xff\xff", b"\x75\x70\2\0\1\0", b"\x75\x70\0\0" * 9, b"\1\0\0\0"]
)
def test_a_damaged_field_is_none(extra):
    info = zipfile.ZipInfo("a.jpg")
    info.extra = extra
    assert names_of([info], None) == ["a.jpg"]


@pytest.mark.parametrize(
    ("names", "encoding"),
    [
        (("красное платье", "синяя рубашка", "чёрные брюки"), "cp1251"),
        (("красное платье", "синяя рубашка", "чёрные брюки"), "cp866"),
        (("schwarze hüte", "große größen", "weiße strümpfe"), "cp437"),
        (("schwarze hüte", "große größen", "weiße strümpfe"), "cp1252"),
        (CHINESE, "gbk"),
        (JAPANESE, "shift-jis"),
    ],
)
def test_without_a_table_the_most_likely_names_are_taken(names, encoding):
    members = {f"images/{name}.jpg": PICTURE for name in names}
    assert names_in(packed(members, encoding)) == [*members]


def test_one_name_in_no_encoding_costs_no_other_one():
    data = packed({"ascii.jpg": PICTURE, "grün.jpg": PICTURE}, "utf-8").replace(b"gr\xc3\xbcn", b"gr\xff\xfe\x81")
    assert names_in(data)[0] == "ascii.jpg" and len(names_in(data)) == 2


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_nothing_is_unpacked_without_a_limit_to_learn_names(method, monkeypatch):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        archive.writestr("styles.csv", "id\n" * 1_000)
        archive.writestr("gr_n.jpg", PICTURE)
    data = buffer.getvalue().replace(b"gr_n", b"gr\xfcn")
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *_: pytest.fail("it was unpacked"))
    assert len(names_in(data)) == 2


def test_of_a_large_table_only_the_beginning_is_read(monkeypatch):
    read, amounts = zipfile.ZipExtFile.read, []
    monkeypatch.setattr(zipfile.ZipExtFile, "read", lambda file, size=-1: (amounts.append(size), read(file, size))[1])
    members = {f"{number}.csv": b"id,name\n1,x\n" for number in range(5)} | {"größe.jpg": PICTURE}
    names_in(packed(members, "cp1252"))
    assert len(amounts) == 3 and 0 < max(amounts) <= 4 << 20
