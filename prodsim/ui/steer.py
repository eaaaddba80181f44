"""Marks on results, "more like this" and "less like this": set on cards, shown as chips that take them away."""

from dataclasses import replace
from typing import Literal

import streamlit as st

from prodsim.catalog import Catalog
from prodsim.search import MAX_MARKS
from prodsim.ui import judging, notices, visit
from prodsim.ui.chip import chip
from prodsim.ui.text import literal

MORE: Literal["more"] = "more"
LESS: Literal["less"] = "less"

_CHIPS = {MORE: "More like", LESS: "Less like"}


def mark(name: Literal["more", "less"], product_id: str) -> None:
    """Mark a result; the mark that it has is taken away."""
    here = visit.now()
    if product_id in getattr(here.asked, name):
        take_away(product_id)
    elif len({*here.asked.more, *here.asked.less} - {product_id}) == MAX_MARKS:
        notices.add(f"A query takes {MAX_MARKS} marks. Take one away first.")
    else:
        here.asked = here.asked.marked(name, product_id)


def take_away(product_id: str) -> None:
    """Take the mark away, and the judgment that it was."""
    here = visit.now()
    here.asked = here.asked.unmarked(product_id)
    judging.forget(here.asked.product, product_id)


def chips(catalog: Catalog) -> None:
    """A chip for each product that is marked for the query."""
    asked = visit.now().asked
    for name, title in _CHIPS.items():
        for product_id in getattr(asked, name):
            marked = f"{title}: {literal(catalog.product(product_id).name)}"
            chip(marked, f"{name} {product_id}", "Remove this mark", take_away, product_id)
    if asked.marks:
        st.button("Start over", key="start over", type="tertiary", on_click=_start_over)


def _start_over() -> None:
    here = visit.now()
    for product_id in here.asked.marks.all:
        judging.forget(here.asked.product, product_id)
    here.asked = replace(here.asked, more=(), less=())
