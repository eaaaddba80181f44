"""Where a new catalog comes from: an upload, a folder on the server, or the real data set."""

from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from prodsim.catalog import (
    FASHION_SMALL,
    HANDLE,
    choices,
    fetch_fashion_small,
    stage_choice,
    stage_upload,
)
from prodsim.config import Settings
from prodsim.ui import uploader

UPLOAD, ON_SERVER, KAGGLE = "Upload a ZIP", "On the server", "Kaggle"
WAY = "way of adding"
_FETCHED = "fetched from Kaggle"


@dataclass(frozen=True)
class Given:
    """A folder that may hold a catalog, and what the visitor knows it by."""

    folder: Path
    name: str


def ask(settings: Settings) -> Given | None:
    """Draw the ways to give a catalog. What was given, None if there is nothing yet; an error says why it is no use."""
    st.session_state.setdefault(WAY, UPLOAD)
    way = st.segmented_control("Where it comes from", [UPLOAD, ON_SERVER, KAGGLE], required=True, key=WAY)
    if way == UPLOAD:
        return _upload(settings)
    if way == ON_SERVER:
        return _on_server(settings)
    return _kaggle(settings)


def _upload(settings: Settings) -> Given | None:
    upload = uploader.archive(
        "A ZIP with pictures called by product id, images/1163.jpg for example, and styles.csv with a column id",
        "catalog upload",
    )
    st.caption("Other columns are kept, and most can be filtered by. Without a table, each picture is a product.")
    if upload is None:
        return None
    with st.spinner("Unpacking …"):
        return Given(stage_upload(upload, upload.name, settings), upload.name)


def _on_server(settings: Settings) -> Given | None:
    if settings.catalog_root is None:
        st.caption("To choose among folders of the server, start the app with PRODSIM\\_CATALOG\\_ROOT set to theirs.")
        return None
    names = choices(settings)
    if not names:
        st.caption("The folder that PRODSIM\\_CATALOG\\_ROOT names holds no folder and no ZIP yet.")
        return None
    name = st.selectbox("Folder or ZIP", names, index=None, placeholder="Choose one", key="on the server")
    if name is None:
        return None
    with st.spinner("Unpacking …"):
        return Given(stage_choice(name, settings), name)


def _kaggle(settings: Settings) -> Given | None:
    st.markdown(
        f"The real data set: [Fashion Product Images (Small)](https://www.kaggle.com/datasets/{HANDLE}), "
        "some 44,000 products, 60x80 pixels, MIT license. A download of 600 MB, kept on the server."
    )
    if st.button("Get it", key="get it"):
        with st.spinner("Downloading from Kaggle; this takes minutes …"):
            st.session_state[_FETCHED] = fetch_fashion_small(settings)
    folder = st.session_state.get(_FETCHED)
    return Given(folder, FASHION_SMALL) if folder else None
