"""The basic block of everything worn above the waist: body, armholes, hem, and the folds that fall from them."""

from dataclasses import dataclass

from tools.demo_catalog.canvas import Canvas
from tools.demo_catalog.cloth import Cloth
from tools.demo_catalog.masks import Mask
from tools.demo_catalog.paths import Path, Point, flip, join, moved, ribbon, smooth
from tools.demo_catalog.sewing import Fold, panel, seam, soft_line, stitch

SIDES = (1, -1)


@dataclass(frozen=True)
class Block:
    """Half widths and heights, in pixels."""

    neck: Point = (30, 66)
    shoulder: Point = (82, 85)
    underarm: Point = (76, 152)
    waist: Point = (73, 240)
    hem: Point = (76, 338)
    dip: float = 6  # how much lower the hem is in the middle

    @property
    def armhole(self) -> Path:
        """From the shoulder to the underarm, on the right."""
        (x, y), (under_x, under_y) = self.shoulder, self.underarm
        return smooth((x, y), (min(x, under_x) - 3, (y + under_y) / 2 + 4), (under_x, under_y))

    @property
    def edge(self) -> Path:
        """The hem, from right to left."""
        x, y = self.hem
        return smooth((x, y), (x * 0.5, y + self.dip * 0.8), (0, y + self.dip), (-x * 0.5, y + self.dip * 0.8), (-x, y))

    def body(self, neckline: Path) -> Path:
        """The outline of the front below a neckline that runs from left to right."""
        right = join(self.armhole, smooth(self.underarm, self.waist, self.hem))
        return join(neckline, right, self.edge, flip(right)[::-1])

    def folds(self, art: Canvas) -> list[Fold]:
        """What the cloth of the body does, a little different on every product."""
        rng, (x, y), (_, low) = art.rng, self.underarm, self.hem
        folds: list[Fold] = []
        for side in SIDES:
            a, b = rng.uniform(-8, 8), rng.uniform(-6, 10)
            folds.append(
                (flip(smooth((x + 2, y - 4), (x - 22, y + 26 + a), (x - 42, y + 40 + b)), side)[::-1], 7, 0.42)
            )
            folds.append(
                (flip(smooth((x + 2, y + 10), (x - 14, y + 52 + a), (x - 22, y + 96 + b)), side)[::-1], 8, 0.34)
            )
            at = x * 0.55 + a
            folds.append((flip(smooth((at - 4, low - 96 + b), (at + 2, low - 46), (at + 1, low + 4)), side), 10, 0.36))
        at = rng.uniform(-14, 14)
        folds.append((smooth((at, low - 80), (at + 3, low - 40), (at + 1, low + 8)), 9, 0.28))
        return folds


def armholes(art: Canvas, cloth: Cloth, block: Block, *, stitched: bool = False) -> None:
    """The seams where the sleeves are set in, with the shadow the body throws on them."""
    seam(art, cloth, *(flip(block.armhole, side) for side in SIDES), width=1.2, opacity=0.75)
    if stitched:
        stitch(art, cloth, *(flip(block.armhole - (2.5, 0), side) for side in SIDES), opacity=0.45)


def hem_stitches(art: Canvas, cloth: Cloth, block: Block, *, insets: tuple[float, ...] = (7, 9.5)) -> None:
    """The rows of stitches along the lower edge."""
    stitch(art, cloth, *(block.edge * (0.99, 1) - (0, inset) for inset in insets))


def inside(art: Canvas, cloth: Cloth, back: Path, neckline: Path, *, label: float | None = None) -> Mask:
    """The inside of the back, seen through the neck, with the maker's label at a height if there is one."""
    mask = panel(art, join(back, neckline[::-1]), cloth.plain().shaded(0.34), round_by=6, edge=0.3)
    soft_line(art, moved(back, 0, 2), width=9, clip=mask, opacity=0.25)
    if label is not None:
        tag = ribbon(smooth((-9, label), (9, label)), 8)
        art.paint(art.shape(tag).within(mask), (236, 236, 232))
        art.paint(art.line(smooth((-5, label), (5, label)), width=1.3).within(mask), (120, 120, 126))
    return mask
