"""Running shoes from the side, the toe to the left."""

from tools.demo_catalog.canvas import Canvas
from tools.demo_catalog.cloth import Cloth
from tools.demo_catalog.palette import luminance
from tools.demo_catalog.paths import ellipse, join, smooth
from tools.demo_catalog.sewing import panel, seam, stitch
from tools.demo_catalog.shoe_parts import laces, shell, sole
from tools.demo_catalog.sneakers import RUBBER


def runner(art: Canvas, cloth: Cloth) -> None:
    """A running shoe: mesh, overlays, a thick foamed sole."""
    throat, collar = (
        smooth((-56, 201), (-24, 184), (6, 158)),
        smooth((6, 158), (28, 174), (56, 181), (86, 173), (108, 154)),
    )
    art.shadow(sole(282), blur=7, opacity=0.4, drop=4)
    mask = shell(art, cloth, throat, collar, (8, 144))
    dots = [ellipse(x + (row % 2) * 4, 218 + row * 7, 1.1) for row in range(4) for x in range(-104, -52, 8)]
    art.paint(art.shape(*dots).within(mask), cloth.line, 0.5)
    guard = join(
        smooth((-126, 252), (-124, 230), (-112, 214)), smooth((-112, 214), (-108, 232), (-78, 246), (-50, 252))
    )
    panel(art, guard, cloth.dyed(cloth.accent), round_by=6, clip=mask)
    saddle = join(
        smooth((-16, 202), (12, 182)),
        smooth((12, 182), (30, 222), (62, 253)),
        smooth((62, 253), (14, 253)),
        smooth((14, 253), (-6, 232), (-16, 202)),
    )
    panel(art, saddle, cloth.dyed(cloth.accent), round_by=5, clip=mask)
    seam(
        art,
        cloth,
        *(smooth((-24 - k * 7, 208 + k * 4), (-14 - k * 7, 234 + k * 3), (2 - k * 7, 253)) for k in range(2)),
        clip=mask,
        width=1.6,
    )
    tab = join(
        smooth((84, 174), (108, 154)),
        smooth((108, 154), (124, 186), (122, 253)),
        smooth((122, 253), (84, 253), (88, 212), (84, 174)),
    )
    panel(art, tab, cloth.shaded(0.22), round_by=8, clip=mask)
    stitch(art, cloth, smooth((80, 175), (84, 212), (80, 252)), clip=mask)
    laces(art, cloth, throat)
    top = smooth((-126, 246), (-90, 252), (-20, 254), (50, 246), (124, 238))
    low = smooth((128, 266), (104, 280), (40, 280), (-20, 282), (-80, 280), (-122, 266))
    foam = panel(art, join(top, low), cloth.dyed(RUBBER), round_by=9)
    wave = smooth((-124, 260), (-70, 266), (-10, 262), (40, 266), (90, 256), (128, 254))
    art.paint(art.line(wave, width=4).within(foam), cloth.accent if luminance(cloth.accent) < 200 else cloth.color, 0.9)
    tread = join(smooth((-120, 268), (-80, 277), (-20, 278), (40, 277), (104, 276), (126, 266)), low)
    panel(art, tread, cloth.dyed((58, 58, 64)), round_by=3)
