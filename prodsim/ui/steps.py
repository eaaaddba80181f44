"""The steps from a picture to its look-alikes, each under its heading: what is done, and what comes out of it."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
import streamlit as st
from numpy.typing import NDArray

from prodsim.catalog import Catalog
from prodsim.config import Settings
from prodsim.encoders import Available, Encoder, EncoderSpec, Layer, Layered, Pooling, Preprocessing
from prodsim.images import Fitting, Resample
from prodsim.index import Kernel, norms
from prodsim.search import NOTHING, Framing, SearchResult, readable
from prodsim.ui import filters, grid, method, searching, seen, terms, visit
from prodsim.ui.barcode import bar_code
from prodsim.ui.histogram import BARS, Mark, histogram
from prodsim.ui.subject import Subject

K = 5
SEEN = 210
"""Pixels of the frame around what the model sees: as wide as the query's picture above it."""
STILL = {"displayModeBar": False}

FITTED: dict[Fitting, str] = {
    "squash": "stretched to that size, whatever its proportions",
    "pad": "brought to that size whole, with white where it has other proportions",
}
RESAMPLED: dict[Resample, str] = {
    "nearest": "the nearest neighbor: single pixels are picked",
    "bilinear": "bilinear resampling",
    "bicubic": "bicubic resampling",
    "box": "the mean over boxes",
}
SCALED: dict[Preprocessing, str] = {
    "caffe": "First red and blue change places, and the mean color of ImageNet is subtracted.",
    "tf": "First the numbers, 0 to 255, are scaled to between -1 and 1.",
    "torch": "First the mean color of ImageNet is subtracted, and what is left is divided by its spread.",
    "none": "The network scales the numbers by itself.",
    "cielab": "Its colors are written as lightness and two hues (CIELAB), in which equal distances look about equally "
    "large, and the mean color of the picture is subtracted.",
}
POOLED: dict[Pooling, str] = {
    "max": "Places are pooled by global max pooling: of each feature map the largest number is kept.",
    "avg": "Places are pooled by their mean, feature map by feature map.",
    "token": "Places are pooled by one more place, which gathers from all others.",
    "attention": "Places are pooled by a mean with learned weights.",
    "none": "",
}


def draw(catalog: Catalog, subject: Subject, encoder: Available, settings: Settings) -> None:
    """All of them, for the product or the first photo, without marks: what is explained is one picture."""
    query = replace(subject, photos=subject.photos[:1]).query()
    if subject.words or query is None:
        st.info("Words do not go through these steps: search with a product or a photo.")
        terms.section()
        return
    here = visit.now()
    st.markdown("The picture goes through every step of the search, as it does for the results.")
    if here.asked.marks:
        st.caption("The marks are left out here.")
    _input(subject, encoder.spec)
    with st.spinner(f"Loading {encoder.spec.title} …"):
        _layers(encoder.load())
    engine = searching.engine_for(query, catalog, encoder, settings)
    request = searching.requested(query, encoder, here.method, here.asked.narrowed(catalog))
    result = searching.answer(engine, replace(request, k=K, fold=False))
    assert result.vector is not None  # pictures are searched with
    _embedding(result.vector, request.kernel)
    if result.neighbors:
        _scores(result, engine.histogram(result, BARS))
        st.header("5. The most similar", anchor=False)
        if result.nothing_alike:
            st.warning(NOTHING)
        grid.neighbors(result, subject, key="step 5")
    elif result.passing:
        st.info(f"There is nothing to compare the query with but itself. Choose “{method.INCLUDE}”.")
    else:
        filters.explain_empty(catalog, filters.ASKED)
    terms.section()


