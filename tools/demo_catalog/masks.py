"""Masks: how much of each pixel a shape covers. They are drawn four times as large and reduced, hence soft-edged.

Only masks are supersampled, each no larger than its shape; color and light are computed at the final size. So a product
takes milliseconds.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from tools.demo_catalog.paths import Path

WIDTH, HEIGHT = 300, 400
SCALE = 4

Alpha = NDArray[np.float32]
Pixels = NDArray[np.float32]
"""float32, (3, h, w), 0..255: the colors first, which is several times as fast as last."""


@dataclass(frozen=True)
class Mask:
    """How much of each pixel a shape covers: float32, (h, w), 0..1, its corner at (left, top) of the picture."""

    left: int
    top: int
    alpha: Alpha

    @property
    def window(self) -> tuple[slice, slice]:
        """The rows and columns of the picture that the mask covers."""
        height, width = self.alpha.shape
        return slice(self.top, self.top + height), slice(self.left, self.left + width)

    def within(self, other: "Mask") -> "Mask":
        """The part of this shape that lies inside the other."""
        rows, columns = self.window
        other_rows, other_columns = other.window
        top, bottom = max(rows.start, other_rows.start), min(rows.stop, other_rows.stop)
        left, right = max(columns.start, other_columns.start), min(columns.stop, other_columns.stop)
        if bottom <= top or right <= left:
            return Mask(self.left, self.top, self.alpha[:0, :0])
        mine = self.alpha[top - self.top : bottom - self.top, left - self.left : right - self.left]
        theirs = other.alpha[top - other.top : bottom - other.top, left - other.left : right - other.left]
        return Mask(left, top, mine * theirs)


def blurred(alpha: Alpha, radius: float) -> Alpha:
    """A mask out of focus, float32, same shape; a wide blur is done at half the size, where nobody can tell."""
    image = Image.fromarray((alpha * 255).astype(np.uint8))
    if radius < 4:
        image = image.filter(ImageFilter.GaussianBlur(radius))
    else:
        half = image.reduce(2).filter(ImageFilter.GaussianBlur(radius / 2))
        image = half.resize(image.size, Image.Resampling.BILINEAR)
    return np.asarray(image, dtype=np.float32) / np.float32(255)


def bounds(placed: list[Path], margin: int) -> tuple[int, int, int, int]:
    """The box around the paths, but no further than the picture: left, top, right, bottom."""
    corners = [(*points.min(axis=0).tolist(), *points.max(axis=0).tolist()) for points in placed]
    left = min(WIDTH - 1, max(0, math.floor(min(corner[0] for corner in corners)) - margin))
    top = min(HEIGHT - 1, max(0, math.floor(min(corner[1] for corner in corners)) - margin))
    right = min(WIDTH, math.ceil(max(corner[2] for corner in corners)) + margin)
    bottom = min(HEIGHT, math.ceil(max(corner[3] for corner in corners)) + margin)
    return left, top, max(left + 1, right), max(top + 1, bottom)


def sheet(placed: list[Path], margin: int) -> tuple[int, int, Image.Image]:
    """Empty paper for the paths, SCALE times as large; its corner first."""
    left, top, right, bottom = bounds(placed, margin)
    return left, top, Image.new("L", ((right - left) * SCALE, (bottom - top) * SCALE))


def reduced(left: int, top: int, image: Image.Image) -> Mask:
    """What was drawn on a sheet, as a mask with soft edges."""
    return Mask(left, top, np.asarray(image.reduce(SCALE), dtype=np.float32) / np.float32(255))


def dashes(points: Path, drawn: float, skipped: float) -> list[list[float]]:
    """The drawn pieces of a dashed line, x and y of both ends; each is straight, which at that length nobody sees."""
    way = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))])
    starts = np.arange(0, way[-1] - drawn / 2, drawn + skipped)
    ends = np.minimum(starts + drawn, way[-1])
    pieces = [np.interp(at, way, points[:, axis]) for at in (starts, ends) for axis in (0, 1)]
    listed: list[list[float]] = np.stack(pieces, axis=1).tolist()
    return listed
