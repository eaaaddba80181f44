"""Dresses: A-line, sheath, fit and flare, maxi."""

from tools.demo_catalog.block import SIDES, inside
from tools.demo_catalog.canvas import Canvas
from tools.demo_catalog.cloth import Cloth
from tools.demo_catalog.paths import Path, flip, join, moved, ribbon, smooth
from tools.demo_catalog.sewing import Fold, panel, seam, soft_line, stitch

SCOOP = smooth((-34, 62), (-27, 84), (-14, 98), (0, 102), (14, 98), (27, 84), (34, 62))
BACK = smooth((-34, 62), (-18, 71), (0, 74), (18, 71), (34, 62))


def a_line(art: Canvas, cloth: Cloth) -> None:
    """Sleeveless, widening evenly from the shoulders to the knee."""
    side = smooth((48, 122), (50, 170), (62, 240), (88, 336))
    outline = _sleeveless(SCOOP, side, 8)
    art.shadow(outline, opacity=0.22)
    inside(art, cloth, BACK, SCOOP, label=81)
    mask = panel(art, outline, cloth, folds=drape(art, 190, 344, 24, 76, 5))
    _facings(art, cloth, SCOOP)
    seam(art, cloth, *(flip(smooth((49, 140), (34, 152)), k) for k in SIDES), clip=mask, opacity=0.5)
    stitch(art, cloth, smooth((-86, 330), (-45, 337), (0, 339), (45, 337), (86, 330)), clip=mask)


def sheath(art: Canvas, cloth: Cloth) -> None:
    """Close to the body, with cap sleeves and a narrow belt."""
    hole = smooth((60, 74), (52, 100), (50, 124))
    side = join(hole, smooth((50, 124), (48, 150), (41, 190), (50, 236), (53, 270), (46, 348)))
    neckline = smooth((-32, 62), (-22, 76), (0, 84), (22, 76), (32, 62))
    outline = join(neckline, side, hem(side, 3), flip(side)[::-1])
    art.shadow(outline, opacity=0.22)
    inside(art, cloth, smooth((-32, 62), (0, 70), (32, 62)), neckline, label=75)
    for k in SIDES:
        cap = join(smooth((54, 71), (68, 84), (75, 106)), smooth((75, 106), (64, 112), (50, 126)))
        panel(art, flip(cap, k), cloth, angle=-20 * k, round_by=6)
    mask = panel(art, outline, cloth, folds=drape(art, 250, 352, 30, 34, 3), round_by=13)
    stitch(art, cloth, moved(neckline, 0, 4))
    seam(art, cloth, *(flip(hole, k) for k in SIDES))
    darts = [flip(smooth((26, 128), (22, 188), (26, 236)), k) for k in SIDES]
    seam(art, cloth, *darts, clip=mask, opacity=0.5)
    belt = cloth.shaded(0.35) if cloth.pattern == "plain" else cloth.dyed(cloth.accent)
    panel(art, ribbon(smooth((-42, 190), (0, 194), (42, 190)), 10), belt, round_by=4)
    art.paint(art.line(ribbon(smooth((-8, 193.5), (8, 193.5)), 12), width=2.2), (214, 182, 110))
    seam(art, cloth, smooth((0, 318), (1, 352)), clip=mask)


def flare(art: Canvas, cloth: Cloth) -> None:
    """Short sleeves, a fitted waist, a full swinging skirt."""
    neckline = smooth((-30, 62), (-22, 80), (0, 108), (22, 80), (30, 62))
    top = join(smooth((60, 76), (51, 98), (48, 122)), smooth((48, 122), (46, 150), (40, 184)))
    bodice = join(neckline, top, hem(top, 2), flip(top)[::-1])
    skirt_side = smooth((40, 182), (58, 226), (84, 290), (106, 330))
    skirt = join(smooth((-40, 182), (0, 186), (40, 182)), skirt_side, hem(skirt_side, 16), flip(skirt_side)[::-1])
    art.shadow(skirt, opacity=0.25)
    inside(art, cloth, smooth((-30, 62), (0, 72), (30, 62)), neckline, label=80)
    for k in SIDES:
        sleeve = join(
            smooth((52, 72), (74, 86), (88, 122)),
            smooth((88, 122), (74, 132), (60, 133)),
            smooth((60, 133), (54, 122), (46, 112)),
        )
        panel(art, flip(sleeve, k), cloth, angle=-28 * k, round_by=7)
        stitch(art, cloth, flip(smooth((85, 118), (73, 127), (61, 128)), k))
    mask = panel(art, skirt, cloth, folds=drape(art, 184, 350, 32, 96, 8, depth=0.6), round_by=12)
    stitch(art, cloth, smooth((-104, 324), (-55, 338), (0, 341), (55, 338), (104, 324)), clip=mask)
    panel(art, bodice, cloth)
    seam(art, cloth, *(flip(smooth((60, 76), (51, 98), (48, 122)), k) for k in SIDES), opacity=0.8)
    stitch(art, cloth, moved(neckline, 0, 4))
    band = cloth.shaded(0.2) if cloth.pattern == "plain" else cloth.dyed(cloth.accent)
    panel(art, ribbon(smooth((-40, 182), (0, 186), (40, 182)), 9), band, round_by=4)