def _input(subject: Subject, encoder: EncoderSpec) -> None:
    """Step 1: exactly the pixels that the model sees, of the first if there are several photos.

    ImageError if the product's picture cannot be used.
    """
    if subject.photos:
        framing, pixels = subject.photos[0].framing, subject.photos[0].seen(encoder)
    else:
        framing = Framing()
        pixels = subject.made_of_product(lambda image: framing.fit(image, encoder))
    width, height = encoder.input_size
    st.header("1. The picture, as the model sees it", anchor=False)
    fitted = FITTED[framing.fitting or encoder.fitting]
    st.markdown(
        f"{encoder.title} takes {width} x {height} pixels. The picture is {fitted}, by {RESAMPLED[encoder.resample]}. "
        f"These {width * height * 3:,} numbers are all that the model gets."
    )
    seen.draw(pixels, encoder, SEEN)
    if len(subject.photos) > 1:
        st.caption("This is the first of your photos. The results are those of all of them.")


def _layers(loaded: Encoder) -> None:
    """Step 2: the network, layer by layer; or what is done without one."""
    st.header("2. The layers", anchor=False)
    scaled = SCALED[loaded.spec.preprocessing]
    if not isinstance(loaded, Layered):
        st.markdown(f"{loaded.spec.title} has no network and has learned nothing. {scaled}")
        return
    layers = loaded.layers()
    parameters = sum(layer.parameters for layer in layers)
    st.markdown(
        f"{scaled} Then the picture goes through {len(layers)} layers with {parameters:,} parameters. "
        f"{POOLED[loaded.spec.pooling]}"
    )
    localized = st.column_config.NumberColumn(format="localized")
    alt = f"The {len(layers)} layers: kind, shape of the output, parameters, name."
    st.dataframe(layer_table(layers), hide_index=True, column_config={"parameters": localized}, alt=alt)


def layer_table(layers: Sequence[Layer]) -> pd.DataFrame:
    """One row per layer: `kind`, `output` (its shape for one picture), `parameters` and `name`, which a phone lacks
    the room for.
    """
    return pd.DataFrame(
        {
            "kind": layer.kind,
            "output": " x ".join("any" if size is None else str(size) for size in layer.shape),
            "parameters": layer.parameters,
            "name": layer.name,
        }
        for layer in layers
    )


def _embedding(vector: NDArray[np.float32], kernel: Kernel) -> None:
    """Step 3: what comes out, float32 (dim,)."""
    smallest, largest, length = float(vector.min()), float(vector.max()), float(norms(vector[np.newaxis])[0])
    st.header("3. The embedding", anchor=False)
    brought = " Before it is compared, it is brought to length one." if kernel.normalized else ""
    st.markdown(
        f"What comes out is the embedding: a vector of {len(vector):,} numbers, a stripe for each. The smallest is "
        f"white, the largest black.{brought}"
    )
    alt = f"A bar code of {len(vector)} stripes, from {smallest:.4g} in white to {largest:.4g} in black."
    with st.container(border=True):
        st.plotly_chart(bar_code(vector), key="bar code", config=STILL, alt=alt)
    metrics = st.container(horizontal=True, gap="medium")
    for title, number in (("Numbers", len(vector)), ("Smallest", smallest), ("Largest", largest), ("Length", length)):
        metrics.metric(title, f"{number:,.4g}", width="content")


def _scores(result: SearchResult, counts: NDArray[np.intp]) -> None:
    """Step 4: all similarities as scores, of which there are so many in each of BARS steps, int (BARS,), and where the
    results are among them. At least one.
    """
    low, high = readable(result.low), readable(result.high)
    st.header("4. The scores of all products", anchor=False)
    scaled = (
        f"Min-max makes scores of these similarities: the smallest, {low}, becomes 0, the largest, {high}, becomes 1."
        if result.low < result.high
        else f"All have the similarity {low}, so each of them has the score 1."
    )
    st.markdown(
        f"The embeddings of the catalog are on disk. This one is compared with {result.compared:,} of them by "
        f"{result.request.kernel.computed}. {scaled}"
    )
    marks = [Mark(each.rank, result.catalog.product(each.product_id).name, each.score) for each in result.neighbors]
    named = ", ".join(f"{mark.score:.4f}" for mark in marks)
    alt = f"Histogram of {result.compared:,} scores from 0 to 1. Marked are the best: {named}."
    st.plotly_chart(histogram(counts, marks), key="histogram", config=STILL, alt=alt)
    st.caption(f"Marked: the scores of the best {len(marks)}, {named}.")
