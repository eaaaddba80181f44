"""What a model sees of a picture."""

import streamlit as st
from PIL import Image

from prodsim.encoders import EncoderSpec
from prodsim.images import enlarged

FRAME, EDGE, CAPTION = 136, 34, 76
"""Pixels: the width of the frame around it, what of that is edge, and the height of its caption."""


def draw(seen: Image.Image, encoder: EncoderSpec, frame: int = FRAME) -> None:
    """The pixels as squares, in a frame without which white edges would not be seen."""
    width, height = encoder.input_size
    told = f"What {encoder.title} sees: {width} x {height} pixels"
    picture = (frame - EDGE) * height // width
    with st.container(border=True, width=frame, height=picture + EDGE + CAPTION):
        st.image(enlarged(seen), told, width="stretch", alt=told)
