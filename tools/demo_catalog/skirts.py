"""Skirts: A-line, pencil, pleated."""

from tools.demo_catalog.block import SIDES
from tools.demo_catalog.canvas import Canvas
from tools.demo_catalog.cloth import Cloth
from tools.demo_catalog.dresses import drape, hem
from tools.demo_catalog.masks import Mask
from tools.demo_catalog.paths import Path, flip, join, moved, ribbon, smooth
from tools.demo_catalog.sewing import panel, seam, soft_line, stitch
from tools.demo_catalog.trims import buttons

WAIST = smooth((-46, 96), (0, 101), (46, 96))


def a_line(art: Canvas, cloth: Cloth) -> None:
    """A skirt that widens to the knee, buttoned down the front."""
    side = smooth((46, 96), (62, 140), (78, 200), (98, 290))
    _skirt(art, cloth, side, 14, folds=4, depth=0.4)
    stitch(art, cloth, smooth((-7, 114), (-7, 302)), smooth((7, 114), (7, 302)), opacity=0.4)
    seam(art, cloth, smooth((9, 112), (9, 303)), opacity=0.5)
    buttons(art, cloth.button, *((0, y) for y in range(124, 300, 34)), radius=3.4)
    for k in SIDES:
        seam(art, cloth, flip(smooth((32, 112), (40, 134), (63, 142)), k), width=1.3)
        stitch(art, cloth, flip(smooth((34, 112), (42, 131), (63, 138)), k))


def pencil(art: Canvas, cloth: Cloth) -> None:
    """A narrow skirt with darts and a slit."""
    side = smooth((46, 96), (60, 130), (66, 172), (62, 230), (52, 318))
    mask = _skirt(art, cloth, side, 4, folds=2, depth=0.3)
    seam(art, cloth, *(flip(smooth((22, 110), (27, 150)), k) for k in SIDES), opacity=0.55)
    seam(art, cloth, smooth((16, 110), (18, 322)), opacity=0.5)
    soft_line(art, smooth((20, 282), (19, 326)), width=6, opacity=0.4, clip=mask)


def pleated(art: Canvas, cloth: Cloth) -> None:
    """A skirt of knife pleats."""
    side = smooth((46, 96), (62, 150), (84, 220), (106, 284))
    mask = _skirt(art, cloth, side, 12, folds=0, depth=0)
    edges: list[Path] = []
    for k in range(-6, 7):
        share = k / 6.4
        edges.append(smooth((share * 44, 108), (share * 70, 180), (share * 105, 302 - 12 * share * share)))
    soft_line(art, *(moved(edge, 4, 0) for edge in edges), width=7, opacity=0.2, clip=mask)
    soft_line(art, *(edge - (3, 0) for edge in edges), width=4, opacity=0.16, color=(255, 255, 255), clip=mask)
    seam(art, cloth, *edges, clip=mask, opacity=0.75)


def _skirt(art: Canvas, cloth: Cloth, side: Path, dip: float, *, folds: int, depth: float) -> Mask:
    low = float(side[-1][1])
    outline = join(WAIST, side, hem(side, dip), flip(side)[::-1])
    art.shadow(outline, opacity=0.25)
    back = smooth((-46, 96), (0, 90), (46, 96))
    panel(art, join(back, WAIST[::-1]), cloth.plain().shaded(0.35), round_by=4)
    creases = drape(art, 120, low + dip, 50, float(side[-1][0]) * 0.85, folds, depth=depth) if folds else []
    mask = panel(art, outline, cloth, folds=creases, round_by=13)
    stitch(art, cloth, hem(side, dip) * (0.985, 1) - (0, 6), clip=mask)
    panel(art, ribbon(moved(WAIST, 0, 5.5), 13), cloth, round_by=5)
    stitch(art, cloth, moved(WAIST, 0, 8.5), opacity=0.4)
    return mask
