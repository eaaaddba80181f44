"""What a product is made of: its color, its pattern, and how its surface takes the light."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from tools.demo_catalog.masks import HEIGHT, WIDTH, Alpha, Mask, Pixels, blurred
from tools.demo_catalog.palette import Color, darker, ink, lighter, luminance, mix
from tools.demo_catalog.patterns import PATTERNS

SHADE = np.array([0.62, 0.60, 0.54], dtype=np.float32)[:, None, None]
"""How much of each color full shade takes away: least of the blue, as daylight does."""


@dataclass(frozen=True)
class Cloth:
    """One material. `gloss` is how bright its lit side gets, `grain` how rough it looks."""

    color: Color
    accent: Color
    pattern: str = "plain"
    gloss: float = 0.3
    grain: float = 2.2

    @property
    def line(self) -> Color:
        """The color of seams and edges."""
        return ink(self.color)

    @property
    def button(self) -> Color:
        """Buttons of shell, or on pale cloth of horn."""
        return (238, 236, 228) if luminance(self.color) < 185 else (186, 180, 170)

    def plain(self) -> "Cloth":
        """The same without the pattern, for ribs, collars and linings."""
        return Cloth(self.color, self.accent, "plain", self.gloss, self.grain)

    def dyed(self, color: Color) -> "Cloth":
        """The same material in another color, plain."""
        return Cloth(color, self.accent, "plain", self.gloss, self.grain)

    def shaded(self, share: float) -> "Cloth":
        """The same material, darker: an inside, a far side."""
        return self.dyed(darker(self.color, share))

    def tinted(self, share: float) -> "Cloth":
        """The same material, lighter."""
        return self.dyed(lighter(self.color, share))

    def denim(self) -> "Cloth":
        """Woven as denim: rough, and a blue that has been washed."""
        bluish = self.color[2] > self.color[0] + 25
        return Cloth(mix(self.color, (104, 124, 156), 0.32) if bluish else self.color, self.accent, grain=4.5)

    def lit(self, mask: Mask, light: Alpha, angle: float = 0.0) -> Pixels:
        """Its pixels under a light of -1 (shade) .. 1 (highlight), float32, (3, h, w); the pattern at an angle."""
        base = np.array(self.color, dtype=np.float32)[:, None, None]
        if self.pattern in PATTERNS:
            base = base + self._cover(mask, angle) * (np.array(self.accent, dtype=np.float32)[:, None, None] - base)
        pixels: Pixels = base * (1 + np.minimum(0, light) * SHADE)
        pixels += (255 - pixels) * (np.maximum(0, light) * np.float32(self.gloss))
        pixels += _grain()[mask.window] * np.float32(self.grain)
        return pixels

    def _cover(self, mask: Mask, angle: float) -> Alpha:
        rows, columns = mask.window
        y, x = np.mgrid[rows, columns].astype(np.float32)
        x, y = x - WIDTH / 2, y - HEIGHT / 2
        sin, cos = np.sin(np.radians(angle)), np.cos(np.radians(angle))
        return PATTERNS[self.pattern]((x * cos + y * sin).astype(np.float32), (y * cos - x * sin).astype(np.float32))


@lru_cache
def _grain() -> Alpha:
    """The fine unevenness of any real surface: float32, (400, 300), around 0, mostly within 1."""
    noise = np.random.default_rng(7).random((HEIGHT, WIDTH), dtype=np.float32)
    fine: Alpha = (blurred(noise, 0.7) - np.float32(0.5)) * np.float32(5)
    return fine
