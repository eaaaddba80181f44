"""One click from a product to others of its type in another color, or of its color and another type."""

import streamlit as st

from prodsim.catalog import Catalog, Filters, Product, filterable, other_than
from prodsim.ui import state
from prodsim.ui.linked import COLOR, TYPE
from prodsim.ui.query import Panel

PIVOTS = {"Same type, other color": (TYPE, COLOR), "Same color, other type": (COLOR, TYPE)}


def buttons(catalog: Catalog, asked: Panel) -> None:
    """Those that lead to some other products than are searched now."""
    if asked.product is None or not {TYPE, COLOR} <= {*filterable(catalog)}:
        return
    product, chosen = asked.product, state.filters(catalog)
    offered = {title: turned(chosen, product, *pivot) for title, pivot in PIVOTS.items()}
    useful = {
        title: filters
        for title, filters in offered.items()
        if filters and filters != chosen and catalog.filter(filters).any()
    }
    if not useful:
        return
    with st.container(horizontal=True, gap="xsmall"):
        for title, filters in useful.items():
            st.button(title, key=f"pivot {title}", icon=":material/swap_horiz:", on_click=_set, args=(catalog, filters))


def turned(chosen: Filters, product: Product, same: str, other: str) -> Filters | None:
    """What is chosen, but with the product's value of one attribute and without its value of another; None if it has no
    value of one of them.
    """
    if not {same, other} <= product.attributes.keys():
        return None
    kept = {name: values for name, values in chosen.items() if name not in _names()}
    return {**kept, same: [product.attributes[same]], other_than(other): [product.attributes[other]]}


def _names() -> set[str]:
    return {name for attribute in (TYPE, COLOR) for name in (attribute, other_than(attribute))}


def _set(catalog: Catalog, filters: Filters) -> None:
    for name in state.filter_names(catalog):
        st.session_state[state.filter_key(name)] = list(filters.get(name, []))
