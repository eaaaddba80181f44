"""What every page has: its title, the menu, and an answer to errors."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from prodsim.errors import ProdsimError
from prodsim.ui.text import literal

PAGES = {"app.py": "Catalog", "pages/similar.py": "Look-alikes"}


@contextmanager
def page(title: str) -> Iterator[None]:
    """Everything a page draws goes inside. An error of ours is shown as a sentence, and the page ends there."""
    st.set_page_config(page_title=f"{title} - prodsim", layout="wide")
    with st.sidebar:
        st.markdown("### prodsim")
        for script, label in PAGES.items():
            st.page_link(script, label=label)
    st.title(title)
    try:
        yield
    except ProdsimError as error:
        st.error(literal(error))
