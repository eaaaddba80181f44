"""Ids and names of pictures as they are compared: programs, shops and disks spell the same one in many ways.

`climb` goes up a ladder of forms, each one looser than the one before. On every rung an id means a name if it is the
only id of its form, and the name the only one. So a loose form never takes a name that a stricter one has found, and
nothing is guessed where two could be meant.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping

from prodsim.images import SUFFIXES

_WORDS = (
    "front|back|side|left|right|top|bottom|main|detail|details|alt|zoom|model|flat|full|hero|swatch|image|img|picture"
    "|pic|photo|large|small|big|thumb|thumbnail|copy|view|cover|default|primary|secondary|hover|worn|pack"
)
_TAIL = re.compile(
    rf"(?:(?<![ _.\-])[ _.\-]*\(\d{{1,3}}\)|(?<![ _.\-])[ _.\-]+(?:[a-z]{{0,2}}\d{{1,3}}|[a-z]|(?:{_WORDS})\d{{0,2}}"
    r"|\d{2,4}x\d{2,4})|(?<=\d)[a-z]|\.[a-z]{2,5})$",
    re.IGNORECASE,
)
"""What further pictures of a product have behind its name: _1, -2, (3), _p4, _front, 1001a; or an unknown suffix."""
_TAILS, _TAIL_LETTERS = 2, 32
"""As in 1001_front_2; and what is looked at of a name for each."""
LONGEST = 255
"""Letters of what may be called as a file is, which has no more bytes."""
_PARTS = 6
"""Of a picture's name, those that an id may be written in."""
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+")
_POWER = re.compile(r"(\d)(?:[.,](\d{1,15}))?e\+(\d\d?)", re.IGNORECASE)
_LETTERS = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "\u0131": "i", "æ": "a", "œ": "o"})
"""Those that are not put together of a letter and an accent; \u0131 is the Turkish i without a dot."""


def without_suffix(name: str) -> str:
    """A file's name without what says that it is a picture, also where that stands twice (.jpg.jpg)."""
    while (dot := name.rfind(".")) > 0 and name[dot:].casefold() in SUFFIXES:
        name = name[:dot]
    return name


def plain(text: str) -> str:
    """In any case and width, accents put together, every dash a hyphen, nothing invisible, blanks single."""
    seen = "".join(map(_seen, unicodedata.normalize("NFKC", text).casefold()))
    return " ".join(unicodedata.normalize("NFKC", seen).split())


def _seen(letter: str) -> str:
    kind = unicodedata.category(letter)
    if kind == "Pd" or letter == "\u2212":  # the sign for minus
        return "-"
    return "" if kind in ("Cf", "Cc") and not letter.isspace() else letter


def _as_file(text: str) -> str:
    """As a file is called, whose name no spreadsheet has taken for a number: 12.0, 1,001 and 1.001E+12 are none."""
    text = re.sub(r"^(\d+)\.0+$", r"\1", without_suffix(text))
    if _THOUSANDS.fullmatch(text):
        return text.replace(",", "")
    found = _POWER.fullmatch(text)
    if found and int(found[3]) >= len(found[2] or ""):
        return found[1] + (found[2] or "").ljust(int(found[3]), "0")
    return text


def _separated(text: str) -> str:
    return re.sub(r"[\W_]+", "-", text).strip("-")


def _without_zeros(text: str) -> str:
    return re.sub(r"(?<!\d)0+(?=\d)", "", text)


def _without_accents(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text).translate(_LETTERS)
    return "".join(letter for letter in letters if unicodedata.category(letter) != "Mn")


def _squeezed(text: str) -> str:
    """Numbers stay apart: 10-1 is a picture of 10, and not 101."""
    return re.sub(r"(?<!\d)-|-(?!\d)", "", text)


def _without_umlauts(text: str) -> str:
    """Without the e that is written for two dots: Mueller is Müller."""
    return re.sub(r"([aou])e+", r"\1", text)


_RUNGS = (
    lambda text: unicodedata.normalize("NFC", text),
    _as_file,
    plain,
    _separated,
    _without_zeros,
    _without_accents,
    _squeezed,
    _without_umlauts,
)


def loosest(text: str) -> str:
    """The form of the last rung."""
    if text.isascii() and text.isalnum():
        return _without_umlauts(_without_zeros(text.lower()))
    for form in _RUNGS:
        text = form(text)
    return text


def climb(ids: Iterable[str], names: Iterable[str]) -> dict[str, str]:
    """Which name each id means, as far as it is one: id -> name. Both are given without doubles."""
    left, free = {each: each for each in ids if len(each) <= LONGEST}, {each: each for each in names}
    means = {each: each for each in left if each in free}
    for each in means:
        del left[each], free[each]
    for form in _RUNGS:
        if not left or not free:
            break
        left = {each: form(before) for each, before in left.items()}
        free = {each: form(before) for each, before in free.items()}
        asked, there = _by_form(left), _by_form(free)
        for key, those in asked.items():
            meant = there.get(key, ())
            if key and len(those) == len(meant) == 1:
                means[those[0]] = meant[0]
                del left[those[0]], free[meant[0]]
    return means


def _by_form(forms: Mapping[str, str]) -> dict[str, list[str]]:
    by_form = defaultdict(list)
    for each, key in forms.items():
        by_form[key].append(each)
    return by_form


def stems(name: str) -> list[str]:
    """What a picture may be a further one of, the longest first: "1001_front_2" -> ["1001_front", "1001"]."""
    found = []
    for _ in range(_TAILS):
        shorter = name[:-_TAIL_LETTERS] + _TAIL.sub("", name[-_TAIL_LETTERS:])
        if shorter == name or not shorter:
            break
        found.append(shorter)
        name = shorter
    return found


def standing_in(names: Iterable[str], ids: Iterable[str]) -> dict[str, str]:
    """Which id each name begins with, or each ends with, but for what all of them have there (SHOP_1001_red): name ->
    id. Empty unless more than half of the ids are found so.
    """
    parted = {name: _parts(name) for name in names}
    known: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for id_ in (each for each in ids if len(each) <= LONGEST):
        known[tuple(_parts(id_))].append(id_)
    best: dict[str, str] = {}
    for turn in (1, -1) if len(parted) > 1 else ():
        turned = {name: parts[::turn] for name, parts in parted.items()}
        first, last = min(turned.values()), max(turned.values())
        common = next((at for at, pair in enumerate(zip(first, last, strict=False)) if len({*pair}) > 1), 0)
        for start in {0, common}:
            means = {}
            for name, parts in turned.items():
                rest = parts[start : start + _PARTS]
                runs = (known.get(tuple(rest[:length][::turn])) for length in range(len(rest), 0, -1))
                if (run := next(filter(None, runs), None)) and len(run) == 1:
                    means[name] = run[0]
            if len({*means.values()}) > len({*best.values()}):
                best = means
    return best if 2 * len({*best.values()}) > len(known) else {}


def _parts(text: str) -> list[str]:
    """The words and numbers that it is made of, as they are compared."""
    return _without_accents(_without_zeros(_separated(plain(_as_file(text))))).split("-")


def natural(path: str) -> list[tuple[int, str]]:
    """To sort paths by, folder by folder: shorter names first, so that 2 comes before 10."""
    return [(len(name), name) for name in path.split("/")]
