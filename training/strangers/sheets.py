"""What is on paper and on screens."""

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from training.strangers.drawing import Size, color, gradient, word


def tables(random: np.random.Generator, size: Size) -> Image.Image:
    """Rows and columns of numbers under a dark head."""
    width, height = size
    image = Image.new("RGB", size, color(random, 235))
    draw = ImageDraw.Draw(image)
    columns, rows, head = int(random.integers(2, 7)), int(random.integers(5, 18)), color(random, 40, 190)
    high = height / rows
    font = ImageFont.load_default(max(7, high * 0.6))
    for row in range(rows):
        if row == 0 or row % 2:
            draw.rectangle((0, row * high, width, (row + 1) * high), (238, 238, 242) if row else head)
        for column in range(columns):
            number = str(random.integers(9999))
            draw.text((column * width / columns + 4, row * high + 2), number, "black" if row else "white", font)
    return image


def diagrams(random: np.random.Generator, size: Size) -> Image.Image:
    """Boxes and bubbles with a word in each, joined by lines."""
    width, height = size
    image = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(image)
    places = random.uniform(0.1, 0.9, (random.integers(4, 11), 2)) * size
    draw.line(places.ravel().tolist(), (60, 60, 60), 2)
    fill = color(random, 120, 245)
    for x, y in places.tolist():
        around = (x - width * 0.09, y - height * 0.05, x + width * 0.09, y + height * 0.05)
        (draw.rectangle if random.random() < 0.5 else draw.ellipse)(around, fill, (40, 40, 40))
        draw.text((x - 14, y - 5), word(random), "black")
    return image


def music(random: np.random.Generator, size: Size) -> Image.Image:
    """Staves and notes."""
    width, height = size
    image = Image.new("RGB", size, color(random, 240))
    draw = ImageDraw.Draw(image)
    gap = int(random.integers(3, 8))
    for top in range(20, height - 5 * gap, 9 * gap):
        for y in range(top, top + 5 * gap, gap):
            draw.line((10, y, width - 10, y), (30, 30, 30))
        for x in range(20, width - 20, int(random.integers(2, 5)) * gap):
            y = top + int(random.integers(-1, 5)) * gap
            draw.ellipse((x, y - gap / 2, x + gap * 1.3, y + gap / 2), (10, 10, 10))
            draw.line((x + gap * 1.3, y, x + gap * 1.3, y - 3 * gap), (10, 10, 10))
    return image


def signs(random: np.random.Generator, size: Size) -> Image.Image:
    """Large words, most on a board."""
    width, height = size
    image = gradient(size, color(random), color(random))
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(height * random.uniform(0.12, 0.3))
    if random.random() < 0.6:
        board = (width * 0.06, height * 0.08, width * 0.94, height * 0.92)
        draw.rounded_rectangle(board, 20, color(random), color(random), 6)
    for line in range(random.integers(1, 4)):
        draw.text((width * 0.12, height * (0.1 + 0.27 * line)), word(random).upper(), color(random), font)
    return image


def maps(random: np.random.Generator, size: Size) -> Image.Image:
    """Streets along a grid, some blocks filled."""
    width, height = size
    image = Image.new("RGB", size, color(random, 200, 250))
    draw = ImageDraw.Draw(image)
    step, street = int(random.integers(12, 40)), color(random)
    for y in range(0, height, step):
        for x in range(0, width, step):
            if random.random() < 0.2:
                draw.rectangle((x, y, x + step, y + step), color(random, 150, 240))
            for end in ((x + step, y), (x, y + step)):
                if random.random() < 0.6:
                    draw.line((x, y, *end), street, 3)
    return image
