"""Marks on results, "more like this" and "less like this": set with buttons, shown as chips that take them away."""

import streamlit as st

from prodsim.catalog import Catalog, Product
from prodsim.search import Marks
from prodsim.ui import judging, state
from prodsim.ui.query import Panel
from prodsim.ui.text import literal

_CHIPS = {state.MORE: "More like", state.LESS: "Less like"}
_BUTTONS = {state.MORE: ("More", ":material/add:"), state.LESS: ("Less", ":material/remove:")}


def chips(catalog: Catalog, asked: Panel) -> Marks:
    """Draw a chip for each product that is marked for this query, and return them; another query begins without any.

    Words are not steered: their embeddings, if they have any, lie elsewhere than those of pictures.
    """
    if asked.words is not None or not asked.given:
        return Marks()
    _follow(asked)
    marks = Marks(*(tuple(st.session_state[name]) for name in (state.MORE, state.LESS)))
    if not marks:
        return marks
    with st.container(horizontal=True, gap="xsmall"):
        for name, title in _CHIPS.items():
            for product_id in st.session_state[name]:
                st.button(
                    f"{title}: {literal(catalog.product(product_id).name)}",
                    key=f"chip {name} {product_id}",
                    help="Remove this mark",
                    icon=":material/close:",
                    icon_position="right",
                    on_click=_take_away,
                    args=(name, product_id),
                )
        st.button("Start over", key="start over", type="tertiary", on_click=_start_over)
    return marks


def buttons(product: Product) -> None:
    """Two buttons that mark a result."""
    with st.container(horizontal=True, gap="xsmall"):
        for name, (title, icon) in _BUTTONS.items():
            st.button(
                title,
                key=f"{name} like {product.id}",
                help=f"{title} like this",
                icon=icon,
                type="tertiary",
                on_click=_mark,
                args=(name, product.id),
            )


def _follow(asked: Panel) -> None:
    """Forget what was marked for another query. A photo that comes in addition leaves the query what it was."""
    query = ("product", asked.product.id) if asked.product else ("photo", asked.photos[0].name)
    if st.session_state.get(state.MARKED_FOR, query) != query:
        _clear()
    st.session_state[state.MARKED_FOR] = query


def _mark(name: str, product_id: str) -> None:
    _remove(state.MORE, product_id)
    _remove(state.LESS, product_id)
    st.session_state[name] = [*st.session_state[name], product_id]


def _take_away(name: str, product_id: str) -> None:
    _remove(name, product_id)
    judging.forget(product_id)


def _start_over() -> None:
    for product_id in (*st.session_state[state.MORE], *st.session_state[state.LESS]):
        judging.forget(product_id)
    _clear()


def _remove(name: str, product_id: str) -> None:
    st.session_state[name] = [other for other in st.session_state[name] if other != product_id]


def _clear() -> None:
    st.session_state.update({state.MORE: [], state.LESS: []})
