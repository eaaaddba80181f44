"""The start of the server."""

import webbrowser
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from threading import Timer

import streamlit as st

AFTER = 1.0
"""Seconds until the server surely listens."""


@asynccontextmanager
async def opens_browser(app: st.App) -> AsyncIterator[None]:
    """Show the app to who starts it, unless `server.headless`, as Streamlit does only where it finds no `st.App`."""
    timer = Timer(AFTER, webbrowser.open, [_address()])
    timer.daemon = True
    if not st.get_option("server.headless"):
        timer.start()
    yield
    timer.cancel()


def _address() -> str:
    scheme = "https" if st.get_option("server.sslCertFile") else "http"
    host = st.get_option("server.address")
    if host in (None, "0.0.0.0", "::"):
        host = st.get_option("browser.serverAddress")
    return f"{scheme}://{host}:{st.get_option('server.port')}/{st.get_option('server.baseUrlPath').strip('/')}"
