"""A photo as the query: uploaded, taken with the camera, or one of the samples. It stays in the visitor's session."""

from dataclasses import dataclass, field, replace

import streamlit as st
from PIL import Image

from prodsim.encoders import EncoderSpec
from prodsim.errors import Busy, ProdsimError
from prodsim.flaws import SENTENCES, flaws
from prodsim.framing import Framing
from prodsim.images import MAX_BYTES, Fitting, enlarged, open_rgb
from prodsim.ui import resources
from prodsim.ui.text import literal
from prodsim.ui.ways import CAMERA, UPLOAD

SEEN = 128
"""Pixels of the frame around what a model sees: beside the photo it just fits on a phone."""

_PHOTO = "photo"
_WIDGETS = {UPLOAD: "upload", CAMERA: "camera"}
_ACROSS, _DOWN, _FIT = "crop across", "crop down", "fit"
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


@dataclass(frozen=True)
class Photo:
    """An RGB photo, its file's name, and how it is framed."""

    name: str
    image: Image.Image
    framing: Framing

    def seen(self, encoder: EncoderSpec) -> Image.Image:
        """Exactly the pixels that the model sees."""
        return self.framing.fit(self.image, encoder)


def ask(way: str) -> Photo | None:
    """Draw what takes the photo and frames it. None if there is none yet or it cannot be used, which is said."""
    if way == CAMERA:
        st.camera_input("Take a photo of one garment", key=_WIDGETS[CAMERA], on_change=_keep, args=(CAMERA,))
    else:
        st.file_uploader(
            "A photo of one garment, JPEG or PNG for example",
            key=_WIDGETS[UPLOAD],
            max_upload_size=MAX_BYTES >> 20,
            on_change=_keep,
            args=(UPLOAD,),
        )
    given: Given | None = st.session_state.get(_PHOTO)
    if given is None or given.way != way:
        return None
    try:
        with resources.turns().take():
            image = open_rgb(given.content, given.name)
        _controls(given)
        (left, right), (top, bottom) = given.across, given.down
        photo = Photo(given.name, image, Framing((left, top, right, bottom), _FITTINGS[given.fit]))
    except Busy:
        raise
    except ProdsimError as error:
        st.error(literal(error))
        return None
    if found := flaws(photo.framing.crop(image)):
        st.warning("  \n".join(SENTENCES[flaw] for flaw in found), icon=":material/photo_camera:")
    return photo


def show_seen(seen: Image.Image, encoder: EncoderSpec, frame: int = SEEN) -> None:
    """The pixels that the model sees, as squares, in a frame without which white edges would not be seen."""
    width, height = encoder.input_size
    caption = f"What {encoder.title} sees: {width} x {height} pixels"
    with st.container(border=True, width=frame):
        st.image(enlarged(seen), caption, width="stretch", alt=caption)


def samples() -> None:
    """Sample photos to choose from."""
    st.caption("No photo at hand? Try one of these.")
    row = st.container(horizontal=True, gap="small")
    for title, content in resources.sample_photos().items():
        with row.container(width=76, gap="xxsmall"):
            st.image(content, width=72, alt=f"Sample photo: {title}")
            st.button(title, key=f"sample {title}", type="tertiary", on_click=_use, args=(title, content))


def _controls(given: Given) -> None:
    st.session_state.update({_ACROSS: given.across, _DOWN: given.down, _FIT: given.fit})
    with st.expander("Crop and fit"):
        st.slider("Left to right", 0, 100, key=_ACROSS, format="%d%%", on_change=_frame)
        st.slider("Top to bottom", 0, 100, key=_DOWN, format="%d%%", on_change=_frame)
        st.segmented_control("Fit", _FITTINGS, required=True, key=_FIT, on_change=_frame)


def _frame() -> None:
    """Keep how the photo is framed where it outlives the widgets."""
    across, down, fit = (st.session_state[name] for name in (_ACROSS, _DOWN, _FIT))
    st.session_state[_PHOTO] = replace(st.session_state[_PHOTO], across=across, down=down, fit=fit)


def _keep(way: str) -> None:
    """Put what the widget holds where it outlives the widget, which is gone while another is shown."""
    given = st.session_state[_WIDGETS[way]]
    st.session_state[_PHOTO] = None if given is None else Given(way, given.name, given.getvalue())


def _use(title: str, content: bytes) -> None:
    st.session_state[_PHOTO] = Given(UPLOAD, f"{title}.jpg", content)
