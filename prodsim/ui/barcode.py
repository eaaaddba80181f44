"""An embedding as a bar code: a stripe for each number."""

import math

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

IN_A_ROW = 256
"""Stripes at most: each has a pixel on a phone, where more would flicker or be left out."""
ONE_ROW, ROW, GAP = 96, 44, 6
"""Pixels of height of a row that is alone, of each where there are more, and between two."""
PAPER, BLACK = "#ffffff", "#101317"
"""The smallest number and the largest, in either theme: what is printed as a bar code is black on white."""


def bar_code(vector: NDArray[np.float32]) -> go.Figure:
    """A stripe for each number of an embedding, float32 (dim,), from the smallest in white to the largest in black; in
    several rows, from top to bottom, if there are many.
    """
    numbers = vector.tolist()
    rows = math.ceil(len(numbers) / IN_A_ROW)
    long = math.ceil(len(numbers) / rows)
    told = [f"number {place:,}: {number:.4f}" for place, number in enumerate(numbers, start=1)]
    starts = range(0, len(numbers), long)
    stripes = {
        "type": "heatmap",
        "z": [numbers[start : start + long] for start in starts],
        "text": [told[start : start + long] for start in starts],
        "colorscale": [[0, PAPER], [1, BLACK]],
        "showscale": False,
        "ygap": GAP if rows > 1 else 0,
        "hovertemplate": "%{text}<extra></extra>",
    }
    layout = {
        "height": ONE_ROW if rows == 1 else ROW * rows,
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
        "dragmode": False,
        "xaxis": {"visible": False, "fixedrange": True},
        "yaxis": {"visible": False, "fixedrange": True, "autorange": "reversed"},
    }
    return go.Figure({"data": [stripes], "layout": layout})
