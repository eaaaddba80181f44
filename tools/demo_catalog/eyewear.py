"""Sunglasses from the front: wayfarer, aviator, round."""

from typing import Literal

from tools.demo_catalog.block import SIDES
from tools.demo_catalog.canvas import Canvas
from tools.demo_catalog.cloth import Cloth
from tools.demo_catalog.palette import Color, darker, mix
from tools.demo_catalog.paths import Path, ellipse, flip, moved, ribbon, smooth
from tools.demo_catalog.sewing import panel, soft_line
from tools.demo_catalog.trims import buttons

LENSES: dict[str, Path] = {
    "wayfarer": smooth(
        (-46, -26), (0, -31), (44, -28), (52, -18), (46, 12), (28, 34), (-6, 37), (-34, 26), (-48, -4), closed=True
    ),
    "aviator": smooth(
        (-42, -26), (0, -31), (42, -27), (53, -12), (48, 18), (22, 42), (-8, 42), (-36, 20), (-46, -10), closed=True
    ),
    "round": ellipse(0, 2, 43),
}


def sunglasses(art: Canvas, cloth: Cloth, *, style: Literal["wayfarer", "aviator", "round"] = "wayfarer") -> None:
    """Sunglasses lying on their folded temples."""
    wire = style != "wayfarer"
    center = 64 if style == "round" else 66
    lens = LENSES[style]
    art.shadow(ribbon(smooth((-112, 240), (112, 240)), 8), blur=7, opacity=0.35)
    for side in SIDES:
        arm = smooth((116, 186), (108, 226), (20, 238), (-70, 234), (-96, 244))
        panel(
            art,
            flip(ribbon(arm, 4 if wire else 8, 7 if wire else 10), side),
            cloth.shaded(0.15),
            round_by=3,
            volume=1.2,
        )
    for side in SIDES:
        glass = moved(flip(lens, side), center * side, 200)
        if not wire:
            rim = moved((glass - (center * side, 200)) * (1.17, 1.24), center * side, 198)
            panel(art, rim, cloth, round_by=6, volume=1.4)
        _lens(art, cloth, glass, center * side)
        if wire:
            art.paint(art.line(glass, glass[:4], width=4.6), darker(cloth.color, 0.3))
            art.paint(art.line(glass - (0.5, 0.7), width=2.4), cloth.tinted(0.25).color)
        hinge = smooth((108, 178), (122, 180)) if not wire else smooth((106, 184), (120, 186))
        panel(art, flip(ribbon(hinge, 10 if not wire else 6), side), cloth, round_by=3)
        buttons(art, (204, 206, 210), (114 * side, 179 if not wire else 185), radius=1.6)
    if wire:
        bars = [smooth((-24, 194), (0, 184), (24, 194))]
        if style == "aviator":
            bars.append(smooth((-30, 174), (0, 170), (30, 174)))
        art.paint(art.line(*bars, width=4.4), darker(cloth.color, 0.3))
        art.paint(art.line(*(bar - (0, 0.6) for bar in bars), width=2.2), cloth.tinted(0.25).color)
    else:
        panel(art, ribbon(smooth((-20, 185), (0, 180), (20, 185)), 11), cloth, round_by=4, volume=1.3)


def _lens(art: Canvas, cloth: Cloth, glass: Path, x: float) -> None:
    """Dark glass, paler below, with two slanting reflections."""
    tint: Color = mix((48, 50, 58), cloth.color, 0.12)
    mask = panel(art, glass, Cloth(tint, tint, grain=0.6), round_by=10, volume=0.6, edge=0.7)
    soft_line(
        art, smooth((x - 50, 240), (x, 246), (x + 50, 240)), width=40, clip=mask, opacity=0.45, color=(206, 178, 140)
    )
    for dx, width in ((-18, 9), (-4, 4)):
        art.paint(
            art.line(smooth((x + dx - 16, 236), (x + dx + 22, 166)), width=width).within(mask), (255, 255, 255), 0.16
        )
