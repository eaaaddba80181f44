"""The text of a file whose encoding nobody says, by the evidence of its bytes.

UTF-8 is told from all others by its form. Among the others every candidate is tried on the words that have bytes beyond
ASCII, and the one by which they are likeliest words of a language is taken, and said: see `languages`.
"""

import codecs
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import AnyStr

from prodsim.catalog.problems import TABLE, Problem
from prodsim.catalog.tables.delimited import MARKS
from prodsim.catalog.tables.languages import asian, european
from prodsim.catalog.tables.vocabulary import ASIAN
from prodsim.errors import CatalogError

WORDS = 1500
"""Different ones, from the top of the file, that a guess is made by."""
LONGEST = 60
"""Bytes looked at of a word, which in some languages is a sentence."""
LEAST = -12.5
"""Log-likelihood by character: below, what comes out is no text."""
MIXED, MIXED_ASIAN = 0.25, 0.75
"""Of the lines with bytes beyond ASCII, those in UTF-8: from here on it is UTF-8 with lines of another program.
Pairs of bytes in Asian encodings are UTF-8 as well now and then."""
HEAD = 1 << 16
"""Bytes that are looked at for zeros and controls."""
ZEROS, ALL_ZEROS, CONTROLS = 0.05, 0.9, 0.03
"""So many of them are zeros in UTF-16, of some bytes of each character in UTF-32, and controls in what is no text."""
BROKEN = -12.0
"""For a byte that an encoding does not have."""

_WEST = ("French", "German", "Spanish", "Portuguese", "Italian", "Scandinavian", "Finnish")
_CENTRAL = ("Polish", "Czech", "Slovak", "Hungarian", "Croatian", "Romanian", "German")
_CYRILLIC = ("Russian", "Ukrainian", "Bulgarian")
_BREAKS = re.compile(rb"[\x00-\x3f]+")
"""What is no part of a character of several bytes in any of the encodings, so that words can be told before."""
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x19\x1b-\x1f\x7f]")
_UTF_8 = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
"""Characters of several bytes: a line of UTF-8 with such is one, though something in it is broken."""


@dataclass(frozen=True)
class Encoding:
    """`codec`: Python's name; `called`: people's; `prior`: the log of how usual it is."""

    codec: str
    called: str
    languages: tuple[str, ...]
    prior: float = 0.0


@dataclass(frozen=True)
class _Guess:
    encoding: Encoding
    total: float
    characters: int


ENCODINGS = (
    Encoding("cp1252", "Windows-1252 (Western European)", _WEST),
    Encoding("cp1250", "Windows-1250 (Central European)", _CENTRAL, -2),
    Encoding("cp1251", "Windows-1251 (Cyrillic)", _CYRILLIC),
    Encoding("cp1253", "Windows-1253 (Greek)", ("Greek",), -1),
    Encoding("cp1254", "Windows-1254 (Turkish)", ("Turkish",), -2),
    Encoding("cp1257", "Windows-1257 (Baltic)", ("Lithuanian", "Latvian", "Estonian"), -3),
    Encoding("iso8859_15", "ISO 8859-15 (Western European)", _WEST, -3),
    Encoding("iso8859_2", "ISO 8859-2 (Central European)", _CENTRAL, -4),
    Encoding("koi8_u", "KOI8 (Cyrillic)", _CYRILLIC, -3),
    Encoding("mac_roman", "Mac Roman (Western European)", _WEST, -5),
    Encoding("cp932", "Shift-JIS (Japanese)", ("Japanese",), -1),
    Encoding("euc_jp", "EUC-JP (Japanese)", ("Japanese",), -3),
    Encoding("gb18030", "GBK (Chinese)", ("Chinese",), -1),
    Encoding("big5hkscs", "Big5 (Chinese)", ("Taiwanese",), -2),
    Encoding("cp949", "Korean (CP949)", ("Korean",), -1),
)
ENCODINGS_OF_DOS = (
    Encoding("cp437", "DOS (American)", _WEST),
    Encoding("cp850", "DOS (Western European)", _WEST, -1),
    Encoding("cp852", "DOS (Central European)", _CENTRAL, -2),
    Encoding("cp866", "DOS (Cyrillic)", _CYRILLIC),
    Encoding("cp737", "DOS (Greek)", ("Greek",), -1),
)
"""Names in a ZIP are written in these as well, tables hardly."""
_USUAL: dict[str, Callable[[bytes], bool]] = {
    "Japanese": lambda data: 0x88 <= data[0] <= 0x97,  # in Shift-JIS
    "Chinese": lambda data: len(data) == 2 and 0xB0 <= data[0] <= 0xD7 and data[1] >= 0xA1,
    "Taiwanese": lambda data: 0xA4 <= data[0] <= 0xC6,
    "Korean": lambda data: 0xB0 <= data[0] <= 0xC8 and data[1] >= 0xA1,
}
"""Whether a character is in the part of a table where those of every day are, from its bytes."""
_TABLES = {"Japanese": "cp932", "Chinese": "gb18030", "Taiwanese": "big5hkscs", "Korean": "cp949"}


