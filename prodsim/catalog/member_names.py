"""What the members of a ZIP are called: some programs write names in the encoding of their country, and do not say so.

The Unicode field counts (Info-ZIP's 0x7075, `Unicode Path`), then the flag for UTF-8, then UTF-8 if all is that. Else
the encoding counts in which most names occur in the archive's tables, and then the most likely one.
"""

import struct
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import PurePosixPath

from prodsim.catalog.forms import plain, without_suffix
from prodsim.catalog.tables import ENCODINGS, ENCODINGS_OF_DOS, TABLE_SUFFIXES, likeliest, text_of

METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""What archives of pictures are made with. Python's bzip2 and LZMA unpack all of a bomb before its size is judged."""
_IN_UTF_8 = 1 << 11
_UNICODE_PATH = 0x7075
_ENCODINGS = (*ENCODINGS_OF_DOS, *ENCODINGS)
_TABLES, _TABLE_BYTES = 3, 1 << 20
"""How many tables are looked into, and how much of each."""


def names_of(infos: Sequence[zipfile.ZipInfo], source: zipfile.ZipFile) -> list[str]:
    """One for each member, with whatever slashes it has."""
    names = [_told(info) for info in infos]
    unknown = [place for place, name in enumerate(names) if name is None]
    raw = [infos[place].filename.encode("cp437", "replace") for place in unknown]
    encoding = _encoding(raw, infos, source) if raw else "utf-8"
    for place, name in zip(unknown, raw, strict=True):
        names[place] = name.decode(encoding, "replace")
    return [name or "" for name in names]


def _told(info: zipfile.ZipInfo) -> str | None:
    """A member's name as the archive says it; None if it is bytes of an unknown encoding."""
    if name := _unicode_path(info):
        return name
    if info.flag_bits & _IN_UTF_8 or info.filename.isascii():
        return info.filename
    return None


def _unicode_path(info: zipfile.ZipInfo) -> str:
    extra = info.extra
    while len(extra) >= 4:
        kind, length = struct.unpack_from("<HH", extra)
        field, extra = extra[4 : 4 + length], extra[4 + length :]
        if kind == _UNICODE_PATH and len(field) > 5 and field[0] == 1:
            stated, of_name = struct.unpack_from("<I", field, 1)[0], info.orig_filename.encode("cp437", "replace")
            if stated == zlib.crc32(of_name):
                return field[5:].decode("utf-8", "replace")
    return ""


def _encoding(names: Sequence[bytes], infos: Sequence[zipfile.ZipInfo], source: zipfile.ZipFile) -> str:
    try:
        for name in names:
            name.decode("utf-8")
        return "utf-8"
    except UnicodeDecodeError:
        pass
    text = _text(infos, source)
    found = {each.codec: _occurring(names, each.codec, text) for each in _ENCODINGS} if text else {}
    best = max(found, key=found.__getitem__, default="")
    if best and found[best]:
        return best
    likely = likeliest(names, _ENCODINGS)
    return likely.codec if likely else "cp437"


def _text(infos: Sequence[zipfile.ZipInfo], source: zipfile.ZipFile) -> str:
    """What the archive's tables say, as it is compared; empty if they cannot be read."""
    texts = []
    tables = [
        info
        for info in infos
        if info.compress_type in METHODS and PurePosixPath(info.filename).suffix.lower() in TABLE_SUFFIXES
    ]
    for info in tables[:_TABLES]:
        try:
            with source.open(info) as file:
                text, _ = text_of(info.filename, file.read(_TABLE_BYTES), cut=info.file_size > _TABLE_BYTES)
                texts.append(plain(text))
        except Exception:  # zipfile raises many types on damaged members, which are told when they are unpacked
            continue
    return "\n".join(texts)


def _occurring(names: Sequence[bytes], encoding: str, text: str) -> int:
    stems = {PurePosixPath(name.decode(encoding, "replace").replace("\\", "/")).name for name in names[:200]}
    return sum(plain(without_suffix(stem)) in text for stem in stems)
