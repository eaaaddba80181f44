"""Curves. A path is a float array, (n, 2), of points x, y; x counts from the middle of the picture, in pixels.

Everything in the catalog is drawn from centripetal Catmull-Rom splines: they pass through the points one names,
without loops or overshoot. A corner is where two of them are joined.
"""

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Point = tuple[float, float]
Path = NDArray[np.float64]

STEPS = 10  # per span; spans are at most some 100 pixels long, and a chord of 10 is a curve to the eye


@lru_cache(maxsize=4096)
def smooth(*points: Point, closed: bool = False) -> Path:
    """The curve through all points, read-only; the ends of an open one are free."""
    knots = np.asarray(points, dtype=np.float64)
    if closed:
        knots = np.concatenate([knots[-1:], knots, knots[:2]])
    else:
        knots = np.concatenate([2 * knots[:1] - knots[1:2], knots, 2 * knots[-1:] - knots[-2:-1]])
    gaps = np.maximum(np.sqrt(np.hypot(*np.diff(knots, axis=0).T)), 1e-6)[:, None]
    before, here, after = gaps[:-2], gaps[1:-1], gaps[2:]
    p0, p1, p2, p3 = knots[:-3], knots[1:-2], knots[2:-1], knots[3:]
    leave = here * ((p1 - p0) / before - (p2 - p0) / (before + here) + (p2 - p1) / here)
    arrive = here * ((p2 - p1) / here - (p3 - p1) / (here + after) + (p3 - p2) / after)
    t = np.linspace(0, 1, STEPS, endpoint=False)[None, :, None]
    p1, p2, leave, arrive = (part[:, None, :] for part in (p1, p2, leave, arrive))
    curve = (2 * p1 - 2 * p2 + leave + arrive) * t**3 + (3 * p2 - 3 * p1 - 2 * leave - arrive) * t**2 + leave * t + p1
    path = np.concatenate([curve.reshape(-1, 2), knots[-2:-1]])
    path.flags.writeable = False  # the cache hands the same array to everyone
    return path


def join(*paths: Path) -> Path:
    """One path after the other, with a corner (or a straight line) in between."""
    return np.concatenate(paths)


def polygon(*points: Point) -> Path:
    """Straight lines between the points."""
    return np.asarray(points, dtype=np.float64)


def flip(path: Path, side: int = -1) -> Path:
    """The path on the other side of the middle line (side -1) or as it is (side 1)."""
    return path * (side, 1.0)


def mirrored(half: Path) -> Path:
    """The closed outline whose right half is given, from the middle line above to the middle line below."""
    return np.concatenate([half, flip(half)[::-1]])


def moved(path: Path, dx: float, dy: float) -> Path:
    """The path, shifted."""
    shifted: Path = path + np.array((dx, dy))
    return shifted


def turned(path: Path, degrees: float, about: Point = (0.0, 0.0)) -> Path:
    """The path, turned clockwise as seen."""
    sin, cos = math.sin(math.radians(degrees)), math.cos(math.radians(degrees))
    result: Path = (path - about) @ np.array([[cos, sin], [-sin, cos]]) + about
    return result


def ellipse(x: float, y: float, rx: float, ry: float | None = None) -> Path:
    """An ellipse, or with one radius a circle."""
    ry = rx if ry is None else ry
    angle = np.linspace(0, 2 * math.pi, 48, endpoint=False)
    return np.stack([x + rx * np.cos(angle), y + ry * np.sin(angle)], axis=1)


def rounded(left: float, top: float, right: float, bottom: float, radius: float) -> Path:
    """A rectangle with round corners."""
    corners = ((right, bottom, 0), (left, bottom, 90), (left, top, 180), (right, top, 270))
    parts = []
    for x, y, start in corners:
        angle = np.radians(np.linspace(start, start + 90, 8))
        inner_x, inner_y = (x - radius if x == right else x + radius), (y - radius if y == bottom else y + radius)
        parts.append(np.stack([inner_x + radius * np.cos(angle), inner_y + radius * np.sin(angle)], axis=1))
    return np.concatenate(parts)


def ribbon(path: Path, width: float, end: float | None = None) -> Path:
    """The closed outline of a band along the path; with `end`, the width changes evenly to that."""
    step = np.concatenate([path[1:2] - path[:1], path[2:] - path[:-2], path[-1:] - path[-2:-1]])
    normal = np.stack([-step[:, 1], step[:, 0]], axis=1) / np.maximum(np.hypot(*step.T), 1e-9)[:, None]
    half = np.linspace(width, width if end is None else end, len(path))[:, None] / 2
    return np.concatenate([path + normal * half, (path - normal * half)[::-1]])


def between(a: Path, b: Path, share: float) -> Path:
    """The path that lies a share (0..1) of the way from a to b, which have the same number of points."""
    return a + (b - a) * share
