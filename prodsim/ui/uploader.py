"""The widgets that ask for files. The server takes none that they did not ask for, nor larger ones."""

from collections.abc import Callable
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

from prodsim.catalog import MAX_UPLOAD_MB, TABLE_SUFFIXES
from prodsim.images import MAX_BYTES
from prodsim.ui import door

PHOTO_MB = MAX_BYTES >> 20


def photos(label: str, key: str, on_change: Callable[..., None], *args: Any) -> None:
    """Draw the one for photos, several at once; they are in the session under its key."""
    st.file_uploader(  # noqa: TID251 the one place, with `catalog`
        label,
        accept_multiple_files=True,
        key=key,
        max_upload_size=_asking(PHOTO_MB),
        on_change=on_change,
        args=args,
    )


def snapshot(place: DeltaGenerator, label: str, key: str, on_change: Callable[[], None]) -> None:
    """Draw the camera there; its picture is in the session under its key."""
    _asking(PHOTO_MB)
    place.camera_input(label, key=key, on_change=on_change)


def catalog(label: str, key: str) -> UploadedFile | None:
    """Draw the one for a catalog's ZIP, or its table. What was given."""
    kinds = ["zip", *(suffix[1:] for suffix in TABLE_SUFFIXES)]
    return st.file_uploader(label, type=kinds, key=key, max_upload_size=_asking(MAX_UPLOAD_MB))  # noqa: TID251


def _asking(most_mb: int) -> int:
    """Tell the server to expect files of so many MB."""
    if context := get_script_run_ctx():
        door.uploads.ask(context.session_id, most_mb << 20)
    return most_mb
