"""Figures of what is in the catalog, side by side; a click on a bar opens its products.

A figure cannot be reached with the keyboard, so every value is a link as well, folded away.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from prodsim.catalog import Among, Catalog, at_least, at_most, filterable, in_words, is_ranged, statistics
from prodsim.ui import figures, visit
from prodsim.ui.palette import color_of
from prodsim.ui.places import CATALOG
from prodsim.ui.text import label, literal, plain

MOST = 13
"""Bars in a figure; the real catalog's products are of 13 years."""
MAP = (12, 10)
"""Types and colors of the heat map: ten columns are what a phone shows legibly."""
COLUMNS, COLUMN = 4, 180
"""Figures side by side, and the pixels that each has at least: all four on a small desk, one on a phone."""
LINK = 150
"""Pixels that a link's column has at least."""
LINKS = "all values as links"
HEADING = 2
"""Bars that a figure's heading has the height of."""

_OPENED = "figures opened"

Address = Callable[[Mapping[str, str]], Mapping[str, Sequence[str]]]
"""Names of filters and values -> the address of the products that pass, among those that are counted."""


def draw(catalog: Catalog, among: Among, address: Address) -> None:
    """Types and colors beside their heat map, then the other attributes, small ones below each other."""
    counted = {attribute: _counted(catalog, attribute, among) for attribute in _attributes(catalog)}
    counted = {attribute: counts for attribute, counts in counted.items() if len(counts)}
    kind, color = catalog.schema["type"], catalog.schema["color"]
    if kind in counted and color in counted:
        table = statistics.cross(catalog, kind, color, among, most=MAP)
        if min(table.shape) > 1:  # else the bars say the same
            cells = st.grid(COLUMNS, min_column_width=COLUMN)
            for attribute in (kind, color):
                with cells.cell():
                    _bars(counted.pop(attribute), address, colored=attribute == color)
            with cells.cell(column_span=2):
                _heat_map(table, address)
    if counted:
        cells = st.grid(COLUMNS, min_column_width=COLUMN)
        heights = {attribute: HEADING + len(counts) for attribute, counts in counted.items()}
        for column in figures.side_by_side(heights, COLUMNS):
            with cells.cell():
                for attribute in column:
                    _bars(counted[attribute], address, colored=attribute == color)


def links(catalog: Catalog, among: Among, address: Address) -> None:
    """All values and ranges of the attributes as links to their products, folded; made when they are unfolded."""
    counted = {attribute: _all(catalog, attribute, among) for attribute in _attributes(catalog)}
    values = sum(map(len, counted.values()))
    if not values:
        return
    folded = st.expander(f"All values as links ({values:,})", key=LINKS, on_change=visit.now().touch)
    if not folded.open:
        return
    with folded:
        for attribute, counts in counted.items():
            st.markdown(f"**{label(attribute)}**")
            cells = st.grid(4, min_column_width=LINK, gap="xsmall")
            for row, (value, number) in enumerate(zip(counts[attribute], counts["products"], strict=True)):
                shown = f"{literal(value)} ({number:,})"
                cells.page_link(CATALOG.script, label=shown, query_params=address(_meant(counts, row)))


def selected_point(selection: Mapping[str, Any]) -> int | None:
    """The number of the bar or cell that was clicked in a figure's first trace; None if none was."""
    points = [point for point in selection["points"] if point["curve_number"] == 0]
    return int(points[0]["point_index"]) if points else None


def _attributes(catalog: Catalog) -> list[str]:
    """Type and color first, then the others as in the table."""
    kind, color = catalog.schema["type"], catalog.schema["color"]
    return sorted(filterable(catalog), key=lambda attribute: (attribute != kind, attribute != color))


def _counted(catalog: Catalog, attribute: str, among: Among) -> pd.DataFrame:
    """The values or the ranges of a figure."""
    counts = _all(catalog, attribute, among)
    return counts if is_ranged(catalog, attribute) else statistics.top(counts, MOST)


def _all(catalog: Catalog, attribute: str, among: Among) -> pd.DataFrame:
    if is_ranged(catalog, attribute):
        return statistics.ranges(catalog, attribute, among, most=MOST)
    return statistics.counts(catalog, attribute, among)


def _meant(counts: pd.DataFrame, row: int) -> dict[str, str]:
    """What a value or a range stands for: filters by their names."""
    attribute = str(counts.columns[0])
    if "least" not in counts.columns[2:]:
        return {attribute: counts[attribute][row]}
    return {at_least(attribute): counts["least"][row], at_most(attribute): counts["largest"][row]}


def _bars(counts: pd.DataFrame, address: Address, *, colored: bool) -> None:
    """The most frequent values of an attribute, or its ranges, under its heading; colors in their color."""
    attribute = str(counts.columns[0])
    figure = figures.bars(counts, [color_of(value) for value in counts[attribute]] if colored else None)
    most_products, largest = max(zip(counts["products"], counts[attribute], strict=True))
    alt = f"Bars: products per {plain(in_words(attribute).lower())}. Most: {plain(largest)}, {most_products:,}."
    point = _clicked(figure, attribute, label(attribute), alt)
    if point is not None:
        _open(address(_meant(counts, point)))


def _heat_map(table: pd.DataFrame, address: Address) -> None:
    first = f"{plain(table.index[0])} and {plain(table.columns[0])}"
    alt = f"Products per type and color, from {first}, the most frequent, on."
    figure = figures.heat_map(table, figures.INK.get(st.context.theme.type or "light", figures.INK["light"]))
    point = _clicked(figure, "types and colors", "Types and colors", alt)
    if point is not None:
        row, column = divmod(point, len(table.columns))
        _open(address({str(table.index.name): table.index[row], str(table.columns.name): table.columns[column]}))


def _clicked(figure: go.Figure, name: str, heading: str, alt: str) -> int | None:
    """Draw the figure; the point that was clicked. After a click it is a new figure, in which nothing is selected."""
    with st.container(gap="xxsmall"):
        st.subheader(heading, anchor=False)
        event = st.plotly_chart(
            figure,
            key=f"figure {name} {st.session_state.get(_OPENED, 0)}",
            on_select="rerun",
            selection_mode="points",
            height=figure.layout.height,
            config={"displayModeBar": False},
            alt=alt,
        )
    return selected_point(event["selection"])


def _open(address: Mapping[str, Sequence[str]]) -> None:
    st.session_state[_OPENED] = st.session_state.get(_OPENED, 0) + 1
    st.switch_page(CATALOG.script, query_params=address)
