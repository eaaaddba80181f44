"""Jackets: bomber, denim, biker and quilted."""

import numpy as np

from tools.demo_catalog.block import SIDES, Block, armholes, inside
from tools.demo_catalog.canvas import Canvas
from tools.demo_catalog.cloth import Cloth
from tools.demo_catalog.collars import collar
from tools.demo_catalog.masks import Mask
from tools.demo_catalog.paths import Path, flip, join, moved, polygon, ribbon, smooth
from tools.demo_catalog.sewing import panel, seam, soft_line, stitch
from tools.demo_catalog.sleeves import long_sleeve
from tools.demo_catalog.trims import buttons, ribs, zipper

NECKLINE = smooth((-30, 66), (-16, 80), (0, 88), (16, 80), (30, 66))
BACK = smooth((-30, 66), (-18, 58), (0, 55), (18, 58), (30, 66))
STEEL = (196, 198, 204)
COPPER = (186, 128, 84)


def bomber(art: Canvas, cloth: Cloth) -> None:
    """A bomber jacket: ribbed collar, cuffs and waist, a zip."""
    block = Block(shoulder=(88, 90), underarm=(84, 160), waist=(84, 240), hem=(78, 306), dip=3)
    _start(art, cloth, block)
    long_sleeve(art, cloth, block, wide=1.15, cuff="rib")
    panel(art, block.body(NECKLINE), cloth, folds=block.folds(art), round_by=14)
    armholes(art, cloth, block, stitched=True)
    upper, lower = block.edge - (0, 2), moved(block.edge * (0.94, 1), 0, 21)
    panel(art, join(upper, lower[::-1]), cloth.plain(), round_by=8)
    ribs(art, cloth, upper, lower, count=48)
    for side in SIDES:
        panel(art, flip(ribbon(smooth((66, 212), (44, 258)), 8), side), cloth, round_by=3)
        stitch(art, cloth, flip(smooth((60, 211), (38, 257)), side))
    rim = ribbon(NECKLINE - (0, 5), 17)
    panel(art, rim, cloth.plain(), round_by=6)
    count = len(NECKLINE)
    ribs(art, cloth, rim[:count], rim[count:][::-1], count=40)
    soft_line(art, smooth((6, 92), (6, 326)), width=6, opacity=0.25)
    zipper(art, smooth((0, 78), (0, 329)))


def trucker(art: Canvas, cloth: Cloth) -> None:
    """A denim jacket: yoke, two flap pockets, seams that meet in a V, metal buttons."""
    cloth = cloth.denim()
    block = Block(shoulder=(84, 86), underarm=(79, 154), waist=(73, 240), hem=(70, 304), dip=2)
    thread = (214, 160, 92)
    art.shadow(block.body(NECKLINE), opacity=0.22)
    long_sleeve(art, cloth, block, wide=1.08, cuff="band")
    body = panel(art, block.body(NECKLINE), cloth, folds=block.folds(art))
    armholes(art, cloth, block)
    stitch(art, cloth, *(flip(block.armhole - (3, 0), side) for side in SIDES), color=thread, opacity=0.8)
    yoke = smooth((-82, 130), (82, 130))
    seams = [
        yoke,
        *(flip(smooth(*points), side) for side in SIDES for points in (((24, 131), (12, 304)), ((56, 131), (34, 304)))),
    ]
    seam(art, cloth, *seams, clip=body, opacity=0.7)
    stitch(art, cloth, *(moved(path, 2.5, 1.5) for path in seams), color=thread, opacity=0.75, clip=body)
    for side in SIDES:
        _flap(art, cloth, side, thread)
    upper, lower = block.edge - (0, 1), moved(block.edge, 0, 16)
    panel(art, join(upper, lower[::-1]), cloth, round_by=6)
    stitch(art, cloth, moved(upper, 0, 3), lower - (0, 3), color=thread, opacity=0.75)
    soft_line(art, smooth((9, 92), (9, 320)), width=6, clip=body, opacity=0.25)
    panel(art, polygon((-8, 86), (8, 86), (8, 322), (-8, 322)), cloth, round_by=4, volume=0.6)
    stitch(art, cloth, smooth((-5.8, 92), (-5.8, 320)), smooth((5.8, 92), (5.8, 320)), color=thread, opacity=0.7)
    buttons(art, COPPER, *((0, y) for y in (100, 138, 180, 222, 264, 313)), radius=3.4)
    collar(art, cloth, spread=42, tip=112, meet=88)


