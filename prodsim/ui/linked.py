"""Figures of what is in the catalog: narrowed down together, and a click on a bar opens its products.

A figure cannot be reached with the keyboard, so every value is a link as well, folded away.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from prodsim.catalog import Among, Catalog, Filters, filterable, in_words, statistics
from prodsim.ui import figures, filters, state
from prodsim.ui.palette import color_of
from prodsim.ui.text import label, literal, plain

TYPE, COLOR = "articleType", "baseColour"
NARROWED_BY = ("gender", "masterCategory")
MOST_PILLS = 12
"""An attribute of more values makes no row of pills; the catalog page filters by it."""
MAP = (12, 10)
"""Types and colors of the heat map: ten columns are what a phone shows legibly."""
CATALOG_PAGE = "pages/catalog.py"
LINK = 150
"""Pixels that a link's column has at least."""

_OPENED = "figures opened"


def narrow(catalog: Catalog) -> None:
    """What the figures are narrowed down by: a row of pills for each of NARROWED_BY, a chip for any other filter.

    The pills' counts are those of the whole catalog: labels that change would be lost on a quick visitor's next click.
    Pills have keys of their own, so that the filters stay in the session, whatever widget the next page has for them.
    """
    chosen = dict(state.filters(catalog))
    for attribute, values in chosen.items():
        st.session_state[state.filter_key(attribute)] = values
    for attribute in NARROWED_BY:
        counted = _counted(catalog, attribute) if attribute in filterable(catalog) else {}
        if 2 <= len(counted) <= MOST_PILLS:
            _pills(attribute, counted, chosen.pop(attribute, []))
    filters.chips(chosen)


def _pills(attribute: str, counted: Mapping[str, int], chosen: Sequence[str]) -> None:
    def shown(value: str) -> str:
        return f"{literal(value)} ({counted[value]:,})"

    key = f"narrow {attribute}"
    if st.session_state.get(key) != chosen:
        st.session_state[key] = chosen
    st.pills(
        label(attribute),
        list(counted),
        selection_mode="multi",
        format_func=shown,
        key=key,
        on_change=_narrowed,
        args=(attribute, key),
    )


def bars(catalog: Catalog, attribute: str, chosen: Filters, among: Among, *, most: int) -> None:
    """The most frequent values of an attribute under its heading; colors in their color."""
    counts = statistics.top(statistics.counts(catalog, attribute, among), most)
    if counts.empty:
        return
    st.subheader(label(attribute), anchor=False)
    figure = figures.bars(counts, [color_of(value) for value in counts[attribute]] if attribute == COLOR else None)
    most_products, largest = max(zip(counts["products"], counts[attribute], strict=True))
    alt = f"Bars: products per {plain(in_words(attribute).lower())}. Most: {plain(largest)}, {most_products:,}."
    point = _clicked(figure, attribute, alt)
    if point is not None:
        _open(chosen, {attribute: counts[attribute][point]})


def heat_map(catalog: Catalog, chosen: Filters, among: Among) -> None:
    """Article types and colors under their heading, if there are several of both: else the bars say the same."""
    if not {TYPE, COLOR} <= {*filterable(catalog)}:
        return
    table = statistics.cross(catalog, TYPE, COLOR, among, most=MAP)
    if min(table.shape) < 2:
        return
    st.subheader("Article types and colors", anchor=False)
    first = f"{plain(table.index[0])} and {plain(table.columns[0])}"
    alt = f"Products per article type and color, from {first}, the most frequent, on."
    figure = figures.heat_map(table, figures.INK.get(st.context.theme.type or "light", figures.INK["light"]))
    point = _clicked(figure, "article types and colors", alt)
    if point is not None:
        row, column = divmod(point, len(table.columns))
        _open(chosen, {TYPE: table.index[row], COLOR: table.columns[column]})


def links(catalog: Catalog, attributes: Sequence[str], chosen: Filters, among: Among) -> None:
    """All values of the attributes as links to their products, folded; made when they are unfolded."""
    counted = {attribute: _counted(catalog, attribute, among) for attribute in attributes}
    values = sum(map(len, counted.values()))
    if not values:
        return
    key = f"links {' '.join(attributes)}"
    folded = st.expander(f"All values as links ({values:,})", key=key, on_change="rerun")
    if not folded.open:
        return
    with folded:
        for attribute, products in counted.items():
            if len(counted) > 1:
                st.markdown(f"**{label(attribute)}**")
            cells = st.grid(4, min_column_width=LINK, gap="xsmall")
            for value, number in products.items():
                shown = f"{literal(value)} ({number:,})"
                cells.page_link(CATALOG_PAGE, label=shown, query_params=_address(chosen, {attribute: value}))


def selected_point(selection: Mapping[str, Any]) -> int | None:
    """The number of the bar or cell that was clicked in a figure's first trace; None if none was."""
    points = [point for point in selection["points"] if point["curve_number"] == 0]
    return int(points[0]["point_index"]) if points else None


def _counted(catalog: Catalog, attribute: str, among: Among = None) -> dict[str, int]:
    """Products by value, most first."""
    counts = statistics.counts(catalog, attribute, among)
    return dict(zip(counts[attribute], counts["products"], strict=True))


def _clicked(figure: go.Figure, name: str, alt: str) -> int | None:
    """Draw the figure; the point that was clicked. After a click it is a new figure, in which nothing is selected."""
    event = st.plotly_chart(
        figure,
        key=f"figure {name} {st.session_state.get(_OPENED, 0)}",
        on_select="rerun",
        selection_mode="points",
        config={"displayModeBar": False},
        alt=alt,
    )
    return selected_point(event["selection"])


def _open(chosen: Filters, values: Mapping[str, str]) -> None:
    st.session_state[_OPENED] = st.session_state.get(_OPENED, 0) + 1
    st.switch_page(CATALOG_PAGE, query_params=_address(chosen, values))


def _address(chosen: Filters, values: Mapping[str, str]) -> dict[str, list[str]]:
    """Of the catalog's products with these values, among those that the page is narrowed down to."""
    return state.link(**{**chosen, **{attribute: [value] for attribute, value in values.items()}})


def _narrowed(attribute: str, key: str) -> None:
    st.session_state[state.filter_key(attribute)] = list(st.session_state[key])
