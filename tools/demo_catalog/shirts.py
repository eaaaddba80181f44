"""Buttoned shirts: long or short sleeved, with a folded or a band collar."""

from typing import Literal

from tools.demo_catalog.block import Block, armholes, hem_stitches, inside
from tools.demo_catalog.canvas import Canvas
from tools.demo_catalog.cloth import Cloth
from tools.demo_catalog.collars import collar
from tools.demo_catalog.paths import join, polygon, ribbon, smooth
from tools.demo_catalog.sewing import panel, seam, soft_line, stitch
from tools.demo_catalog.sleeves import long_sleeve, short_sleeve
from tools.demo_catalog.trims import buttons

NECKLINE = smooth((-28, 64), (-15, 78), (0, 86), (15, 78), (28, 64))


def shirt(
    art: Canvas,
    cloth: Cloth,
    *,
    sleeve: Literal["long", "short"] = "long",
    neck: Literal["leaf", "band"] = "leaf",
    pockets: int = 1,
) -> None:
    """A shirt, buttoned up and laid flat; its hem is curved."""
    block = Block(neck=(28, 64), shoulder=(80, 85), underarm=(75, 150), waist=(70, 232), hem=(74, 326), dip=22)
    art.shadow(block.body(NECKLINE), opacity=0.22)
    if sleeve == "long":
        long_sleeve(art, cloth, block, cuff="band", wide=1.04)
    else:
        short_sleeve(art, cloth, block)
    body = panel(art, block.body(NECKLINE), cloth, folds=block.folds(art))
    seam(art, cloth, smooth((36, 76), (78, 100)), smooth((-36, 76), (-78, 100)), clip=body, opacity=0.4)
    armholes(art, cloth, block, stitched=True)
    hem_stitches(art, cloth, block, insets=(6,))
    soft_line(art, smooth((8, 90), (8, 344)), width=5, clip=body, opacity=0.22)
    panel(art, polygon((-7, 84), (7, 84), (7, 347), (-7, 347)), cloth, round_by=4, volume=0.5, edge=0.4)
    stitch(art, cloth, smooth((-5, 92), (-5, 344)), smooth((5, 92), (5, 344)), opacity=0.35)
    buttons(art, cloth.button, *((0, y) for y in range(112, 330, 36)), radius=2.7)
    for side in (1, -1)[:pockets]:
        _pocket(art, cloth, 39 * side)
    if neck == "leaf":
        collar(art, cloth, spread=35, tip=110, meet=86)
        buttons(art, cloth.button, (0, 91.5), radius=2.7)
    else:
        back = smooth((-28, 64), (-18, 56), (0, 53), (18, 56), (28, 64))
        inside(art, cloth, back, NECKLINE, label=64)
        panel(art, ribbon(NECKLINE, 13), cloth.plain(), round_by=5)
        seam(art, cloth, smooth((0.5, 79), (0.5, 93)))
        buttons(art, cloth.button, (0, 86), radius=2.5)


def _pocket(art: Canvas, cloth: Cloth, x: float) -> None:
    bag = join(
        smooth((x - 17, 134), (x + 17, 134)), smooth((x + 17, 134), (x + 16, 166)), smooth((x, 175), (x - 16, 166))
    )
    panel(art, bag, cloth, round_by=5, volume=0.45)
    stitch(art, cloth, smooth((x - 16, 140), (x + 16, 140)), opacity=0.4)
