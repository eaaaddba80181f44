"""Plotly figures of a catalog. Their ranges are fixed, so that a finger on them scrolls the page.

Each is made in one piece: a figure that is brought up to date property by property takes five times as long.
"""

from collections.abc import Mapping, Sequence
from itertools import product

import pandas as pd
import plotly.graph_objects as go

from prodsim.ui.palette import OUTLINE
from prodsim.ui.text import literal_in_figure

BAR, CELL = 18, 18
"""Pixels of height for one bar and the gap to the next, and for one row of cells."""
COLOR = "#3d8f88"
"""Between the light theme's accent and the dark one's: at least 3:1 against both grounds."""
FAINTEST, STRONGEST = 0.05, 0.75
"""Opacity of COLOR for no product and for the most: on every cell, INK has a contrast of at least 4.5:1."""
INK = {"light": "#22252a", "dark": "#e8e8e6"}
"""Text colors of the themes; Plotly's own text is a gray that is lost on the stronger cells."""
LONGEST = 18
"""Characters of a label; the rest would leave no room for the bars on a phone."""


def bars(counts: pd.DataFrame, colors: Sequence[str] | None = None) -> go.Figure:
    """Horizontal bars, the first row on top; point i is row i. `counts`: labels (str) first, then `products` (int).

    `colors`: one per row, with an outline; otherwise all have COLOR.
    """
    labels, numbers = list(counts.iloc[:, 0]), counts["products"].tolist()
    bar = {
        "type": "bar",
        "x": numbers,
        "y": list(range(len(counts))),
        "orientation": "h",
        "marker": {"color": list(colors), "line": {"color": OUTLINE, "width": 1}} if colors else {"color": COLOR},
        "text": [f"{number:,}" for number in numbers],
        "textposition": "outside",
        "cliponaxis": False,
        "customdata": [literal_in_figure(label) for label in labels],
        "hovertemplate": "%{customdata}: %{x:,} products<extra></extra>",
    }
    layout = {
        "height": BAR * len(counts) + 4,
        "margin": {"l": 0, "r": 44, "t": 0, "b": 0},
        "bargap": 0.35,
        "dragmode": False,
        "xaxis": {"visible": False, "fixedrange": True},
        "yaxis": {**_axis(labels), "range": [len(labels) - 0.5, -0.5]},
    }
    return go.Figure({"data": [bar], "layout": layout})


def heat_map(table: pd.DataFrame, ink: str = INK["light"]) -> go.Figure:
    """Cells whose strength is their number; point i is cell i, row by row. `table`: int, labels on both sides.

    The cells are bars, because Streamlit reports no click on a Plotly heat map.
    """
    down, across = list(table.index), list(table.columns)
    places = list(product(range(len(down)), range(len(across))))
    numbers: list[int] = table.to_numpy().ravel().tolist()
    most = max(numbers, default=0) or 1
    pairs = product(map(literal_in_figure, down), map(literal_in_figure, across))
    cells = {
        "type": "bar",
        "x": [0.96] * len(places),
        "base": [column for _, column in places],
        "y": [row for row, _ in places],
        "orientation": "h",
        "marker": {"color": [_shade(number / most) for number in numbers]},
        "hovertext": [f"{row}, {col}: {number:,} products" for (row, col), number in zip(pairs, numbers, strict=True)],
        "hoverinfo": "text",
    }
    texts = {
        "type": "scatter",
        "x": [column + 0.48 for _, column in places],
        "y": cells["y"],
        "mode": "text",
        "text": [short(number) for number in numbers],
        "textfont": {"size": 11, "color": ink},
        "hoverinfo": "skip",
    }
    layout = {
        "height": CELL * len(down) + 64,
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
        "bargap": 0.06,
        "barmode": "overlay",
        "dragmode": False,
        "showlegend": False,
        "xaxis": {
            **_axis(across, 0.48),
            "range": [0, len(across)],
            "side": "top",
            "zeroline": False,
            "autotickangles": [0, -90],
        },
        "yaxis": {**_axis(down), "range": [len(down) - 0.5, -0.5]},
    }
    return go.Figure({"data": [cells, texts], "layout": layout})


def side_by_side(heights: Mapping[str, int], columns: int) -> list[list[str]]:
    """The names in at most so many columns of about the same height; in all, and in each, in the order given."""
    filled: list[list[str]] = [[] for _ in range(columns)]
    for name in sorted(heights, key=lambda name: -heights[name]):
        min(filled, key=lambda column: sum(heights[one] for one in column)).append(name)
    order = {name: place for place, name in enumerate(heights)}
    ordered = [sorted(column, key=order.__getitem__) for column in filled if column]
    return sorted(ordered, key=lambda column: order[column[0]])


def short(number: int) -> str:
    """A number in the room of three digits: "", "305", "1.2k", "64k"."""
    if number < 1000:
        return str(number or "")
    return f"{number / 1000:.1f}k" if number < 9950 else f"{number / 1000:.0f}k"


def _shade(share: float) -> str:
    """By the root, else the largest cell leaves all others pale."""
    opacity = FAINTEST + (STRONGEST - FAINTEST) * share**0.5
    red, green, blue = (int(COLOR[place : place + 2], 16) for place in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity:.3f})"


def _axis(labels: Sequence[str], middle: float = 0) -> dict[str, object]:
    """An axis that counts the labels from 0: Plotly would read years as numbers, and merge equal labels."""
    shown = [f"{label[: LONGEST - 1]}…" if len(label) > LONGEST else label for label in labels]
    return {
        "tickvals": [place + middle for place in range(len(shown))],
        "ticktext": [literal_in_figure(label) for label in shown],
        "showgrid": False,
        "fixedrange": True,
        "automargin": True,
    }
