"""What the name of a color looks like."""

from PIL import ImageColor

UNKNOWN = "#a9adb3"
"""For names that are no color, or that we do not know."""
OUTLINE = "#878c93"
"""Around every bar: at least 3:1 against white and against the dark theme's ground, so that neither hides one."""

_OURS = {
    "blue": "#2f62c0",
    "bronze": "#b08243",
    "burgundy": "#7b1733",
    "charcoal": "#43474d",
    "coffeebrown": "#5b3a29",
    "copper": "#b87333",
    "cream": "#fff6dc",
    "fluorescentgreen": "#5df23c",
    "green": "#2f8f46",
    "greymelange": "#a3a6ab",
    "limegreen": "#a4c93a",
    "magenta": "#c02686",
    "mauve": "#b784a7",
    "metallic": "#9aa3ad",
    "mushroombrown": "#9a8878",
    "mustard": "#d4a017",
    "navyblue": "#1f2a55",
    "nude": "#e6bfa5",
    "offwhite": "#f7f4ea",
    "peach": "#ffc9a3",
    "red": "#cf2e2e",
    "rose": "#d9607f",
    "rust": "#a8441f",
    "skin": "#e8b998",
    "steel": "#7b8994",
    "taupe": "#8b7e74",
    "turquoiseblue": "#23b5c4",
    "yellow": "#f4cf2b",
}
"""Names of the Kaggle data set that CSS does not have, and a few that it takes from the edge of the screen's gamut."""


def color_of(name: str) -> str:
    """The color of this name as `#rrggbb`: ours, else that of CSS, else UNKNOWN."""
    plain = "".join(name.casefold().split())
    known = _OURS.get(plain) or (plain if plain in ImageColor.colormap else UNKNOWN)
    red, green, blue = ImageColor.getrgb(known)[:3]
    return f"#{red:02x}{green:02x}{blue:02x}"
