"""Casual shoes from the side, the toe to the left: low top, high top, slip-on."""

from tools.demo_catalog.canvas import Canvas
from tools.demo_catalog.cloth import Cloth
from tools.demo_catalog.palette import Color, luminance
from tools.demo_catalog.paths import Path, Point, join, moved, ribbon, smooth
from tools.demo_catalog.sewing import panel, seam, stitch
from tools.demo_catalog.shoe_parts import TOE, heel_piece, laces, lining, rim, shell, sole, upper

RUBBER: Color = (240, 239, 234)
GUM: Color = (190, 140, 92)


def low_top(art: Canvas, cloth: Cloth) -> None:
    """A low sneaker with laces and a rubber toe cap."""
    throat, collar = (
        smooth((-56, 201), (-26, 184), (2, 160)),
        smooth((2, 160), (24, 173), (54, 180), (84, 175), (105, 160)),
    )
    _laced(art, cloth, throat, collar, (5, 147), (86, 168))


def high_top(art: Canvas, cloth: Cloth) -> None:
    """A sneaker over the ankle."""
    throat, collar = (
        smooth((-56, 201), (-24, 176), (6, 140), (22, 104)),
        smooth((22, 104), (48, 110), (78, 108), (104, 99)),
    )
    _laced(art, cloth, throat, collar, (28, 88), (86, 168))


def slip_on(art: Canvas, cloth: Cloth) -> None:
    """A sneaker without laces, with elastic at the sides."""
    throat, collar = (
        smooth((-56, 201), (-30, 189), (-6, 174)),
        smooth((-6, 174), (20, 181), (56, 187), (88, 180), (106, 165)),
    )
    outline = upper(throat, collar)
    art.shadow(sole(272), blur=7, opacity=0.4, drop=4)
    lining(art, cloth, collar, (18, 168))
    mask = panel(art, outline, cloth, round_by=14, folds=[(smooth((-62, 236), (-48, 222), (-30, 214)), 6, 0.35)])
    gore = smooth((4, 179), (30, 184), (20, 214), (2, 204), closed=True)
    panel(art, gore, cloth.shaded(0.3), round_by=4)
    seam(art, cloth.shaded(0.3), *(smooth((6 + k * 4, 183 + k), (6 + k * 4, 206 + k)) for k in range(5)), opacity=0.4)
    seam(art, cloth, smooth((-6, 174), (-16, 206), (-8, 250)), clip=mask, opacity=0.7)
    stitch(art, cloth, smooth((-10, 176), (-20, 206), (-12, 250)), clip=mask)
    rim(art, cloth, collar)
    heel_piece(art, cloth, mask, (92, 176))
    _rubber(art, cloth, 272, stripe=False)


def _laced(art: Canvas, cloth: Cloth, throat: Path, collar: Path, tongue: Point, heel: Point) -> None:
    art.shadow(sole(272), blur=7, opacity=0.4, drop=4)
    mask = shell(art, cloth, throat, collar, tongue)
    cut = smooth((-76, 198), (-64, 220), (-68, 252))
    panel(art, join(TOE[:-4], cut), cloth.dyed(RUBBER), round_by=10, clip=mask)
    stitch(art, cloth, moved(cut, 5, 0), clip=mask)
    heel_piece(art, cloth, mask, heel)
    stay = join(throat, moved(throat[::-1], 17, 15))
    panel(art, stay, cloth, round_by=5, clip=mask)
    stitch(art, cloth, moved(throat, 14, 12), clip=mask)
    seam(art, cloth, smooth((-40, 214), (-12, 230), (30, 235), (82, 229)), opacity=0.5, clip=mask)
    stitch(art, cloth, smooth((-40, 217.5), (-12, 233.5), (30, 238.5), (82, 232.5)), clip=mask)
    laces(art, cloth, throat)
    _rubber(art, cloth, 272, stripe=True)


def _rubber(art: Canvas, cloth: Cloth, low: float, *, stripe: bool) -> None:
    gum = cloth.color[0] < 60 and art.rng.random() < 0.4
    band = panel(art, sole(low), cloth.dyed(GUM if gum else RUBBER), round_by=6)
    if stripe:
        line = smooth((-127, 252), (-80, 257), (0, 258), (80, 256), (123, 251))
        art.paint(
            art.line(line, width=2.2).within(band),
            cloth.color if luminance(cloth.color) < 200 else (176, 178, 184),
            0.85,
        )
    tread = ribbon(smooth((-116, low - 2), (0, low), (116, low - 2)), 3)
    art.paint(art.shape(tread).within(band), (150, 146, 138), 0.7)
