"""What is printed on the chest of a T-shirt: small drawings in a circle of some 40 pixels radius, in one ink or two."""

from collections.abc import Callable
from math import cos, pi, sin

from tools.demo_catalog.canvas import Canvas
from tools.demo_catalog.palette import Color
from tools.demo_catalog.paths import Path, ellipse, join, moved, polygon, smooth, turned

Motif = Callable[[Canvas, float, float, Color, Color], None]


def sunset(art: Canvas, x: float, y: float, first: Color, second: Color) -> None:
    """A low sun behind bars of haze."""
    sun = art.shape(ellipse(x, y, 33))
    for index, (top, high) in enumerate(((-33, 26), (-4, 9), (8, 7), (18, 5), (26, 4))):
        bar = polygon((x - 40, y + top), (x + 40, y + top), (x + 40, y + top + high), (x - 40, y + top + high))
        art.paint(art.shape(bar).within(sun), first if index == 0 else second, 0.94)


def mountains(art: Canvas, x: float, y: float, first: Color, second: Color) -> None:
    """Two peaks with snow under a moon."""
    art.paint(art.shape(ellipse(x + 18, y - 22, 8)), second, 0.94)
    for left, peak, right, top in ((-6, 16, 40, -8), (-40, -10, 22, -26)):
        art.paint(art.shape(polygon((x + left, y + 26), (x + peak, y + top), (x + right, y + 26))), first, 0.94)
        snow = ((peak - 9, top + 15), (peak, top), (peak + 9, top + 15), (peak + 3, top + 11), (peak - 3, top + 15))
        art.paint(art.shape(polygon(*((x + dx, y + dy) for dx, dy in snow))), second, 0.94)


def star(art: Canvas, x: float, y: float, first: Color, second: Color) -> None:
    """A star in a ring."""
    art.paint(art.line(ellipse(x, y, 34), width=3.2), second, 0.94)
    tips = [(x + r * sin(k * pi / 5), y - r * cos(k * pi / 5)) for k, r in enumerate((27.0, 11.0) * 5)]
    art.paint(art.shape(polygon(*tips)), first, 0.94)


def waves(art: Canvas, x: float, y: float, first: Color, second: Color) -> None:
    """Three rolling waves."""
    for row, color in enumerate((first, second, first)):
        points = [(x - 39 + 13 * k, y - 18 + row * 17 + (6 if k % 2 else -6)) for k in range(7)]
        art.paint(art.line(smooth(*points), width=6), color, 0.94)


def heart(art: Canvas, x: float, y: float, first: Color, second: Color) -> None:
    """A heart, and a smaller one inside."""
    for size, color in ((32.0, first), (13.0, second)):
        right = smooth((0, -0.45), (0.35, -0.85), (0.85, -0.75), (0.95, -0.25), (0.55, 0.4), (0, 0.95))
        art.paint(art.shape(moved(_both(right) * size, x, y)), color, 0.94)


def leaf(art: Canvas, x: float, y: float, first: Color, second: Color) -> None:
    """A fan of leaves."""
    blade = smooth((0, 0), (8, -18), (0, -42), (-8, -18), closed=True)
    for turn, color in ((-80, second), (80, second), (-40, first), (40, first), (0, second)):
        art.paint(art.shape(moved(turned(blade, turn), x, y + 18)), color, 0.94)
    art.paint(art.line(smooth((x, y + 16), (x + 1, y + 36)), width=2.5), first, 0.94)


def bolt(art: Canvas, x: float, y: float, first: Color, second: Color) -> None:
    """A flash of lightning on a disc."""
    art.paint(art.shape(ellipse(x, y, 33)), second, 0.94)
    flash = ((6, -30), (-17, 5), (-2, 5), (-8, 30), (17, -7), (2, -7))
    art.paint(art.shape(polygon(*((x + dx, y + dy) for dx, dy in flash))), first, 0.94)


MOTIFS: tuple[Motif, ...] = (sunset, mountains, star, waves, heart, leaf, bolt)


def _both(half: Path) -> Path:
    return join(half, (half * (-1, 1))[::-1])
