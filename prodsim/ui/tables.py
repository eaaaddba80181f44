"""Reports as tables."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from prodsim.encoders import EncoderSpec, Unavailable
from prodsim.evaluation import MEASURES, ClassQuality, Estimate, Relevance
from prodsim.ui.measuring import K, Row
from prodsim.ui.sentences import told
from prodsim.ui.text import plain


def of_encoders(rows: Sequence[Row], relevance: Relevance) -> pd.DataFrame:
    """A row for each encoder, the best first, as text: measures with intervals, speed, size; or what is missing."""

    def precision(row: Row) -> float:
        quality = row.quality(relevance)
        return quality.measures["precision"].mean if quality else -1

    return pd.DataFrame([_of_encoder(row, relevance) for row in sorted(rows, key=precision, reverse=True)])


def widths(table: pd.DataFrame) -> dict[str, Any]:
    """Columns as wide as their longest text, in pixels; Streamlit cuts them at what fits on the page."""
    return {
        column: st.column_config.TextColumn(width=24 + 8 * max(len(column), *map(len, table[column])))
        for column in table.columns
    }


def of_classes(classes: Sequence[ClassQuality]) -> pd.DataFrame:
    """Labels, queries, precision with its interval, and what random order would have."""
    return pd.DataFrame(
        {
            "class": ", ".join(map(plain, one.labels)),
            "queries": f"{one.queries:,}",
            f"precision@{K}": _interval(one.measures["precision"]),
            "at random": f"{one.measures['precision'].at_random:.3f}",
        }
        for one in classes
    )


def _of_encoder(row: Row, relevance: Relevance) -> dict[str, str]:
    spec, quality = row.encoder.spec, row.quality(relevance)
    missing = told(row.encoder.reason) if isinstance(row.encoder, Unavailable) else "not measured yet"
    measures = {
        measure.title.format(k=K): _interval(quality.measures[name]) if quality else ""
        for name, measure in MEASURES.items()
    }
    first, *others = measures
    return {
        "encoder": spec.title,
        first: measures[first] or missing,
        "at random": f"{quality.measures['precision'].at_random:.3f}" if quality else "",
        "pictures/s": f"{row.speed:,.0f}" if row.speed else "",
        "weights": _size(spec),
        **{title: measures[title] for title in others},
        "numbers": f"{spec.dim:,}",
        "queries": f"{quality.queries:,}" if quality else "",
    }


def _interval(estimate: Estimate) -> str:
    return f"{estimate.mean:.3f} ({estimate.low:.3f} to {estimate.high:.3f})"


def _size(spec: EncoderSpec) -> str:
    return f"{spec.source.size / 1e6:,.1f} MB" if spec.source else "none"
