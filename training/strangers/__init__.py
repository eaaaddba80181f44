"""Pictures of no clothing, drawn: what teaches the encoder to say that it knows nothing like it.

How well it does is measured on other kinds, in `benchmarks/strangers.py`, which are never used here.
"""

from collections.abc import Mapping

from training.strangers import scenes, sheets, textures
from training.strangers.drawing import Draw, drawn

STRANGERS: Mapping[str, Draw] = {
    draw.__name__: draw
    for draw in (
        *(textures.patterns, textures.waves, textures.walls, textures.lights, textures.shapes, textures.blobs),
        *(sheets.tables, sheets.diagrams, sheets.music, sheets.signs, sheets.maps),
        *(scenes.towns, scenes.rooms, scenes.plates, scenes.things),
    )
}

__all__ = ["STRANGERS", "Draw", "drawn"]
