"""The scores of all that was compared as a histogram, with the results marked in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from prodsim.ui.figures import COLOR
from prodsim.ui.text import literal_in_figure

BARS = 50
ROOM = 1.12
"""How much higher than the highest bar the figure is, for the marks."""
MARK = "#d55e00"
"""Okabe and Ito's vermilion: at least 3:1 against both grounds, and told from COLOR by all kinds of sight."""


@dataclass(frozen=True)
class Mark:
    """A result: its rank, name and score."""

    rank: int
    name: str
    score: float


def histogram(counts: NDArray[np.intp], marks: Sequence[Mark]) -> go.Figure:
    """How many scores lie in each of some equal steps from 0 to 1, int (steps,); a line to the score of each mark."""
    edges = np.linspace(0, 1, len(counts) + 1)
    top = max(1, int(counts.max())) * ROOM
    bars = {
        "type": "bar",
        "x": ((edges[:-1] + edges[1:]) / 2).tolist(),
        "y": counts.tolist(),
        "width": 1 / len(counts),
        "marker": {"color": COLOR, "line": {"width": 0}},
        "customdata": [f"{low:.2f} to {high:.2f}" for low, high in pairwise(edges)],
        "hovertemplate": "score %{customdata}: %{y:,} products<extra></extra>",
    }
    lines = {
        "type": "scatter",
        "mode": "markers",
        "x": [mark.score for mark in marks],
        "y": [top] * len(marks),
        "error_y": {"type": "data", "symmetric": False, "array": [0], "arrayminus": [top] * len(marks), "width": 0}
        | {"thickness": 1.5},
        "marker": {"color": MARK, "size": 11, "symbol": "triangle-down"},
        "customdata": [f"{mark.rank}. {literal_in_figure(mark.name)}" for mark in marks],
        "hovertemplate": "%{customdata}: %{x:.4f}<extra></extra>",
    }
    layout = {
        "height": 260,
        "margin": {"l": 0, "r": 8, "t": 8, "b": 0},
        "bargap": 0,
        "dragmode": False,
        "showlegend": False,
        "xaxis": {"title": {"text": "score"}, "range": [-0.02, 1.02], "fixedrange": True},
        "yaxis": {"title": {"text": "products"}, "range": [0, top * 1.05], "fixedrange": True},
    }
    return go.Figure({"data": [bars, lines], "layout": layout})
