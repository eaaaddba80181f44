"""Heels from the side, the toe to the left: stiletto, ankle strap, wedge."""

from tools.demo_catalog.canvas import Canvas
from tools.demo_catalog.cloth import Cloth
from tools.demo_catalog.palette import Color, darker
from tools.demo_catalog.paths import Path, ellipse, join, moved, ribbon, smooth
from tools.demo_catalog.sewing import panel, seam, soft_line, stitch
from tools.demo_catalog.trims import buttons

LEATHER: Color = (214, 176, 134)
CORK: Color = (190, 150, 106)
METAL: Color = (206, 190, 146)
SEAT = smooth((103, 150), (98, 178), (66, 200), (22, 242), (-18, 262), (-66, 268), (-121, 266))


def pump(art: Canvas, cloth: Cloth) -> None:
    """A closed court shoe on a stiletto."""
    _ground(art)
    _stiletto(art, cloth)
    top = smooth((-44, 226), (-22, 229), (14, 210), (52, 166), (92, 112))
    _insole(art, top, (20, 190))
    toe = smooth((-122, 266), (-118, 256), (-92, 240), (-44, 226))
    mask = panel(
        art,
        join(toe, top, smooth((92, 112), (104, 122), (106, 140), (103, 150)), SEAT),
        cloth,
        round_by=12,
        volume=1.25,
    )
    soft_line(art, smooth((-98, 252), (-70, 242), (-46, 238)), width=8, clip=mask, opacity=0.4, color=(255, 255, 255))
    soft_line(art, smooth((84, 140), (60, 180), (34, 210)), width=8, clip=mask, opacity=0.22, color=(255, 255, 255))
    seam(art, cloth, smooth((58, 160), (66, 180), (64, 200)), clip=mask, opacity=0.5)
    seam(art, cloth, moved(top, 1, 3), clip=mask, opacity=0.4)
    _outsole(art, cloth)


def ankle_strap(art: Canvas, cloth: Cloth) -> None:
    """An open sandal on a block heel, strapped at the ankle and over the toes."""
    _ground(art)
    block = join(
        smooth((54, 204), (103, 152)),
        smooth((103, 152), (106, 200), (102, 272)),
        smooth((102, 272), (66, 272), (66, 240), (54, 204)),
    )
    panel(art, block, cloth, round_by=9, volume=1.2)
    bed = join(smooth((-120, 258), (-66, 258), (-18, 252), (24, 230), (66, 186), (100, 150)), SEAT)
    panel(art, bed, cloth.dyed(LEATHER), round_by=4)
    loop = ellipse(66, 104, 38, 10)
    panel(art, ribbon(loop[24:], 7), cloth.shaded(0.4), round_by=3)
    counter = join(
        smooth((46, 204), (74, 160), (90, 104)), smooth((90, 104), (104, 106), (109, 136), (103, 156)),
        smooth((103, 156), (92, 180), (46, 222), (46, 204)),
    )  # fmt: skip
    panel(art, counter, cloth, round_by=9, volume=1.2)
    panel(art, ribbon(loop[:25], 8), cloth, round_by=4)
    buttons(art, METAL, (46, 113), radius=3.6)
    vamp = join(
        smooth((-102, 261), (-93, 247), (-74, 239), (-50, 240), (-32, 249), (-22, 258)),
        smooth((-20, 258), (-60, 267), (-102, 264)),
    )
    mask = panel(art, vamp, cloth, round_by=8, volume=1.2)
    cross = [smooth((-86, 236), (-62, 250), (-44, 266)), smooth((-44, 238), (-66, 250), (-84, 266))]
    soft_line(art, *cross, width=5, clip=mask, opacity=0.4)
    seam(art, cloth, *cross, clip=mask, width=1.4, opacity=0.9)
    _outsole(art, cloth)


def wedge(art: Canvas, cloth: Cloth) -> None:
    """A closed shoe on a wedge of cork."""
    _ground(art)
    under = join(
        smooth((-118, 258), (-60, 260), (-10, 252), (50, 214), (104, 176)),
        smooth((104, 176), (112, 226), (110, 272)),
        smooth((110, 272), (-60, 274), (-122, 266)),
    )
    top = smooth((-40, 214), (-14, 218), (24, 196), (60, 158), (94, 122))
    _insole(art, top, (24, 176))
    mask = panel(art, under, cloth.dyed(CORK), round_by=10)
    rows = [smooth((-118 + k * 6, 262 + k * 3), (0, 262 + k * 3), (112, 192 + k * 18)) for k in range(4)]
    stitch(art, cloth.dyed(CORK), *rows, clip=mask, opacity=0.6)
    toe = smooth((-122, 262), (-114, 240), (-84, 224), (-40, 214))
    low = smooth((106, 178), (50, 216), (-10, 254), (-60, 262), (-122, 262))
    upper = panel(
        art, join(toe, top, smooth((94, 122), (108, 132), (110, 156), (106, 178)), low), cloth, round_by=11, volume=1.2
    )
    soft_line(
        art, smooth((-100, 244), (-76, 232), (-48, 228)), width=8, clip=upper, opacity=0.35, color=(255, 255, 255)
    )
    stitch(art, cloth, moved(top, 1, 5), clip=upper)
    bow = [
        smooth((-44, 216), (-60, 204), (-70, 214), (-58, 222), closed=True),
        smooth((-44, 216), (-28, 202), (-18, 212), (-32, 220), closed=True),
    ]
    for loop in bow:
        panel(art, loop, cloth, round_by=4)
    panel(art, ribbon(smooth((-48, 216), (-40, 216)), 9), cloth, round_by=3)


def _ground(art: Canvas) -> None:
    art.shadow(ribbon(smooth((-112, 270), (-40, 272), (30, 270)), 8), blur=5, opacity=0.4)
    art.shadow(ribbon(smooth((80, 272), (112, 272)), 6), blur=4, opacity=0.4)


def _stiletto(art: Canvas, cloth: Cloth) -> None:
    heel = join(
        smooth((66, 196), (104, 146)),
        smooth((104, 146), (107, 180), (105, 272)),
        smooth((105, 272), (97, 272)),
        smooth((97, 272), (95, 224), (84, 200), (66, 196)),
    )
    panel(art, heel, cloth, round_by=6, volume=1.2)
    panel(art, ribbon(smooth((96.5, 271), (105.5, 271)), 4), cloth.dyed((48, 44, 44)), round_by=2)


def _insole(art: Canvas, top: Path, peak: tuple[float, float]) -> None:
    start, end = tuple(top[0]), tuple(top[-1])
    far = smooth(start, (peak[0] - 26, peak[1] + 22), peak, (peak[0] + 40, peak[1] - 44), end)
    lining = Cloth(LEATHER, LEATHER)
    panel(art, join(far, top[::-1]), lining, round_by=5)


def _outsole(art: Canvas, cloth: Cloth) -> None:
    edge = smooth((-121, 266.5), (-66, 268.5), (-22, 263.5))
    art.paint(art.line(edge, width=2.4), darker(cloth.color, 0.6))
