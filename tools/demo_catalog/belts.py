"""Belts, leather or braided, standing in a loop."""

from typing import Literal

import numpy as np

from tools.demo_catalog.canvas import Canvas
from tools.demo_catalog.cloth import Cloth
from tools.demo_catalog.palette import Color, darker, lighter
from tools.demo_catalog.paths import Path, ellipse, join, moved, ribbon, rounded, smooth
from tools.demo_catalog.sewing import panel, seam, soft_line, stitch

STEEL: Color = (200, 202, 208)
BRASS: Color = (206, 170, 96)


def belt(art: Canvas, cloth: Cloth, *, kind: Literal["leather", "braided"] = "leather") -> None:
    """A belt, buckled and standing in a loop."""
    art.shadow(ribbon(_arc(180, 0, 222), 12), blur=6, opacity=0.4)
    inner = _arc(180, 360, 172)
    panel(art, join(inner, moved(inner[::-1], 0, 34)), cloth.shaded(0.42), round_by=7)
    front = _arc(180, 0, 186)
    mask = panel(art, join(front, moved(front[::-1], 0, 37)), cloth, round_by=8, volume=1.2)
    if kind == "braided":
        for step in (-1, 1):
            strands = [
                smooth(tuple(moved(front[k], 0, 1)), tuple(moved(front[k + 3 * step], 0, 36)))
                for k in range(3, len(front) - 3, 2)
            ]
            soft_line(art, *strands, width=3, opacity=0.35, clip=mask)
            seam(art, cloth, *strands, clip=mask, opacity=0.6)
    else:
        stitch(art, cloth, moved(front, 0, 4), moved(front, 0, 33), clip=mask, opacity=0.7)
        soft_line(art, moved(front[8:30], 0, 14), width=9, opacity=0.25, clip=mask, color=(255, 255, 255))
    tip = join(
        smooth((-26, 244.5), (30, 245), (66, 237)),
        smooth((66, 237), (84, 250), (70, 271)),
        smooth((70, 271), (30, 280), (-26, 280)),
    )
    soft_line(art, smooth((70, 236), (88, 250), (74, 272), (30, 283)), width=7, opacity=0.4, clip=mask)
    end = panel(art, tip, cloth, round_by=7, volume=1.2)
    if kind == "leather":
        stitch(
            art,
            cloth,
            smooth((-20, 249), (30, 249), (62, 242), (76, 251), (66, 266), (30, 275.5), (-20, 275.5)),
            clip=end,
            opacity=0.7,
        )
        art.paint(
            art.shape(*(ellipse(x, y, 2, 2.4) for x, y in ((16, 262.5), (34, 261.5), (52, 258)))),
            darker(cloth.color, 0.75),
        )
    metal = BRASS if art.rng.random() < 0.4 else STEEL
    frame = rounded(-48, 237, -4, 287, 7)
    art.paint(art.line(frame, frame[:3], width=8.5), darker(metal, 0.45))
    art.paint(art.line(frame - (0.4, 0.6), width=6), metal)
    art.paint(art.line(frame - (1.2, 1.4), width=2), lighter(metal, 0.6))
    prong = smooth((-46, 262), (0, 262))
    art.paint(art.line(moved(prong, 0.5, 1.5), width=5), (0, 0, 0), 0.35)
    art.paint(art.line(prong, width=4.4), darker(metal, 0.15))
    art.paint(art.line(prong - (0, 0.8), width=1.6), lighter(metal, 0.5))
    panel(art, moved(rounded(84, 228, 97, 270, 3), -3, -4), cloth.shaded(0.1), round_by=4, volume=1.2)


def _arc(start: float, stop: float, y: float) -> Path:
    """Part of the ellipse in which a belt stands: from one angle to another, in degrees, 0 on the right."""
    angles = np.radians(np.linspace(start, stop, 72))
    path: Path = np.stack([118 * np.cos(angles), y + 57 * np.sin(angles)], axis=1)
    return path
