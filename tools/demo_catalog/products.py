"""From the table of designs to single products: what each is called, and its row and picture."""

from dataclasses import dataclass
from random import Random

from PIL import Image

from tools.demo_catalog.canvas import Canvas
from tools.demo_catalog.cloth import Cloth
from tools.demo_catalog.designs import DESIGNS, KINDS, Design
from tools.demo_catalog.palette import ACCENTS, COLORS, jitter

FIRST_ID = 10001
BRANDS = (
    "Norvane", "Quillmark", "Tamberly", "Oskelin", "Brackwen",
    "Pellstrom", "Marlowick", "Vessaly", "Dunmorrow", "Kestrelle",
)  # fmt: skip
"""Invented."""

PATTERN_WORDS = {
    "plain": "",
    "stripes": "Striped",
    "pinstripes": "Pinstriped",
    "checks": "Checked",
    "dots": "Polka Dot",
    "floral": "Floral",
    "leaves": "Leaf Print",
    "print": "Graphic Print",
}
"""What a pattern is called in a product's name."""


@dataclass(frozen=True)
class Product:
    """One product of the demo catalog."""

    id: str
    design: Design
    color: str
    pattern: str
    gender: str

    @property
    def row(self) -> dict[str, str]:
        """Its row in styles.csv."""
        rng = Random(f"row of {self._seed}")
        kind = KINDS[self.design.article]
        words = (rng.choice(BRANDS), self.gender, self.color, PATTERN_WORDS[self.pattern], self.design.cut, kind.noun)
        return {
            "id": self.id,
            "gender": self.gender,
            "masterCategory": kind.master,
            "subCategory": kind.sub,
            "articleType": self.design.article,
            "baseColour": self.color,
            "season": rng.choice(self.design.seasons.split(", ")),
            "year": str(rng.randint(2012, 2018)),
            "usage": self.design.usage,
            "productDisplayName": " ".join(word for word in words if word),
        }

    def picture(self) -> Image.Image:
        """Its picture, RGB, 300x400; always the same."""
        rng = Random(f"picture of {self._seed}")
        art = Canvas(rng)
        cloth = Cloth(jitter(COLORS[self.color], rng), COLORS[ACCENTS[self.color]], self.pattern, self.design.gloss)
        self.design.draw(art, cloth)
        return art.image()

    @property
    def _seed(self) -> str:
        return f"{self.design.article}, {self.design.cut}, {self.color}, {self.pattern}"


def products() -> list[Product]:
    """All products, well mixed, so that the first page shows some of everything."""
    looks = [(design, turn, look) for design in DESIGNS for turn, look in enumerate(design.looks.split(", "))]
    Random("mix").shuffle(looks)
    result = []
    for number, (design, turn, look) in enumerate(looks, start=FIRST_ID):
        words = look.split()
        pattern = words.pop() if words[-1].islower() else "plain"
        genders = design.genders.split(", ")
        result.append(Product(str(number), design, " ".join(words), pattern, genders[turn % len(genders)]))
    return result
