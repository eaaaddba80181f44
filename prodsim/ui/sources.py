"""Where a new catalog comes from: an upload, a folder on the server, or the real data set."""

import streamlit as st

from prodsim.catalog import (
    FASHION_SMALL,
    HANDLE,
    TABLE_SUFFIXES,
    Addressed,
    Source,
    addressed,
    choices,
    chosen,
    fetch_fashion_small,
    uploaded,
)
from prodsim.config import Settings
from prodsim.errors import CatalogError
from prodsim.ui import uploader

UPLOAD, ON_SERVER, KAGGLE = "Upload", "On the server", "Kaggle"
WAY = "way of adding"
_FETCHED = "fetched from Kaggle"


def ask(settings: Settings) -> Source | Addressed | None:
    """Draw the ways to give a catalog. What was given, None if there is nothing yet; an error says why it is no use."""
    st.session_state.setdefault(WAY, UPLOAD)
    way = st.segmented_control("Where it comes from", [UPLOAD, ON_SERVER, KAGGLE], required=True, key=WAY)
    if way == UPLOAD:
        return _upload(settings)
    if way == ON_SERVER:
        return _on_server(settings)
    return _kaggle(settings)


def _upload(settings: Settings) -> Source | Addressed | None:
    upload = uploader.catalog(
        "A ZIP with a shop's export, as it is, and its pictures; or the export alone, if it has their addresses",
        "catalog upload",
    )
    st.caption(
        "The table may be CSV, TSV, XLSX, JSON lines or Parquet. Pictures are called by an id, or as a column says, in "
        "whatever folders. Without a table each picture is a product, and its folder is the type."
    )
    if upload is None:
        return None
    if not upload.name.lower().endswith(TABLE_SUFFIXES):
        return uploaded(upload, upload.name, settings)
    found = addressed(upload.name, upload.getvalue())
    if not found.addresses:
        raise CatalogError(
            f"{upload.name} is a table alone, and no column of it has addresses (http, https) of pictures. "
            "Give a ZIP of the table and its pictures."
        )
    return found


def _on_server(settings: Settings) -> Source | None:
    if settings.catalog_root is None:
        st.caption("To choose among folders of the server, start the app with PRODSIM\\_CATALOG\\_ROOT set to theirs.")
        return None
    names = choices(settings)
    if not names:
        st.caption("The folder that PRODSIM\\_CATALOG\\_ROOT names holds no folder and no ZIP yet.")
        return None
    name = st.selectbox("Folder or ZIP", names, index=None, placeholder="Choose one", key="on the server")
    return chosen(name, settings) if name is not None else None


def _kaggle(settings: Settings) -> Source | None:
    st.markdown(
        f"The real data set: [Fashion Product Images (Small)](https://www.kaggle.com/datasets/{HANDLE}), "
        "some 44,000 products, 60x80 pixels, MIT license. A download of 600 MB, kept on the server."
    )
    if st.button("Get it", key="get it"):
        with st.spinner("Downloading from Kaggle; this takes minutes …"):
            st.session_state[_FETCHED] = fetch_fashion_small(settings)
    folder = st.session_state.get(_FETCHED)
    return Source(FASHION_SMALL, folder) if folder else None
