"""Answers about a small catalog with faults, of which every byte is written here, so that its digest is stored too."""

import struct
import zlib
from pathlib import Path
from typing import Any

from tests.golden.asking import document, search

PICTURES = {"1": (200, 30, 40), "2": (30, 60, 180), "3": (210, 40, 60), "9": (20, 20, 20)}

TABLE = """id,articleType,baseColour,productDisplayName
1,Shirts,Red,Plain Red Shirt
2,Hats,Blue,Blue Hat, with a Band, of Felt
3,Shirts,,Nearly Red Shirt
3,Shirts,Red,The Same Id Again
,Hats,Red,Hat without an Id
7,Hats,Green,Hat without a Picture
"""


def write(folder: Path) -> Path:
    """The catalog, in a folder called `shop`."""
    shop = folder / "shop"
    (shop / "images").mkdir(parents=True)
    (shop / "styles.csv").write_text(TABLE, encoding="utf-8")
    for product_id, color in PICTURES.items():
        (shop / "images" / f"{product_id}.png").write_bytes(picture(color))
    return shop


def picture(color: tuple[int, int, int], side: int = 24) -> bytes:
    """A PNG, white above and colored below. Stored, not compressed: compressors differ."""
    pixels = (b"\0" + b"\xff" * 3 * side) * (side // 2) + (b"\0" + bytes(color) * side) * (side // 2)
    stored = struct.pack("<BHH", 1, len(pixels), len(pixels) ^ 0xFFFF) + pixels
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)),
        (b"IDAT", b"\x78\x01" + stored + struct.pack(">I", zlib.adler32(pixels))),
        (b"IEND", b""),
    )
    framed = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(framed)


def answers(folder: Path) -> dict[str, Any]:
    """What is said about the catalog, which is written into `folder`."""
    shop, cache = write(folder), folder / "cache of the shop"
    queries = {
        "a product": ("--product", "1"),
        "a picture": (shop / "images" / "9.png",),
        "words": ("--words", "felt hat"),
    }
    found = {name: search(cache, "pixels", "--catalog", shop, *query) for name, query in queries.items()}
    for each in found.values():
        del each["closeness"]  # percentiles among three pairs hang on the last bit of a similarity
    return {"stats": document("stats", "--cache-dir", cache, "--catalog", shop)} | found
