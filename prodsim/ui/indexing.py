"""Makes a catalog searchable before a page's eyes: indexes what is missing, with progress, and opens the engine."""

from contextlib import closing

import streamlit as st

from prodsim.catalog import Catalog
from prodsim.config import Settings
from prodsim.encoders import Available
from prodsim.index import Progress, index, open_index
from prodsim.search import Engine
from prodsim.ui import notices, resources


def open_engine(catalog: Catalog, encoder: Available, settings: Settings) -> Engine:
    """From memory; else from disk, after embedding what is new."""
    engines = resources.engines()
    if found := engines.find(catalog, encoder):
        return found
    outcome = Progress(0, len(catalog.images))
    bar = st.progress(0.0, text=f"Looking at {len(catalog.images):,} pictures with {encoder.spec.name} …")
    again = engines.is_to_try_again(catalog, encoder)
    with closing(index(catalog, encoder, settings, again=again)) as steps:
        for outcome in steps:
            settled = outcome.done + len(outcome.skipped)
            bar.progress(settled / outcome.total, text=_sentence(outcome, settled, encoder))
    bar.empty()
    notices.add(*outcome.notices)
    engine = Engine(catalog, open_index(catalog, encoder, settings, outcome.skipped))
    engines.keep(engine, encoder)
    return engine


def show_skipped(engine: Engine) -> None:
    """The pictures that are left out, and a button to try them again. Nothing if there are none."""
    if not engine.skipped or engine.indexed is None:
        return
    with st.expander(f"Pictures that cannot be used, and are left out: {len(engine.skipped):,}"):
        st.dataframe(engine.skipped, hide_index=True)
        again = (engine.catalog, engine.indexed.encoder)
        st.button("Try again", key="try pictures again", on_click=resources.engines().try_again, args=again)


def _sentence(progress: Progress, settled: int, encoder: Available) -> str:
    far = f"{settled:,} of {progress.total:,} pictures"
    if progress.waiting:
        return f"Somebody else is indexing this catalog: {far}. The search begins when that is done."
    rate = f", {progress.rate:.0f} per second" if progress.rate else ""
    return f"Looking at the pictures with {encoder.spec.name}, once: {far}{rate}"