def maxi(art: Canvas, cloth: Cloth) -> None:
    """Thin straps, a gathered waist, down to the floor."""
    neckline = smooth((-38, 84), (-22, 82), (0, 98), (22, 82), (38, 84))
    top = smooth((38, 84), (46, 112), (39, 152))
    bodice = join(neckline, top, hem(top, 2), flip(top)[::-1])
    side = smooth((39, 150), (54, 210), (64, 290), (76, 366))
    skirt = join(smooth((-39, 150), (0, 154), (39, 150)), side, hem(side, 7), flip(side)[::-1])
    art.shadow(skirt, opacity=0.22)
    for k in SIDES:
        panel(art, flip(ribbon(smooth((23, 43), (19, 66), (18, 100)), 3.6), k), cloth.shaded(0.3), round_by=3)
        panel(art, flip(ribbon(smooth((32, 88), (29, 62), (22, 42)), 4.6), k), cloth.plain(), round_by=3)
    mask = panel(art, skirt, cloth, folds=drape(art, 152, 372, 30, 66, 8, depth=0.6), round_by=12)
    stitch(art, cloth, smooth((-74, 360), (0, 367), (74, 360)), clip=mask)
    panel(art, bodice, cloth, folds=[(flip(smooth((6, 150), (14, 124), (18, 100)), k)[::-1], 6, 0.35) for k in SIDES])
    stitch(art, cloth, moved(neckline, 0, 4))
    band = panel(art, ribbon(smooth((-40, 150), (0, 154), (40, 150)), 8), cloth.plain(), round_by=3)
    soft_line(art, smooth((-40, 156), (0, 160), (40, 156)), width=6, opacity=0.2, clip=mask)
    seam(art, cloth, *(smooth((x, 145), (x * 1.02, 160)) for x in range(-36, 40, 6)), clip=band, opacity=0.35)


def _sleeveless(neckline: Path, side: Path, dip: float) -> Path:
    x, y = neckline[-1]
    hole = smooth((x + 16, y + 4), (x + 9, y + 34), (side[0][0], side[0][1]))
    strap = smooth((x, y), (x + 16, y + 4))
    return join(neckline, strap, hole, side, hem(side, dip), flip(side)[::-1], flip(hole)[::-1], flip(strap)[::-1])


def _facings(art: Canvas, cloth: Cloth, neckline: Path) -> None:
    x, y = neckline[-1]
    holes = [flip(smooth((x + 12, y + 6), (x + 5, y + 34), (x + 11, y + 62)), k) for k in SIDES]
    stitch(art, cloth, moved(neckline * (1.06, 1), 0, 4), *holes)


def hem(side: Path, dip: float) -> Path:
    """The hem from the end of the right side seam to the left, lower in the middle."""
    x, y = side[-1].tolist()
    return smooth((x, y), (x * 0.5, y + dip * 0.8), (0, y + dip), (-x * 0.5, y + dip * 0.8), (-x, y))


def drape(
    art: Canvas, top: float, low: float, narrow: float, wide: float, count: int, *, depth: float = 0.45
) -> list[Fold]:
    """Folds that open from a narrow waist to a wide hem."""
    folds: list[Fold] = []
    for k in range(count):
        share = (k + 0.5) / count * 2 - 1 + art.rng.uniform(-0.06, 0.06)
        start = top + art.rng.uniform(0.0, 0.3) * (low - top)
        lean = narrow + (wide - narrow) * (start - top) / (low - top)
        folds.append(
            (
                smooth((share * lean, start), (share * (lean + wide) / 2, (start + low) / 2), (share * wide, low + 6)),
                13,
                depth,
            )
        )
    return folds
