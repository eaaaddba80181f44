"""Wrist watches, upright: on a leather strap, on a steel bracelet, digital."""

from math import cos, pi, sin

from tools.demo_catalog.canvas import Canvas
from tools.demo_catalog.cloth import Cloth
from tools.demo_catalog.palette import Color, darker, lighter, luminance
from tools.demo_catalog.paths import Path, ellipse, join, mirrored, moved, ribbon, rounded, smooth
from tools.demo_catalog.sewing import panel, seam, soft_line, stitch
from tools.demo_catalog.trims import buttons

STEEL: Color = (200, 203, 208)
GOLD: Color = (218, 180, 104)
IVORY: Color = (246, 244, 236)


def dress_watch(art: Canvas, cloth: Cloth) -> None:
    """A round watch on a leather strap of the product's color."""
    metal = GOLD if cloth.color[0] > cloth.color[2] + 20 else STEEL
    for outline, far in (
        (mirrored(smooth((0, 26), (22, 28), (24, 40), (30, 148))), 1),
        (mirrored(smooth((0, 384), (16, 380), (23, 366), (30, 252))), -1),
    ):
        art.shadow(outline, blur=5, opacity=0.25)
        mask = panel(art, outline, cloth, round_by=8, volume=1.1)
        edge = smooth((24, 150), (18, 42)) if far == 1 else smooth((24, 250), (18, 362))
        stitch(art, cloth, edge, edge * (-1, 1), clip=mask, opacity=0.7)
    art.paint(art.shape(*(ellipse(0, y, 2.2, 2.8) for y in (304, 322, 340, 358))), darker(cloth.color, 0.7))
    art.paint(art.line(rounded(-28, 22, 28, 42, 4), width=4), darker(metal, 0.2))
    art.paint(art.line(rounded(-28, 22, 28, 42, 4), width=2), lighter(metal, 0.35))
    art.paint(art.line(smooth((0, 24), (0, 44)), width=2.6), metal)
    panel(art, ribbon(smooth((-24, 64), (24, 64)), 9), cloth.shaded(0.12), round_by=3)
    _case(art, metal, IVORY if luminance(cloth.color) < 150 else (252, 252, 252))


def bracelet_watch(art: Canvas, cloth: Cloth) -> None:
    """A round watch on a bracelet of metal links, with three small dials; the dial is dark."""
    metal = Cloth(cloth.color, cloth.accent, gloss=0.9, grain=1.2)
    for top, step in ((34, 1), (366, -1)):
        for k in range(9):
            y = top + step * k * 13.5
            wide = 23 + k * 0.9
            for left, right, tone in (
                (-wide, -wide * 0.42, 0.0),
                (wide * 0.42, wide, 0.0),
                (-wide * 0.4, wide * 0.4, 0.14),
            ):
                panel(art, rounded(left, y - 6.2, right, y + 6.2, 2.5), metal.shaded(tone), round_by=4, volume=1.3)
    _case(art, metal.color, (38, 42, 52), chronograph=True)


def digital_watch(art: Canvas, cloth: Cloth) -> None:
    """A digital watch on a rubber strap."""
    for outline in (
        mirrored(smooth((0, 34), (24, 36), (28, 60), (42, 146))),
        mirrored(smooth((0, 376), (20, 372), (28, 348), (42, 254))),
    ):
        art.shadow(outline, blur=5, opacity=0.25)
        mask = panel(art, outline, cloth, round_by=8)
        rows = [smooth((-40, y), (40, y)) for y in (*range(52, 146, 13), *range(262, 372, 13))]
        soft_line(art, *rows, width=3, opacity=0.35, clip=mask)
    body = smooth(
        (-50, 140),
        (0, 134),
        (50, 140),
        (62, 168),
        (64, 200),
        (62, 232),
        (50, 260),
        (0, 266),
        (-50, 260),
        (-62, 232),
        (-64, 200),
        (-62, 168),
        closed=True,
    )
    art.shadow(body, blur=6, opacity=0.3)
    for x, y in ((-64, 176), (-64, 222), (64, 176), (64, 222)):
        panel(art, rounded(x - 6, y - 8, x + 6, y + 8, 3), Cloth(STEEL, STEEL), round_by=3)
    panel(art, body, cloth, round_by=10, volume=1.3)
    panel(art, rounded(-46, 152, 46, 248, 12), cloth.shaded(0.35), round_by=6)
    buttons(art, STEEL, *((x, y) for x in (-52, 52) for y in (150, 250)), radius=2.2)
    screen = panel(art, rounded(-38, 168, 38, 234, 6), Cloth((176, 190, 170), STEEL), round_by=6)
    for x, digit in ((-31, "10"), (5, "09")):
        art.paint(art.line(*_digits(x, 186, digit), width=3.2).within(screen), (34, 42, 38))
    art.paint(art.shape(ellipse(0, 196, 2), ellipse(0, 210, 2)), (34, 42, 38))
    art.paint(
        art.line(smooth((-30, 177), (8, 177)), smooth((-30, 227), (30, 227)), width=2.2, dash=(4, 3)), (70, 80, 72)
    )


