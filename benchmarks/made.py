"""Pictures as shops have them, made: 1800x2400, something like a shirt on a light ground, with a camera's noise."""

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

SIZE = (1800, 2400)
SHIRT = ((500, 500), (800, 400), (1000, 400), (1300, 500), (1600, 1000), (1350, 1100), (1250, 850))
NOISE = 10
"""So that, at the qualities below, a file has 0.8 to 1.2 MB."""
QUALITIES = range(85, 91)


def make_catalog(folder: Path, number: int) -> Path:
    """A folder with `styles.csv` and `images/`: so many JPEGs, the same at every run."""
    (folder / "images").mkdir(parents=True)
    (folder / "styles.csv").write_text("id\n" + "\n".join(map(str, range(number))) + "\n", encoding="utf-8")
    with ThreadPoolExecutor() as pool:
        for place, data in enumerate(pool.map(made, range(number))):
            (folder / "images" / f"{place}.jpg").write_bytes(data)
    return folder


def made(number: int) -> bytes:
    """The JPEG of this number."""
    dice = np.random.default_rng(number)
    picture = Image.new("RGB", SIZE, (246, 245, 242))
    drawn = ImageDraw.Draw(picture)
    width = SIZE[0]
    right = [(x + int(dice.integers(-60, 60)), y + int(dice.integers(-60, 60))) for x, y in SHIRT]
    bottom = int(dice.integers(1700, 2200))
    left = [(width - x, y) for x, y in reversed(right)]
    drawn.polygon([*right, (1250, bottom), (550, bottom), *left], fill=_color(dice))
    for top in range(600, bottom, int(dice.integers(100, 500))):
        drawn.rectangle((600, top, 1200, top + 40), fill=_color(dice))
    noise = dice.integers(-NOISE, NOISE + 1, (*SIZE[::-1], 1), dtype=np.int16)
    pixels = (np.asarray(picture, dtype=np.int16) + noise).clip(0, 255).astype(np.uint8)
    buffer = BytesIO()
    Image.fromarray(pixels).save(buffer, "JPEG", quality=int(dice.choice(QUALITIES)))
    return buffer.getvalue()


def _color(dice: np.random.Generator) -> tuple[int, ...]:
    return tuple(dice.integers(20, 230, 3).tolist())
