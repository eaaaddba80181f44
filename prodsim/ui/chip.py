"""A chip: what narrows or steers a search, named, on a button that takes it away."""

from collections.abc import Callable
from typing import Any

import streamlit as st


def chip(title: str, key: str, help: str, remove: Callable[..., None], *args: Any) -> None:
    """Draw it. `remove` is called with `args`; `title` is Markdown."""
    st.button(
        title,
        key=f"chip {key}",
        help=help,
        icon=":material/close:",
        icon_position="right",
        on_click=remove,
        args=args,
    )
