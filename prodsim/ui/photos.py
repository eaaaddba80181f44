"""The photos of the query: what is seen of each, its crop, and others of the same item."""

from dataclasses import replace

import streamlit as st

from prodsim.encoders import EncoderSpec
from prodsim.errors import ImageError
from prodsim.images import Fitting
from prodsim.search import Box
from prodsim.ui import album, resources, seen, uploader, visit
from prodsim.ui.text import literal

_OPEN, _PLACE, _ACROSS, _DOWN, _FIT, _ADD = "photos open", "framed", "crop across", "crop down", "fit", "photos added"
_FITTINGS: dict[str, Fitting | None] = {"As the catalog": None, "Whole, on white": "pad", "Stretched": "squash"}


def draw(token: str, encoder: EncoderSpec) -> None:
    """A button that opens all of it for the photos of this token."""
    given = album.photos(token)
    title = "Crop" if len(given) == 1 else "Photos"
    opened = st.popover(title, icon=":material/crop:", key=_OPEN, on_change=visit.now().touch)
    if not (opened.open and given):
        return
    with opened:
        place = 0
        if len(given) > 1:
            names = [f"{number}. {one.name}" for number, one in enumerate(given, start=1)]
            visit.mirror(_PLACE, min(st.session_state.get(_PLACE, 0), len(given) - 1))
            place = st.selectbox("Photo", range(len(given)), format_func=names.__getitem__, key=_PLACE)
        _framing(token, place, given[place])
        try:
            seen.draw(resources.seen(given[place].photo, encoder), encoder)
        except ImageError as flaw:
            st.error(literal(flaw))
        if len(given) > 1:
            st.button(
                "Remove this photo", key="remove photo", icon=":material/close:", on_click=_remove, args=(token, place)
            )
        key = f"{_ADD} to {token}"
        uploader.photos("Another photo of the same item", key, _add, token, key)


def _framing(token: str, place: int, given: album.Given) -> None:
    left, top, right, bottom = given.box
    called = next(name for name, fitting in _FITTINGS.items() if fitting == given.fit)
    for key, value in ((_ACROSS, (left, right)), (_DOWN, (top, bottom)), (_FIT, called)):
        visit.mirror(key, value)
    st.slider("Left to right", 0, 100, key=_ACROSS, format="%d%%", on_change=_frame, args=(token, place))
    st.slider("Top to bottom", 0, 100, key=_DOWN, format="%d%%", on_change=_frame, args=(token, place))
    st.segmented_control("Fit", _FITTINGS, required=True, key=_FIT, on_change=_frame, args=(token, place))


def _frame(token: str, place: int) -> None:
    (left, right), (top, bottom), fit = (st.session_state[name] for name in (_ACROSS, _DOWN, _FIT))
    (left, right), (top, bottom) = _apart(left, right), _apart(top, bottom)
    box: Box = (left, top, right, bottom)
    album.frame(token, place, box, _FITTINGS[fit])
    visit.now().touch()


def _apart(low: int, high: int) -> tuple[int, int]:
    """Two edges of a crop, moved apart if nothing would be left between them."""
    return (low, high) if low < high else (min(low, 99), min(low, 99) + 1)


def _add(token: str, key: str) -> None:
    """The query stays what it was, with its marks."""
    _turn_to(album.take(st.session_state.get(key) or [], onto=token))


def _remove(token: str, place: int) -> None:
    _turn_to(album.without(token, place))


def _turn_to(token: str) -> None:
    here = visit.now()
    here.asked = replace(here.asked, photo=token)
