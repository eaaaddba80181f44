"""What was found damaged on disk while a page was drawn: said once, on top of it or of the next one."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from prodsim.ui.text import literal

_NOTICES = "what was found damaged"


def add(*sentences: str) -> None:
    """To be said to this visitor."""
    st.session_state.setdefault(_NOTICES, []).extend(sentences)


@contextmanager
def above() -> Iterator[None]:
    """Room for what is added while the rest of the page is drawn."""
    place = st.container()
    yield
    for sentence in st.session_state.pop(_NOTICES, []):
        place.info(literal(sentence))
