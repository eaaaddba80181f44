"""The basic block of everything with two legs: cuts, legs with their folds, fly, waistband."""

from dataclasses import dataclass

from tools.demo_catalog.canvas import Canvas
from tools.demo_catalog.cloth import Cloth
from tools.demo_catalog.masks import Mask
from tools.demo_catalog.palette import Color
from tools.demo_catalog.paths import Path, Point, flip, join, moved, ribbon, smooth
from tools.demo_catalog.sewing import Fold, panel, seam, stitch

WAIST = smooth((-47, 48), (0, 53), (47, 48))


@dataclass(frozen=True)
class Legs:
    """The outer seam from the hip, and the hem's inner end, of the right leg."""

    outer: tuple[Point, ...]
    inner: Point
    crotch: float = 146

    @property
    def hem(self) -> Path:
        """From the outer to the inner seam."""
        (x, y), (inner_x, inner_y) = self.outer[-1], self.inner
        return smooth((x, y), ((x + inner_x) / 2, (y + inner_y) / 2 + 2), (inner_x, inner_y))

    @property
    def right(self) -> Path:
        """The outline of the right leg with its half of the seat."""
        low = self.inner[1] - self.crotch
        inseam = smooth(self.inner, (self.inner[0] * 0.72, self.crotch + low * 0.5), (1, self.crotch))
        return join(smooth((0, 53), (47, 48)), smooth((47, 48), *self.outer), self.hem, inseam)


CUTS: dict[str, Legs] = {
    "slim": Legs(((57, 92), (60, 140), (56, 220), (52, 290), (46, 362)), (20, 366)),
    "straight": Legs(((57, 92), (62, 140), (63, 220), (62, 290), (60, 362)), (20, 366)),
    "flared": Legs(((56, 92), (58, 140), (53, 210), (55, 270), (76, 362)), (22, 367)),
    "loose": Legs(((59, 92), (67, 140), (68, 220), (62, 300), (46, 352)), (20, 356)),
    "knee": Legs(((58, 92), (66, 140), (70, 196), (72, 236)), (8, 242)),
    "brief": Legs(((58, 92), (68, 130), (78, 186), (82, 202)), (7, 211), crotch=150),
}


def both_legs(art: Canvas, cloth: Cloth, legs: Legs) -> tuple[Mask, Mask]:
    """Both legs, the right one over the left; where they lie."""
    rng, low, crotch = art.rng, legs.inner[1], legs.crotch
    art.shadow(join(legs.right, flip(legs.right)[::-1]), opacity=0.22)
    back = join(smooth((-47, 48), (0, 43), (47, 48)), WAIST[::-1])
    panel(art, back, cloth.plain().shaded(0.35), round_by=4)
    masks = []
    for side in (-1, 1):
        a, b = rng.uniform(-8, 8), rng.uniform(-10, 10)
        folds: list[Fold] = [
            (flip(smooth((3, crotch - 4), (22, crotch + 12 + a), (48, crotch + 14)), side)[::-1], 6, 0.5),
            (flip(smooth((4, crotch + 8), (22, crotch + 34 + a), (40, crotch + 44)), side)[::-1], 6, 0.4),
            (flip(smooth((2, crotch - 16), (20, crotch - 22 + b), (40, crotch - 30)), side)[::-1], 6, 0.35),
        ]
        if low > 300:
            knee = crotch + (low - crotch) * 0.5 + b
            folds += [
                (flip(smooth((14, knee), (30, knee + 7), (46, knee + 3)), side)[::-1], 6, 0.4),
                (flip(smooth((54, knee + 16), (38, knee + 24), (26, knee + 20)), side)[::-1], 6, 0.35),
                (flip(smooth((40, low - 96), (37, low - 50 + a), (36, low - 8)), side), 8, 0.3),
                (flip(smooth((20, low - 20), (34, low - 12), (46, low - 18)), side)[::-1], 6, 0.35),
            ]
        else:
            folds.append((flip(smooth((44, low - 60), (46, low - 30 + a), (44, low)), side), 9, 0.35))
        masks.append(panel(art, flip(legs.right, side), cloth, angle=-3 * side, folds=folds))
    return masks[0], masks[1]


def fly(art: Canvas, cloth: Cloth, *, thread: Color | None = None) -> None:
    """The fly."""
    seam(art, cloth, smooth((0, 62), (1, 146)), width=1.3, opacity=0.8)
    stitch(art, cloth, smooth((12, 62), (12, 104), (8, 118), (1, 124)), color=thread, opacity=0.7)


def waistband(art: Canvas, cloth: Cloth, *, loops: bool, thread: Color | None = None) -> Mask:
    """The waistband, with belt loops and a button tab or without; where it lies."""
    outline = join(WAIST - (0, 2), smooth((49, 63), (0, 68), (-49, 63)))
    mask = panel(art, outline, cloth, round_by=5)
    lower = smooth((-48, 63), (0, 67), (48, 63))
    stitch(art, cloth, moved(WAIST, 0, 1.5), lower - (0, 2.5), color=thread, opacity=0.65)
    if loops:
        seam(art, cloth, smooth((4, 50), (4, 67)), opacity=0.6)
        for x in (-36, -16, 16, 36):
            panel(art, ribbon(smooth((x, 47), (x, 69)), 5), cloth, round_by=2)
    return mask
