"""The model that is searched with: the one wanted if it is here, else at once the best that is; its weights are fetched
in the background meanwhile. `model_line` says so.
"""

from threading import Thread

import streamlit as st
from PIL import Image

from prodsim.config import Settings
from prodsim.encoders import REGISTRY, Available, Unavailable, fallback, is_familiar, status
from prodsim.errors import ProdsimError
from prodsim.runtime import freeze_garbage
from prodsim.ui import resources

_MISSED, _ASKED = "models that were not here", "model asked for"


def beginning(settings: Settings) -> str:
    """The name of the encoder that a new session begins with: the one of the settings if it is here, else the best that
    is. A name that no encoder has is left as it is, for who reads it to say so.
    """
    return at_hand(settings.encoder, settings).spec.name if settings.encoder in REGISTRY else settings.encoder


def at_hand(name: str, settings: Settings) -> Available:
    """The encoder of this name, else the best that is here. Fetches nothing. UnknownEncoder if no encoder has it."""
    found = status(name, settings)
    if isinstance(found, Available):
        return found
    missed().add(name)
    return fallback(settings)


def missed() -> set[str]:
    """Names of encoders that this visitor has found missing, and not searched with since."""
    names: set[str] = st.session_state.setdefault(_MISSED, set())
    return names


def ask_for(name: str) -> None:
    """Let `fetch_missing` fetch this encoder as well."""
    st.session_state[_ASKED] = name


def fetch_missing(settings: Settings) -> None:
    """Begin to fetch the encoder of the settings, and the one asked for, in the background. Nothing if they are here.

    Comes at the end of a page, which so stands before it begins; further calls change nothing.
    """
    for name in (settings.encoder, st.session_state.get(_ASKED)):
        if name in REGISTRY and not settings.offline:
            found = status(name, settings)
            if isinstance(found, Unavailable) and found.fetchable:
                resources.fetch(found.spec, settings).start()


def warm_up(encoder: Available) -> None:
    """Load the encoder in the background, once, so that the first photo need not wait for TensorFlow."""
    started = resources.warmed_up()
    if encoder.fingerprint not in started:
        started.add(encoder.fingerprint)
        Thread(target=_first_pass, args=(encoder,), daemon=True).start()


def _first_pass(encoder: Available) -> None:
    try:
        picture, loaded = Image.new("RGB", encoder.spec.input_size), encoder.load()
        loaded.encode([picture])
        is_familiar(loaded, picture)
        freeze_garbage()
    except ProdsimError:
        return  # said when the encoder is asked for
