"""The encoder a visitor searches with: the one chosen, its weights fetched once, or else a stand-in with a notice."""

from threading import Thread

import streamlit as st
from PIL import Image

from prodsim.config import Settings
from prodsim.encoders import Available, Unavailable, fallback, is_familiar, require, status
from prodsim.errors import EncoderError, ProdsimError, WeightsUnavailable
from prodsim.runtime import freeze_garbage
from prodsim.ui import resources
from prodsim.ui.text import literal


def available_encoder(name: str, settings: Settings) -> Available:
    """The encoder `name`, or the best at hand instead; what a visitor should know about it is drawn here."""
    failed = resources.failed_downloads()
    found = status(name, settings)
    if isinstance(found, Unavailable) and name not in failed:
        try:
            found = _fetch(found, settings)
        except EncoderError as error:
            failed[name] = error
    if isinstance(found, Available):
        if found.notice:
            st.info(literal(found.notice))
        return found
    stand_in = fallback(settings)
    with st.container(border=True, gap="xsmall"):
        st.markdown(f"**{stand_in.spec.title} is used instead of {found.spec.title}.**")
        st.caption(literal(failed[name]))
        st.button("Try again", key="retry", on_click=_retry, args=(name,))
    return stand_in


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


def _fetch(wanted: Unavailable, settings: Settings) -> Available:
    """The encoder after one download, which a visitor sees and can skip."""
    place = st.empty()
    with place.container(border=True):
        bar = st.progress(0.0, text=f"Fetching the weights of {wanted.spec.name} …")
        st.button("Skip", key="skip", on_click=_skip, args=(wanted.spec.name,))

    def show(done: int, total: int) -> None:
        far = f"{done / 1e6:.0f} of {total / 1e6:.0f} MB"
        bar.progress(done / total, text=f"Fetching the weights of {wanted.spec.name}: {far}")

    try:
        return require(wanted.spec.name, settings, show)
    finally:
        place.empty()


def _retry(name: str) -> None:
    resources.failed_downloads().pop(name, None)


def _skip(name: str) -> None:
    error = WeightsUnavailable(f"The download of the weights of {name} was skipped. Press “Try again” to fetch them.")
    resources.failed_downloads()[name] = error
