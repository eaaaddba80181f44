"""Sample photos for a first visitor: drawn garments as one snaps them, a little turned, on a table in window light.

They show designs of the demo catalog in colors and places of their own, so none of them is a picture of the catalog.
"""

from dataclasses import dataclass
from random import Random

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from tools.demo_catalog.canvas import Canvas
from tools.demo_catalog.cloth import Cloth
from tools.demo_catalog.designs import DESIGNS
from tools.demo_catalog.palette import ACCENTS, COLORS, jitter

SIZE = (480, 640)


@dataclass(frozen=True)
class Snapshot:
    """What is on a sample photo: the first design of an article type, its color, and how far it is turned (degrees)."""

    title: str
    article: str
    color: str
    turned: float

    def picture(self) -> Image.Image:
        """The photo, RGB, of SIZE; always the same."""
        rng = Random(f"snapshot of {self.title}")
        design = next(design for design in DESIGNS if design.article == self.article)
        art = Canvas(rng)
        design.draw(art, Cloth(jitter(COLORS[self.color], rng), COLORS[ACCENTS[self.color]], "plain", design.gloss))
        garment = art.image().resize(SIZE, Image.Resampling.LANCZOS)
        garment = garment.rotate(self.turned, Image.Resampling.BICUBIC, fillcolor="white")
        shadow = (
            garment.convert("L").point(lambda light: 255 if light > 244 else 170).filter(ImageFilter.GaussianBlur(9))
        )
        lit = np.asarray(garment, dtype=np.float32) / 255
        table = self._window_light() * np.minimum(np.asarray(shadow, dtype=np.float32)[..., None] / 255 + 0.1, 1)
        ground = np.asarray(garment.convert("L"), dtype=np.float32)[..., None] > 250
        photo = np.where(ground, table, lit * self._window_light() * 1.03)
        grain = np.random.default_rng(7).normal(0, 0.008, photo.shape)
        return Image.fromarray((np.clip(photo + grain, 0, 1) * 255).astype(np.uint8))

    @staticmethod
    def _window_light() -> NDArray[np.float32]:
        """Light from the upper left on a pale table, float32 (height, width, 3), 0..1."""
        width, height = SIZE
        down, across = np.mgrid[0:height, 0:width].astype(np.float32)
        falloff = 1 - 0.10 * (across / width) - 0.06 * (down / height)
        light: NDArray[np.float32] = falloff[..., None] * np.array([0.985, 0.975, 0.955], dtype=np.float32)
        return light


SNAPSHOTS = (
    Snapshot("T-shirt", "Tshirts", "Teal", -6),
    Snapshot("Handbag", "Handbags", "Brown", 4),
    Snapshot("Sneaker", "Casual Shoes", "Red", 7),
    Snapshot("Dress", "Dresses", "Navy Blue", -4),
)
