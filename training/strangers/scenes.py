"""Places, and things that nobody wears."""

import numpy as np
from PIL import Image, ImageDraw

from training.strangers.drawing import Size, color, gradient, ground


def towns(random: np.random.Generator, size: Size) -> Image.Image:
    """A sky at night, now and then with the windows of a town below."""
    width, height = size
    image = gradient(size, color(random, 0, 40), color(random, 0, 70))
    draw = ImageDraw.Draw(image)
    for x, y, r in (random.random((random.integers(30, 300), 3)) * (width, height, 1.5)).tolist():
        draw.ellipse((x - r, y - r, x + r, y + r), (255, 255, int(random.integers(180, 256))))
    if random.random() < 0.5:
        for left in range(0, width, int(random.integers(20, 50))):
            top = int(random.uniform(0.3, 0.8) * height)
            draw.rectangle((left, top, left + 30, height), color(random, 10, 60))
            for y in range(top + 5, height, 9):
                for x in range(left + 4, left + 26, 7):
                    if random.random() < 0.4:
                        draw.rectangle((x, y, x + 3, y + 4), (250, 220, 120))
    return image


def rooms(random: np.random.Generator, size: Size) -> Image.Image:
    """A wall, a floor, a table, a window and a picture."""
    width, height = size
    image = Image.new("RGB", size, color(random, 150, 245))
    draw = ImageDraw.Draw(image)
    floor = height * random.uniform(0.6, 0.8)
    draw.rectangle((0, floor, width, height), color(random, 80, 190))
    wood, left, top = color(random), width * random.uniform(0.1, 0.5), floor - height * random.uniform(0.02, 0.2)
    draw.rectangle((left, top, left + width * 0.35, top + height * 0.05), wood)
    for leg in (left + 4, left + width * 0.33):
        draw.rectangle((leg, top, leg + 6, top + height * 0.3), wood)
    draw.rectangle((width * 0.6, height * 0.1, width * 0.9, height * 0.45), (200, 225, 250), (90, 70, 50), 6)
    draw.line((width * 0.75, height * 0.1, width * 0.75, height * 0.45), (90, 70, 50), 4)
    draw.rectangle((width * 0.08, height * 0.12, width * 0.3, height * 0.35), color(random), (60, 40, 30), 4)
    return image


def plates(random: np.random.Generator, size: Size) -> Image.Image:
    """Food on a plate, from above."""
    image = Image.new("RGB", size, color(random, 90, 230))
    draw = ImageDraw.Draw(image)
    (x, y), r = np.array(size) / 2, min(size) * random.uniform(0.3, 0.46)
    draw.ellipse((x - r, y - r, x + r, y + r), (245, 245, 240))
    draw.ellipse((x - r * 0.75, y - r * 0.75, x + r * 0.75, y + r * 0.75), (230, 230, 225))
    for _ in range(random.integers(3, 14)):
        (a, b), q = (x, y) + random.normal(size=2) * r * 0.25, r * random.uniform(0.08, 0.3)
        draw.ellipse((a - q, b - q * 0.8, a + q, b + q * 0.8), color(random, 40, 230))
    return image


def things(random: np.random.Generator, size: Size) -> Image.Image:
    """An apple, a house, a car, a cat, a cup or a flower where a product would be."""
    image = ground(random, size)
    draw = ImageDraw.Draw(image)
    first, second = color(random, 20, 230), color(random, 20, 230)
    x, y = size[0] * random.uniform(0.4, 0.6), size[1] * random.uniform(0.45, 0.6)
    r = min(size) * random.uniform(0.18, 0.42)

    def at(*places: float) -> list[float]:
        """Pairs in units of r around the middle."""
        return [(y if odd else x) + r * place for odd, place in zip((0, 1) * len(places), places, strict=False)]

    kind = random.integers(6)
    if kind == 0:
        draw.ellipse(at(-1, -0.9, 1, 0.9), first)
        draw.line(at(0, -0.9, 0.2, -1.3), (90, 60, 30), 5)
        draw.ellipse(at(0.1, -1.3, 0.6, -1), (40, 140, 50))
    elif kind == 1:
        draw.rectangle(at(-1, -0.3, 1, 1), first)
        draw.polygon(at(-1.2, -0.3, 1.2, -0.3, 0, -1.2), second)
        draw.rectangle(at(-0.15, 0.3, 0.25, 1), (90, 60, 40))
        draw.rectangle(at(-0.8, 0, -0.4, 0.4), (180, 220, 250))
    elif kind == 2:
        draw.rounded_rectangle(at(-1.2, 0, 1.2, 0.5), r * 0.2, first)
        draw.polygon(at(-0.7, 0, -0.4, -0.45, 0.4, -0.45, 0.8, 0), first)
        for wheel in (-0.7, 0.7):
            draw.ellipse(at(wheel - 0.25, 0.3, wheel + 0.25, 0.8), (20, 20, 20))
    elif kind == 3:
        draw.ellipse(at(-1, -0.2, 0.6, 1), first)
        draw.ellipse(at(0.2, -0.8, 1, 0.1), first)
        for ear in (0.3, 0.8):
            draw.polygon(at(ear - 0.1, -0.6, ear + 0.1, -0.6, ear, -1.05), first)
            draw.ellipse(at(ear, -0.5, ear + 0.1, -0.4), second)
        draw.line(at(-0.9, 0.4, -1.4, -0.4), first, 9)
    elif kind == 4:
        draw.rectangle(at(-0.6, -0.6, 0.6, 0.7), first)
        draw.arc(at(0.3, -0.4, 1.1, 0.4), -90, 90, first, 9)
        draw.ellipse(at(-0.6, -0.75, 0.6, -0.45), second)
    else:
        draw.line(at(0, 0, 0, 1.2), (40, 130, 50), 6)
        for angle in np.linspace(0, 2 * np.pi, random.integers(5, 11), endpoint=False).tolist():
            a, b = 0.6 * np.cos(angle), 0.6 * np.sin(angle)
            draw.ellipse(at(a - 0.3, b - 0.3, a + 0.3, b + 0.3), first)
        draw.ellipse(at(-0.3, -0.3, 0.3, 0.3), second)
    return image
