"""Sandals and flip flops: a pair, from above."""

from typing import Literal

from tools.demo_catalog.block import SIDES
from tools.demo_catalog.canvas import Canvas
from tools.demo_catalog.cloth import Cloth
from tools.demo_catalog.masks import Mask
from tools.demo_catalog.palette import Color, darker, lighter
from tools.demo_catalog.paths import Path, Point, flip, join, moved, ribbon, smooth, turned
from tools.demo_catalog.sewing import panel, soft_line, stitch
from tools.demo_catalog.trims import buttons

CORK: Color = (190, 150, 106)
METAL: Color = (206, 190, 146)


def sandals(art: Canvas, cloth: Cloth, *, bands: Literal["broad", "crossed"] = "broad") -> None:
    """A pair of sandals from above, on cork: two broad bands with buckles, or crossed straps and one at the heel."""
    for side in (-1, 1):
        center, bed, mask = _footbed(art, cloth.shaded(0.11), side, cloth.dyed(CORK))
        x, y = center
        reach = art.shape((bed - center) * (1.1, 1) + center)
        stitch(art, cloth, (bed - center) * 0.9 + center, clip=mask, opacity=0.5)
        if bands == "broad":
            for top, wide, width in ((y - 86, 45, 40), (y - 22, 41, 38)):
                arch = smooth((x - wide, top + 8), (x, top - 5), (x + wide, top + 8))
                soft_line(art, moved(arch, 2, width), width=12, opacity=0.4, clip=mask)
                band = panel(art, join(arch, (moved(arch, 0, width))[::-1]), cloth, round_by=9, volume=1.2, clip=reach)
                stitch(art, cloth, moved(arch, 0, 4), moved(arch, 0, width - 4), clip=band)
                at, low = x + 18 * side, top + width / 2 + 1
                panel(art, ribbon(smooth((at - 18, low), (at + 16, low)), 14), cloth.shaded(0.1), round_by=4)
                art.paint(art.line(ribbon(smooth((at - 7, low), (at + 7, low)), 19), width=2.6), METAL)
                art.paint(art.line(smooth((at - 7, low), (at + 6, low)), width=2), darker(METAL, 0.3))
        else:
            heel = smooth((x - 34, y + 34), (x - 20, y + 26), (x, y + 23), (x + 20, y + 26), (x + 34, y + 34))
            rows = [smooth((x + 40 * k, y - 92), (x, y - 64), (x - 40 * k, y - 22)) for k in SIDES]
            rows += [smooth((x - 40, y - 108), (x, y - 116), (x + 40, y - 108)), heel]
            soft_line(art, *(moved(row, 2, 6) for row in rows), width=11, opacity=0.35, clip=mask)
            for row in rows:
                band = panel(art, ribbon(row, 14), cloth, round_by=5, volume=1.2, clip=reach)
                stitch(art, cloth, moved(row, 0, 4.5), row - (0, 4.5), opacity=0.4, clip=band)
            at = x + 20 * side
            art.paint(art.line(ribbon(smooth((at - 6, y + 28), (at + 6, y + 28)), 17), width=2.4), METAL)


def flip_flops(art: Canvas, cloth: Cloth) -> None:
    """A pair of flip flops, from above."""
    for side in (-1, 1):
        center, sole, mask = _footbed(art, cloth, side, cloth.shaded(0.4))
        stitch(art, cloth, (sole - center) * 0.91 + center, clip=mask, opacity=0.7)
        middle, foot = center
        worn = [smooth((middle - r, foot + dy), (middle + r, foot + dy)) for r, dy in ((10, 82), (14, -62))]
        soft_line(art, *worn, width=26, clip=mask, opacity=0.1)
        x, y = middle - 8 * side, 116.0
        arms: list[Path] = [
            smooth((x, y), (x + 16 * k, y + 26), (middle + 35 * k, y + 78), (middle + 33 * k, y + 100)) for k in SIDES
        ]
        strap = cloth.dyed(cloth.accent)
        soft_line(art, *(moved(arm, 2, 5) for arm in arms), width=8, opacity=0.4, clip=mask)
        for arm in arms:
            panel(art, ribbon(arm, 7, 11), strap, round_by=4, volume=1.2)
        buttons(art, lighter(strap.color, 0.1), (x, y), radius=5)


def _footbed(art: Canvas, cloth: Cloth, side: int, under: Cloth) -> tuple[Point, Path, Mask]:
    """The sole of one foot from above: its middle, its outline, and where it lies."""
    left = smooth(
        (-6, 62), (22, 70), (42, 112), (38, 168), (27, 226), (34, 290), (26, 328), (0, 340), (-26, 326), (-32, 284),
        (-30, 226), (-40, 160), (-36, 100), closed=True,
    )  # fmt: skip
    sole = moved(turned(flip(left, -side), 4 * side, (0, 200)), 60 * side, 0)
    art.shadow(moved(sole, 3, 0), blur=6, opacity=0.35, drop=4)
    panel(art, moved(sole, 2.5, 4), under, round_by=4)
    x, y = sole.mean(axis=0).tolist()
    return (x, y), sole, panel(art, sole, cloth, round_by=9, volume=0.9)
