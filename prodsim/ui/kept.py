"""What a visitor asked, from page to page.

Streamlit forgets the value of a widget that a page does not draw. A widget that another page draws under the same key
is another one, whose value the browser does not know yet.
"""

from typing import Any

import streamlit as st

_KEPT = "query that was kept"
_DRAWN, _ARRIVING = "page drawn last", "page not drawn yet"


def arrive(page: str) -> None:
    """A page is about to be drawn; until it was drawn as a whole, its widgets are new to the browser."""
    st.session_state[_ARRIVING] = page != st.session_state.get(_DRAWN)


def drawn(page: str) -> None:
    """The page was drawn as a whole: from now on the browser says what its widgets' values are."""
    st.session_state[_DRAWN] = page


def say_anew(key: str) -> None:
    """Send the browser the value under a widget's key, if it may not have the widget yet."""
    if st.session_state[_ARRIVING] and key in st.session_state:
        st.session_state[key] = st.session_state[key]


def keep(*keys: str) -> None:
    """Keep what the session has under these keys."""
    st.session_state[_KEPT] = {key: st.session_state[key] for key in keys if key in st.session_state}


def restore(owner: str) -> dict[str, Any]:
    """What was kept, put back where it was forgotten; nothing if the session's value of `owner` is another one now."""
    kept: dict[str, Any] = st.session_state.get(_KEPT, {})
    if kept.get(owner) != st.session_state[owner]:
        return {}
    for key, value in kept.items():
        st.session_state.setdefault(key, value)
    return kept


def forget() -> None:
    """Keep nothing of the query."""
    st.session_state.pop(_KEPT, None)
