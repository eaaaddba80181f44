"""Ties: the necktie and the bow tie."""

from tools.demo_catalog.canvas import Canvas
from tools.demo_catalog.cloth import Cloth
from tools.demo_catalog.paths import flip, join, ribbon, rounded, smooth
from tools.demo_catalog.sewing import panel, seam, soft_line


def tie(art: Canvas, cloth: Cloth) -> None:
    """A necktie, knotted."""
    tail = join(smooth((-4, 92), (26, 300)), smooth((26, 300), (14, 322)), smooth((14, 322), (-2, 306), (-10, 92)))
    blade = join(
        smooth((-14, 80), (14, 80)),
        smooth((14, 80), (24, 180), (37, 328)),
        smooth((37, 328), (0, 368)),
        smooth((0, 368), (-37, 328)),
        smooth((-37, 328), (-24, 180), (-14, 80)),
    )
    art.shadow(blade, blur=6, opacity=0.25)
    panel(art, tail, cloth.shaded(0.3), round_by=5)
    folds = [(smooth((2, 88), (6, 130), (2, 190)), 6.0, 0.5), (smooth((-8, 86), (-10, 120), (-14, 150)), 5.0, 0.35)]
    mask = panel(art, blade, cloth, angle=38, round_by=9, volume=1.15, folds=folds)
    soft_line(art, smooth((-14, 76), (14, 76)), width=14, opacity=0.4, clip=mask)
    knot = join(
        smooth((-22, 34), (0, 38), (22, 34)),
        smooth((22, 34), (19, 58), (12, 82)),
        smooth((12, 82), (0, 86), (-12, 82)),
        smooth((-12, 82), (-19, 58), (-22, 34)),
    )
    panel(art, knot, cloth, angle=-24, round_by=8, volume=1.3, folds=[(smooth((16, 40), (4, 60), (2, 82)), 5.0, 0.3)])


def bow_tie(art: Canvas, cloth: Cloth) -> None:
    """A bow tie on its band."""
    band = smooth((-108, 182), (-60, 192), (0, 198), (60, 192), (108, 182))
    art.shadow(ribbon(smooth((-90, 236), (90, 236)), 8), blur=7, opacity=0.25)
    panel(art, ribbon(band, 9), cloth.shaded(0.3), round_by=4)
    for side in (-1, 1):
        wing = smooth(
            (8, 188),
            (46, 160),
            (92, 148),
            (104, 156),
            (106, 200),
            (104, 244),
            (92, 252),
            (46, 238),
            (8, 212),
            closed=True,
        )
        folds = [
            (smooth((14, 196), (36, 190), (62, 184)), 7.0, 0.6),
            (smooth((14, 206), (36, 214), (64, 222)), 7.0, 0.5),
        ]
        shaped = [(flip(path, side), wide, depth) for path, wide, depth in folds]
        mask = panel(art, flip(wing, side), cloth, angle=12 * side, round_by=10, volume=1.15, folds=shaped)
        soft_line(art, flip(smooth((18, 184), (22, 200), (18, 216)), side), width=12, opacity=0.35, clip=mask)
    panel(art, rounded(-19, 178, 19, 222, 9), cloth, round_by=8, volume=1.3)
    seam(art, cloth, smooth((-6, 180), (-4, 200), (-7, 220)), smooth((7, 180), (5, 200), (8, 220)), opacity=0.35)
