"""What is said once, on top of this page or of the next one: that something was found damaged on disk, or that there is
no more room.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from prodsim.ui.sentences import told
from prodsim.ui.text import literal

_NOTICES = "said once"


def add(*sentences: str) -> None:
    """To be said to this visitor."""
    st.session_state.setdefault(_NOTICES, []).extend(sentences)


@contextmanager
def above() -> Iterator[None]:
    """Room for what is added while the rest of the page is drawn."""
    place = st.container()
    yield
    for sentence in st.session_state.pop(_NOTICES, []):
        place.info(literal(told(sentence)))
