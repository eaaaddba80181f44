"""An answer to what nobody foresaw: a sentence and a reference number on the page, the details in the log."""

import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

_LOG = logging.getLogger(__name__)


@contextmanager
def answered() -> Iterator[None]:
    """What is drawn inside ends at an error of any kind; Streamlit's own ways to stop and to run again pass."""
    try:
        yield
    except Exception as error:
        number = secrets.token_hex(4)
        _LOG.error("Reference number %s", number, exc_info=error)
        st.error(
            f"Something went wrong that nobody foresaw. Reload the page, or go another way. If it happens again, tell "
            f"those who run this app the reference number **{number}**: their log says what it was."
        )
        st.stop()
