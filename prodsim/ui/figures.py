"""Plotly figures of a catalog."""

import pandas as pd
import plotly.graph_objects as go

from prodsim.ui.text import literal_in_figure

BAR = 26
"""Pixels of height for one bar and the gap to the next."""
COLOR = "#3d8f88"
"""Between the light theme's accent and the dark one's: at least 3:1 against both grounds."""


def bars(counts: pd.DataFrame) -> go.Figure:
    """Horizontal bars, the first row on top. `counts`: labels (str) in the first column, `products` (int)."""
    labels = [literal_in_figure(label) for label in counts.iloc[:, 0]]
    figure = go.Figure(
        go.Bar(
            x=counts["products"],
            y=labels,
            orientation="h",
            marker_color=COLOR,
            text=[f"{number:,}" for number in counts["products"]],
            textposition="outside",
            cliponaxis=False,
            hovertemplate="%{y}: %{x:,} products<extra></extra>",
        )
    )
    figure.update_layout(height=BAR * len(counts) + 20, margin={"l": 0, "r": 40, "t": 0, "b": 0}, bargap=0.35)
    figure.update_xaxes(visible=False, fixedrange=True)
    figure.update_yaxes(autorange="reversed", fixedrange=True, title=None, automargin=True)
    return figure
