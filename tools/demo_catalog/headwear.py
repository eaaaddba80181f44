"""Caps: the baseball cap, seen from the front left, and the knitted beanie."""

from tools.demo_catalog.canvas import Canvas
from tools.demo_catalog.cloth import Cloth
from tools.demo_catalog.paths import between, ellipse, join, mirrored, moved, polygon, ribbon, smooth
from tools.demo_catalog.sewing import panel, seam, soft_line, stitch
from tools.demo_catalog.trims import ribs


def baseball(art: Canvas, cloth: Cloth, *, badge: bool = False) -> None:
    """A cap with six panels and a curved brim; with a badge or without."""
    art.shadow(ribbon(smooth((-116, 268), (-20, 278), (90, 262)), 10), blur=7, opacity=0.4)
    dome = smooth((-66, 244), (-70, 196), (-44, 146), (8, 122), (62, 134), (100, 178), (112, 250))
    base = smooth((112, 250), (60, 262), (0, 258), (-66, 244))
    crown = panel(art, join(dome, base), cloth, round_by=18, volume=1.1)
    rows = [
        smooth((8, 122), (-26, 158), (-40, 206), (-40, 250)), smooth((8, 122), (40, 156), (52, 210), (50, 261)),
        smooth((8, 122), (74, 154), (94, 206), (98, 254)),
    ]  # fmt: skip
    soft_line(art, *rows, width=7, opacity=0.22, clip=crown)
    seam(art, cloth, *rows, clip=crown, opacity=0.8)
    stitch(art, cloth, *(row + dx for row in rows for dx in ((-3.5, 0), (3.5, 0))), clip=crown)
    holes = ((64, 164),) if badge else ((-12, 160), (28, 160), (72, 172))
    art.paint(art.shape(*(ellipse(x, y, 2) for x, y in holes)), cloth.shaded(0.7).color)
    art.paint(art.line(*(ellipse(x, y, 2.6) for x, y in holes), width=1.2), cloth.line, 0.7)
    panel(art, smooth((-4, 121), (8, 116), (20, 121), (8, 126), closed=True), cloth, round_by=3)
    if badge:
        label = cloth.dyed(cloth.accent)
        outline = smooth((-22, 178), (4, 172), (30, 180), (34, 206), (4, 236), (-26, 204), closed=True)
        patch = panel(art, outline, label, round_by=4, volume=0.6)
        stitch(art, label, moved((outline - (4, 203)) * 0.84, 4, 203))
        peaks = smooth((-30, 214), (-10, 194), (0, 204), (14, 188), (38, 214))
        art.paint(art.shape(join(peaks, polygon((38, 240), (-30, 240)))).within(patch), cloth.color, 0.85)
    brim = join(
        smooth((-68, 238), (-104, 246), (-134, 264), (-136, 276), (-112, 280), (-56, 272), (10, 272), (52, 264)),
        smooth((52, 264), (10, 256), (-30, 250), (-68, 238)),
    )
    soft_line(art, smooth((-66, 240), (-30, 252), (10, 258), (52, 263)) - (0, 3), width=8, opacity=0.35, clip=crown)
    under = panel(art, brim, cloth.plain(), round_by=9, volume=1.2)
    edges = [
        smooth(
            (-66 - 14 * k, 244 + 7 * k),
            (-40 - 12 * k, 256 + 5 * k),
            (0 - 6 * k, 262 + 3 * k),
            (44 - 10 * k, 265 + 2 * k),
        )
        for k in range(4)
    ]
    stitch(art, cloth, *edges, clip=under, opacity=0.45)


def beanie(art: Canvas, cloth: Cloth) -> None:
    """A ribbed knitted hat with a turned-up cuff and a bobble."""
    art.shadow(ribbon(smooth((-84, 292), (84, 292)), 8), blur=6, opacity=0.35)
    for dx, dy in ((0, 0), (-15, 4), (15, 4), (-8, -12), (9, -12), (0, 12)):
        panel(art, ellipse(dx, 98 + dy, 17), cloth.dyed(cloth.accent), round_by=8, edge=0.12)
    half = smooth((0, 114), (44, 120), (78, 154), (90, 216), (92, 256))
    crown = panel(art, mirrored(join(half, smooth((92, 256), (0, 262)))), cloth, round_by=17, volume=1.1)
    furrows = [smooth((x * 0.12, 114), (x * 0.72, 150), (x * 0.96, 205), (x, 262)) for x in range(-84, 85, 12)]
    soft_line(art, *furrows, width=4, opacity=0.3, clip=crown)
    upper = smooth((-97, 240), (0, 250), (97, 240))
    lower = smooth((-94, 288), (0, 298), (94, 288))
    soft_line(art, upper - (0, 2), width=8, opacity=0.35, clip=crown)
    cuff = panel(
        art,
        join(smooth((-94, 288), (-100, 264), (-97, 240)), upper, smooth((97, 240), (100, 264), (94, 288)), lower[::-1]),
        cloth,
        round_by=10,
        volume=1.1,
    )
    soft_line(art, *(smooth((x, 236), (x, 300)) for x in range(-96, 97, 8)), width=3, opacity=0.3, clip=cuff)
    ribs(art, cloth, between(upper, lower, 0.02), between(upper, lower, 0.98), count=49, opacity=0.2)
