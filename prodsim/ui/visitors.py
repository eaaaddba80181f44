"""Who is there: with a section [auth] in the secrets, nothing is shown before a visitor is signed in and admitted."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.errors import StreamlitSecretNotFoundError

from prodsim.auth import Access, verified_address
from prodsim.errors import ConfigError
from prodsim.ui.text import literal


def admit() -> None:
    """Return if the visitor may use the app; else draw the way to sign in or out, and end the page."""
    secrets = _secrets()
    if "auth" not in secrets:
        return
    if _claims().get("is_logged_in") is not True:
        st.title("prodsim")
        st.markdown("Sign in to use this app.")
        st.button("Sign in", key="sign in", on_click=st.login)
        st.stop()
    if not _access(secrets).admits(_claims()):
        st.title("prodsim")
        address = verified_address(_claims()) or "an account without a verified e-mail address"
        st.warning(f"You are signed in as {literal(address)}, which may not use this app. Ask those who run it.")
        st.button("Sign out", key="sign out", on_click=st.logout)
        st.stop()


def name_and_way_out() -> None:
    """Who is signed in, and a button to sign out, if there is a need to."""
    if "auth" in _secrets():
        st.caption(literal(verified_address(_claims())))
        st.button("Sign out", key="sign out", on_click=st.logout)


def may_change_catalogs() -> bool:
    """Whether the visitor may add and delete catalogs: everybody where nobody signs in, else admins."""
    secrets = _secrets()
    return "auth" not in secrets or _access(secrets).may_change_catalogs(_claims())


def check_may_change_catalogs() -> None:
    """ConfigError unless the visitor may: for where something is changed, as buttons may be older than the list."""
    if not may_change_catalogs():
        raise ConfigError("Only admins may change catalogs here. Ask those who run the app.")


def _claims() -> Mapping[str, Any]:
    return st.user.to_dict()


def _access(secrets: Mapping[str, Any]) -> Access:
    return Access.from_section(secrets.get("access", {}))


def _secrets() -> Mapping[str, Any]:
    """What is in the secrets; nothing if there are none. ConfigError if they cannot be read: nobody is let in then."""
    try:
        return st.secrets.to_dict()
    except StreamlitSecretNotFoundError as error:
        if any(Path(path).exists() for path in st.get_option("secrets.files")):
            raise ConfigError(
                "The secrets of this app cannot be read. Those who run it find the reason in its log."
            ) from error
        return {}
