"""What fills a picture from edge to edge, and shapes without a meaning."""

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from training.strangers.drawing import Size, color, gradient, ground


def patterns(random: np.random.Generator, size: Size) -> Image.Image:
    """Stripes, checks or curls in two colors."""
    width, height = size
    y, x = np.mgrid[:height, :width]
    angle, step = random.uniform(0, np.pi), random.uniform(6, 60)
    along, across = x * np.cos(angle) + y * np.sin(angle), y * np.cos(angle) - x * np.sin(angle)
    share = (
        along // step % 2,
        (along // step + across // step) % 2,
        (1 + np.sin(along / step * 2 + np.sin(across / step * 2) * random.uniform(0, 3))) / 2,
    )[random.integers(3)][..., np.newaxis]
    return Image.fromarray((share * color(random) + (1 - share) * np.array(color(random))).astype(np.uint8))


def waves(random: np.random.Generator, size: Size) -> Image.Image:
    """Sums of waves, others in each channel."""
    width, height = size
    y, x = 2 * np.pi * np.mgrid[:height, :width] / max(size)
    channels = []
    for _ in range(3):
        n = random.integers(2, 7)
        terms = zip(random.normal(size=n), random.uniform(-4, 4, (n, 2)), random.uniform(0, 6, n), strict=True)
        values = sum(strength * np.sin(a * x + b * y + phase) for strength, (a, b), phase in terms)
        channels.append(127 + 90 * values / (np.abs(values).max() + 1e-9))
    return Image.fromarray(np.stack(channels, axis=-1).astype(np.uint8))


def walls(random: np.random.Generator, size: Size) -> Image.Image:
    """Bricks or tiles."""
    width, height = size
    image = Image.new("RGB", size, color(random, 100, 220))
    draw = ImageDraw.Draw(image)
    high = int(random.integers(12, 36))
    wide = high * int(random.integers(1, 4))
    base = np.array(color(random, 60, 220))
    for row, y in enumerate(range(0, height, high)):
        for x in range(-wide * (row % 2) // 2, width, wide):
            brick = np.clip(base + random.integers(-25, 25, 3), 0, 255).tolist()
            draw.rectangle((x + 1, y + 1, x + wide - 2, y + high - 2), tuple(brick))
    return image


def lights(random: np.random.Generator, size: Size) -> Image.Image:
    """Blurred lights in the dark."""
    image = gradient(size, color(random, 0, 90), color(random, 0, 120))
    draw = ImageDraw.Draw(image)
    for _ in range(random.integers(8, 50)):
        (x, y), r = random.random(2) * size, random.uniform(5, 40)
        draw.ellipse((x - r, y - r, x + r, y + r), color(random, 60))
    return image.filter(ImageFilter.GaussianBlur(random.uniform(2, 9)))


def shapes(random: np.random.Generator, size: Size) -> Image.Image:
    """Disks, boxes, triangles and lines, anywhere."""
    image = Image.new("RGB", size, color(random))
    draw = ImageDraw.Draw(image)
    for _ in range(random.integers(2, 25)):
        corners = random.random((3, 2)) * size
        box = (*corners[:2].min(axis=0).tolist(), *corners[:2].max(axis=0).tolist())
        kind = random.integers(4)
        if kind == 0:
            draw.ellipse(box, color(random))
        elif kind == 1:
            draw.rectangle(box, color(random))
        elif kind == 2:
            draw.polygon(corners.ravel().tolist(), color(random))
        else:
            draw.line(corners[:2].ravel().tolist(), color(random), int(random.integers(1, 9)))
    return image


def blobs(random: np.random.Generator, size: Size) -> Image.Image:
    """One plain shape with a wild edge where a product would be."""
    image = ground(random, size)
    n = int(random.integers(5, 40))
    angles = np.linspace(0, 2 * np.pi, n)
    radius = min(size) * (0.3 + 0.15 * random.normal(size=n).cumsum() / np.sqrt(n))
    edge = np.array(size) / 2 + random.normal(size=2) * 20 + (radius * [np.cos(angles), np.sin(angles)]).T
    ImageDraw.Draw(image).polygon(edge.ravel().tolist(), color(random))
    return image.filter(ImageFilter.GaussianBlur(random.uniform(0, 2)))
