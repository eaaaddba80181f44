"""The encoder a visitor searches with: the one chosen, its weights fetched once, or else a stand-in with a notice."""

import streamlit as st

from prodsim.config import Settings
from prodsim.encoders import Available, Unavailable, fallback, require, status
from prodsim.errors import EncoderError, WeightsUnavailable
from prodsim.ui import resources
from prodsim.ui.models import warm_up
from prodsim.ui.text import literal

__all__ = ["available_encoder", "warm_up"]


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
