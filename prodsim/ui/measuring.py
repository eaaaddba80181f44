"""What is known of the encoders' quality on a catalog, and the way to measure what is not."""

from contextlib import closing
from dataclasses import dataclass

import streamlit as st

from prodsim.catalog import Catalog
from prodsim.config import Settings
from prodsim.encoders import REGISTRY, Available, Unavailable, status
from prodsim.evaluation import (
    EvaluatedScoring,
    Quality,
    Relevance,
    Report,
    Reports,
    ask,
    evaluate,
    keep_speed,
    kept_speed,
    pictures_per_second,
)
from prodsim.index import HashMemory
from prodsim.ui import notices
from prodsim.ui.indexing import open_engine

K = 5
SAMPLE = 2000
"""Queries: seconds for 40,000 products, and intervals of about +-0.02."""

_STOPPED = "measuring was stopped"


@dataclass(frozen=True)
class Row:
    """An encoder, and what was measured with one scoring: its quality by each relevance, pictures per second."""

    encoder: Available | Unavailable
    report: Report | None
    speed: float | None

    def quality(self, relevance: Relevance) -> Quality | None:
        """Where a right result shares these attributes."""
        found = self.report.qualities if self.report else ()
        return next((each for each in found if each.attributes == relevance), None)


def rows(catalog: Catalog, scoring: EvaluatedScoring, settings: Settings) -> list[Row]:
    """All encoders in the order of the registry. Of several reports the one with most queries counts."""
    memory, shelf = HashMemory.in_cache(settings), Reports.in_cache(settings)
    digest = catalog.digest([hash_ or "" for hash_ in memory.of(catalog.images)])
    reports = sorted(shelf.about(digest), key=lambda report: report.queries)
    notices.add(*memory.notices, *shelf.notices)
    kept = {
        report.question.encoder.fingerprint: report
        for report in reports
        if report.question.scoring == scoring and report.question.k == K
    }
    found = [status(name, settings) for name in REGISTRY]
    return [
        Row(each, kept.get(each.fingerprint), kept_speed(each, settings))
        if isinstance(each, Available)
        else Row(each, None, None)
        for each in found
    ]


def measure_button(catalog: Catalog, encoder: Available, scoring: EvaluatedScoring, settings: Settings) -> None:
    """Draw the button; when it is pressed, index what is missing, ask SAMPLE products, and draw the page anew."""
    place = st.empty()
    if st.session_state.pop(_STOPPED, False):
        st.info("Stopped. What was indexed is kept: measure again, and it goes on from there.")
    if not place.button(f"Measure {encoder.spec.title}", key="measure"):
        return
    with place.container():
        st.button("Stop", key="stop", on_click=st.session_state.update, args=({_STOPPED: True},))
        indexed = open_engine(catalog, encoder, settings).indexed
        assert indexed is not None  # it was opened by an encoder
        bar = st.progress(0.0, text=f"Asking for the nearest {K} of up to {SAMPLE:,} products …")
        question = ask(indexed, scoring=scoring, k=K, sample=SAMPLE)
        with closing(evaluate(indexed, question)) as steps:
            for progress in steps:
                bar.progress(progress.done / max(1, progress.total), text=f"{progress.done:,} of {progress.total:,}")
        assert progress.report is not None  # the last one holds it
        Reports.in_cache(settings).keep(progress.report)
        bar.progress(1.0, text=f"Measuring the speed of {encoder.spec.title} …")
        keep_speed(encoder, pictures_per_second(encoder.load(), catalog.images), settings)
    st.rerun()
