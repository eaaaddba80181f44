"""How many pictures an encoder turns into embeddings in a second, on this machine; kept in the cache beside reports."""

import json
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from PIL import Image

from prodsim.config import Settings
from prodsim.encoders import Available, Encoder
from prodsim.errors import ImageError
from prodsim.images import open_rgb

PICTURES, AT_ONCE = 64, 16


def pictures_per_second(encoder: Encoder, paths: Sequence[Path]) -> float:
    """From files to embeddings, AT_ONCE at a time, the first PICTURES that open. 0.0 if none does."""
    encoder.encode(_opened(paths[:AT_ONCE]))  # what is only made once is not measured
    started, done = time.perf_counter(), 0
    for start in range(0, min(len(paths), PICTURES), AT_ONCE):
        pictures = _opened(paths[start : start + AT_ONCE])
        encoder.encode(pictures)
        done += len(pictures)
    return done / (time.perf_counter() - started)


def _opened(paths: Sequence[Path]) -> list[Image.Image]:
    pictures = []
    for path in paths:
        with suppress(ImageError):
            pictures.append(open_rgb(path))
    return pictures


def keep(encoder: Available, speed: float, settings: Settings) -> None:
    """Remember it; what cannot be written is measured again another time."""
    with suppress(OSError):
        _path(encoder, settings).write_text(json.dumps(speed), encoding="utf-8")


def kept(encoder: Available, settings: Settings) -> float | None:
    """What was measured here before, in pictures per second."""
    try:
        found = json.loads(_path(encoder, settings).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return float(found) if isinstance(found, int | float) else None


def _path(encoder: Available, settings: Settings) -> Path:
    return settings.folder("reports") / f"{encoder.spec.name}-{encoder.fingerprint}.speed"
