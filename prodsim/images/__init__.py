"""Pictures: `open_rgb` is the one way in; what a model sees of them, what is shown, and what is wrong with them."""

from prodsim.images.containers import FORMATS, HEAD_BYTES, picture_format
from prodsim.images.dominant_colors import MainColor, main_colors
from prodsim.images.open import (
    MAX_BYTES,
    MAX_KEPT,
    READER,
    SUFFIXES,
    content_hash,
    open_fitted,
    open_rgb,
    pixels_of,
    read_picture,
)
from prodsim.images.photo_quality import SENTENCES, Flaw, flaws
from prodsim.images.transform import Fitting, Resample, enlarged, fit, jpeg, reduced, thumbnail

__all__ = [
    "FORMATS",
    "HEAD_BYTES",
    "MAX_BYTES",
    "MAX_KEPT",
    "READER",
    "SENTENCES",
    "SUFFIXES",
    "Fitting",
    "Flaw",
    "MainColor",
    "Resample",
    "content_hash",
    "enlarged",
    "fit",
    "flaws",
    "jpeg",
    "main_colors",
    "open_fitted",
    "open_rgb",
    "picture_format",
    "pixels_of",
    "read_picture",
    "reduced",
    "thumbnail",
]
