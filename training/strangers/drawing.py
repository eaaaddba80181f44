"""What the pictures are drawn with."""

from collections.abc import Callable, Mapping

import numpy as np
from PIL import Image

Color = tuple[int, int, int]
Size = tuple[int, int]
"""(width, height) in pixels."""

Draw = Callable[[np.random.Generator, Size], Image.Image]
"""Draws another picture of its kind each time."""

SIZES: tuple[Size, ...] = ((240, 320), (320, 240), (300, 300), (360, 203))
WORDS = ("the", "and", "that", "this", "hot", "what", "some", "with", "from", "his", "they", "at", "be", "had", "by")


def drawn(kinds: Mapping[str, Draw], number: int, seed: int) -> dict[str, list[Image.Image]]:
    """`number` pictures of each kind, RGB, upright, lying and square in turn."""
    return {
        kind: [draw(np.random.default_rng([seed, row, place]), SIZES[place % len(SIZES)]) for place in range(number)]
        for row, (kind, draw) in enumerate(kinds.items())
    }


def color(random: np.random.Generator, low: int = 0, high: int = 256) -> Color:
    """Each channel from `low` to `high` - 1."""
    red, green, blue = random.integers(low, high, 3).tolist()
    return red, green, blue


def gradient(size: Size, above: Color, below: Color) -> Image.Image:
    """From one color to the other."""
    width, height = size
    share = np.linspace(0, 1, height)[:, np.newaxis]
    rows = (1 - share) * np.array(above) + share * np.array(below)
    return Image.fromarray(np.repeat(rows[:, np.newaxis], width, axis=1).astype(np.uint8))


def ground(random: np.random.Generator, size: Size) -> Image.Image:
    """White as in a shop, or a pale gradient."""
    if random.random() < 0.5:
        return Image.new("RGB", size, "white")
    return gradient(size, color(random, 150), color(random, 150))


def word(random: np.random.Generator) -> str:
    """A short one."""
    return WORDS[random.integers(len(WORDS))]
