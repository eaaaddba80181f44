"""Heat maps over pictures: what adds to a similarity in orange, what takes from it in blue, nothing without color.

Orange and blue are Okabe and Ito's vermilion and blue (Color Universal Design, 2008), told apart by all kinds of sight.
"""

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from prodsim.encoders import EncoderSpec
from prodsim.images import fit

ADDS, TAKES = (213, 94, 0), (0, 114, 178)
STRONGEST = 0.75
"""Opacity of the color where the number is largest: the picture still shows."""
DARKEST = 90
"""Gray that black becomes, so that color shows on it as well."""
SIZE = (360, 480)
"""Pixels (width, height) that a picture has at most."""


def framed(image: Image.Image, spec: EncoderSpec) -> Image.Image:
    """An RGB picture at SIZE as this encoder frames it: with the white it adds, or else without being squashed. Evenly
    divided, it has the places of the fitted picture.
    """
    if spec.fitting == "squash":
        return ImageOps.contain(image, SIZE)
    size = ImageOps.contain(Image.new("1", spec.input_size), SIZE).size
    return fit(image, size, "bicubic", "pad")


def over(image: Image.Image, values: NDArray[np.float32], most: float) -> Image.Image:
    """The RGB picture in gray under the colors of float32 (rows, columns), which divide it evenly; `most` > 0 is the
    size of a number at which its color is strongest.
    """
    gray = ImageOps.grayscale(image).point(lambda level: DARKEST + level * (255 - DARKEST) // 255)
    shares = np.asarray(Image.fromarray(values / np.float32(most)).resize(image.size, Image.Resampling.NEAREST))
    opacity = (STRONGEST * np.abs(shares).clip(max=1))[..., np.newaxis]
    color = np.where(shares[..., np.newaxis] > 0, ADDS, TAKES)
    ground = np.asarray(gray, dtype=np.float32)[..., np.newaxis]
    return Image.fromarray(np.rint(ground * (1 - opacity) + color * opacity).astype(np.uint8))


def scale(size: tuple[int, int]) -> Image.Image:
    """All colors, from what takes most on the left to what adds most on the right; `size` in pixels."""
    return over(Image.new("RGB", size, "white"), np.linspace(-1, 1, size[0], dtype=np.float32)[np.newaxis], 1)
