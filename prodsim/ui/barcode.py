"""An embedding as a bar code: a stripe for each number."""

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

HEIGHT = 96
"""Pixels."""
PAPER, BLACK = "#ffffff", "#101317"
"""The smallest number and the largest, in either theme: what is printed as a bar code is black on white."""


def bar_code(vector: NDArray[np.float32]) -> go.Figure:
    """A stripe for each number of an embedding, float32 (dim,), from the smallest in white to the largest in black."""
    stripes = {
        "type": "heatmap",
        "z": [vector.tolist()],
        "colorscale": [[0, PAPER], [1, BLACK]],
        "showscale": False,
        "x0": 1,
        "hovertemplate": "number %{x}: %{z:.4f}<extra></extra>",
    }
    layout = {
        "height": HEIGHT,
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
        "dragmode": False,
        "xaxis": {"visible": False, "fixedrange": True},
        "yaxis": {"visible": False, "fixedrange": True},
    }
    return go.Figure({"data": [stripes], "layout": layout})
