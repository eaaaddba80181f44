"""What makes a photo a bad query: tiny, dark, blurred or nearly of one color. Judged on the part that is searched with.

Each line is drawn where searches by `mini` with phone photos made worse on purpose suffer, and apart from what photos
are like as they are: docs/photos.md has the numbers, `python -m benchmarks.photos` prints them.
"""

from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Flaw = Literal["tiny", "dark", "blurred", "nearly uniform"]

TINY = 48
"""Pixels of the shorter side; the pictures of the small Kaggle catalog have 60."""
DARK = 88
"""Luminance, 0..255, that 95 % of the pixels stay below: a black garment alone does not make a photo dark."""
BLURRED = 0.03
"""Variance of the Laplacian over that of the luminance, so that neither light nor contrast counts."""
UNIFORM = 12.0
"""Standard deviation of the channels, 0..255: the root of their mean variance."""

LONGEST = 128
"""Pixels of the longer side at which a photo is judged: what is lost at that size few encoders would have seen."""

SENTENCES: dict[Flaw, str] = {
    "tiny": "The photo is tiny. Choose a larger one, or crop less.",
    "dark": "The photo is dark. More light shows the colors.",
    "blurred": "The photo is blurred. A sharper one shows what the garment is made like.",
    "nearly uniform": "The photo is nearly of one color. A whole garment should be on it.",
}


def flaws(image: Image.Image) -> list[Flaw]:
    """What is wrong with an RGB photo, in the order of the sentences. What is of one color is not blurred as well."""
    small = image.copy()
    small.thumbnail((LONGEST, LONGEST), Image.Resampling.BOX)
    colors = np.asarray(small, dtype=np.float32)
    gray = np.asarray(small.convert("L"), dtype=np.float32)
    uniform = bool(np.sqrt(colors.var(axis=(0, 1)).mean()) < UNIFORM)
    judged = {
        "tiny": min(image.size) < TINY,
        "dark": bool(np.percentile(gray, 95) < DARK),
        "blurred": not uniform and sharpness(gray) < BLURRED,
        "nearly uniform": uniform,
    }
    return [flaw for flaw in get_args(Flaw) if judged[flaw]]


def sharpness(gray: NDArray[np.float32]) -> float:
    """Variance of the Laplacian over that of the luminance, float32 (rows, columns); 0 for a single luminance.

    The Laplacian is the five-point one: four neighbors minus four times the pixel (Pech-Pacheco et al. 2000, "Diatom
    autofocusing in brightfield microscopy", for its variance as a measure of focus). Edges are repeated.
    """
    padded = np.pad(gray, 1, mode="edge")
    around = padded[:-2, 1:-1] + padded[2:, 1:-1] + padded[1:-1, :-2] + padded[1:-1, 2:]
    spread = float(gray.var())
    return float((around - 4 * gray).var()) / spread if spread else 0.0
