"""Quality against speed as a figure: a point with its interval for each encoder."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from prodsim.evaluation import Estimate
from prodsim.ui.figures import COLOR
from prodsim.ui.text import literal_in_figure

TICKS = (1, 3, 10, 30, 100, 300, 1000, 3000, 10_000)
ROOM = 0.4
"""Decades beside the first and the last point, for their titles."""


@dataclass(frozen=True)
class Point:
    """An encoder's title, pictures per second, and precision."""

    title: str
    speed: float
    precision: Estimate


def tradeoff(points: Sequence[Point]) -> go.Figure:
    """Up is better, right is faster (logarithmic); a dotted line where random order would be. At least one point."""
    chance, speeds = points[0].precision.at_random, [point.speed for point in points]
    texts = [literal_in_figure(point.title) for point in points]
    scatter = {
        "type": "scatter",
        "mode": "markers+text",
        "x": speeds,
        "y": [point.precision.mean for point in points],
        "error_y": {
            "type": "data",
            "symmetric": False,
            "array": [point.precision.high - point.precision.mean for point in points],
            "arrayminus": [point.precision.mean - point.precision.low for point in points],
            "thickness": 1,
        },
        "text": texts,
        "textposition": "top center",
        "marker": {"color": COLOR, "size": 10},
        "customdata": [f"{point.precision.low:.3f} to {point.precision.high:.3f}" for point in points],
        "hovertemplate": "%{text}: %{y:.3f} (%{customdata}), %{x:,.0f} pictures/s<extra></extra>",
    }
    layout = {
        "height": 340,
        "margin": {"l": 0, "r": 0, "t": 20, "b": 0},
        "dragmode": False,
        "showlegend": False,
        "xaxis": {
            "type": "log",
            "title": {"text": "pictures per second on this machine"},
            "tickvals": TICKS,
            "range": [math.log10(min(speeds)) - ROOM, math.log10(max(speeds)) + ROOM],
            "fixedrange": True,
        },
        "yaxis": {"title": {"text": "precision at 5"}, "range": [0, 1], "fixedrange": True},
        "shapes": [
            {
                "type": "line",
                "xref": "paper",
                "x0": 0,
                "x1": 1,
                "y0": chance,
                "y1": chance,
                "line": {"dash": "dot", "width": 1, "color": "gray"},
            }
        ],
    }
    return go.Figure({"data": [scatter], "layout": layout})
