"""The parts of a sneaker from the side, the toe to the left."""

from itertools import pairwise

from tools.demo_catalog.canvas import Canvas
from tools.demo_catalog.cloth import Cloth
from tools.demo_catalog.masks import Mask
from tools.demo_catalog.palette import Color, luminance
from tools.demo_catalog.paths import Path, Point, join, moved, smooth
from tools.demo_catalog.sewing import panel, soft_line, stitch
from tools.demo_catalog.trims import buttons

TOE = smooth((-122, 250), (-126, 237), (-114, 222), (-88, 212), (-56, 201))


def upper(throat: Path, collar: Path) -> Path:
    """The outline of the upper: toe, throat (where the laces are), collar (around the ankle), heel."""
    x, y = collar[-1].tolist()
    back = smooth((x, y), (x + 8, y + 8), (112, (y + 250) / 2), (118, 224), (119, 252))
    return join(TOE, throat, collar, back)


def shell(art: Canvas, cloth: Cloth, throat: Path, collar: Path, tongue: Point) -> Mask:
    """Lining, tongue and upper; gives where the upper lies."""
    x, y = tongue
    lining(art, cloth, collar, (x + 22, y + 14))
    flap = join(moved(throat, -5, -3), smooth((x - 8, y + 8), (x - 1, y), (x + 12, y + 6)), moved(throat[::-1], 14, 8))
    panel(art, flap, cloth.tinted(0.08), round_by=6)
    folds = [
        (smooth((-62, 238), (-50, 224), (-32, 216)), 7.0, 0.3),
        (smooth((30, 192), (50, 203), (76, 200)), 8.0, 0.25),
    ]
    mask = panel(art, upper(throat, collar), cloth, round_by=14, folds=folds)
    rim(art, cloth, collar)
    return mask


def lining(art: Canvas, cloth: Cloth, collar: Path, peak: Point) -> None:
    """The inside of the far side, seen over the collar."""
    (x, y), (end_x, end_y) = collar[0].tolist(), collar[-1].tolist()
    far = smooth((x, y), peak, ((peak[0] + end_x) / 2, max(peak[1], end_y) + 6), (end_x, end_y))
    panel(art, join(far, collar[::-1]), cloth.shaded(0.42), round_by=6)


def rim(art: Canvas, cloth: Cloth, collar: Path) -> None:
    """The padded edge around the ankle."""
    soft_line(art, moved(collar, 0, 5), width=7, opacity=0.16, color=(255, 255, 255))
    stitch(art, cloth, moved(collar[2:-2], 0, 9), opacity=0.45)


def heel_piece(art: Canvas, cloth: Cloth, mask: Mask, top: Point) -> None:
    """The piece around the heel; its front upper corner is given."""
    x, y = top
    counter = join(smooth((x, y), (x - 8, 200), (x - 2, 252)), smooth((124, 252), (124, y - 20), (x, y)))
    panel(art, counter, cloth.shaded(0.12), round_by=8, clip=mask)
    stitch(art, cloth, smooth((x + 4, y), (x - 4, 200), (x + 2, 252)), clip=mask)


def laces(art: Canvas, cloth: Cloth, throat: Path) -> None:
    """Five crossings over the tongue, and the bow."""
    light = luminance(cloth.color) < 215
    cord: Color = (246, 246, 243) if light else (214, 214, 212)
    places = [throat[round(share * (len(throat) - 1))] for share in (0.08, 0.29, 0.5, 0.71, 0.92)]
    buttons(art, (120, 122, 128), *((x + 9.0, y + 8.0) for x, y in places), radius=1.9)
    rows = [smooth((x + 9, y + 8), (x + 1, y - 1), (x - 7, y - 3)) for x, y in places]
    rows += [smooth((a[0] + 9, a[1] + 8), (b[0] - 7, b[1] - 3)) for a, b in pairwise(places)]
    x, y = places[-1]
    bow = [
        smooth((x - 2, y), (x + 16, y - 8), (x + 28, y + 6), (x + 12, y + 8), (x - 2, y)),
        smooth((x - 2, y), (x + 8, y + 14), (x + 13, y + 27)),
    ]
    for path_set, width in ((rows, 3.4), (bow, 3.0)):
        art.paint(art.line(*(moved(path, 0.8, 1.4) for path in path_set), width=width + 0.6), (10, 10, 24), 0.35)
        art.paint(art.line(*path_set, width=width), cord)


def sole(low: float) -> Path:
    """The outline of a flat sole, down to a height."""
    top = smooth((-126, 244), (-80, 250), (0, 251), (80, 249), (122, 244))
    return join(top, smooth((124, low - 8), (112, low), (20, low), (-90, low), (-118, low - 5), (-128, 254)))
