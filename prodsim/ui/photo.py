"""Photos of one item as the query: uploaded, taken with the camera, or one of the samples. They stay in the visitor's
session.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import streamlit as st
from PIL import Image

from prodsim.encoders import EncoderSpec
from prodsim.errors import Busy, ProdsimError
from prodsim.images import MAX_BYTES, SENTENCES, Fitting, enlarged, flaws, open_rgb
from prodsim.search import Framing, Photo
from prodsim.ui import resources
from prodsim.ui.text import literal
from prodsim.ui.ways import CAMERA, UPLOAD

MOST = 8
"""Photos in one query: each is decoded and encoded, and more views of one item say little that is new."""
SEEN = 128
"""Pixels of the frame around what a model sees: beside the photo it just fits on a phone."""

_PHOTOS = "photos"
_WIDGETS = {UPLOAD: "upload", CAMERA: "camera"}
_FRAMED, _ACROSS, _DOWN, _FIT = "framed", "crop across", "crop down", "fit"
_AS_CATALOG = "As the catalog"
_FITTINGS: dict[str, Fitting | None] = {_AS_CATALOG: None, "Whole, on white": "pad", "Stretched": "squash"}


@dataclass(frozen=True)
class Given:
    """The way a photo was given, its file, and how it is framed, which another photo begins anew: what is kept `across`
    and `down`, in percent, and how it is fitted.
    """

    way: str
    name: str
    content: bytes = field(repr=False)  # no message and no log may hold it
    across: tuple[int, int] = (0, 100)
    down: tuple[int, int] = (0, 100)
    fit: str = _AS_CATALOG


def ask(way: str) -> tuple[Photo, ...]:
    """Draw what takes photos and frames them. Those that can be used; which cannot, and why, is said."""
    if way == CAMERA:
        st.camera_input("Take a photo of one garment", key=_WIDGETS[CAMERA], on_change=_keep, args=(CAMERA,))
    else:
        files = st.file_uploader(
            "A photo of one garment, or several of the same one, JPEG or PNG for example",
            accept_multiple_files=True,
            key=_WIDGETS[UPLOAD],
            max_upload_size=MAX_BYTES >> 20,
            on_change=_keep,
            args=(UPLOAD,),
        )
        if len(files) > MOST:
            st.error(
                f"A query takes {MOST} photos, and {len(files)} were given. The first {MOST} are searched with: "
                "remove some of them to have others."
            )
    opened = [(given, _opened(given)) for given in _given() if given.way == way]
    usable = [(given, image) for given, image in opened if image]
    if usable:
        _controls([given for given, _ in usable])
    photos = [_framed(given, image) for given, image in usable]
    for photo in filter(None, photos):
        if found := flaws(photo.framing.crop(photo.image)):
            of_which = [f"**{literal(photo.name)}**"] if len(usable) > 1 else []
            sentences = [*of_which, *(SENTENCES[flaw] for flaw in found)]
            st.warning("  \n".join(sentences), icon=":material/photo_camera:")
    return tuple(filter(None, photos))


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


def _given() -> Sequence[Given]:
    given: Sequence[Given] = st.session_state.get(_PHOTOS, ())
    return given


def _opened(given: Given) -> Image.Image | None:
    try:
        with resources.turns().take():
            return open_rgb(given.content, given.name)
    except Busy:
        raise
    except ProdsimError as error:
        st.error(literal(error))
        return None


def _framed(given: Given, image: Image.Image) -> Photo | None:
    (left, right), (top, bottom) = given.across, given.down
    try:
        return Photo(given.name, image, Framing((left, top, right, bottom), _FITTINGS[given.fit]))
    except ProdsimError as error:
        st.error(literal(error))
        return None


def _controls(photos: Sequence[Given]) -> None:
    """What frames a photo, one of several at a time."""
    with st.expander("Crop and fit"):
        place = 0
        if len(photos) > 1:
            if st.session_state.get(_FRAMED, 0) >= len(photos):
                del st.session_state[_FRAMED]
            names = [f"{number}. {given.name}" for number, given in enumerate(photos, start=1)]
            place = st.selectbox("Photo", range(len(photos)), format_func=names.__getitem__, key=_FRAMED)
        given = photos[place]
        st.session_state.update({_ACROSS: given.across, _DOWN: given.down, _FIT: given.fit})
        st.slider("Left to right", 0, 100, key=_ACROSS, format="%d%%", on_change=_frame, args=(given,))
        st.slider("Top to bottom", 0, 100, key=_DOWN, format="%d%%", on_change=_frame, args=(given,))
        st.segmented_control("Fit", _FITTINGS, required=True, key=_FIT, on_change=_frame, args=(given,))


def _frame(given: Given) -> None:
    """Keep how the photo is framed where it outlives the widgets."""
    across, down, fit = (st.session_state[name] for name in (_ACROSS, _DOWN, _FIT))
    framed = replace(given, across=across, down=down, fit=fit)
    st.session_state[_PHOTOS] = tuple(framed if one is given else one for one in _given())


def _keep(way: str) -> None:
    """Put what the widget holds where it outlives the widget, which is gone while another is shown; photos that were
    there before stay framed as they were. Of more than MOST the first are kept, and the others refused.
    """
    held = st.session_state[_WIDGETS[way]] or []
    files = held if isinstance(held, list) else [held]
    before = {(given.way, given.name, given.content): given for given in _given()}
    contents = [(way, file.name, file.getvalue()) for file in files[:MOST]]
    st.session_state[_PHOTOS] = tuple(before.get(content) or Given(*content) for content in contents)


def _use(title: str, content: bytes) -> None:
    st.session_state[_PHOTOS] = (Given(UPLOAD, f"{title}.jpg", content),)
