"""What the server's middleware asks of Streamlit: its settings, secrets, pages and messages. Nothing heavy is imported
here: the server starts with it.
"""

import logging
import re
from base64 import b64encode
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import streamlit as st
from google.protobuf.message import DecodeError
from streamlit import runtime
from streamlit.auth_util import get_origin_from_redirect_uri, validate_auth_credentials
from streamlit.errors import StreamlitAuthError, StreamlitSecretNotFoundError
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.user_info import generate_login_redirect_url
from streamlit.web.server.starlette import starlette_websocket
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from prodsim.access import Access, Uploads, verified_address
from prodsim.errors import ConfigError

SHORTEST_SECRET = 16
"""Characters of what cookies are signed with: who guesses it is whoever they like."""

_LOG = logging.getLogger(__name__)

TAKEN = ("rerun_script", "stop_script", "app_heartbeat")
"""Messages of the app's own pages. "clear_cache" would take what is kept for all visitors; others are for makers."""

OPERATIONS = ("deferred_file", "dataframe_chunk")
"""The same, of what pages ask for while they run: others write files on the server."""
MOST_FILES = 100
"""Files that are announced at once: for each the server makes an address."""

answers_to = starlette_websocket.is_host_allowed
"""Whether the server answers to the name in a header Host: `server.allowedHosts`."""


def stranger(connection: Any) -> str | None:
    """None for whom the app is for; else what to call who is signed in, empty for nobody. ConfigError."""
    return not_admitted(_claims(connection.cookies)) if sign_in_is_wanted() else None


def not_admitted(claims: Mapping[str, Any]) -> str | None:
    """The same, of what an OIDC provider says of somebody."""
    if claims.get("is_logged_in") is not True:
        return ""
    if access().admits(claims):
        return None
    return verified_address(claims) or "an account without a verified e-mail address"


def sign_in_is_wanted() -> bool:
    """Whether there is a section [auth] in the secrets. ConfigError if they cannot be read: nobody is let in then."""
    return "auth" in _secrets()


def access() -> Access:
    """The lists of the section [access]. ConfigError."""
    return Access.from_section(_secrets().get("access", {}))


def sign_in() -> str:
    """Where to go to sign in; it is good for some minutes. ConfigError."""
    try:
        validate_auth_credentials("default")
        return generate_login_redirect_url("default")
    except StreamlitAuthError as error:
        _LOG.error("There is no way to sign in", exc_info=error)
        raise ConfigError(
            "There is no way to sign in to this app. Those who run it find the reason in its log."
        ) from error


def takes(message: bytes) -> bool:
    """Whether a session is told this. Streamlit ends the session for what is no message at all."""
    try:
        told = BackMsg.FromString(message)
    except DecodeError:
        return True
    kind = told.WhichOneof("type")
    if kind == "file_urls_request":
        return len(told.file_urls_request.file_names) <= MOST_FILES
    if kind == "backend_operation_request":
        return told.backend_operation_request.WhichOneof("payload") in OPERATIONS
    return kind in TAKEN


@cache
def scripts() -> tuple[str, ...]:
    """Sources of the policy for the scripts that stand in Streamlit's page itself."""
    page = Path(st.__file__).with_name("static") / "index.html"
    found = re.findall(r"<script>(.*?)</script>", page.read_text("utf-8"), re.DOTALL)
    return tuple(f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" for script in found)


def _held() -> Mapping[str, int]:
    manager = runtime.get_instance().uploaded_file_mgr if runtime.exists() else None
    kept = manager.file_storage if isinstance(manager, MemoryUploadedFileManager) else {}
    return {session: sum(len(file.data) for file in [*files.values()]) for session, files in [*kept.items()]}


def forget_left_sessions() -> bool:
    """Forget the sessions that were left longer ago than `server.disconnectedSessionTTL`: Streamlit itself does so only
    when another one comes or goes. And the files of sessions that were forgotten while they came in. Whether there was
    anything. Called in the server's own thread.
    """
    server = runtime.get_instance()
    gone = bool(server._session_mgr._session_storage._cache.expire())  # type: ignore[attr-defined]
    there = {info.session.id for info in server._session_mgr.list_sessions()}
    for session in _held().keys() - there:
        server.uploaded_file_mgr.remove_session_files(session)
        gone = True
    return gone


uploads = Uploads(_held)
"""What sessions asked for, and what was sent."""


def _claims(cookies: dict[str, str]) -> Mapping[str, Any]:
    """Of who is signed in by these cookies, as Streamlit reads them where a session begins."""
    cookie = starlette_websocket._get_signed_cookie_with_chunks(cookies, USER_COOKIE_NAME)
    origin = get_origin_from_redirect_uri() or ""
    return starlette_websocket._parse_decoded_user_cookie(cookie, origin) if cookie else {}


def _secrets() -> Mapping[str, Any]:
    """Nothing if there are none."""
    try:
        secrets = st.secrets.to_dict()
    except (OSError, ValueError) as error:  # StreamlitSecretNotFoundError among them
        missing = isinstance(error, StreamlitSecretNotFoundError)
        if missing and not any(Path(path).exists() for path in st.get_option("secrets.files")):
            return {}
        _LOG.error("The secrets cannot be read", exc_info=error)
        raise ConfigError(
            "The secrets of this app cannot be read. Those who run it find the reason in its log."
        ) from error
    key = secrets["auth"].get("cookie_secret", "") if isinstance(secrets.get("auth"), Mapping) else ""
    if "auth" in secrets and len(str(key)) < SHORTEST_SECRET:
        raise ConfigError(
            f"The section [auth] of the secrets has no cookie_secret of at least {SHORTEST_SECRET} characters. "
            "Without one nobody can sign in safely: write a long random text."
        )
    return secrets
