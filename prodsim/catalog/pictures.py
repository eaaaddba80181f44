"""The pictures of a catalog, looked up by what a table says of them: an id, a file's name, a path, an address."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from prodsim.catalog.addresses import addresses_in, stem_of
from prodsim.catalog.files import File
from prodsim.catalog.forms import LONGEST, climb, loosest, plain, standing_in, stems, without_suffix
from prodsim.images import SUFFIXES

_BETWEEN = re.compile(r"[|;\r\n\t]+")
"""What stands between names of several pictures in a cell; so does a comma, where the whole is no name."""
_LONGEST = 2_000
"""Characters of a path or an address."""
_AROUND = " \t'\"[](){}<>"
_MARKS = re.compile(r"[\"'<>()\[\]{}=,;|\r\n\t]+")
"""What stands around names of files in HTML, or between them and their addresses: `1.jpg (https://...)`."""
MOST = 50
"""Pictures that a cell names at most; what comes behind is not looked at."""
_ABOVE = 6
"""Folders over a picture that tell it from others of its name."""
_ALT = " ! "
"""Between a picture and its description, in exports of WooCommerce."""
ADDRESS = re.compile(r"(?:https?:)?//\S+", re.IGNORECASE)


class Pictures:
    """Pictures by their places in a list of files, from 0."""

    def __init__(self, files: Sequence[File]) -> None:
        self.files = files
        self.by_stem: dict[str, list[int]] = defaultdict(list)
        """What a file is called without its suffix -> its places."""
        self._folders_above: dict[tuple[int, int], dict[tuple[str, ...], int]] = {}
        for place, file in enumerate(files):
            self.by_stem[file.stem].append(place)

    def __len__(self) -> int:
        return len(self.files)

    def id_of(self, place: int) -> str:
        """What a product is called of which nothing but this picture is known: its stem, with its folders if pictures
        in other ones have the same.
        """
        file = self.files[place]
        return without_suffix(file.within) if file.stem in self._in_several_places else file.stem

    @cached_property
    def _in_several_places(self) -> set[str]:
        paths = {without_suffix(file.within) for file in self.files}
        stems = Counter(path.rpartition("/")[2] for path in paths)
        return {stem for stem, number in stems.items() if number > 1}

    @cached_property
    def words(self) -> set[str]:
        """Whatever pictures, and the folders that they are in, may be called by in a table, letter for letter."""
        folders = {part for file in self.files for part in file.folders}
        return {*self.by_stem, *(shorter for stem in self.by_stem for shorter in stems(stem)), *folders}

    def may_be_called(self, text: str) -> bool:
        """Whether some picture could be meant by an id."""
        return text in self.words or (len(text) <= LONGEST and loosest(text) in self._loosely)

    @cached_property
    def _loosely(self) -> set[str]:
        return {loosest(word) for word in self.words} - {""}

    def named_in(self, cell: str) -> list[int]:
        """The pictures that a cell names, one or several, in its order: by names or paths of files, or by addresses."""
        if not cell:
            return []
        named = [self._named(part) for part in self._parts(cell)]
        if not any(named):
            named = [self._named(part) for part in files_in(cell)[:MOST]]
        return [*dict.fromkeys(place for places in named for place in places)]

    def _parts(self, cell: str) -> list[str]:
        parts = addresses_in([cell]) or [part for part in _BETWEEN.split(cell) if part.strip(_AROUND)]
        if len(parts) == 1 and "," in cell and not ADDRESS.match(cell):
            parts = [part for part in cell.split(",") if part.strip(_AROUND)]
        parts = parts[:MOST]
        several = len(parts) > 1 and (all(map(is_picture_name, parts)) or not self._named(cell))
        return parts if several else [cell]

    def _named(self, text: str) -> list[int]:
        """The picture of this name, of several the one of whose path it says most; none or one."""
        text, _, _ = text.strip().partition(_ALT)
        return self._called(text) or self._called(text.strip(_AROUND))

    def _called(self, text: str) -> list[int]:
        if not text or len(text) > _LONGEST:
            return []
        if ADDRESS.match(text):
            if fetched := self.by_stem.get(stem_of(text)):
                return fetched[:1]
            text = _path_of(text)
        wanted = [plain(part) for part in text.replace("\\", "/").split("/") if part.strip()]
        if not wanted:
            return []
        found = self._by_name.get(wanted[-1]) or self._by_plain_stem.get(without_suffix(wanted[-1]))
        if not found and not (found := self._by_loose_stem.get(loosest(wanted[-1]), [])):
            return []
        if len(found) > 1:
            above = self._above(found)
            runs = (tuple(wanted[-1 - length : -1]) for length in range(min(len(wanted) - 1, _ABOVE), 0, -1))
            found = next(([above[run]] for run in runs if run in above), found)
        return found[:1]

    def _above(self, places: Sequence[int]) -> dict[tuple[str, ...], int]:
        """Folders right above -> the first of these places that lies in them; put together once for each name."""
        key = (places[0], len(places))  # which lists of one name, or of one stem, have for themselves
        if key not in self._folders_above:
            above: dict[tuple[str, ...], int] = {}
            for place in places:
                folders = self._paths[place][:-1]
                for length in range(1, min(len(folders), _ABOVE) + 1):
                    above.setdefault(tuple(folders[-length:]), place)
            self._folders_above[key] = above
        return self._folders_above[key]

    @cached_property
    def _paths(self) -> list[list[str]]:
        return [[*map(plain, file.within.split("/"))] for file in self.files]

    @cached_property
    def _by_name(self) -> dict[str, list[int]]:
        by_name = defaultdict(list)
        for place, path in enumerate(self._paths):
            by_name[path[-1]].append(place)
        return by_name

    @cached_property
    def _by_plain_stem(self) -> dict[str, list[int]]:
        by_stem = defaultdict(list)
        for place, path in enumerate(self._paths):
            by_stem[without_suffix(path[-1])].append(place)
        return by_stem

    @cached_property
    def _by_loose_stem(self) -> dict[str, list[int]]:
        """Only forms that pictures of one stem have."""
        having = defaultdict(set)
        for stem in self._by_plain_stem:
            having[loosest(stem)].add(stem)
        return {form: self._by_plain_stem[min(those)] for form, those in having.items() if form and len(those) == 1}

    def of_ids(self, ids: Iterable[str], taken: Iterable[int] = ()) -> dict[str, list[int]]:
        """The pictures of each id, by their names, then by what stands before a number (1001_2), then by their folders,
        then by a part of their names.

        Those `taken` are no other's.
        """
        ids = [*dict.fromkeys(ids)]
        gone = {*taken}
        found: dict[str, list[int]] = {}

        def give(means: Iterable[tuple[str, Iterable[int]]]) -> None:
            for id_, places in means:
                fresh = [place for place in places if place not in gone]
                if fresh:
                    found.setdefault(id_, []).extend(fresh)
                    gone.update(fresh)

        free = [stem for stem, places in self.by_stem.items() if not gone.issuperset(places)]
        give((id_, self.by_stem[stem]) for id_, stem in climb(ids, free).items())
        free = [stem for stem in free if not gone.issuperset(self.by_stem[stem])]
        for depth in range(2):
            shorter: dict[str, list[str]] = defaultdict(list)
            for stem in free:
                if len(bases := stems(stem)) > depth:
                    shorter[bases[depth]].append(stem)
            means = climb(ids, shorter)
            give(
                (id_, [place for stem in shorter[base] for place in self.by_stem[stem]]) for id_, base in means.items()
            )
            free = [stem for stem in free if not gone.issuperset(self.by_stem[stem])]
        left = [place for stem in free for place in self.by_stem[stem] if place not in gone]
        folders: dict[str, list[int]] = defaultdict(list)
        for place in left:
            for part in self.files[place].folders:
                folders[part].append(place)
        give((id_, folders[part]) for id_, part in climb(ids, folders).items())
        free = [stem for stem in free if not gone.issuperset(self.by_stem[stem])]
        give((id_, self.by_stem[stem]) for stem, id_ in standing_in(free, ids).items())
        return found


def _path_of(address: str) -> str:
    """The path of an address as a file is called by: without query, %20 as a blank."""
    try:
        return unquote(urlsplit(address).path)
    except ValueError:
        return ""


def is_address_of_picture(text: str) -> bool:
    """Whether a cell begins with the address of a file that is called like a picture."""
    found = next(iter(addresses_in([text])), "")
    return PurePosixPath(_path_of(found)).suffix.lower() in SUFFIXES


def is_picture_name(text: str) -> bool:
    """Whether a text looks like the name or path of a picture's file, or like an address."""
    text = text.strip(_AROUND)
    return bool(ADDRESS.match(text)) or PurePosixPath(text).suffix.lower() in SUFFIXES


def files_in(text: str) -> list[str]:
    """Names of pictures' files in a text that has others things as well."""
    return [part for part in _MARKS.split(text) if PurePosixPath(part.strip()).suffix.lower() in SUFFIXES]


def names_files(text: str) -> bool:
    """Whether a text is the name, path or address of a picture, or has some in it."""
    return is_picture_name(text) or ("." in text and bool(files_in(text)))
