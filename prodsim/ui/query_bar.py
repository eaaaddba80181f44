"""What is asked, in one row: its picture, its name, and the way to crop a photo."""

from textwrap import shorten

import streamlit as st

from prodsim.catalog import Catalog, Product
from prodsim.encoders import EncoderSpec
from prodsim.images import SENTENCES
from prodsim.ui import photos, resources, visit
from prodsim.ui.subject import Subject
from prodsim.ui.text import literal

WIDTH, ONE_OF_SEVERAL = 72, 54
"""Pixels of the query's picture, and of each of several photos."""
GAP = 8
"""Pixels beside each of them."""
HEIGHT = 96
"""Pixels of the picture, kept free, so that nothing moves when it comes."""
LONGEST_NAME = 64
"""Characters of the query's name, three lines on a phone."""
LABELS = 3
"""Labels that are shown of a product that has neither a type nor a color."""


def draw(catalog: Catalog, subject: Subject, encoder: EncoderSpec) -> None:
    """Draw the row."""
    with st.container(horizontal=True, wrap=False, vertical_alignment="center", gap="small", key="query"):
        with st.container(width="content"):  # also if there are none: the name keeps its place among the elements
            _pictures(subject)
        with st.container(width="stretch", gap="xxsmall"):
            st.title(literal(shorten(subject.name, LONGEST_NAME, placeholder="…")), anchor=False)
            if subject.product:
                st.caption(literal(" · ".join([subject.product.id, *_main_labels(subject.product)])))
            for photo in subject.photos:
                for flaw in photo.look().flaws:
                    st.caption(f":material/photo_camera: {SENTENCES[flaw]}")
        if subject.photos:
            photos.draw(visit.now().asked.photo, encoder)


def _main_labels(product: Product) -> list[str]:
    """Type and color; of a catalog without them, some others."""
    return [*filter(None, (product.of("type"), product.of("color")))] or list(product.labels.values())[:LABELS]


def _pictures(subject: Subject) -> None:
    pictures = [photo.look().shown for photo in subject.photos]
    if subject.product and (thumbnail := resources.picture(subject.product.image)):
        pictures = [thumbnail]
    if not pictures:
        return
    alt = subject.product.name if subject.product else "Your photo"
    width = WIDTH if len(pictures) == 1 else ONE_OF_SEVERAL
    room = len(pictures) * (width + GAP)
    with st.container(horizontal=True, wrap=False, gap="xxsmall", height=HEIGHT, width=room, border=False):
        for picture in pictures:
            st.image(picture, width=width, alt=alt)
