"""A photo as the query: uploaded, taken with the camera, or one of the samples. It stays in the visitor's session."""

import streamlit as st
from PIL import Image

from prodsim.errors import ImageError
from prodsim.images import MAX_BYTES, open_rgb
from prodsim.ui import resources
from prodsim.ui.text import literal
from prodsim.ui.ways import CAMERA, UPLOAD

_PHOTO = "photo"
_WIDGETS = {UPLOAD: "upload", CAMERA: "camera"}


def ask(way: str) -> Image.Image | None:
    """Draw what takes the photo. The photo as RGB, None if there is none yet or it cannot be used, which is said."""
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
    photo = st.session_state.get(_PHOTO)
    if photo is None or photo[0] != way:
        return None
    try:
        return open_rgb(photo[2], photo[1])
    except ImageError as error:
        st.error(literal(error))
        return None


def samples() -> None:
    """Sample photos to choose from."""
    st.caption("No photo at hand? Try one of these.")
    row = st.container(horizontal=True, gap="small")
    for title, content in resources.sample_photos().items():
        with row.container(width=76, gap="xxsmall"):
            st.image(content, width=72, alt=f"Sample photo: {title}")
            st.button(title, key=f"sample {title}", type="tertiary", on_click=_use, args=(title, content))


def _keep(way: str) -> None:
    """Put what the widget holds where it outlives the widget, which is gone while another is shown."""
    given = st.session_state[_WIDGETS[way]]
    st.session_state[_PHOTO] = None if given is None else (way, given.name, given.getvalue())


def _use(title: str, content: bytes) -> None:
    st.session_state[_PHOTO] = (UPLOAD, f"{title}.jpg", content)
