"""Socks: to the calf or to the ankle."""

from typing import Literal

from tools.demo_catalog.canvas import Canvas
from tools.demo_catalog.cloth import Cloth
from tools.demo_catalog.palette import darker
from tools.demo_catalog.paths import join, moved, smooth
from tools.demo_catalog.sewing import panel
from tools.demo_catalog.trims import ribs


def socks(art: Canvas, cloth: Cloth, *, length: Literal["crew", "ankle"] = "crew") -> None:
    """A pair of socks with heel, toe and cuff in a second color."""
    top = 84.0 if length == "crew" else 176.0
    for dx, dy, back in ((26.0, -10.0, True), (-16.0, 8.0, False)):
        material = cloth.shaded(0.12) if back and cloth.pattern == "plain" else cloth
        leg = smooth((6, top), (10, (top + 230) / 2), (6, 230), (-22, 262), (-72, 280))
        toe = smooth((-72, 280), (-96, 296), (-94, 322), (-68, 330))
        under = smooth(
            (-68, 330), (-20, 324), (30, 318), (60, 300), (68, 272), (64, 230), (64, (top + 230) / 2), (68, top)
        )
        outline = moved(join(leg, toe, under), dx, dy)
        art.shadow(outline, blur=6, opacity=0.25)
        creases = [
            (moved(smooth((8, 244), (26, 254), (44, 250)), dx, dy), 7.0, 0.4),
            (moved(smooth((2, 226), (22, 232), (40, 226)), dx, dy), 6.0, 0.3),
        ]
        mask = panel(art, outline, material, round_by=12, volume=1.1, folds=creases)
        trim = material.dyed(darker(cloth.accent, 0.12 if back else 0.0))
        heel = moved(smooth((36, 326), (28, 296), (46, 268), (74, 258), (90, 300), (70, 340), closed=True), dx, dy)
        cap = moved(smooth((-66, 270), (-60, 300), (-62, 336), (-110, 340), (-120, 290), closed=True), dx, dy)
        for patch in (heel, cap):
            panel(art, patch, trim, round_by=10, clip=mask)
        upper, lower = (
            moved(smooth((4, top - 4), (37, top - 1), (70, top - 4)), dx, dy),
            moved(smooth((5, top + 26), (37, top + 29), (69, top + 26)), dx, dy),
        )
        panel(art, join(upper, lower[::-1]), material.plain(), round_by=7)
        ribs(art, cloth, upper, lower, count=15, opacity=0.4)
        bars = [moved(lower, 0, shift) for shift in (7, 14)] if cloth.pattern == "plain" else []
        for bar in bars:
            art.paint(art.line(bar, width=3).within(mask), trim.color, 0.9)
