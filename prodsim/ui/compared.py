"""Ways to search, and a row of results for one of them. No scores: those of two encoders have different scales."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from prodsim.catalog import Catalog
from prodsim.config import Settings
from prodsim.encoders import REGISTRY, Available, status
from prodsim.index import COSINE, KERNELS, Kernel
from prodsim.ui import grid


@dataclass(frozen=True)
class Way:
    """An encoder that can be used, and a kernel."""

    encoder: Available
    kernel: Kernel


def ways(settings: Settings) -> dict[str, Way]:
    """By title; every encoder at unit length first, then with the raw kernel."""
    at_hand = [found for name in REGISTRY if isinstance(found := status(name, settings), Available)]
    return {
        encoder.spec.title if kernel is COSINE else f"{encoder.spec.title}, {kernel.short}": Way(encoder, kernel)
        for kernel in KERNELS.values()
        for encoder in at_hand
    }


def row(catalog: Catalog, title: str, ids: Sequence[str], seconds: float, shared: Mapping[str, Sequence[str]]) -> None:
    """A heading with the time, and a card for each result that names the other ways that found it."""
    st.subheader(title, anchor=False)
    st.caption(f"{seconds * 1000:,.0f} ms" if ids else "No product passes the filters.")
    cells = st.grid(5, min_column_width=grid.CARD)
    for rank, product_id in enumerate(ids, start=1):
        product, others = catalog.product(product_id), shared[product_id]
        with cells.container(gap="xsmall"):
            grid.picture(product)
            agreed = f":material/check: also in {', '.join(others)}" if others else "only here"
            st.caption(f"**{rank}** &ensp; {agreed}")
            st.text(product.name)
