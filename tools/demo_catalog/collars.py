"""Collars with two leaves, as on shirts, polos and denim jackets."""

from tools.demo_catalog.block import SIDES, inside
from tools.demo_catalog.canvas import Canvas
from tools.demo_catalog.cloth import Cloth
from tools.demo_catalog.paths import Path, flip, join, moved, smooth
from tools.demo_catalog.sewing import panel, soft_line, stitch


def collar(
    art: Canvas, cloth: Cloth, *, spread: float, tip: float, meet: float, top: float = 50, inner: Cloth | None = None
) -> None:
    """A collar folded down around the neck: `spread` and `tip` place its points, `meet` is where the leaves begin."""
    back = smooth((-29, 62), (-20, 53), (0, top), (20, 53), (29, 62))
    opening = smooth((-29, 62), (-17, 74), (0, meet), (17, 74), (29, 62))
    inside(art, inner or cloth, back, opening, label=67 if meet > 80 else None)
    for side in SIDES:
        leaf = _leaf(spread, tip, meet)
        shadow = art.shape(moved(flip(leaf, side), 0.0, 3.0))
        soft_line(art, flip(smooth((34, 68), (spread, tip), (1, meet)), side), width=9, clip=shadow, opacity=0.35)
        panel(art, flip(leaf, side), cloth, angle=18 * side, round_by=6)
        edge = join(smooth((33.5, 70), (spread - 3.2, tip - 5.5)), smooth((spread - 3.2, tip - 5.5), (4, meet - 0.5)))
        stitch(art, cloth, flip(edge, side), opacity=0.4)


def _leaf(spread: float, tip: float, meet: float) -> Path:
    fold = smooth((1, meet), (14, 72), (23, 60), (24, 53))
    outer = smooth((24, 53), (33, 58), (36.5, 68))
    return join(
        fold,
        outer,
        smooth((36.5, 68), (spread, tip)),
        smooth((spread, tip), (spread * 0.45, meet + (tip - meet) * 0.42), (1, meet)),
    )
