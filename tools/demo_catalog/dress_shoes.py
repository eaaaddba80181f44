"""Formal shoes from the side, the toe to the left: Oxford, brogue, loafer."""

from tools.demo_catalog.canvas import Canvas
from tools.demo_catalog.cloth import Cloth
from tools.demo_catalog.masks import Mask
from tools.demo_catalog.palette import darker
from tools.demo_catalog.paths import Path, ellipse, join, moved, ribbon, smooth
from tools.demo_catalog.sewing import panel, seam, soft_line, stitch
from tools.demo_catalog.trims import buttons

TOE = smooth((-130, 254), (-132, 241), (-116, 228), (-82, 218), (-44, 204))
THROAT = smooth((-44, 204), (-18, 190), (6, 168))
COLLAR = smooth((6, 168), (26, 184), (56, 191), (88, 182), (106, 168))
HEEL = smooth((106, 168), (113, 178), (112, 200), (117, 230), (118, 254))


def oxford(art: Canvas, cloth: Cloth, *, brogue: bool = False) -> None:
    """A laced shoe with a toe cap; as a brogue with rows of punched holes."""
    mask = _shoe(art, cloth)
    cap = smooth((-82, 212), (-72, 232), (-78, 254))
    stay = join(THROAT, smooth((24, 182), (6, 206), (-18, 222), (-46, 212), (-44, 204)))
    panel(art, stay, cloth, round_by=5, clip=mask)
    lines = [
        cap,
        smooth((24, 182), (6, 206), (-18, 222), (-48, 213)),
        smooth((84, 181), (76, 214), (82, 254)),
        smooth((8, 206), (34, 234), (77, 238)),
    ]
    seam(art, cloth, *lines, clip=mask, width=1.3, opacity=0.8)
    stitch(art, cloth, *(moved(line, 2.5, 1.5) for line in lines), clip=mask)
    if brogue:
        holes = [ellipse(x - 4, y, 1.3) for line in (lines[0], lines[1], lines[2]) for x, y in line[1:-1:3]]
        holes += [ellipse(-108 + dx, 238 + dy, 1.6) for dx, dy in ((0, 0), (7, -5), (14, 0), (7, 5), (7, 0))]
        art.paint(art.shape(*holes).within(mask), darker(cloth.color, 0.75), 0.9)
    places = [THROAT[k] for k in (2, 7, 12, 17)]
    cord = darker(cloth.color, 0.55) if cloth.color[0] > 70 else (84, 84, 92)
    buttons(art, darker(cloth.color, 0.4), *((x + 9.0, y + 8.0) for x, y in places), radius=1.6)
    laces = [smooth((x + 9, y + 8), (x + 2, y + 0.5), (x - 5, y - 2.5)) for x, y in places]
    art.paint(art.line(*laces, width=2.8), cord)
    x, y = places[-1]
    bow = (
        smooth((x, y), (x + 15, y - 7), (x + 26, y + 5), (x + 12, y + 7), (x, y)),
        smooth((x, y), (x + 8, y + 14), (x + 11, y + 24)),
    )
    art.paint(art.line(*bow, width=2.2), cord)
    _sole(art, cloth)


def loafer(art: Canvas, cloth: Cloth) -> None:
    """A slip-on shoe with a saddle across the instep."""
    mask = _shoe(art, cloth)
    apron = smooth((-18, 192), (-50, 219), (-92, 230), (-124, 238))
    seam(art, cloth, apron, clip=mask, width=1.6, opacity=0.85)
    stitch(art, cloth, moved(apron, 1, 3.5), clip=mask)
    saddle = join(
        smooth((-34, 198), (-2, 176)),
        smooth((-2, 176), (18, 208), (30, 254)),
        smooth((30, 254), (-10, 254), (-18, 224), (-34, 198)),
    )
    soft_line(art, smooth((-36, 200), (-20, 224), (-12, 254)), width=6, clip=mask, opacity=0.35)
    panel(art, saddle, cloth, round_by=6, clip=mask)
    stitch(art, cloth, smooth((-30, 200), (-14, 224), (-6, 254)), smooth((-3, 182), (14, 208), (26, 254)), clip=mask)
    slot = smooth((-20, 204), (-8, 195), (-1, 203), (-12, 212), closed=True)
    panel(art, slot, cloth.shaded(0.5), round_by=3, clip=mask)
    seam(art, cloth, smooth((84, 181), (76, 214), (82, 254)), clip=mask, width=1.3, opacity=0.8)
    _sole(art, cloth)


def _shoe(art: Canvas, cloth: Cloth) -> Mask:
    x, y = 8.0, 155.0  # the top of the tongue
    art.shadow(ribbon(smooth((-116, 268), (0, 266), (118, 276)), 12), blur=6, opacity=0.45)
    far = smooth((6, 168), (30, 172), (80, 173), (106, 168))
    panel(art, join(far, COLLAR[::-1]), cloth.dyed(darker((170, 120, 78), 0.35)), round_by=6)
    flap = join(moved(THROAT, -4, -2), smooth((x - 6, y + 6), (x + 2, y), (x + 12, y + 8)), moved(THROAT[::-1], 14, 8))
    panel(art, flap, cloth.shaded(0.12), round_by=5)
    folds = [
        (smooth((-62, 244), (-48, 228), (-34, 222)), 6.0, 0.35),
        (smooth((-52, 248), (-38, 236), (-22, 230)), 6.0, 0.25),
    ]
    mask = panel(art, join(TOE, THROAT, COLLAR, HEEL), cloth, round_by=13, volume=1.2, folds=folds)
    shine = smooth((-116, 237), (-102, 231), (-88, 228))
    soft_line(art, shine, width=9, clip=mask, opacity=0.4, color=(255, 255, 255))
    soft_line(art, smooth((97, 190), (95, 212), (98, 232)), width=9, clip=mask, opacity=0.22, color=(255, 255, 255))
    stitch(art, cloth, moved(COLLAR[2:-2], 0, 5), opacity=0.4)
    return mask


def _sole(art: Canvas, cloth: Cloth) -> None:
    edge: Path = smooth((-134, 250), (-60, 251), (30, 251), (122, 250))
    low = smooth((122, 259), (30, 262), (-60, 264), (-122, 261), (-133, 255))
    heel = join(smooth((52, 258), (122, 257)), smooth((122, 257), (120, 277)), smooth((120, 277), (56, 277), (52, 258)))
    panel(art, heel, cloth.dyed((44, 36, 34)), round_by=5)
    panel(art, join(edge, low), cloth.dyed(darker(cloth.color, 0.45)), round_by=4)
    stitch(art, cloth, moved(edge, 0, 2.5), color=(214, 178, 130), opacity=0.6)
