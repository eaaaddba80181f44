"""Reports as tables."""

from collections.abc import Sequence

import pandas as pd

from prodsim.encoders import EncoderSpec, Unavailable
from prodsim.measures import MEASURES
from prodsim.relevance import Relevance
from prodsim.report import ClassQuality, Estimate
from prodsim.ui.measuring import K, Row


def of_encoders(rows: Sequence[Row], relevance: Relevance) -> pd.DataFrame:
    """A row for each encoder, as text: measures with their intervals, speed, size, and what is missing."""
    return pd.DataFrame([_of_encoder(row, relevance) for row in rows])


def of_classes(classes: Sequence[ClassQuality]) -> pd.DataFrame:
    """Labels, queries, precision with its interval, and what random order would have."""
    return pd.DataFrame(
        {
            "class": ", ".join(one.labels),
            "queries": one.queries,
            f"precision@{K}": _interval(one.measures["precision"]),
            "at random": f"{one.measures['precision'].at_random:.3f}",
        }
        for one in classes
    )


def _of_encoder(row: Row, relevance: Relevance) -> dict[str, str]:
    spec, quality = row.encoder.spec, row.quality(relevance)
    cells = {"encoder": spec.title}
    for name, measure in MEASURES.items():
        cells[measure.title.format(k=K)] = _interval(quality.measures[name]) if quality else ""
    cells["pictures/s"] = f"{row.speed:,.0f}" if row.speed else ""
    cells["numbers"] = f"{spec.dim:,}"
    cells["weights"] = _size(spec)
    cells["queries"] = f"{quality.queries:,}" if quality else _missing(row)
    return cells


def _interval(estimate: Estimate) -> str:
    return f"{estimate.mean:.3f} ({estimate.low:.3f} to {estimate.high:.3f})"


def _size(spec: EncoderSpec) -> str:
    weights = spec.weights or spec.bundled
    return f"{weights.size / 1e6:,.1f} MB" if weights else "none"


def _missing(row: Row) -> str:
    return row.encoder.reason if isinstance(row.encoder, Unavailable) else "not measured yet"
