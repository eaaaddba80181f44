"""Sleeves, short and long, and their cuffs."""

from tools.demo_catalog.block import SIDES, Block
from tools.demo_catalog.canvas import Canvas
from tools.demo_catalog.cloth import Cloth
from tools.demo_catalog.masks import Mask
from tools.demo_catalog.paths import Path, between, flip, join, moved, smooth
from tools.demo_catalog.sewing import panel, stitch
from tools.demo_catalog.trims import ribs


def short_sleeve(art: Canvas, cloth: Cloth, block: Block, *, length: float = 1.0) -> None:
    """Both short sleeves, with a stitched hem."""
    x, y = block.shoulder
    under_x, under_y = block.underarm
    out, hem = (x + 50 * length, y + 80 * length), (under_x + 27 * length, under_y + 33 * length)
    middle = ((out[0] + hem[0]) / 2 + 1.5, (out[1] + hem[1]) / 2 + 2)
    top = smooth((x - 14, y - 3), (x + 1, y + 0.5), (x + 31 * length, y + 38 * length), out)
    under = smooth(hem, (under_x + 13 * length, under_y + 12 * length), (under_x - 12, under_y - 12))
    edge = smooth(out, middle, hem)
    for side in SIDES:
        a = art.rng.uniform(-6, 6)
        folds = [
            (
                flip(smooth((under_x - 2, under_y - 20), (x + 8, y + 52 + a), (x + 26, y + 56 + a)), side)[::-1],
                6.0,
                0.4,
            ),
            (flip(smooth((x + 2, y + 22), (x + 20, y + 50 + a), (x + 28, y + 76)), side), 7.0, 0.3),
        ]
        panel(art, flip(join(top, edge, under), side), cloth, angle=-28 * side, round_by=8, folds=folds)
        stitch(art, cloth, *(flip(moved(edge, -inset * 0.5, -inset * 0.87), side) for inset in (6, 8.5)))


def long_sleeve(
    art: Canvas, cloth: Cloth, block: Block, *, length: float = 1.0, wide: float = 1.0, cuff: str = "hem"
) -> list[Mask]:
    """Both long sleeves; the cuff is a "hem", "rib" or "band". Gives where the sleeves lie, right one first."""
    x, y = block.shoulder
    under_x, under_y = block.underarm
    end_y = y + 214 * length
    out, inner = (x + 43, end_y - 3), (x + 43 - 25 * wide, end_y + 4)
    outer = smooth((x - 14, y - 3), (x + 1, y + 0.5), (x + 19 + 4 * wide, y + 62), (x + 35, y + 140), out)
    back = smooth(inner, (under_x + 16, under_y + 66), (under_x - 10, under_y - 18))
    edge = smooth(out, ((out[0] + inner[0]) / 2, end_y + 2.5), inner)
    masks = []
    for side in SIDES:
        a = art.rng.uniform(-9, 9)
        folds = [
            (
                flip(smooth((under_x + 2, under_y - 10), (x + 10, y + 58 + a), (x + 22, y + 52 + a)), side)[::-1],
                8.0,
                0.42,
            ),
            (
                flip(smooth((under_x + 9, y + 118 + a), (x + 14, y + 128 + a), (x + 30, y + 120 + a)), side)[::-1],
                7.0,
                0.5,
            ),
            (flip(smooth((under_x + 14, y + 150 + a), (x + 22, y + 146 + a), (x + 35, y + 150 + a)), side), 6.0, 0.42),
            (flip(smooth((x + 8, y + 30), (x + 20, y + 90), (x + 24, y + 140 + a)), side), 7.0, 0.25),
        ]
        masks.append(panel(art, flip(join(outer, edge, back), side), cloth, angle=-13 * side, round_by=8, folds=folds))
        _cuff(art, flip(edge, side), cuff, cloth, side)
    return masks


def _cuff(art: Canvas, edge: Path, kind: str, cloth: Cloth, side: int) -> None:
    up = (-2.6 * side, -15.0)
    if kind == "hem":
        stitch(art, cloth, *(moved(edge, up[0] * inset, up[1] * inset) for inset in (0.45, 0.6)))
    elif kind == "band":
        upper, lower = moved(between(edge, edge[::-1], 0.03), up[0] * 1.2, up[1] * 1.2), moved(edge, 0, 1.5)
        panel(art, join(upper, lower[::-1]), cloth, angle=-13 * side, round_by=5)
        stitch(art, cloth, between(lower, upper, 0.14), between(lower, upper, 0.86), opacity=0.4)
    else:
        upper, lower = between(edge, edge[::-1], 0.04) - (0, 2), moved(between(edge, edge[::-1], 0.1), 1.5 * side, 13)
        panel(art, join(upper, lower[::-1]), cloth.plain(), round_by=6)
        ribs(art, cloth, upper, lower, count=9)
