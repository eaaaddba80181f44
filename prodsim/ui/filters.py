"""Filters for every attribute: values, with how many products each choice would leave, or a range of numbers.

A list's entries are labels with counts, and the browser sends labels back. So they are brought up to date where the
counts have changed, and one with an earlier count, from a visitor quicker than the last answer, is understood.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from streamlit.delta_generator import DeltaGenerator

from prodsim.catalog import (
    BOUNDS,
    OTHER,
    WORDS,
    Catalog,
    Filters,
    at_least,
    at_most,
    emptied_by,
    facet_counts,
    filterable,
    parted,
)
from prodsim.ui import visit
from prodsim.ui.chip import chip
from prodsim.ui.ranges import Scale, without
from prodsim.ui.text import label, literal, plain


@dataclass(frozen=True)
class Kept:
    """Filters of a place. `set` is called before the page is drawn anew; what is set then is what `get` says then, as a
    visitor may be quicker than the last drawing.
    """

    get: Callable[[], Filters]
    set: Callable[[Filters], None]

    def accept(self, name: str, values: Sequence[str]) -> None:
        """Filter by these values of an attribute; by none of them if there are none."""
        named = {**self.get(), name: list(values)}
        self.set({name: some for name, some in named.items() if some})

    def remove(self, name: str, value: str) -> None:
        """Filter by this value no more."""
        self.accept(name, [other for other in self.get().get(name, []) if other != value])

    def unbound(self, attribute: str) -> None:
        """Filter by no range of this attribute any more."""
        self.set(without(self.get(), attribute))

    def clear(self) -> None:
        """Let all products pass."""
        self.set({})


ASKED = Kept(lambda: visit.now().asked.filters, lambda chosen: visit.now().search_among(chosen))
"""Those of the query."""
BROWSED = Kept(lambda: visit.now().browsing.filters, lambda chosen: visit.now().browse(filters=chosen))
"""Those of the catalog that is looked over; a query has nothing of them."""

LIST = 240
"""Pixels that a list has at least: two beside each other on a desk, one on a phone."""

_GAP = "\u2002"
"""Between a value and its count; an en space, which a value hardly has."""


def button(catalog: Catalog, kept: Kept, among: NDArray[np.bool_] | None = None) -> None:
    """A button that opens a list for each attribute. `among`: bool (len(catalog),), counts only these products."""
    if not filterable(catalog):
        return
    # always called the same: with another label it is another popover, which is closed
    opened = st.popover("Filters", icon=":material/filter_list:", key="filters open", on_change=visit.now().touch)
    if opened.open:
        with opened:
            _lists(catalog, kept, among)


def chips(kept: Kept) -> None:
    """The filters that are set, each a button that takes it away; several have one that takes all."""
    chosen = kept.get()
    for name, values in chosen.items():
        attribute, sign = parted(name)
        if (between := _between(chosen, attribute)) and sign in BOUNDS:
            if name == next(other for other in chosen if other in (at_least(attribute), at_most(attribute))):
                title = f"{label(attribute)} {literal(between)}"
                chip(title, f"{attribute} {between}", "Remove this filter", kept.unbound, attribute)
            continue
        for value in values:
            title = _said(name, value)
            chip(title, f"{name}={value}", "Remove this filter", kept.remove, name, value)
    if sum(map(len, chosen.values())) > 1:
        st.button("Clear filters", key="clear filters", type="tertiary", on_click=kept.clear)


def explain_empty(catalog: Catalog, kept: Kept, among: NDArray[np.bool_] | None = None) -> None:
    """Say that no product passes, and which choice is the reason."""
    chosen = kept.get()
    st.info("No product passes these filters.")
    reasons = emptied_by(catalog, chosen, among)
    for name in reasons:
        values = ", ".join(chosen[name])
        said = _said(name, values) if parted(name)[1] in BOUNDS else f"{_title(name)} = {literal(values)}"
        st.button(
            f"Without {said} there would be some: drop it",
            key=f"drop {name}",
            on_click=kept.accept,
            args=(name, []),
        )
    if chosen and not reasons:
        st.button("Clear all filters", key="drop all", on_click=kept.clear)


def _lists(catalog: Catalog, kept: Kept, among: NDArray[np.bool_] | None) -> None:
    chosen = kept.get()
    cells = st.grid(2, min_column_width=LIST, gap="small")
    counted = facet_counts(catalog, chosen, among)
    for attribute in filterable(catalog):
        if attribute not in counted:
            _slider(cells, catalog, attribute, kept)
            continue
        counts, values = counted[attribute], list(chosen.get(attribute, []))
        key = f"filter {attribute}"
        _bring_up_to_date(key, values, counts)
        cells.multiselect(
            label(attribute),
            [value for value, number in counts.items() if number or value in values],
            format_func=partial(_counted, counts),
            key=key,
            placeholder="any",
            on_change=_choose,
            args=(catalog, attribute, kept),
        )


def _slider(cells: DeltaGenerator, catalog: Catalog, attribute: str, kept: Kept) -> None:
    """A slider whose ends leave open what is beyond them."""
    scale = Scale.of(catalog, attribute)
    key = f"range {attribute} from {scale.least} to {scale.largest}"  # a slider of other numbers is another one
    visit.mirror(key, scale.shown(kept.get(), catalog, attribute))
    cells.slider(
        label(attribute),
        scale.least,
        scale.largest,
        step=scale.step,
        format=f"%.{scale.decimals}f",
        key=key,
        on_change=_move,
        args=(catalog, attribute, kept, key),
    )


def _move(catalog: Catalog, attribute: str, kept: Kept, key: str) -> None:
    scale, chosen = Scale.of(catalog, attribute), kept.get()
    before = scale.shown(chosen, catalog, attribute)
    kept.set(scale.moved(chosen, attribute, before, st.session_state[key]))


def _counted(counts: Mapping[str, int], value: str) -> str:
    return f"{plain(value)}{_GAP}({counts[value]:,})"


def _title(name: str) -> str:
    attribute, sign = parted(name)
    return f"Not {label(attribute).lower()}" if sign == OTHER else label(attribute)


def _said(name: str, value: str) -> str:
    """A filter in words, as Markdown: "Price at most 20", "Gender: Men"."""
    sign = parted(name)[1]
    return f"{_title(name)} {WORDS[sign]} {literal(value)}" if sign in BOUNDS else f"{_title(name)}: {literal(value)}"


def _between(chosen: Filters, attribute: str) -> str:
    """Where an attribute has one bound on either side, and both belong to the range, it in words; else nothing."""
    low, high = (chosen.get(name, ()) for name in (at_least(attribute), at_most(attribute)))
    bounds = [name for name in chosen if parted(name)[0] == attribute and parted(name)[1] in BOUNDS]
    return f"{low[0]} to {high[0]}" if len(low) == len(high) == 1 and len(bounds) == 2 else ""


def _choose(catalog: Catalog, attribute: str, kept: Kept) -> None:
    kept.accept(attribute, _meant(catalog, attribute, st.session_state[f"filter {attribute}"]))


def _meant(catalog: Catalog, attribute: str, sent: Sequence[str]) -> list[str]:
    """Values in place of labels with an earlier count."""
    known = catalog.values(attribute).places
    shown = {plain(value): value for value in known}
    meant = (text if text in known else shown.get(text.rpartition(_GAP)[0], "") for text in sent)
    return [value for value in dict.fromkeys(meant) if value in known]


def _bring_up_to_date(key: str, values: Sequence[str], counts: Mapping[str, int]) -> None:
    """Send the values again if their counts have changed; else not, as they would overtake a choice on its way."""
    seen = f"counts of {key}"
    before = st.session_state.get(seen, {})
    visit.mirror(key, list(values))
    if any(before.get(value) != counts[value] for value in values):
        st.session_state[key] = list(values)
    st.session_state[seen] = counts
