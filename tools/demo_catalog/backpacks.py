"""Backpacks: day pack, rucksack."""

from tools.demo_catalog.block import SIDES
from tools.demo_catalog.canvas import Canvas
from tools.demo_catalog.cloth import Cloth
from tools.demo_catalog.palette import darker
from tools.demo_catalog.paths import Path, flip, join, mirrored, moved, ribbon, rounded, smooth
from tools.demo_catalog.sewing import panel, seam, soft_line, stitch
from tools.demo_catalog.trims import zipper


def day_pack(art: Canvas, cloth: Cloth) -> None:
    """A backpack with two zipped compartments and a front pocket."""
    half = smooth((0, 76), (46, 80), (80, 112), (92, 180), (96, 270), (92, 326), (76, 344), (0, 346))
    _pack(art, cloth, mirrored(half))
    mask = panel(
        art,
        mirrored(half),
        cloth,
        round_by=16,
        folds=[(flip(smooth((74, 130), (82, 200), (80, 300)), k), 9.0, 0.25) for k in SIDES],
    )
    arch = smooth((-84, 210), (-74, 136), (-42, 100), (0, 94), (42, 100), (74, 136), (84, 210))
    soft_line(art, moved(arch, 0, 5), width=9, opacity=0.25, clip=mask)
    zipper(art, arch, tape=darker(cloth.color, 0.45))
    pocket = mirrored(smooth((0, 214), (56, 216), (72, 232), (76, 300), (68, 326), (0, 330)))
    soft_line(art, moved(pocket, 0, 3), width=10, opacity=0.3, clip=mask)
    front = panel(art, pocket, cloth, round_by=13, volume=1.1)
    zipper(art, smooth((-66, 240), (-40, 234), (0, 232), (40, 234), (66, 240)), tape=darker(cloth.color, 0.45))
    stitch(art, cloth, mirrored(smooth((0, 324), (64, 320), (70, 300), (69, 246))), clip=front)
    panel(art, rounded(-20, 150, 20, 172, 4), cloth.dyed(cloth.accent), round_by=3)
    seam(art, cloth.dyed(cloth.accent), smooth((-12, 158), (12, 158)), smooth((-8, 164), (8, 164)), width=1.6)


def rucksack(art: Canvas, cloth: Cloth) -> None:
    """A backpack with a flap held down by two leather straps."""
    half = smooth((0, 104), (64, 106), (86, 130), (94, 210), (96, 300), (90, 336), (70, 346), (0, 348))
    _pack(art, cloth, mirrored(half))
    for k in SIDES:
        panel(
            art,
            flip(smooth((84, 226), (108, 232), (112, 290), (106, 326), (84, 330), closed=True), k),
            cloth,
            round_by=10,
        )
    mask = panel(art, mirrored(half), cloth, round_by=15)
    pocket = mirrored(smooth((0, 246), (58, 247), (68, 262), (70, 312), (62, 330), (0, 333)))
    soft_line(art, moved(pocket, 0, 3), width=9, opacity=0.3, clip=mask)
    panel(art, pocket, cloth, round_by=12)
    stitch(art, cloth, mirrored(smooth((0, 327), (58, 324), (64, 308), (63, 252))), opacity=0.5)
    flap = mirrored(
        join(
            smooth((0, 84), (58, 88), (84, 110)),
            smooth((84, 110), (92, 150), (94, 196)),
            smooth((94, 196), (82, 220), (0, 226)),
        )
    )
    soft_line(art, smooth((-90, 206), (0, 232), (90, 206)), width=14, opacity=0.4, clip=mask)
    cover = panel(
        art, flap, cloth, round_by=15, volume=1.1, folds=[(smooth((-60, 130), (0, 142), (60, 130)), 9.0, 0.2)]
    )
    stitch(art, cloth, mirrored(smooth((0, 220), (79, 214), (88, 194), (84, 140))), clip=cover)
    leather = Cloth((142, 94, 58), (142, 94, 58), gloss=0.4)
    for x in (-42, 42):
        panel(art, rounded(x - 7, 176, x + 7, 292, 5), leather, round_by=4, volume=1.2)
        stitch(art, leather, smooth((x - 4.5, 180), (x - 4.5, 288)), smooth((x + 4.5, 180), (x + 4.5, 288)))
        art.paint(art.line(rounded(x - 10, 246, x + 10, 266, 3), width=2.8), (206, 208, 212))
        art.paint(art.line(smooth((x, 246), (x, 262)), width=2.2), (170, 172, 178))


def _pack(art: Canvas, cloth: Cloth, body: Path) -> None:
    """What a backpack shows behind its body: shadow, shoulder straps, the loop to hang it by."""
    art.shadow(ribbon(smooth((-88, 344), (88, 344)), 12), blur=6, opacity=0.45)
    for k in SIDES:
        strap = flip(smooth((44, 100), (92, 128), (112, 200), (104, 280), (88, 322)), k)
        panel(art, ribbon(strap, 15, 9), cloth.shaded(0.35), round_by=5)
    loop = smooth((-20, 92), (-20, 62), (0, 54), (20, 62), (20, 92))
    panel(art, ribbon(loop, 9), cloth.shaded(0.2), round_by=4)
    art.shadow(body, opacity=0.2)
