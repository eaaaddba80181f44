"""The main colors of a picture."""

from collections import Counter
from dataclasses import dataclass

import numpy as np
from PIL import Image

GROUND = 240
"""A pixel of which red, green and blue are at least this is taken for white ground."""
SIDE = 128
"""Pixels of the longer side in which colors are counted."""
ROUNDS = 4
"""Of k-means, after the median cut; more change no color that one would notice."""


@dataclass(frozen=True)
class MainColor:
    """`code`: `#rrggbb`; `share` of what is not white ground, 0..1."""

    code: str
    share: float


def main_colors(image: Image.Image, number: int = 5) -> list[MainColor]:
    """Up to `number` colors that come nearest to those of an RGB picture, the largest first; white ground is left out,
    unless there is nothing else. Heckbert 1982 (median cut), then k-means.
    """
    small = image.copy()
    small.thumbnail((SIDE, SIDE))
    pixels = np.asarray(small).reshape(-1, 3)
    colored = pixels[(pixels < GROUND).any(axis=1)]
    counted = Image.fromarray((colored if len(colored) else pixels)[np.newaxis])
    found = counted.quantize(number, Image.Quantize.MEDIANCUT, kmeans=ROUNDS).convert("RGB")
    times = Counter("#{:02x}{:02x}{:02x}".format(*pixel) for pixel in np.asarray(found)[0].tolist())
    return [MainColor(code, count / found.width) for code, count in times.most_common()]
