"""Makes a catalog searchable before a page's eyes: indexes what is missing, with progress, and opens the searcher."""

from contextlib import closing
from pathlib import Path

import streamlit as st

from prodsim.catalog import Catalog
from prodsim.config import Settings
from prodsim.encoders import Available
from prodsim.index import EmbeddingStore, HashMemory, Progress, index
from prodsim.search import Searcher
from prodsim.ui import notices, resources
from prodsim.ui.resources import OpenIndex

OPEN_AT_ONCE = 4
"""Embedding matrices kept in memory; 40,000 products take 40 to 140 MB each."""


def open_index(catalog: Catalog, encoder: Available, settings: Settings) -> OpenIndex:
    """From memory; else from disk, after embedding what is new."""
    kept = resources.open_indexes()
    key = (catalog.folder, encoder.fingerprint)
    found = kept.get(key)
    if found and found.searcher.catalog is catalog:
        return found
    store = EmbeddingStore.of(encoder, settings)
    outcome = Progress(0, len(catalog))
    bar = st.progress(0.0, text=f"Looking at {len(catalog):,} pictures with {encoder.spec.name} …")
    again = key in resources.to_try_again()
    with closing(index(catalog, encoder, store, HashMemory.in_cache(settings), again=again)) as steps:
        for outcome in steps:
            settled = outcome.done + len(outcome.skipped)
            bar.progress(settled / outcome.total, text=_sentence(outcome, settled, encoder))
    bar.empty()
    notices.add(*outcome.notices)
    resources.to_try_again().discard(key)
    opened = OpenIndex(Searcher.open(catalog, encoder, settings), outcome.skipped, key)
    kept[key] = opened
    while len(kept) > OPEN_AT_ONCE:
        kept.pop(next(iter(kept)), None)
    return opened


def show_skipped(opened: OpenIndex) -> None:
    """The products that are left out, and a button to try their pictures again. Nothing if there are none."""
    if not opened.skipped:
        return
    with st.expander(f"{len(opened.skipped):,} products are left out: their pictures cannot be used"):
        st.dataframe(opened.skipped, hide_index=True)
        st.button("Try again", key="try pictures again", on_click=_try_again, args=(opened.key,))


def _try_again(key: tuple[Path, str]) -> None:
    resources.open_indexes().pop(key, None)
    resources.to_try_again().add(key)


def _sentence(progress: Progress, settled: int, encoder: Available) -> str:
    far = f"{settled:,} of {progress.total:,} pictures"
    if progress.waiting:
        return f"Somebody else is indexing this catalog: {far}. The search begins when that is done."
    rate = f", {progress.rate:.0f} per second" if progress.rate else ""
    return f"Looking at the pictures with {encoder.spec.name}, once: {far}{rate}"
