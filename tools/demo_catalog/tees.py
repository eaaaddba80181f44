"""T-shirts: crew neck, V-neck, long sleeved, polo."""

from typing import Literal

from tools.demo_catalog.block import Block, armholes, hem_stitches, inside
from tools.demo_catalog.canvas import Canvas
from tools.demo_catalog.cloth import Cloth
from tools.demo_catalog.collars import collar
from tools.demo_catalog.motifs import MOTIFS
from tools.demo_catalog.palette import COLORS, Color, luminance
from tools.demo_catalog.paths import Path, between, polygon, ribbon, smooth
from tools.demo_catalog.sewing import panel, seam, stitch
from tools.demo_catalog.sleeves import long_sleeve, short_sleeve
from tools.demo_catalog.trims import buttons, ribs

BACK = smooth((-30, 66), (-16, 71), (0, 72.5), (16, 71), (30, 66))
NECKLINES: dict[str, Path] = {
    "crew": smooth((-30, 66), (-25, 80), (-13, 91), (0, 94), (13, 91), (25, 80), (30, 66)),
    "v": smooth((-30, 66), (-24, 82), (-13, 102), (0, 122)),
}


def tee(
    art: Canvas, cloth: Cloth, *, neck: Literal["crew", "v"] = "crew", sleeve: Literal["short", "long"] = "short"
) -> None:
    """A T-shirt, laid flat."""
    block = Block()
    neckline = NECKLINES[neck]
    if neck == "v":
        neckline = _there_and_back(neckline)
    art.shadow(block.body(neckline), opacity=0.22)
    inside(art, cloth, BACK, neckline, label=80)
    _band(art, cloth, BACK - (0, 0.5), 5)
    if sleeve == "short":
        short_sleeve(art, cloth, block)
    else:
        long_sleeve(art, cloth, block)
    panel(art, block.body(neckline), cloth, folds=block.folds(art))
    if cloth.pattern == "print":
        chest_print(art, cloth, 0, 176 if neck == "v" else 168)
    armholes(art, cloth, block)
    hem_stitches(art, cloth, block)
    if neck == "v":
        for half in (neckline[: len(neckline) // 2], neckline[len(neckline) // 2 :]):
            _band(art, cloth, half, 7)
        seam(art, cloth, smooth((0, 117), (0, 126)))
    else:
        _band(art, cloth, neckline, 7.5)


def polo(art: Canvas, cloth: Cloth) -> None:
    """A polo shirt: a knit collar and a short placket with buttons."""
    block = Block(neck=(28, 64))
    neckline = smooth((-28, 64), (-15, 78), (0, 86), (15, 78), (28, 64))
    art.shadow(block.body(neckline), opacity=0.22)
    short_sleeve(art, cloth, block)
    panel(art, block.body(neckline), cloth, folds=block.folds(art))
    armholes(art, cloth, block)
    hem_stitches(art, cloth, block)
    panel(art, polygon((-7.5, 82), (7.5, 82), (7.5, 150), (-7.5, 150)), cloth.plain(), round_by=4)
    rows = [smooth((x, 88), (x, 148)) for x in (-5.8, 5.8)] + [smooth((-5.8, 143), (5.8, 143))]
    stitch(art, cloth, *rows, opacity=0.4)
    buttons(art, cloth.button, (0, 102), (0, 127))
    collar(art, cloth.plain(), spread=34, tip=108, meet=86)


def chest_print(art: Canvas, cloth: Cloth, x: float, y: float) -> None:
    """One of the motifs, in inks that show on this cloth."""
    dark = luminance(cloth.color) < 120
    inks: tuple[Color, ...] = tuple(
        COLORS[name]
        for name in (
            ("White", "Yellow", "Orange", "Turquoise Blue") if dark else ("Navy Blue", "Red", "Teal", "Orange")
        )
    )
    first, second = art.rng.sample(inks, 2)
    if abs(luminance(first) - luminance(cloth.color)) < 40:
        first = COLORS["White" if dark else "Navy Blue"]
    art.rng.choice(MOTIFS)(art, x, y, first, second)


def _band(art: Canvas, cloth: Cloth, path: Path, width: float) -> None:
    outline = ribbon(path, width)
    panel(art, outline, cloth.plain(), round_by=4)
    upper, lower = outline[: len(path)], outline[len(path) :][::-1]
    ribs(art, cloth, between(upper, lower, 0.12), between(upper, lower, 0.88), count=len(path) // 3 + 14, opacity=0.22)


def _there_and_back(left: Path) -> Path:
    """The whole neckline from its left half."""
    right = (left * (-1, 1))[::-1]
    return polygon(*map(tuple, left), *map(tuple, right))
