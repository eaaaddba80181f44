"""The pieces every product is put together from: panels with volume and folds, seams, stitches."""

import math
from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from tools.demo_catalog.canvas import Canvas
from tools.demo_catalog.cloth import Cloth
from tools.demo_catalog.masks import Alpha, Mask, blurred
from tools.demo_catalog.palette import Color
from tools.demo_catalog.paths import Path, ribbon

Fold = tuple[Path, float, float]
"""Where a fold runs, how wide it is in pixels, and how deep (0..1)."""


def panel(
    art: Canvas,
    path: Path,
    cloth: Cloth,
    *,
    angle: float = 0.0,
    round_by: float = 11.0,
    volume: float = 1.0,
    folds: Sequence[Fold] = (),
    edge: float = 0.5,
    clip: Mask | None = None,
) -> Mask:
    """A piece of material: lit from the upper left, rounded toward its edges, outlined. Gives where it lies."""
    mask = art.shape(path)
    light = _volume(mask.alpha, round_by) * np.float32(volume)
    if folds:
        light += _creases(art, mask, folds)
    pixels = cloth.lit(mask, light, angle)
    shown = mask if clip is None else mask.within(clip)
    if clip is not None:
        rows, columns = shown.window
        pixels = pixels[
            :, rows.start - mask.top : rows.stop - mask.top, columns.start - mask.left : columns.stop - mask.left
        ]
    art.paint(shown, pixels)
    if edge:
        art.paint(_rim(shown), cloth.line, edge)
    return shown


def seam(
    art: Canvas, cloth: Cloth, *paths: Path, width: float = 1.0, opacity: float = 0.6, clip: Mask | None = None
) -> None:
    """Where panels meet."""
    mask = art.line(*paths, width=width)
    art.paint(mask if clip is None else mask.within(clip), cloth.line, opacity)


def stitch(
    art: Canvas, cloth: Cloth, *paths: Path, color: Color | None = None, opacity: float = 0.5, clip: Mask | None = None
) -> None:
    """Rows of stitches."""
    mask = art.line(*paths, width=0.9, dash=(3, 2))
    art.paint(mask if clip is None else mask.within(clip), color or cloth.line, opacity)


def soft_line(
    art: Canvas, *paths: Path, width: float, clip: Mask | None = None, opacity: float = 0.3, color: Color = (8, 8, 20)
) -> None:
    """Lines out of focus inside a panel: the shadow under a flap or a collar, or with a light color a shine."""
    mask = art.haze(*paths, width=width, blur=max(1.0, width / 2.5))
    art.paint(mask if clip is None else mask.within(clip), color, opacity)


def _rim(mask: Mask) -> Mask:
    """The outermost pixel of a shape: where a pixel's neighbors are not all inside."""
    image = Image.fromarray((mask.alpha * 255).astype(np.uint8)).filter(ImageFilter.BoxBlur(1))
    return Mask(mask.left, mask.top, mask.alpha * np.minimum(1, 2 - np.asarray(image, dtype=np.float32) / 127.5))


def _volume(alpha: Alpha, radius: float) -> Alpha:
    """The light on a shape that bulges: bright toward the upper left, dark along the lower right, -1..1."""
    height, width = alpha.shape
    pad, step = math.ceil(radius * 2), max(1, round(radius * 0.6))
    soft = blurred(np.pad(alpha, pad), radius)

    def at(shift: int) -> Alpha:
        return soft[pad + shift : pad + shift + height, pad + shift : pad + shift + width]

    rim = np.maximum(0, 0.92 - at(0))
    result: Alpha = (at(step) - at(-step)) * np.float32(0.55) - rim * rim * np.float32(0.9)
    return result


def _creases(art: Canvas, mask: Mask, folds: Sequence[Fold]) -> Alpha:
    """The light on folds: a dark valley and, on its lit side, a pale ridge."""
    height, width = mask.alpha.shape
    image = Image.new("L", (width, height))
    pen = ImageDraw.Draw(image)
    for path, wide, depth in folds:
        body = ribbon(path, 0.6, wide)
        points = art.placed(body) - (mask.left, mask.top)
        pen.polygon(points.ravel().tolist(), fill=round(255 * depth))
    valley = np.asarray(image.filter(ImageFilter.GaussianBlur(3.2)), dtype=np.float32) / np.float32(255)
    ridge = np.roll(valley, (-3, -5), axis=(0, 1))
    result: Alpha = ridge * np.float32(0.75) - valley
    return result
