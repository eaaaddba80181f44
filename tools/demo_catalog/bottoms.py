"""Jeans, dress trousers, cargos, track pants, shorts."""

from tools.demo_catalog.block import SIDES
from tools.demo_catalog.canvas import Canvas
from tools.demo_catalog.cloth import Cloth
from tools.demo_catalog.legs import CUTS, both_legs, fly, waistband
from tools.demo_catalog.palette import Color
from tools.demo_catalog.paths import flip, join, moved, smooth
from tools.demo_catalog.sewing import panel, seam, soft_line, stitch
from tools.demo_catalog.trims import buttons, ribs

THREAD: Color = (222, 164, 92)
BRASS: Color = (196, 150, 88)


def jeans(art: Canvas, cloth: Cloth, *, cut: str = "slim", torn: bool = False) -> None:
    """Jeans: orange thread, five pockets, worn pale on the thighs."""
    cloth, legs = cloth.denim(), CUTS[cut]
    left, right = both_legs(art, cloth, legs)
    for mask, side in ((left, -1), (right, 1)):
        length = legs.inner[1]
        fade = smooth((34, 120), (38, 180), (36, 120 + (length - 120) * 0.62))
        soft_line(art, flip(fade, side), width=20, clip=mask, opacity=0.17, color=(255, 255, 255))
        stitch(art, cloth, flip(legs.hem - (0, 5), side), color=THREAD, opacity=0.8, clip=mask)
        if torn:
            for y, long in ((216.0, 15), (226.0, 11), (262.0 if side > 0 else 168.0, 13)):
                tear = smooth((36 - long, y), (36, y - 2.5), (36 + long, y + 1), (36, y + 3.5), closed=True)
                panel(art, flip(tear, side), cloth.dyed((236, 238, 240)), round_by=2, clip=mask)
    fly(art, cloth, thread=THREAD)
    for side in SIDES:
        seam(art, cloth, flip(smooth((17, 62), (24, 80), (53, 84)), side), width=1.3, opacity=0.8)
        rows = (smooth((16, 62), (23, 83), (52, 87)), smooth((15, 63), (22, 86), (52, 90)))
        stitch(art, cloth, *(flip(row, side) for row in rows), color=THREAD, opacity=0.8)
    buttons(art, BRASS, (20, 66), (-20, 66), (51, 80), (-51, 80), radius=1.5)
    waistband(art, cloth, thread=THREAD, loops=True)
    buttons(art, BRASS, (0, 58.5), radius=3.6)


def dress_trousers(art: Canvas, cloth: Cloth, *, cut: str = "straight") -> None:
    """Trousers with a pressed crease and slanted pockets."""
    legs = CUTS[cut]
    masks = both_legs(art, cloth, legs)
    middle = (legs.outer[-1][0] + legs.inner[0]) / 2
    crease = smooth((26, 66), (33, 146), ((33 + middle) / 2, 250), (middle, legs.inner[1]))
    for mask, side in zip(masks, (-1, 1), strict=True):
        soft_line(art, moved(flip(crease, side), 2.5, 0), width=5, clip=mask, opacity=0.3)
        seam(art, cloth, flip(crease, side), opacity=0.55, clip=mask)
    fly(art, cloth)
    seam(art, cloth, *(flip(smooth((35, 62), (55, 100)), side) for side in SIDES), width=1.3, opacity=0.8)
    waistband(art, cloth, loops=True)
    buttons(art, cloth.button, (0, 58.5), radius=2.6)


def cargos(art: Canvas, cloth: Cloth, *, cut: str = "loose") -> None:
    """Trousers or shorts with big flapped pockets on the thighs."""
    legs = CUTS[cut]
    masks = both_legs(art, cloth, legs)
    low = legs.inner[1]
    top = 176.0 if low > 300 else 156.0
    for mask, side in zip(masks, (-1, 1), strict=True):
        stitch(art, cloth, flip(legs.hem - (0, 6), side), clip=mask)
        bag = join(
            smooth((38, top), (71, top - 2)),
            smooth((71, top - 2), (70, top + 50)),
            smooth((70, top + 50), (40, top + 52)),
        )
        soft_line(art, moved(flip(bag, side), 0, 2), width=5, opacity=0.3, clip=mask)
        panel(art, flip(bag, side), cloth, round_by=6)
        flap = join(
            smooth((36, top - 4), (72, top - 6)),
            smooth((72, top - 6), (72, top + 9)),
            smooth((72, top + 9), (55, top + 15), (36, top + 11)),
        )
        panel(art, flip(flap, side), cloth, round_by=4)
        stitch(art, cloth, flip(smooth((39, top + 8), (55, top + 11.5), (70, top + 6)), side))
        buttons(art, cloth.line, (55 * side, top + 7), radius=2)
    fly(art, cloth)
    seam(art, cloth, *(flip(smooth((30, 62), (42, 82), (56, 96)), side) for side in SIDES), width=1.3, opacity=0.8)
    stitch(art, cloth, *(flip(smooth((27, 62), (40, 85), (56, 100)), side) for side in SIDES))
    waistband(art, cloth, loops=True)
    buttons(art, BRASS, (0, 58.5), radius=3.2)


def chino_shorts(art: Canvas, cloth: Cloth) -> None:
    """Shorts to the knee, with a turned-up hem."""
    legs = CUTS["knee"]
    both_legs(art, cloth, legs)
    for side in SIDES:
        cuff = join(legs.hem - (0, 15), moved(legs.hem[::-1], 0, 1))
        panel(art, flip(cuff, side), cloth, round_by=5)
    fly(art, cloth)
    seam(art, cloth, *(flip(smooth((33, 62), (56, 98)), side) for side in SIDES), width=1.3, opacity=0.8)
    stitch(art, cloth, *(flip(smooth((30, 62), (55, 102)), side) for side in SIDES))
    waistband(art, cloth, loops=True)
    buttons(art, cloth.button, (0, 58.5), radius=2.8)


def track_pants(art: Canvas, cloth: Cloth, *, cut: str = "loose") -> None:
    """Track pants or running shorts: elastic waist, drawstring, bands down the side."""
    legs = CUTS[cut]
    masks = both_legs(art, cloth, legs)
    outer = smooth((47, 48), *legs.outer)
    for mask, side in zip(masks, (-1, 1), strict=True):
        art.paint(art.line(flip(outer - (8, 0), side), width=7).within(mask), cloth.accent, 0.92)
        if cut == "loose":
            upper, lower = flip(legs.hem - (0, 3), side), flip(moved(legs.hem * (0.97, 1), 0, 13), side)
            panel(art, join(upper, lower[::-1]), cloth.plain(), round_by=5)
            ribs(art, cloth, upper, lower, count=11)
        else:
            stitch(art, cloth, flip(legs.hem - (0, 5), side), clip=mask)
    seam(
        art,
        cloth,
        smooth((0, 62), (1, legs.crotch)),
        *(flip(smooth((34, 66), (45, 104)), side) for side in SIDES),
        opacity=0.7,
    )
    band = waistband(art, cloth, loops=False)
    seam(art, cloth, *(smooth((x, 48), (x, 68)) for x in range(-45, 46, 5)), clip=band, opacity=0.3)
    cords = [flip(smooth((4, 60), (9, 78), (7, 98 + 4 * side)), side) for side in SIDES]
    art.paint(art.line(*(moved(cord, 1, 1.5) for cord in cords), width=2.6), (0, 0, 10), 0.25)
    art.paint(art.line(*cords, width=2.3), cloth.accent)