def _case(art: Canvas, metal: Color, dial: Color, *, chronograph: bool = False) -> None:
    shiny = Cloth(metal, metal, gloss=0.9, grain=1.0)
    for y in (146, 254):
        for x in (-27, 27):
            panel(art, rounded(x - 7, y - 12, x + 7, y + 12, 4), shiny, round_by=4)
    panel(art, rounded(58, 192, 75, 208, 3), shiny, round_by=4)
    seam(art, shiny, *(smooth((66, y), (75, y)) for y in (195, 198, 201, 204)), opacity=0.7)
    if chronograph:
        for y in (170, 230):
            panel(art, rounded(52, y - 6, 69, y + 6, 3), shiny, round_by=4)
    art.shadow(ellipse(0, 200, 62), blur=6, opacity=0.3)
    panel(art, ellipse(0, 200, 63), shiny, round_by=7, volume=1.6)
    art.paint(art.line(ellipse(0, 200, 54), width=1.2), darker(metal, 0.4), 0.7)
    face = panel(art, ellipse(0, 200, 50), Cloth(dial, dial, grain=0.8), round_by=8, volume=0.8, edge=0.8)
    mark = (44, 44, 52) if luminance(dial) > 120 else (236, 236, 238)
    art.paint(art.line(*_ticks(46, 43, 60), width=0.8), mark, 0.6)
    art.paint(art.line(*_ticks(45, 38, 12), width=2.4), mark)
    if chronograph:
        for x, y in ((-20, 200), (20, 200), (0, 221)):
            art.paint(art.shape(ellipse(x, y, 12)), lighter(dial, 0.16))
            art.paint(art.line(ellipse(x, y, 12), smooth((x, y), (x + 4, y - 8)), width=0.9), mark, 0.8)
    hands = [ribbon(smooth((0, 200), (-21, 183)), 5, 2.4), ribbon(smooth((0, 200), (26, 172)), 4, 1.8)]
    art.paint(art.shape(*(moved(hand, 1, 1.5) for hand in hands)), (0, 0, 0), 0.3)
    art.paint(art.shape(*hands, ellipse(0, 200, 3.4)), mark)
    art.paint(art.line(smooth((-4, 190), (14, 236)), width=1), (206, 60, 50))
    glare = join(smooth((-44, 186), (-20, 152), (6, 148)), smooth((6, 148), (-24, 176), (-36, 214), (-44, 186)))
    art.paint(art.shape(glare).within(face), (255, 255, 255), 0.16)


def _ticks(outer: float, inner: float, count: int) -> list[Path]:
    angles = [2 * pi * k / count for k in range(count)]
    return [smooth((outer * sin(a), 200 - outer * cos(a)), (inner * sin(a), 200 - inner * cos(a))) for a in angles]


def _digits(x: float, y: float, text: str) -> list[Path]:
    """Seven-segment figures, 11 wide and 32 high."""
    bars = {
        "a": ((1, 0), (10, 0)), "b": ((11, 1), (11, 15)), "c": ((11, 17), (11, 31)), "d": ((1, 32), (10, 32)),
        "e": ((0, 17), (0, 31)), "f": ((0, 1), (0, 15)), "g": ((1, 16), (10, 16)),
    }  # fmt: skip
    lit = {"0": "abcdef", "1": "bc", "9": "abcdfg"}
    return [
        smooth(*((x + 15 * at + bx, y + by) for bx, by in bars[bar]))
        for at, figure in enumerate(text)
        for bar in lit[figure]
    ]
