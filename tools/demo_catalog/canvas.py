"""A picture in the making: shapes and lines, masks of them, and paint laid through the masks."""

import math
from random import Random

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from tools.demo_catalog.masks import HEIGHT, SCALE, WIDTH, Mask, Pixels, blurred, bounds, dashes, reduced, sheet
from tools.demo_catalog.palette import Color
from tools.demo_catalog.paths import Path, moved


class Canvas:
    """300x400 pixels of white, and the one pose (size, turn, a little wobble) that everything drawn on it takes."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.pixels: Pixels = np.full((3, HEIGHT, WIDTH), 255, dtype=np.float32)
        size, turn = rng.uniform(0.96, 1.0), math.radians(rng.uniform(-1.2, 1.2))
        cos, sin = size * math.cos(turn), size * math.sin(turn)
        self._matrix = np.array([[cos, sin], [-sin, cos]])
        self._phase = (rng.uniform(0, 6.28), rng.uniform(0, 6.28))

    def shape(self, *paths: Path) -> Mask:
        """The inside of closed paths."""
        placed = self._placed_together(paths)
        left, top, image = sheet(placed, 1)
        pen = ImageDraw.Draw(image)
        for points in placed:
            pen.polygon(((points - (left, top)) * SCALE).ravel().tolist(), fill=255)
        return reduced(left, top, image)

    def line(self, *paths: Path, width: float, dash: tuple[int, int] | None = None) -> Mask:
        """Pen lines along the paths; `dash` (drawn, skipped, in pixels) makes them rows of stitches."""
        placed = self._placed_together(paths)
        left, top, image = sheet(placed, math.ceil(width) + 1)
        pen, stroke = ImageDraw.Draw(image), max(1, round(width * SCALE))
        for points in placed:
            line = (points - (left, top)) * SCALE
            if dash is not None:
                for piece in dashes(line, dash[0] * SCALE, dash[1] * SCALE):
                    pen.line(piece, fill=255, width=stroke)
            else:  # the gaps that a bend leaves in thin lines are smaller than a pixel
                pen.line(line.ravel().tolist(), fill=255, width=stroke, joint="curve" if width > 3 else None)
        return reduced(left, top, image)

    def haze(self, *paths: Path, width: float, blur: float) -> Mask:
        """Lines out of focus; there is nothing in them that would need supersampling."""
        placed = self._placed_together(paths)
        left, top, right, bottom = bounds(placed, math.ceil(width / 2 + 2 * blur))
        image = Image.new("L", (right - left, bottom - top))
        pen = ImageDraw.Draw(image)
        for points in placed:
            pen.line((points - (left, top)).ravel().tolist(), fill=255, width=max(1, round(width)))
        soft = np.asarray(image.filter(ImageFilter.GaussianBlur(blur)), dtype=np.float32)
        return Mask(left, top, soft / np.float32(255))

    def paint(self, mask: Mask, color: Color | Pixels, opacity: float = 1.0) -> None:
        """Lay one color, or pixels of the mask's size, over the picture where the mask is."""
        rows, columns = mask.window
        area = self.pixels[:, rows, columns]
        ink = color if isinstance(color, np.ndarray) else np.array(color, dtype=np.float32)[:, None, None]
        area += (mask.alpha * np.float32(opacity)) * (ink - area)

    def shadow(self, path: Path, *, blur: float = 6, opacity: float = 0.3, drop: float = 3) -> None:
        """The soft shadow that a shape throws on the ground just below it."""
        mask = self.shape(moved(path, 0.0, drop))
        pad = math.ceil(blur * 2.5)
        soft = blurred(np.pad(mask.alpha, pad), blur)
        top, left = max(0, pad - mask.top), max(0, pad - mask.left)
        soft = soft[top : top + HEIGHT - max(0, mask.top - pad), left : left + WIDTH - max(0, mask.left - pad)]
        self.paint(Mask(max(0, mask.left - pad), max(0, mask.top - pad), soft), (70, 70, 82), opacity)

    def image(self) -> Image.Image:
        """The finished picture, RGB, the product in its middle."""
        pixels = np.clip(self.pixels + np.float32(0.5), 0, 255).astype(np.uint8)
        drawn = pixels.min(axis=0) < 250
        for axis in (0, 1):
            lines = np.flatnonzero(drawn.any(axis=1 - axis))
            shift = (drawn.shape[axis] - 1 - int(lines[0]) - int(lines[-1])) // 2
            pixels = np.roll(pixels, shift, axis=axis + 1)
        return Image.merge("RGB", [Image.fromarray(channel) for channel in pixels])

    def placed(self, path: Path) -> Path:
        """The path in the pose of this picture, in pixels from its upper left corner."""
        points = moved((path - (0, HEIGHT / 2)) @ self._matrix, WIDTH / 2, HEIGHT / 2)
        wobbled: Path = points + 0.9 * np.sin(points[:, ::-1] / (41, 47) + self._phase)
        return wobbled

    def _placed_together(self, paths: tuple[Path, ...]) -> list[Path]:
        ends = np.cumsum([len(path) for path in paths])
        return np.split(self.placed(np.concatenate(paths)), ends[:-1])
