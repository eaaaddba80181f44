"""Photos pasted or dropped anywhere on the page."""

import re
from collections.abc import Callable
from pathlib import Path

import streamlit as st

HINT = "Drop a photo to search with it"
"""What is said over the page while a file is dragged."""

_HERE = Path(__file__)

_files_from_anywhere = st.components.v2.component(
    "files_from_anywhere",
    html=f'<div class="prodsim-drop-hint" popover="manual">{HINT}</div>',
    css=_HERE.with_suffix(".css").read_text("utf-8"),
    js=_HERE.with_suffix(".js").read_text("utf-8"),
    isolate_styles=False,  # the place that Streamlit gives it is outside of its own element
)


def files_go_to(uploader_key: str, *, on_missing: Callable[[], None] | None = None) -> None:
    """Hand what a visitor pastes or drops to the `st.file_uploader` of this key, as if it had been chosen there.

    While the page does not draw the uploader, `on_missing` is called, which makes it; the files wait half a minute.
    """
    _files_from_anywhere(
        key="files from anywhere",
        data={"uploader": "st-key-" + re.sub("[^a-zA-Z0-9_-]", "-", uploader_key.strip()), "asks": bool(on_missing)},
        on_missing_change=on_missing or (lambda: None),
    )