def biker(art: Canvas, cloth: Cloth) -> None:
    """A leather jacket: wide lapels, a slanted zip, zipped pockets, a belt loop at the waist."""
    block = Block(shoulder=(82, 87), underarm=(77, 154), waist=(70, 236), hem=(73, 312), dip=3)
    _start(art, cloth, block)
    long_sleeve(art, cloth, block, wide=1.05)
    body = panel(art, block.body(NECKLINE), cloth, folds=block.folds(art), volume=1.25)
    armholes(art, cloth, block, stitched=True)
    seam(art, cloth, block.edge - (0, 20), smooth((-74, 128), (-40, 122)), clip=body)
    front = smooth((26, 100), (27, 150), (18, 230), (16, 313))
    soft_line(art, moved(front, 4, 0), width=8, clip=body, opacity=0.35)
    zipper(art, front[4:], metal=STEEL)
    for start, end in (((58, 214), (44, 256)), ((-58, 214), (-44, 256)), ((-30, 150), (-56, 168))):
        zipper(art, smooth(start, end), metal=STEEL)
    for side, inner in ((-1, 4.0), (1, 26.0)):
        lapel = join(
            smooth((26, 60), (34, 72), (40, 88)), smooth((60, 128), (50, 146)),
            smooth((50, 146), (34, 168), (inner, 190)), smooth((inner, 190), (4 if side < 0 else 22, 120), (26, 60)),
        )  # fmt: skip
        soft_line(art, flip(smooth((62, 130), (inner, 192)), side), width=9, clip=body, opacity=0.35)
        panel(art, flip(lapel, side), cloth, round_by=7, volume=1.2)
        stitch(art, cloth, flip(smooth((57, 129), (48, 143), (inner + 4, 182)), side))
        buttons(art, STEEL, (52 * side, 131), radius=2.2)
        leaf = join(
            smooth((17, 57), (24, 53), (34, 58), (42, 76)),
            smooth((54, 106), (35, 118)),
            smooth((35, 118), (27, 88), (17, 57)),
        )
        panel(art, flip(leaf, side), cloth, round_by=6, volume=1.2)
    buttons(art, STEEL, (-28, 303), (28, 303), radius=2.6)


def puffer(art: Canvas, cloth: Cloth) -> None:
    """A quilted jacket: rolls of down, a high collar, a zip."""
    block = Block(neck=(32, 66), shoulder=(90, 92), underarm=(86, 164), waist=(85, 240), hem=(82, 330), dip=4)
    _start(art, cloth, block)
    for sleeve, side in zip(long_sleeve(art, cloth, block, wide=1.3), SIDES, strict=True):
        rings = [flip(smooth((70 + k * 6, 140 + k * 29), (140, 122 + k * 29)), side) for k in range(6)]
        _quilt(art, cloth, *rings, clip=sleeve)
    outline = block.body(NECKLINE)
    bulge = np.where(outline[:, 1] > 150, 3 * np.abs(np.sin((outline[:, 1] - 118) / 31 * np.pi)), 0)
    outline[:, 0] += np.sign(outline[:, 0]) * bulge * (np.abs(outline[:, 0]) > 70)
    body = panel(art, outline, cloth, round_by=16, volume=1.2)
    armholes(art, cloth, block)
    rows = [smooth((-95, y - 3), (-45, y + 2), (0, y - 2), (45, y + 2), (95, y - 3)) for y in range(118, 330, 31)]
    _quilt(art, cloth, *rows, clip=body)
    high = join(
        smooth((-32, 72), (-34, 56), (-28, 46), (0, 50)),
        smooth((0, 50), (28, 46), (34, 56), (32, 72)),
        moved(NECKLINE[::-1], 0, 4),
    )
    inside(art, cloth, smooth((-28, 47), (0, 40), (28, 47)), smooth((-28, 47), (0, 58), (28, 47)))
    throat = panel(art, high, cloth, round_by=8)
    _quilt(art, cloth, smooth((-36, 64), (0, 74), (36, 64)), clip=throat)
    zipper(art, smooth((0, 54), (0, 333)), tape=cloth.line)


def _start(art: Canvas, cloth: Cloth, block: Block) -> None:
    art.shadow(block.body(NECKLINE), opacity=0.22)
    inside(art, cloth, BACK, NECKLINE, label=68)


def _flap(art: Canvas, cloth: Cloth, side: int, thread: tuple[float, float, float]) -> None:
    flap = join(
        smooth((26, 131), (62, 131)),
        smooth((62, 131), (61, 147)),
        smooth((61, 147), (43, 156)),
        smooth((43, 156), (27, 147)),
    )
    panel(art, flip(flap, side), cloth, round_by=4, volume=0.7)
    stitch(art, cloth, flip(smooth((29, 145), (43, 152.5), (59, 145)), side), color=thread, opacity=0.75)
    buttons(art, COPPER, (43 * side, 147), radius=2.6)


def _quilt(art: Canvas, cloth: Cloth, *rows: Path, clip: Mask | None) -> None:
    """Seams that pull the down into rolls: dark below each roll, bright above the next."""
    soft_line(art, *rows, width=9, clip=clip, opacity=0.3)
    soft_line(art, *(moved(row, 0, 9) for row in rows), width=7, clip=clip, opacity=0.16, color=(255, 255, 255))
    seam(art, cloth, *rows, clip=clip, opacity=0.8)
