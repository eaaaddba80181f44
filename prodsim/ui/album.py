"""The photos that a visitor gave, in the visitor's session: the last few sets of them, each under a token.

A set is what one query is asked with. Its token is random: an address that has it tells nothing, and opens nothing in
another session. Streamlit keeps the files of an uploader, in its manager and as the widget's value, until the visitor
removes them or leaves; `take` makes both forget them.

All sessions together keep no more than a server can bear. Whoever has most of that loses a set first, the oldest, and
is asked for its photos again, as anybody is who has an address of it alone.
"""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from threading import Lock
from weakref import WeakSet

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import DeletedFile, UploadedFile

from prodsim.images import Fitting
from prodsim.search import MAX_PHOTOS, WHOLE, Box, Framing, Photo

SETS = 5
"""Sets that are kept: a visitor who goes back finds the query before."""
MOST_BYTES = 160 << 20
"""Of the files of all sets: as many as the largest photos of one."""
ALL_BYTES = 500 << 20
"""Of the files of all sessions, of those too that Streamlit keeps for two minutes after they were left: 150 photos as
phones write them.
"""

_ALBUM = "album"


@dataclass(frozen=True)
class Given:
    """A photo's file and how it is framed: `box` may leave nothing of it, and `fit` is None for the encoder's way."""

    name: str
    content: bytes = field(repr=False)  # no message and no log may hold it
    box: Box = WHOLE
    fit: Fitting | None = None

    @cached_property
    def photo(self) -> Photo:
        """What is searched with, and remembers what was seen of it. QueryError if the box leaves nothing."""
        return Photo(self.name, self.content, Framing(self.box, self.fit))

    def let_go(self) -> None:
        """Let the photo forget the file, if there is one already."""
        if photo := self.__dict__.get("photo"):
            photo.let_go()


@dataclass(frozen=True)
class _Set:
    photos: tuple[Given, ...]
    left_out: int


@dataclass(eq=False)
class _Album:
    """The sets of a session by token, the oldest first."""

    sets: dict[str, _Set] = field(default_factory=dict)

    @property
    def bytes(self) -> int:
        """Sets share the files that they have in common."""
        return sum({id(one.content): len(one.content) for kept in self.sets.values() for one in kept.photos}.values())

    def lose_one(self) -> None:
        """The oldest. What was made of it in the page may be held on, the files that no other set has may not."""
        lost = self.sets.pop(next(iter(self.sets)))
        kept = {id(one.content) for others in self.sets.values() for one in others.photos}
        for one in lost.photos:
            if id(one.content) not in kept:
                one.let_go()


_albums: WeakSet[_Album] = WeakSet()
"""Of all sessions that there are; with a session Streamlit forgets its album."""
_changing = Lock()
"""Held while one comes or changes, for another session may be the one that loses a set."""


def take(uploads: Sequence[UploadedFile | DeletedFile], onto: str = "") -> str:
    """Keep what was uploaded, see `keep`, and nowhere else; where all of it was taken before, the token is `onto`.

    The uploader is to be drawn under another key from now on: this one would tell the browser that its files are gone.
    """
    files = [upload for upload in uploads if isinstance(upload, UploadedFile)]
    if not files:
        return onto
    token = keep(((file.name, file.getvalue()) for file in files), onto)
    context = get_script_run_ctx()
    for file in files:
        if context and hasattr(context.uploaded_file_mgr, "remove_file"):  # in the manager that there is
            context.uploaded_file_mgr.remove_file(context.session_id, file.file_id)
        file.close()
    return token


def keep(files: Iterable[tuple[str, bytes]], onto: str = "") -> str:
    """The token of a new set: the photos of another one, framed as they are there, and these files, by name.

    The first MAX_PHOTOS are kept, and none twice.
    """
    before = photos(onto)
    given = {one.content: one for one in before}
    for name, content in files:
        given.setdefault(content, Given(name, content))
    every = tuple(given.values())
    return _put(_Set(every[:MAX_PHOTOS], len(every[MAX_PHOTOS:])))


def photos(token: str) -> tuple[Given, ...]:
    """Those of a set, in order; none if it is not there, or no more."""
    kept = _album().sets.get(token)
    return kept.photos if kept else ()


def left_out(token: str) -> int:
    """How many more were given than a query takes."""
    kept = _album().sets.get(token)
    return kept.left_out if kept else 0


def frame(token: str, place: int, box: Box, fit: Fitting | None = None) -> None:
    """Frame the photo in this place of a set, which keeps its token. Others stay as they are."""
    sets = _album().sets
    with _changing:
        if token in sets and place < len(sets[token].photos):  # a set may have gone since it was drawn
            framed = list(sets[token].photos)
            framed[place] = replace(framed[place], box=box, fit=fit)
            sets[token] = replace(sets[token], photos=tuple(framed))


def without(token: str, place: int) -> str:
    """The token of a new set, which lacks the photo in this place; empty if that leaves none."""
    rest = tuple(one for other, one in enumerate(photos(token)) if other != place)
    return _put(_Set(rest, 0)) if rest else ""


def _put(new: _Set) -> str:
    """The token of this set, which is kept whatever goes for it."""
    album, token = _album(), secrets.token_hex(4)
    with _changing:
        album.sets[token] = new
        while len(album.sets) > 1 and (len(album.sets) > SETS or album.bytes > MOST_BYTES):
            album.lose_one()
        while sum(other.bytes for other in _albums) > ALL_BYTES and (most := _most(album)):
            most.lose_one()
    return token


def _most(album: _Album) -> _Album | None:
    """Whose files are most among those that have a set to lose, which the last one of this album is not."""
    losing = [other for other in _albums if len(other.sets) > (other is album)]
    return max(losing, key=lambda other: other.bytes, default=None)


def _album() -> _Album:
    """That of the session whose page runs."""
    album: _Album = st.session_state.setdefault(_ALBUM, _Album())
    with _changing:
        _albums.add(album)
    return album
