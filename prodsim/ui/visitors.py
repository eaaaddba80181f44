"""Who is there, and what they may: see the app, change its catalogs, send files."""

from collections.abc import Mapping
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from prodsim.access import Attempts, is_local, verified_address
from prodsim.config import Settings
from prodsim.errors import NotAllowed, ProdsimError
from prodsim.ui import door
from prodsim.ui.text import literal

LOOPBACK = "127.0.0.1"

_RUNS_IT, _PASSWORD, _REFUSED = "runs the app", "password", "why the password is refused"
_attempts = Attempts()


def begin() -> None:
    """A page is about to be drawn. NotAllowed if the visitor may not see it, whom the gate would not have let in."""
    if context := get_script_run_ctx():
        door.uploads.begin(context.session_id)
    if door.sign_in_is_wanted() and door.not_admitted(_claims()) is not None:
        raise NotAllowed("Who is signed in may not use this app. Reload the page, and sign in.")


def name_and_way_out() -> None:
    """Who is signed in, and a button to sign out, if there is a need to."""
    if door.sign_in_is_wanted():
        st.caption(literal(verified_address(_claims())))
        st.button("Sign out", key="sign out", on_click=st.logout)


def may_change_catalogs() -> bool:
    """Whether the visitor may add and delete catalogs: who gave the password; an admin; where nobody signs in, who sits
    at the machine.
    """
    if st.session_state.get(_RUNS_IT) is True:
        return True
    return door.access().may_change_catalogs(_claims()) if door.sign_in_is_wanted() else sits_here()


def check_may_change_catalogs() -> None:
    """NotAllowed unless the visitor may: for where something is changed, as buttons may be older than the right."""
    if not may_change_catalogs():
        raise NotAllowed("Only those who run this app may change its catalogs. Ask them, or give the password.")


def sits_here() -> bool:
    """Whether the visit comes from the machine that the app runs on."""
    return is_local(_peer(), st.context.headers, st.get_option("server.allowedHosts"))


def ask_for_password(settings: Settings) -> None:
    """Say who may change catalogs, and draw the way to become one of them, if there is one."""
    st.caption("Only those who run this app add catalogs and delete them.")
    if settings.admin_password is None:
        return
    with st.form("those who run it", border=False, width=360):
        st.text_input("Their password", type="password", max_chars=1000, key=_PASSWORD)
        st.form_submit_button("Go on", key="give password", on_click=_try_password, args=(settings,))
    if refused := st.session_state.pop(_REFUSED, ""):
        st.error(literal(refused))


def _try_password(settings: Settings) -> None:
    given, right = st.session_state.pop(_PASSWORD, ""), settings.admin_password
    if not (given and right):
        return
    try:
        if _attempts.right(given, right.get_secret_value(), _peer()):
            st.session_state[_RUNS_IT] = True
        else:
            st.session_state[_REFUSED] = "That is not the password. Ask those who run this app."
    except ProdsimError as error:
        st.session_state[_REFUSED] = str(error)


def _peer() -> str:
    """The address at the other end, where Streamlit says nothing of one on this machine."""
    return st.context.ip_address or LOOPBACK


def _claims() -> Mapping[str, Any]:
    return st.user.to_dict()