def text_of(name: str, data: bytes, cut: bool = False) -> tuple[str, list[Problem]]:
    """The text of a file, and what was guessed of it. CatalogError, which calls it `name`, if it is no text. `cut`: it
    is the beginning of a file, whose last line is left out.
    """
    codec = _unicode(data)
    try:
        text = codecs.getincrementaldecoder(codec or "utf-8")().decode(data, not cut)
        return (text[: _last_end(text, "\r", "\n")] if cut else text).lstrip("\ufeff"), []
    except UnicodeDecodeError:
        if codec:
            raise _no_text(name) from None
    data = data[: _last_end(data, b"\r", b"\n")] if cut else data
    lines = data.splitlines(keepends=True)
    beyond = [line for line in lines if not line.isascii()]
    others = [line for line in beyond if not _is_utf_8(line)]
    if not others:  # what was no UTF-8 was in the line that is cut
        return data.decode("utf-8").lstrip("\ufeff"), []
    strays = [line for line in others if not _UTF_8.search(line)]
    encoding = likeliest(strays or others)
    share = 1 - len(others) / len(beyond)
    if share >= (MIXED if encoding is None or encoding.languages[0] not in ASIAN else MIXED_ASIAN):
        encoding = encoding if strays else None
        codec = encoding.codec if encoding else "utf-8"
        text = "".join(line.decode("utf-8" if _UTF_8.search(line) else codec, "replace") for line in lines)
        detail = f"{len(others):,} lines are not UTF-8" + (f" and were read as {encoding.called}" if encoding else "")
    elif encoding is None:
        raise _no_text(name)
    else:
        text, detail = data.decode(encoding.codec, "replace"), f"read as {encoding.called}"
    if lost := text.count("\ufffd"):
        detail += f", but for {lost:,} characters"
    return text.lstrip("\ufeff"), [Problem(TABLE, name, f"{detail}; save it as UTF-8 if names look wrong")]


def _last_end(text: AnyStr, *ends: AnyStr) -> int:
    """The place behind the last line that is whole, or behind all if there is none."""
    return max(text.rfind(end) for end in ends) + 1 or len(text)


def _unicode(data: bytes) -> str:
    """UTF-16 or UTF-32 if that is what its mark says, or the zeros of its first characters; empty if it is neither."""
    for mark, codec in MARKS.items():
        if data.startswith(mark):
            return codec
    head = data[:HEAD]
    zeros = [head[at::4].count(0) * 4 for at in range(4)]
    if sum(zeros) < ZEROS * 4 * len(head) and 0 not in head[:2]:
        return ""
    for codec, high in (("utf-32-be", zeros[:2]), ("utf-32-le", zeros[2:])):
        if min(high) > ALL_ZEROS * len(head):
            return codec
    return "utf-16-be" if zeros[0] + zeros[2] > zeros[1] + zeros[3] else "utf-16-le"


def likeliest(lines: Sequence[bytes], among: Sequence[Encoding] = ENCODINGS) -> Encoding | None:
    """The encoding by which these lines are likeliest; None if they are no text by any."""
    head = b"".join(lines)[:HEAD]
    words: dict[bytes, None] = {}
    for line in lines:
        words |= dict.fromkeys(word for word in _BREAKS.split(line) if not word.isascii())
        if len(words) >= WORDS:
            break
    found = max((_likelihood(encoding, [*words][:WORDS]) for encoding in among), key=lambda each: each.total)
    text = found.total - found.encoding.prior >= LEAST * found.characters
    return found.encoding if text and len(_CONTROLS.findall(head)) <= CONTROLS * len(head) else None


def _likelihood(encoding: Encoding, words: list[bytes]) -> _Guess:
    decoder = codecs.getincrementaldecoder(encoding.codec)
    texts = []
    broken = 0.0
    for word in words:
        try:
            texts.append(decoder().decode(word[:LONGEST], len(word) <= LONGEST))
        except UnicodeDecodeError:
            broken += BROKEN * sum(byte > 0x7F for byte in word[:LONGEST])
    characters = sum(not character.isascii() for text in texts for character in text)
    best = max(sum(map(_measure(language), texts)) for language in encoding.languages)
    return _Guess(encoding, encoding.prior + best + broken, characters)


@cache
def _measure(language: str) -> Callable[[str], float]:
    return asian(language, _TABLES[language], _USUAL[language]) if language in ASIAN else european(language)


def _is_utf_8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _no_text(name: str) -> CatalogError:
    return CatalogError(f"{name} is not text in an encoding that is known here. Save it as CSV in UTF-8.")
