"""One quiet line: which model made what is shown, and how it is with the one that is wanted instead."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import streamlit as st

from prodsim.config import Settings
from prodsim.encoders import REGISTRY, Available, EncoderSpec, status
from prodsim.ui import models, resources
from prodsim.ui.sentences import told
from prodsim.ui.text import literal, with_code

_DISMISSED = "model news dismissed"

ShowBy = Callable[[str], None]
"""Called with an encoder's name: from here on the visitor searches with it."""


@dataclass(frozen=True)
class _News:
    """What there is to say of an encoder. Who dismisses it hears of that encoder again when there is another `kind`."""

    of: EncoderSpec
    kind: Literal["fetching", "here", "failed", "missing", "other weights"]
    text: str
    details: str = ""


def line(shown: EncoderSpec, settings: Settings, show_by: ShowBy, wanted: EncoderSpec | None = None) -> None:
    """Draw that `shown` made what is shown; and of `wanted` how far its fetch is, or that it is here, with a button to
    show by it, or why it cannot be had. Nothing if they are the same, and its weights are the published ones.

    `wanted`: what the visitor asked for, by default what the settings name.
    """
    with st.container():  # also if there is nothing to say: what comes below keeps its place among the elements
        _line(shown, settings, show_by, wanted or REGISTRY.get(settings.encoder))


def _line(shown: EncoderSpec, settings: Settings, show_by: ShowBy, wanted: EncoderSpec | None) -> None:
    using = status(shown.name, settings)
    if isinstance(using, Available) and using.notice:
        _draw(_News(shown, "other weights", "Its weights are not the published ones.", using.notice), shown, settings)
    if wanted is None or wanted.name == shown.name:
        models.missed().discard(shown.name)
        return
    models.ask_for(wanted.name)
    news = _news(wanted, settings)
    if news and news.kind == "fetching" and not _is_dismissed(news):
        _draw_while_fetching(shown, settings, wanted)
    elif news:
        _draw(news, shown, settings, show_by)


def _news(wanted: EncoderSpec, settings: Settings) -> _News | None:
    """None if it was here from the beginning: the visitor chose another one."""
    found, title = status(wanted.name, settings), wanted.title
    if isinstance(found, Available):
        return _News(wanted, "here", f"{title} is here.") if wanted.name in models.missed() else None
    models.missed().add(wanted.name)
    if not found.fetchable:
        return _News(wanted, "missing", f"{title} cannot be used here: {found.reason}.", found.remedy)
    if settings.offline:
        return _News(wanted, "missing", f"{title} cannot be fetched here.", f"PRODSIM_OFFLINE is set. {found.remedy}")
    now = resources.fetch(wanted, settings).now
    if now.state == "failed":
        return _News(wanted, "failed", f"{title} could not be fetched.", now.error)
    return _News(wanted, "fetching", f"{title} is on its way: {now.done / 1e6:.0f} of {now.total / 1e6:.0f} MB.")


@st.fragment(run_every="2s")
def _draw_while_fetching(shown: EncoderSpec, settings: Settings, wanted: EncoderSpec) -> None:
    """The line is drawn anew, and nothing else; when there is other news the page is, which alone ends that."""
    news = _news(wanted, settings)
    if news is None or news.kind != "fetching" or _is_dismissed(news):
        st.rerun()
    _draw(news, shown, settings)


def _draw(news: _News, shown: EncoderSpec, settings: Settings, show_by: ShowBy | None = None) -> None:
    """In one row, of the same height whatever it says: the text gives way."""
    if _is_dismissed(news):
        return
    with st.container(horizontal=True, vertical_alignment="center", wrap=False):
        st.caption(literal(told(f"Shown by {shown.title}. {news.text}")))
        if news.kind == "here":
            title = f"Show by {literal(news.of.title)}"
            st.button(title, key="show by", type="tertiary", on_click=show_by, args=(news.of.name,))
        if news.details:
            with st.popover("Details", key=f"details {news.kind}", type="tertiary"):
                st.caption(with_code(told(news.details)))
                if news.kind == "failed":
                    st.button("Try again", key="fetch again", on_click=_retry, args=(news, settings))
        key = f"dismiss {news.kind}"
        icon = ":material/close:"  # screen readers say "close icon"
        st.button("", icon=icon, help="Dismiss", key=key, type="tertiary", width=40, on_click=_dismiss, args=(news,))


def _dismissed() -> set[str]:
    found: set[str] = st.session_state.setdefault(_DISMISSED, set())
    return found


def _is_dismissed(news: _News) -> bool:
    return f"{news.of.name} {news.kind}" in _dismissed()


def _dismiss(news: _News) -> None:
    _dismissed().add(f"{news.of.name} {news.kind}")


def _retry(news: _News, settings: Settings) -> None:
    for kind in ("fetching", "failed"):
        _dismissed().discard(f"{news.of.name} {kind}")
    resources.fetch(news.of, settings).retry()
