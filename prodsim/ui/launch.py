"""The start of the server: who starts it sees the app, and what its pages import is imported meanwhile."""

import asyncio
import logging
import webbrowser
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from threading import Thread, Timer
from urllib.parse import urlsplit

import streamlit as st

from prodsim.config import load_settings
from prodsim.runtime import give_back_memory
from prodsim.storage import writable
from prodsim.ui import door

_LOG = logging.getLogger(__name__)

AFTER = 1.0
"""Seconds until the server surely listens."""
TIDY_EVERY = 30.0
"""Seconds."""
PAGE = "prodsim.ui.tabs"
"""The module that imports nearly all that pages need, which takes seconds: as long as a browser takes to begin."""

_imports = Thread(target=import_module, args=[PAGE], daemon=True)


@asynccontextmanager
async def start(app: st.App) -> AsyncIterator[None]:
    """Import, tidy up from time to time, and open a browser unless `server.headless`: where Streamlit finds an `st.App`
    it opens none.
    """
    if not _imports.ident:
        _imports.start()
    timer = Timer(AFTER, webbrowser.open, [_address()])
    timer.daemon = True
    if not st.get_option("server.headless") and door.answers_to(urlsplit(_address()).hostname):
        timer.start()
    tidying = asyncio.create_task(_tidy())
    yield
    tidying.cancel()
    timer.cancel()


def imported() -> None:
    """Wait until what the server began to import is there: two threads must not import the same at once."""
    if _imports.ident:
        _imports.join()


async def _tidy() -> None:
    """Give back, now and then, what visitors who are gone took, and catalogs that were deleted."""
    while True:
        await asyncio.sleep(TIDY_EVERY)
        try:
            if door.forget_left_sessions():
                await asyncio.to_thread(give_back_memory)
            await asyncio.to_thread(_forget_deleted)
        except Exception:  # of a Streamlit that is made differently: the app goes on
            _LOG.exception("What visitors who left took, or deleted catalogs, is not given back")


def _forget_deleted() -> None:
    """What a deleted catalog left while somebody was indexing."""
    imported()
    from prodsim.upkeep import tidy  # not before the server listens

    tidy(writable(load_settings())[0])


def _address() -> str:
    scheme = "https" if st.get_option("server.sslCertFile") else "http"
    host = st.get_option("server.address")
    if host in (None, "0.0.0.0", "::"):
        host = st.get_option("browser.serverAddress")
    return f"{scheme}://{host}:{st.get_option('server.port')}/{st.get_option('server.baseUrlPath').strip('/')}"
