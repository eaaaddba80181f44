"""Sweatshirts: the hoodie, with or without a zip, and the crew neck."""

from tools.demo_catalog.block import SIDES, Block, armholes, inside
from tools.demo_catalog.canvas import Canvas
from tools.demo_catalog.cloth import Cloth
from tools.demo_catalog.palette import lighter, luminance
from tools.demo_catalog.paths import Path, between, flip, join, mirrored, moved, ribbon, smooth
from tools.demo_catalog.sewing import panel, seam, soft_line, stitch
from tools.demo_catalog.sleeves import long_sleeve
from tools.demo_catalog.tees import chest_print
from tools.demo_catalog.trims import ribs, zipper

BLOCK = Block(neck=(32, 68), shoulder=(86, 90), underarm=(82, 160), waist=(80, 240), hem=(78, 322), dip=4)
BACK = smooth((-31, 67), (-16, 71), (0, 72), (16, 71), (31, 67))
CREW = smooth((-31, 67), (-25, 82), (-13, 92), (0, 95), (13, 92), (25, 82), (31, 67))


def sweatshirt(art: Canvas, cloth: Cloth) -> None:
    """A crew neck sweatshirt with a knitted V below the collar."""
    art.shadow(BLOCK.body(CREW), opacity=0.22)
    inside(art, cloth, BACK, CREW, label=81)
    panel(art, ribbon(BACK - (0, 0.5), 6), cloth.plain(), round_by=4)
    _body(art, cloth, CREW)
    if cloth.pattern == "print":
        chest_print(art, cloth, 0, 178)
    seam(art, cloth, smooth((-13, 92), (0, 113), (13, 92)), opacity=0.5)
    rim = ribbon(CREW, 9)
    panel(art, rim, cloth.plain(), round_by=4)
    half = len(CREW)
    ribs(art, cloth, rim[:half], rim[half:][::-1], count=44, opacity=0.25)


def hoodie(art: Canvas, cloth: Cloth, *, zipped: bool = False) -> None:
    """A hoodie: hood, drawstrings, kangaroo pocket; zipped down the front or not."""
    neckline = smooth((-34, 70), (-20, 92), (0, 104), (20, 92), (34, 70))
    art.shadow(BLOCK.body(neckline), opacity=0.22)
    hood = mirrored(smooth((0, 26), (24, 30), (43, 48), (49, 74), (38, 96), (18, 110), (0, 118)))
    panel(art, hood, cloth.plain().shaded(0.1), round_by=9)
    _body(art, cloth, neckline)
    _pocket(art, cloth, split=zipped)
    if cloth.pattern == "print":
        chest_print(art, cloth, 0, 182)
    if zipped:
        zipper(art, smooth((0, 112), (0, 336)), tape=cloth.line)
    front = panel(art, hood, cloth.plain(), round_by=9)
    opening = mirrored(smooth((0, 44), (20, 50), (28, 70), (18, 94), (0, 108)))
    soft_line(art, opening, width=10, clip=front, opacity=0.25)
    hole = panel(art, opening, cloth.plain().shaded(0.4), round_by=9, edge=0.6)
    seam(art, cloth.shaded(0.4), smooth((0, 44), (0, 72)), opacity=0.5)
    soft_line(art, smooth((-24, 66), (0, 80), (24, 66)), width=16, clip=hole, opacity=0.3)
    stitch(art, cloth, mirrored(smooth((0, 37), (25, 44), (35, 69), (23, 97), (0, 114))), opacity=0.45)
    seam(art, cloth, smooth((0, 107), (0, 118)))
    _strings(art, cloth)


def _body(art: Canvas, cloth: Cloth, neckline: Path) -> None:
    long_sleeve(art, cloth, BLOCK, wide=1.12, cuff="rib")
    panel(art, BLOCK.body(neckline), cloth, folds=BLOCK.folds(art), round_by=13)
    armholes(art, cloth, BLOCK, stitched=True)
    upper = BLOCK.edge - (0, 2)
    lower = moved(BLOCK.edge * (0.95, 1), 0, 14)
    panel(art, join(upper, lower[::-1]), cloth.plain(), round_by=7)
    ribs(art, cloth, upper, lower, count=46, opacity=0.3)


def _pocket(art: Canvas, cloth: Cloth, *, split: bool) -> None:
    half = join(
        smooth((0, 246), (32, 246)), smooth((32, 246), (40, 258), (56, 290)), smooth((56, 290), (57, 319), (0, 321))
    )
    mask = panel(art, mirrored(half), cloth, round_by=6, volume=0.5)
    mouths = [flip(smooth((32, 247), (40, 259), (56, 291)), side) for side in SIDES]
    soft_line(art, *mouths, width=6, clip=mask, opacity=0.22)
    stitch(
        art,
        cloth,
        *(between(mouth, moved(mouth, -4.5 * side, 1), 1) for mouth, side in zip(mouths, SIDES, strict=True)),
    )
    if not split:
        stitch(art, cloth, smooth((-31, 249), (31, 249)), opacity=0.4)


def _strings(art: Canvas, cloth: Cloth) -> None:
    cord = (240, 240, 236) if luminance(cloth.color) < 200 else (150, 152, 158)
    art.paint(art.shape(*(ribbon(smooth((x - 1.6, 101), (x + 1.6, 101)), 3.4) for x in (-15, 15))), (150, 152, 156))
    strings = [flip(smooth((15, 101), (18, 122), (15, 142), (17, 160 - 5 * (side + 1))), side) for side in SIDES]
    art.paint(art.line(*(moved(path, 1.2, 1.5) for path in strings), width=2.8), (0, 0, 10), 0.25)
    art.paint(art.line(*strings, width=2.4), cord)
    art.paint(art.line(*(path[-6:] for path in strings), width=3.2), lighter(cloth.line, 0.1))
