"""The one box to ask with: words, a product by name, a photo from a file, the clipboard or the camera."""

import streamlit as st

from prodsim.catalog import LONGEST_WORDS, Catalog
from prodsim.ui import album, anywhere, box, resources, top, uploader, visit
from prodsim.ui.grid import search_on

_CAMERA, _OPEN, _CAMERA_OPEN, _TURN = "camera", "photo open", "camera open", "uploads taken"


def draw(catalog: Catalog) -> None:
    """Draw it; what is given becomes the query."""
    asked = visit.now().asked
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="ask"):
        with st.container(width="stretch", gap=None):
            top.come_back(" ".join((catalog.name, asked.product, asked.photo, asked.words)))
            box.ask(asked.words, box.offers(catalog), _words, search_on, longest=LONGEST_WORDS)
        photo = st.popover("Photo", icon=":material/photo_camera:", key=_opened(), on_change=visit.now().touch)
        if photo.open:
            with photo:
                _photo()


def anywhere_else() -> None:
    """What takes photos that are dropped or pasted: drawn last, as it has no place on the page."""
    anywhere.files_go_to(_uploader(), on_missing=_open)


def again() -> None:
    """Say that the photo of this address is not here, and offer to give it."""
    st.info("This search was by a photo, which stayed with its owner: no address holds one.")
    st.button("Give the photo again", key="photo again", icon=":material/photo_camera:", on_click=_open)


def _photo() -> None:
    key = _uploader()
    uploader.photos("A photo of one garment, or several of the same one", key, _files, key)
    st.caption("Or drop it on the page, or paste it, wherever you are.")
    camera = st.expander("Take one with the camera", key=_CAMERA_OPEN, on_change=visit.now().touch)
    if camera.open:
        uploader.snapshot(camera, "One garment", _CAMERA, _snapshot)


def _open() -> None:
    st.session_state[_opened()] = True
    visit.now().touch()


def samples() -> None:
    """Sample photos to choose from."""
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="samples"):
        st.caption("No photo at hand? Try one of these.", width="content")
        for title, content in resources.sample_photos().items():
            with st.container(width=76, gap="xxsmall"):
                st.image(content, width=72, alt=f"Sample photo: {title}")
                st.button(title, key=f"sample {title}", type="tertiary", on_click=_sample, args=(title, content))


def _words(words: str) -> None:
    here = visit.now()
    here.ask(here.asked.about(words=words.strip()))


def _files(key: str) -> None:
    if token := album.take(st.session_state.get(key) or []):  # none if they were taken before
        _search_with(token)


def _snapshot() -> None:
    """It stays in the camera's widget as long as that is drawn."""
    if snapshot := st.session_state.get(_CAMERA):
        _search_with(album.keep([(snapshot.name, snapshot.getvalue())]))


def _sample(title: str, content: bytes) -> None:
    _search_with(album.keep([(f"{title}.jpg", content)]))


def _search_with(token: str) -> None:
    st.session_state[_TURN] = _turn() + 1
    here = visit.now()
    here.ask(here.asked.about(photo=token))


def _uploader() -> str:
    """The key of the uploader, another one whenever its files were taken."""
    return f"upload {_turn()}"


def _opened() -> str:
    """The key of what opens it, another one then as well: the browser would go on saying that it is open."""
    return f"{_OPEN} {_turn()}"


def _turn() -> int:
    turn: int = st.session_state.get(_TURN, 0)
    return turn
