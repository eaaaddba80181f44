"""Patterns: how much of the second color lies at each point of the cloth, float32, 0..1, soft-edged.

Every pattern is a function of where a point lies on the cloth (x, y in pixels, float32 arrays), so that a sleeve can
carry it at its own angle.
"""

from collections.abc import Callable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from tools.demo_catalog.paths import Path, ellipse, moved, ribbon, smooth, turned

Field = NDArray[np.float32]
Pattern = Callable[[Field, Field], Field]


def bands(at: Field, period: float, width: float) -> Field:
    """Stripes of a width, one in each period."""
    edge: Field = np.clip(0.5 + width / 2 - np.abs(at % period - period / 2), 0, 1, dtype=np.float32)
    return edge


def stripes(x: Field, y: Field) -> Field:
    """A sailor's stripes, across; they sag a little, as cloth does."""
    return bands(y - x * x * np.float32(2.5e-4), 19, 7.5)


def pinstripes(x: Field, y: Field) -> Field:
    """Fine stripes, along."""
    return np.float32(0.8) * bands(x + 0 * y, 9, 1.6)


def checks(x: Field, y: Field) -> Field:
    """Gingham with a fine line through it."""
    cross = np.float32(0.34) * (bands(x, 25, 10) + bands(y, 25, 10))
    return np.minimum(1, cross + np.float32(0.45) * np.maximum(bands(x + 12.5, 25, 1.4), bands(y + 12.5, 25, 1.4)))


def dots(x: Field, y: Field) -> Field:
    """Polka dots, every other row shifted by half a step."""
    row = np.floor(y / 13)
    dx, dy = (x + row % 2 * 7.5) % 15 - 7.5, y % 13 - 6.5
    edge: Field = np.clip(3.6 - np.hypot(dx, dy), 0, 1, dtype=np.float32)
    return edge


def floral(x: Field, y: Field) -> Field:
    """Blossoms and leaves, scattered."""
    return _from_tile(_flower_tile(), x, y)


def leaves(x: Field, y: Field) -> Field:
    """Sprigs of leaves, an all-over print."""
    return _from_tile(_leaf_tile(), x, y)


PATTERNS: dict[str, Pattern] = {
    "stripes": stripes,
    "pinstripes": pinstripes,
    "checks": checks,
    "dots": dots,
    "floral": floral,
    "leaves": leaves,
}


def _from_tile(tile: Field, x: Field, y: Field) -> Field:
    """Look the points up in a tile that repeats; the nearest tile pixel is soft-edged already."""
    picked: Field = tile[y.astype(np.int32) % tile.shape[0], x.astype(np.int32) % tile.shape[1]]
    return picked


def _stamped(size: int, shapes: list[tuple[Path, int]]) -> Field:
    """A tile with the shapes on it, drawn also one tile further each way, so that it repeats without a seam."""
    image = Image.new("L", (size * 4, size * 4))
    pen = ImageDraw.Draw(image)
    for path, tone in shapes:
        for dx in (-size, 0, size):
            for dy in (-size, 0, size):
                pen.polygon(((moved(path, dx, dy)) * 4).ravel().tolist(), fill=tone)
    return np.asarray(image.reduce(4), dtype=np.float32) / np.float32(255)


@lru_cache
def _flower_tile() -> Field:
    shapes: list[tuple[Path, int]] = []
    for x, y, size, turn in ((13, 14, 9.5, 10), (42, 34, 11.0, 40), (14, 49, 6.5, 25), (43, 7, 5.5, 0)):
        for leaf in (150, 270):
            blade = smooth(
                (size * 0.9, 0), (size * 1.4, -size * 0.3), (size * 1.9, 0), (size * 1.4, size * 0.3), closed=True
            )
            shapes.append((moved(turned(blade, leaf + turn), x, y), 120))
        for petal in range(5):
            shapes.append(
                (moved(turned(ellipse(size * 0.55, 0, size * 0.46, size * 0.36), petal * 72 + turn), x, y), 255)
            )
        shapes.append((ellipse(x, y, size * 0.22), 60))
    return _stamped(58, shapes)


@lru_cache
def _leaf_tile() -> Field:
    shapes: list[tuple[Path, int]] = []
    blade = smooth((0, 0), (5, -3.4), (13, 0), (5, 3.4), closed=True)
    for x, y, turn in ((17, 16, -35), (47, 46, 30)):
        parts = [ribbon(smooth((0, -10), (1, 3), (0, 19)), 1.6), moved(turned(blade, -90), 0, -9)]
        parts += [moved(turned(blade, -90 + side * 52), 0, step * 8 - 5) for step in range(3) for side in (-1, 1)]
        shapes += [(moved(turned(part, turn), x, y), 235) for part in parts]
    return _stamped(60, shapes)
