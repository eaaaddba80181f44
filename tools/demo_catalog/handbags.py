"""Handbags: tote, satchel, hobo."""

from tools.demo_catalog.block import SIDES
from tools.demo_catalog.canvas import Canvas
from tools.demo_catalog.cloth import Cloth
from tools.demo_catalog.masks import Mask
from tools.demo_catalog.palette import Color, darker, lighter
from tools.demo_catalog.paths import Path, ellipse, flip, join, mirrored, moved, ribbon, rounded, smooth
from tools.demo_catalog.sewing import panel, seam, soft_line, stitch
from tools.demo_catalog.trims import buttons, zipper

GOLD: Color = (212, 180, 108)


def tote(art: Canvas, cloth: Cloth) -> None:
    """A tall open bag with two handles."""
    body = mirrored(
        join(
            smooth((0, 162), (94, 160)),
            smooth((94, 160), (104, 240), (106, 318)),
            smooth((106, 318), (104, 336), (92, 340), (0, 342)),
        )
    )
    _ground(art, 104, 338)
    _handle(art, cloth.shaded(0.3), smooth((-46, 172), (-40, 96), (0, 62), (40, 96), (46, 172)))
    panel(
        art,
        join(smooth((-94, 160), (0, 152), (94, 160)), smooth((94, 160), (0, 168), (-94, 160))),
        cloth.plain().shaded(0.45),
        round_by=4,
    )
    mask = panel(
        art,
        body,
        cloth,
        round_by=15,
        folds=[(flip(smooth((88, 170), (82, 230), (90, 300)), k), 10.0, 0.2) for k in SIDES],
    )
    stitch(art, cloth, smooth((-93, 168), (0, 170), (93, 168)), clip=mask)
    seam(art, cloth, smooth((-108, 304), (0, 307), (108, 304)), clip=mask, width=1.3)
    stitch(art, cloth, smooth((-108, 308), (0, 311), (108, 308)), clip=mask)
    for k in SIDES:
        tab = rounded(37, 160, 55, 206, 5)
        panel(art, flip(tab, k), cloth.plain(), round_by=4, volume=1.2)
        stitch(art, cloth, flip(rounded(39.5, 170, 52.5, 203, 3), k))
        buttons(art, GOLD, (46 * k, 196), radius=2.4)
    _handle(art, cloth.plain(), smooth((-46, 172), (-44, 112), (0, 84), (44, 112), (46, 172)))
    for k in SIDES:
        art.paint(art.line(ellipse(46 * k, 168, 8, 6), width=2.6), GOLD)


def satchel(art: Canvas, cloth: Cloth) -> None:
    """A structured bag: a flap with a turn lock, a top handle."""
    body = mirrored(
        join(
            smooth((0, 156), (84, 156)),
            smooth((84, 156), (100, 162), (106, 182)),
            smooth((106, 182), (114, 306)),
            smooth((114, 306), (112, 320), (100, 322), (0, 323)),
        )
    )
    _ground(art, 112, 320)
    _handle(art, cloth.plain(), smooth((-44, 160), (-42, 116), (0, 92), (42, 116), (44, 160)), width=11)
    panel(art, body, cloth, round_by=14, volume=1.1)
    stitch(art, cloth, mirrored(smooth((0, 317), (98, 316), (107, 306), (101, 190))), opacity=0.5)
    flap = mirrored(
        join(
            smooth((0, 154), (80, 154), (99, 166)),
            smooth((99, 166), (103, 216)),
            smooth((103, 216), (92, 238), (0, 252)),
        )
    )
    soft_line(art, moved(flap[len(flap) // 4 : -len(flap) // 4], 0, 4), width=10, opacity=0.3, clip=art.shape(body))
    mask = panel(art, flap, cloth, round_by=12, volume=1.1)
    stitch(art, cloth, mirrored(smooth((0, 246), (88, 233), (98, 214), (95, 172))), clip=mask)
    soft_line(art, smooth((-70, 172), (0, 168), (60, 172)), width=14, opacity=0.2, clip=mask, color=(255, 255, 255))
    for k in SIDES:
        art.paint(art.line(ellipse(44 * k, 157, 9, 7), width=3), GOLD)
    plate = rounded(-15, 228, 15, 254, 5)
    art.paint(art.shape(moved(plate, 1, 2)), (0, 0, 0), 0.3)
    panel(art, plate, cloth.dyed(GOLD), round_by=4, volume=1.3)
    panel(art, rounded(-3, 232, 3, 250, 3), cloth.dyed(lighter(GOLD, 0.3)), round_by=3)


def hobo(art: Canvas, cloth: Cloth) -> None:
    """A soft shoulder bag in the shape of a crescent."""
    top = smooth((-104, 160), (-60, 206), (0, 220), (60, 206), (104, 160))
    low = smooth(
        (104, 160), (124, 230), (104, 306), (50, 334), (0, 338), (-50, 334), (-104, 306), (-124, 230), (-104, 160)
    )
    _ground(art, 80, 334)
    strap = smooth((-102, 168), (-92, 106), (-50, 64), (0, 52), (50, 64), (92, 106), (102, 168))
    _handle(art, cloth.plain(), strap, width=12)
    sides = [(flip(smooth((96, 186), (80, 240), (88, 300)), k), 12.0, 0.45) for k in SIDES]
    gathers = [
        (smooth((x, 216 - abs(x) * 0.12), (x * 1.25, 256), (x * 1.4, 306)), 9.0, 0.4) for x in (-62, -30, 4, 36, 66)
    ]
    mask = panel(art, join(top, low), cloth, round_by=16, folds=[*sides, *gathers], volume=1.1)
    zipper(art, moved(top[6:-6], 0, 5), metal=GOLD, tape=darker(cloth.color, 0.4))
    stitch(art, cloth, moved(top, 0, 12), clip=mask)
    for k in SIDES:
        art.paint(art.line(ellipse(103 * k, 164, 8), width=3), GOLD)
    tassel = [smooth((56, 212), (58 + dx, 236), (56 + dx * 1.6, 262)) for dx in (-6, -3, 0, 3, 6)]
    art.paint(art.line(*tassel, width=2.6), darker(cloth.color, 0.3))
    buttons(art, GOLD, (57, 222), radius=3.4)


def _handle(art: Canvas, cloth: Cloth, path: Path, *, width: float = 9) -> Mask:
    mask = panel(art, ribbon(path, width), cloth, round_by=4, volume=1.3)
    stitch(art, cloth, path, clip=mask, opacity=0.35)
    return mask


def _ground(art: Canvas, reach: float, y: float) -> None:
    art.shadow(ribbon(smooth((-reach, y), (reach, y)), 12), blur=6, opacity=0.45)
