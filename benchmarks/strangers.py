"""Pictures of no clothing, drawn: landscapes, pages of text, charts, noise and faces. None of these kinds is used to
choose anything; those that are lie in `training/strangers/`.
"""

from collections.abc import Mapping

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from training.strangers import Draw
from training.strangers.drawing import Size, color, gradient, word


def landscapes(random: np.random.Generator, size: Size) -> Image.Image:
    """Sky, sun, ranges of hills one behind the other, now and then water or trees."""
    width, height = size
    sky = color(random, 120, 256)
    image = gradient(size, (sky[0] // 2, sky[1] // 2, sky[2]), sky)
    draw = ImageDraw.Draw(image)
    x, y, r = random.integers(0, width), random.integers(0, height // 2), random.integers(8, 40)
    draw.ellipse((x - r, y - r, x + r, y + r), (255, 240, int(random.integers(150, 256))))
    across = np.arange(0, width + 8, 8)
    ranges = int(random.integers(2, 6))
    for number in range(ranges):
        base = height * (0.35 + 0.55 * (number + random.random() / 2) / ranges)
        waves = sum(
            random.uniform(4, height / 9) * np.sin(across / random.uniform(12, 90) + random.uniform(0, 7))
            for _ in range(3)
        )
        shade = (*random.integers(20, 110, 1).tolist(), *random.integers(60, 170, 1).tolist(), *[60])
        line = list(zip(across.tolist(), (base + waves).tolist(), strict=True))
        draw.polygon([*line, (width, height), (0, height)], shade)
    if random.random() < 0.4:
        draw.rectangle((0, height * 0.85, width, height), (40, 90, 150))
    for _ in range(int(random.integers(0, 12))):
        x, y, r = random.integers(0, width), random.uniform(0.55, 0.95) * height, random.uniform(5, 16)
        draw.rectangle((x - 1, y, x + 1, y + 2 * r), (80, 50, 30))
        draw.polygon([(x - r, y + r), (x + r, y + r), (x, y - 2 * r)], (20, 80, 40))
    return image.filter(ImageFilter.GaussianBlur(random.uniform(0, 1.2)))


def pages(random: np.random.Generator, size: Size) -> Image.Image:
    """A page of text: a heading, paragraphs, one or two columns."""
    width, height = size
    ink, paper = color(random, 0, 90), color(random, 225, 256)
    image = Image.new("RGB", size, paper)
    draw = ImageDraw.Draw(image)
    step = int(random.integers(7, 18))
    columns = int(random.integers(1, 3))
    margin = int(random.integers(6, 30))
    draw.text(
        (margin, margin), " ".join(word(random) for _ in range(3)).title(), ink, ImageFont.load_default(step * 1.7)
    )
    font = ImageFont.load_default(step)
    for column in range(columns):
        left = margin + column * (width - margin) / columns
        right = left + (width - margin) / columns - margin
        for y in range(margin + 3 * step, height - margin, int(step * 1.4)):
            if random.random() < 0.1:
                continue
            text = ""
            while draw.textlength(text, font) < right - left - 4 * step:
                text += f"{word(random)} "
            draw.text((left, y), text, ink, font)
    return image


def charts(random: np.random.Generator, size: Size) -> Image.Image:
    """Bars, lines, points or a pie, with axes and a legend."""
    width, height = size
    image = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(image)
    colors = [color(random, 30, 230) for _ in range(5)]
    left, top, right, bottom = 30, 20, width - 20, height - 30
    kind = random.choice(["bars", "lines", "points", "pie"])
    if kind == "pie":
        r = min(width, height) * 0.35
        at = np.cumsum([0, *random.dirichlet(np.ones(5)) * 360])
        for shade, start, end in zip(colors, at, at[1:], strict=False):
            draw.pieslice((width / 2 - r, height / 2 - r, width / 2 + r, height / 2 + r), start, end, shade, "white")
    else:
        for y in np.linspace(top, bottom, 5):
            draw.line((left, y, right, y), (215, 215, 215))
        draw.line((left, top, left, bottom, right, bottom), (60, 60, 60), 2)
    if kind == "bars":
        n = int(random.integers(3, 12))
        for place in range(n):
            x = left + (right - left) * (place + 0.2) / n
            y = bottom - random.random() * (bottom - top)
            draw.rectangle((x, y, x + (right - left) * 0.6 / n, bottom), colors[place % 2])
    elif kind == "lines":
        for shade in colors[: int(random.integers(1, 5))]:
            values = np.cumsum(random.normal(size=20))
            values = bottom - (values - values.min()) / (np.ptp(values) + 1e-9) * (bottom - top)
            draw.line(list(zip(np.linspace(left, right, 20).tolist(), values.tolist(), strict=True)), shade, 2)
    elif kind == "points":
        for x, y in random.multivariate_normal([0, 0], [[1, 0.6], [0.6, 1]], 90):
            x, y = left + (x + 3) / 6 * (right - left), bottom - (y + 3) / 6 * (bottom - top)
            draw.ellipse((x - 3, y - 3, x + 3, y + 3), colors[int(random.integers(0, 3))])
    draw.text((width / 3, 3), " ".join(word(random) for _ in range(3)), "black")
    draw.text((width / 3, height - 20), word(random), "black")
    return image


def noise(random: np.random.Generator, size: Size) -> Image.Image:
    """Random pixels, fine or coarse, in color or gray."""
    width, height = size
    grain = int(random.choice([1, 1, 2, 4, 10, 24]))
    channels = 3 if random.random() < 0.6 else 1
    pixels = random.integers(0, 256, (height // grain + 1, width // grain + 1, channels), dtype=np.uint8)
    image = Image.fromarray(np.broadcast_to(pixels, (*pixels.shape[:2], 3)).copy())
    how = Image.Resampling.BICUBIC if random.random() < 0.5 else Image.Resampling.NEAREST
    return image.resize(size, how)


def faces(random: np.random.Generator, size: Size) -> Image.Image:
    """A head that fills the picture: hair, eyes, brows, nose, mouth."""
    width, height = size
    image = gradient(size, color(random), color(random))
    draw = ImageDraw.Draw(image)
    skins = ((255, 219, 172), (241, 194, 125), (198, 134, 66), (141, 85, 36), (90, 56, 37))
    skin, hair = skins[int(random.integers(0, 5))], color(random, 0, 160)
    x, y = width * random.uniform(0.42, 0.58), height * random.uniform(0.48, 0.58)
    r = min(width, height) * random.uniform(0.32, 0.44)
    w = r * random.uniform(0.7, 0.85)
    draw.ellipse((x - w * 1.2, y - r * 1.25, x + w * 1.2, y + r * random.uniform(0.2, 1.2)), hair)
    draw.ellipse((x - w, y - r, x + w, y + r), skin)
    iris = color(random, 0, 140)
    for side in (-1, 1):
        eye = x + side * w * 0.42
        draw.ellipse((eye - r * 0.14, y - r * 0.25, eye + r * 0.14, y - r * 0.08), "white")
        draw.ellipse((eye - r * 0.06, y - r * 0.23, eye + r * 0.06, y - r * 0.1), iris)
        draw.line((eye - r * 0.17, y - r * 0.36, eye + r * 0.17, y - r * 0.4), hair, max(2, int(r / 20)))
    dark = (skin[0] * 3 // 4, skin[1] * 2 // 3, skin[2] * 2 // 3)
    draw.polygon([(x, y - r * 0.1), (x - r * 0.1, y + r * 0.2), (x + r * 0.1, y + r * 0.2)], dark)
    draw.chord((x - w * 0.4, y + r * 0.3, x + w * 0.4, y + r * 0.65), 0, 180, (170, 50, 60))
    return image.filter(ImageFilter.GaussianBlur(random.uniform(0, 1.5)))


UNSEEN: Mapping[str, Draw] = {draw.__name__: draw for draw in (landscapes, pages, charts, noise, faces)}
