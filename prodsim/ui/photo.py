"""Photos of one item as the query: uploaded, taken with the camera, or one of the samples."""

from collections.abc import Sequence

import streamlit as st
from PIL import Image

from prodsim.encoders import EncoderSpec
from prodsim.errors import ImageError, QueryError
from prodsim.images import MAX_BYTES, SENTENCES, Fitting, enlarged
from prodsim.search import MAX_PHOTOS, Photo
from prodsim.ui import album, resources
from prodsim.ui.album import Given
from prodsim.ui.text import literal
from prodsim.ui.ways import CAMERA, UPLOAD

SEEN = 128
"""Pixels of the frame around what a model sees: beside the photo it just fits on a phone."""

_TOKENS = {UPLOAD: "uploaded photos", CAMERA: "photo of the camera"}
"""The session's keys for the set of photos that was given in a way."""
_CAMERA, _TAKEN = "camera", "uploads taken"
_FRAMED, _ACROSS, _DOWN, _FIT = "framed", "crop across", "crop down", "fit"
_FITTINGS: dict[str, Fitting | None] = {"As the catalog": None, "Whole, on white": "pad", "Stretched": "squash"}


def ask(way: str) -> tuple[Photo, ...]:
    """Draw what takes photos and frames them. Those that can be used; which cannot, and why, is said."""
    if way == CAMERA:
        st.camera_input("Take a photo of one garment", key=_CAMERA, on_change=_keep_snapshot)
    else:
        uploader = f"upload {st.session_state.get(_TAKEN, 0)}"  # another one whenever its files were taken
        st.file_uploader(
            "A photo of one garment, or several of the same one, JPEG or PNG for example",
            accept_multiple_files=True,
            key=uploader,
            max_upload_size=MAX_BYTES >> 20,
            on_change=_take_uploads,
            args=(uploader,),
        )
    token = _token(way)
    given = album.photos(token)
    if way == UPLOAD:
        _remove_buttons(given)
    if more := album.left_out(token):
        st.error(
            f"A query takes {MAX_PHOTOS} photos, and {MAX_PHOTOS + more} were given. The first {MAX_PHOTOS} are "
            "searched with: remove some of them, and give others."
        )
    photos = [_framed(one) for one in given]
    with st.spinner("Looking at what you gave …"):
        resources.look_at([photo for photo in photos if photo])
    usable = [photo for photo in photos if photo and _can_be_used(photo)]
    if mendable := [place for place, photo in enumerate(photos) if photo is None or photo in usable]:
        _controls(token, given, mendable)
    for photo in usable:
        if found := photo.look().flaws:
            of_which = [f"**{literal(photo.name)}**"] if len(usable) > 1 else []
            sentences = [*of_which, *(SENTENCES[flaw] for flaw in found)]
            st.warning("  \n".join(sentences), icon=":material/photo_camera:")
    return tuple(usable)


def show_seen(seen: Image.Image, encoder: EncoderSpec, frame: int = SEEN, *, captioned: bool = True) -> None:
    """The pixels that the model sees, as squares, in a frame without which white edges would not be seen."""
    with st.container(border=True, width=frame):
        st.image(enlarged(seen), told(encoder) if captioned else None, width="stretch", alt=told(encoder))


def told(encoder: EncoderSpec) -> str:
    """What `show_seen` shows."""
    width, height = encoder.input_size
    return f"What {encoder.title} sees: {width} x {height} pixels"


def samples() -> None:
    """Sample photos to choose from."""
    st.caption("No photo at hand? Try one of these.")
    row = st.container(horizontal=True, gap="small")
    for title, content in resources.sample_photos().items():
        with row.container(width=76, gap="xxsmall"):
            st.image(content, width=72, alt=f"Sample photo: {title}")
            st.button(title, key=f"sample {title}", type="tertiary", on_click=_use, args=(title, content))


def _token(way: str) -> str:
    token: str = st.session_state.get(_TOKENS[way], "")
    return token


def _remove_buttons(given: Sequence[Given]) -> None:
    with st.container(horizontal=True, gap="xsmall"):
        for place, one in enumerate(given):
            st.button(
                literal(one.name),
                key=f"remove photo {place}",
                help="Remove this photo",
                icon=":material/close:",
                type="tertiary",
                on_click=_remove,
                args=(place,),
            )


def _framed(given: Given) -> Photo | None:
    try:
        return given.photo
    except QueryError as error:
        st.error(literal(error))
        return None


def _can_be_used(photo: Photo) -> bool:
    try:
        photo.look()
    except ImageError as error:
        st.error(literal(error))
        return False
    return True


def _controls(token: str, given: Sequence[Given], places: Sequence[int]) -> None:
    """What frames one of the photos in these places of the set."""
    with st.expander("Crop and fit"):
        chosen = 0
        if len(places) > 1:
            if st.session_state.get(_FRAMED, 0) >= len(places):
                del st.session_state[_FRAMED]
            names = [f"{number}. {given[place].name}" for number, place in enumerate(places, start=1)]
            chosen = st.selectbox("Photo", range(len(places)), format_func=names.__getitem__, key=_FRAMED)
        place = places[chosen]
        (left, top, right, bottom), fit = given[place].box, given[place].fit
        called = next(name for name, fitting in _FITTINGS.items() if fitting == fit)
        st.session_state.update({_ACROSS: (left, right), _DOWN: (top, bottom), _FIT: called})
        st.slider("Left to right", 0, 100, key=_ACROSS, format="%d%%", on_change=_frame, args=(token, place))
        st.slider("Top to bottom", 0, 100, key=_DOWN, format="%d%%", on_change=_frame, args=(token, place))
        st.segmented_control("Fit", _FITTINGS, required=True, key=_FIT, on_change=_frame, args=(token, place))


def _frame(token: str, place: int) -> None:
    (left, right), (top, bottom), fit = (st.session_state[name] for name in (_ACROSS, _DOWN, _FIT))
    album.frame(token, place, (left, top, right, bottom), _FITTINGS[fit])


def _take_uploads(uploader: str) -> None:
    """Add what was uploaded to the photos, and begin an uploader without any.

    A browser that was quicker than the last answer may still speak of the files that were taken.
    """
    before = _token(UPLOAD)
    st.session_state[_TOKENS[UPLOAD]] = token = album.take(st.session_state.get(uploader) or [], before)
    if token != before:
        st.session_state[_TAKEN] = st.session_state.get(_TAKEN, 0) + 1


def _keep_snapshot() -> None:
    """It stays in the camera's widget, which shows it."""
    snapshot = st.session_state[_CAMERA]
    st.session_state[_TOKENS[CAMERA]] = album.keep([(snapshot.name, snapshot.getvalue())]) if snapshot else ""


def _remove(place: int) -> None:
    st.session_state[_TOKENS[UPLOAD]] = album.without(_token(UPLOAD), place)


def _use(title: str, content: bytes) -> None:
    st.session_state[_TOKENS[UPLOAD]] = album.keep([(f"{title}.jpg", content)])
