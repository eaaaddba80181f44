"""Who may be learned from: the rules that keep what measures the encoder away from what trains it.

Products go by the number of their id, photos by the split that they came in and by their name, so that anyone can tell
from a catalog alone what was seen.
"""

import zlib
from enum import Enum

PHOTO_CLASSES: dict[str, frozenset[str]] = {
    "dress": frozenset({"Dresses"}),
    "hat": frozenset({"Caps", "Hat"}),
    "longsleeve": frozenset({"Sweatshirts", "Sweaters", "Tshirts", "Tops", "Shirts"}),
    "outwear": frozenset({"Jackets", "Blazers", "Rain Jacket", "Nehru Jackets", "Waistcoat"}),
    "pants": frozenset({"Trousers", "Jeans", "Track Pants", "Leggings", "Capris", "Lounge Pants"}),
    "shirt": frozenset({"Shirts"}),
    "shoes": frozenset({"Casual Shoes", "Sports Shoes", "Formal Shoes", "Flats", "Heels", "Sandals"}),
    "shorts": frozenset({"Shorts"}),
    "skirt": frozenset({"Skirts"}),
    "t-shirt": frozenset({"Tshirts"}),
}
"""Class of a phone photo -> the article types that are right for it."""


class Split(Enum):
    """What a product or a photo is for."""

    TRAIN = "train"
    DEVELOPMENT = "development"  # watched while training; what choices are made by
    HELD_OUT = "held out"  # looked at only to report
    PUBLISHED = "published"  # the products of the published method: never trained or tuned on


def split_of_product(product_id: str) -> Split:
    """By the number of the id: below 2000 published, % 10 == 3 held out, % 50 == 17 development, else train."""
    number = int(product_id)
    if number < 2000:
        return Split.PUBLISHED
    if number % 10 == 3:
        return Split.HELD_OUT
    return Split.DEVELOPMENT if number % 50 == 17 else Split.TRAIN


def split_of_photo(path: str) -> Split:
    """By its path in the archive: of `train/<class>/<name>` an eighth, by the CRC, is development, the rest train."""
    if not path.startswith("train/"):
        return Split.HELD_OUT
    return Split.DEVELOPMENT if zlib.crc32(path.encode()) % 8 == 0 else Split.TRAIN
