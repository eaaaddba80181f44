"""What is sewn on: ribs, buttons, zips."""

import numpy as np

from tools.demo_catalog.canvas import Canvas
from tools.demo_catalog.cloth import Cloth
from tools.demo_catalog.palette import Color, darker, lighter, luminance
from tools.demo_catalog.paths import Path, Point, ellipse, ribbon, smooth
from tools.demo_catalog.sewing import seam

ZIP: Color = (186, 188, 194)
TAPE: Color = (52, 52, 58)


def ribs(art: Canvas, cloth: Cloth, a: Path, b: Path, *, count: int, opacity: float = 0.35) -> None:
    """Ribbed knit between two edges with the same number of points."""
    at = np.linspace(0, len(a) - 1, count)
    ends = [np.stack([np.interp(at, np.arange(len(side)), side[:, axis]) for axis in (0, 1)], 1) for side in (a, b)]
    seam(art, cloth, *np.stack(ends, axis=1), width=0.8, opacity=opacity)


def buttons(art: Canvas, color: Color, *at: Point, radius: float = 3) -> None:
    """Buttons with four holes, or rivets if they are small."""
    art.paint(art.shape(*(ellipse(x + 0.6, y + 1.0, radius + 0.4) for x, y in at)), (10, 10, 20), 0.35)
    art.paint(art.shape(*(ellipse(x, y, radius) for x, y in at)), color)
    art.paint(
        art.shape(*(ellipse(x - radius * 0.25, y - radius * 0.3, radius * 0.55) for x, y in at)),
        lighter(color, 0.45),
        0.7,
    )
    if radius >= 2.5:
        holes = [(x + dx * radius * 0.26, y + dy * radius * 0.26) for x, y in at for dx in (-1, 1) for dy in (-1, 1)]
        hole = darker(color, 0.6) if luminance(color) > 80 else lighter(color, 0.4)
        art.paint(art.shape(*(ellipse(x, y, 0.45) for x, y in holes)), hole)


def zipper(art: Canvas, path: Path, *, metal: Color = ZIP, tape: Color = TAPE) -> None:
    """A zip along the path, its pull at the start."""
    art.paint(art.line(path, width=4.2), tape)
    art.paint(art.line(path, width=2.4, dash=(1, 1)), metal)
    x, y = path[0]
    art.paint(art.shape(ribbon(smooth((x, y), (x + 0.5, y + 13)), 3.4, 4.6)), darker(metal, 0.35))
    art.paint(art.shape(ribbon(smooth((x, y + 0.5), (x + 0.5, y + 12)), 2.0, 3.0)), metal)
