"""The colors of the demo catalog: what a Kaggle color name looks like, and what is worn with it."""

from random import Random

Color = tuple[float, float, float]
"""Red, green and blue, each 0..255."""

COLORS: dict[str, Color] = {
    "Black": (40, 40, 44),
    "White": (247, 247, 246),
    "Grey": (146, 148, 152),
    "Navy Blue": (36, 48, 92),
    "Blue": (54, 106, 188),
    "Turquoise Blue": (74, 186, 200),
    "Teal": (20, 118, 122),
    "Green": (46, 138, 80),
    "Olive": (108, 110, 62),
    "Khaki": (182, 166, 120),
    "Yellow": (246, 204, 62),
    "Mustard": (206, 152, 40),
    "Orange": (238, 122, 48),
    "Red": (204, 42, 48),
    "Maroon": (116, 28, 44),
    "Pink": (240, 146, 176),
    "Purple": (112, 68, 150),
    "Lavender": (184, 170, 220),
    "Brown": (112, 70, 46),
    "Tan": (192, 138, 88),
    "Beige": (224, 206, 178),
    "Silver": (196, 200, 206),
    "Gold": (214, 176, 94),
}

ACCENTS: dict[str, str] = {
    "Black": "White", "White": "Navy Blue", "Grey": "White", "Navy Blue": "White", "Blue": "White",
    "Turquoise Blue": "White", "Teal": "Beige", "Green": "White", "Olive": "Beige", "Khaki": "Olive",
    "Yellow": "White", "Mustard": "Navy Blue", "Orange": "White", "Red": "White", "Maroon": "Beige",
    "Pink": "White", "Purple": "Lavender", "Lavender": "Purple", "Brown": "Beige",
    "Tan": "Brown", "Beige": "Brown", "Silver": "Black", "Gold": "Brown",
}  # fmt: skip
"""The second color of a pattern, for every main color."""


def jitter(color: Color, rng: Random) -> Color:
    """The same color from another dye bath: a little lighter or darker, and if it has a hue, warmer or cooler."""
    level = rng.uniform(-6, 6)
    drift = 1 + 4 * (max(color) - min(color)) / 255
    red, green, blue = (min(251.0, max(20.0, part + level + rng.uniform(-drift, drift))) for part in color)
    return red, green, blue


def mix(color: Color, other: Color, share: float) -> Color:
    """`color` with a share (0..1) of `other` stirred in."""
    red, green, blue = (a + (b - a) * share for a, b in zip(color, other, strict=True))
    return red, green, blue


def luminance(color: Color) -> float:
    """How light a color looks, 0..255 (Rec. 601)."""
    return 0.299 * color[0] + 0.587 * color[1] + 0.114 * color[2]


def darker(color: Color, share: float) -> Color:
    """`color` toward a cool black, so that shadows on white cloth look like shadows, not like dirt."""
    return mix(color, (12, 12, 24), share)


def lighter(color: Color, share: float) -> Color:
    """`color` toward white."""
    return mix(color, (255, 255, 255), share)


def ink(color: Color) -> Color:
    """A line one can see on cloth of this color: darker, except on very dark cloth."""
    return lighter(color, 0.24) if luminance(color) < 62 else darker(color, 0.42)
