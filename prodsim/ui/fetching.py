"""An offer: the pictures that a table names by address are fetched, once who may change catalogs wants it."""

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import streamlit as st

from prodsim.catalog import (
    MAX_PICTURES,
    MAX_TOTAL_BYTES,
    Fetched,
    Library,
    complete,
    fetch,
    hosts_of,
    place_of,
)
from prodsim.errors import ProdsimError
from prodsim.ui import visitors
from prodsim.ui.sentences import told
from prodsim.ui.text import literal

HOSTS_SHOWN = 3
_STOPPED, _FAILED = "fetching was stopped", "why nothing could be fetched"


def offer(name: str, table: bytes, products: int, addresses: Sequence[str], library: Library) -> Path | None:
    """Draw the offer for a visitor's table, the fetch, and how it ended; nothing for who may not change catalogs.

    The folder of the catalog when all its pictures were tried and one is there, else None. It is in the cache, and
    stays as long as the visit does, or the catalog that it becomes.
    """
    if not addresses or not visitors.may_change_catalogs():
        return None
    folder = place_of(table, library.settings)
    ended: Fetched | None = st.session_state.get(_key(folder))
    if ended and not folder.is_dir():  # the cache was deleted meanwhile
        ended = None
    if ended:
        _show(ended)
    else:
        _describe(products, addresses)
    if library.settings.offline:
        st.caption("This app fetches nothing: PRODSIM\\_OFFLINE is set. Give a ZIP of the table and its pictures.")
    elif not ended or ended.failures:
        _ask(ended, folder, name, table, addresses, library)
    return folder if ended and ended.done else None


def _describe(products: int, addresses: Sequence[str]) -> None:
    hosts = hosts_of(addresses)
    named = literal(", ".join(hosts[:HOSTS_SHOWN])) + (", …" if len(hosts) > HOSTS_SHOWN else "")
    st.markdown(
        f"{_number(products, 'product')} name their pictures by address: {_number(len(addresses), 'picture')} on "
        f"{_number(len(hosts), 'host')} ({named}). Fetch them?"
    )
    st.caption(
        f"At most {MAX_PICTURES:,} pictures and {MAX_TOTAL_BYTES >> 30} GB, from public addresses alone. Nothing is "
        "sent but the requests for them, and nothing is added yet."
    )


def _ask(
    ended: Fetched | None, folder: Path, name: str, table: bytes, addresses: Sequence[str], library: Library
) -> None:
    note = st.empty()  # has its place always, so that what is below it stays where it is
    stopped, failed = st.session_state.pop(_STOPPED, False), st.session_state.pop(_FAILED, "")
    if failed:
        note.error(literal(told(failed)))
    elif stopped:
        note.info("Stopped. What was fetched is kept for now: start again, and it goes on from there.")
    place = st.empty()
    if place.button("Try those again" if ended else "Fetch the pictures", key="fetch pictures"):
        try:
            with place.container():
                st.session_state[_key(folder)] = _fetched(folder, name, table, addresses, library)
        except ProdsimError as error:
            st.session_state[_FAILED] = str(error)
        st.rerun()


def _fetched(folder: Path, name: str, table: bytes, addresses: Sequence[str], library: Library) -> Fetched:
    visitors.check_may_change_catalogs()
    held = f"claim of {folder.name}"
    if held not in st.session_state:  # until the visit ends, what was fetched is not swept
        st.session_state[held] = library.claim(folder)
    bar = st.progress(0.0, text="Fetching …")
    st.button("Stop", key="stop fetching", on_click=st.session_state.update, args=({_STOPPED: True},))
    progress = Fetched(0, len(addresses))
    with closing(fetch(addresses, folder, library.settings)) as steps:
        for progress in steps:
            bar.progress((progress.done + len(progress.failures)) / progress.total, text=_sentence(progress))
    if progress.done:
        complete(folder, name, table)
    return progress


def _sentence(progress: Fetched) -> str:
    if progress.waiting:
        return "Somebody else is fetching the same pictures. Yours begin when that is done."
    rate = f", {progress.rate:.0f} per second" if progress.rate else ""
    failed = f", {len(progress.failures):,} failed" if progress.failures else ""
    return f"Fetching: {progress.done:,} of {_number(progress.total, 'picture')}{rate}{failed}"


def _show(ended: Fetched) -> None:
    if not ended.failures:
        st.success(f"{_number(ended.total, 'picture')} fetched.")
        return
    (st.warning if ended.done else st.error)(
        f"{ended.done:,} of {_number(ended.total, 'picture')} fetched, {len(ended.failures):,} could not be."
    )
    with st.expander("Which, and why"):
        rows = [{"address": failure.address, "reason": failure.reason} for failure in ended.failures]
        st.dataframe(rows, hide_index=True)


def _number(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'s'[: number != 1]}"


def _key(folder: Path) -> str:
    return f"fetched into {folder.name}"
