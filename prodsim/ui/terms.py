"""The published method in its own terms, what the app does instead, and why."""

import pandas as pd
import streamlit as st

from prodsim.encoders import REGISTRY
from prodsim.index import LINEAR
from prodsim.ui.method import INCLUDE

TERMS = (
    (
        "Input of 100 x 100 x 3, stretched by nearest neighbor",
        "The same with VGG16. Other encoders have sizes of their own. Mini pads with white, and sees each picture in "
        "the mirror as well.",
        "Stretched phone photos cost an earlier Mini 0.028 of its precision at 5. Which way a shoe points should make "
        "no difference.",
    ),
    (
        "VGG16 with the weights of ImageNet, without its top",
        "The default once its weights are here. Until then Mini answers, and a line says so. Others can be chosen.",
        "The weights have to be fetched, 59 MB. Mini comes with the app, was trained for clothes, and is many times "
        "as fast.",
    ),
    (
        "Global max pooling: 512 numbers",
        "The same with VGG16. Most other encoders take the mean, and have 192 to 2,048 numbers.",
        "Most of these networks were trained with the mean before their last layer.",
    ),
    (
        "Embeddings kept on disk",
        "A folder for each encoder, in which a picture is known by its content.",
        "Only new pictures are embedded, and embeddings made in two ways are never compared.",
    ),
    (
        "Linear kernel",
        "Of vectors of length one, which is the cosine. The raw kernel is one choice away.",
        "By the raw kernel, a few products with long vectors come first in many searches. With MobileNet 0.25, on the "
        "295 products of the published method, precision at 5 by type is 0.56 with it and 0.82 with length one.",
    ),
    (
        "Min-max",
        "The same, among the products that were compared. Beside the score there is the similarity, and how unusual "
        "it is in this catalog.",
        "The best match gets 1.00 for any query, a photo of a cat included.",
    ),
    (
        "The query among its own results",
        "Left out, unless it is to be included.",
        "At length one, nothing is more like a picture than itself: it takes the first place and the score of 1.00.",
    ),
    (
        "Top 5 in a grid of pictures",
        "The same. There are 1 to 100 of them, and filters apply before anything is ranked.",
        "So there are five results whenever five products pass the filters.",
    ),
)
"""The term, what is done here, and the reason, as Markdown."""


def section() -> None:
    """All terms, and the choices that make the search the published one."""
    st.header("The published method, and what is different here", anchor=False)
    rows = [(term, f"{here}  \n**Why**: {why}") for term, here, why in TERMS]  # a phone has no room for three columns
    st.table(pd.DataFrame(rows, columns=["As published", "Here"]), hide_index=True)
    st.caption(
        f"As published in every step: the encoder {REGISTRY['vgg16'].title}, the scoring “{LINEAR.title}”, "
        f"“{INCLUDE}”, and no filter."
    )
