"""How many pictures an encoder turns into embeddings in a second, on this machine; kept in the cache beside reports."""

import json
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from PIL import Image

from prodsim.config import Settings
from prodsim.encoders import Available, Encoder
from prodsim.errors import CacheError, ImageError
from prodsim.images import open_rgb
from prodsim.storage import seal, unseal, write_whole

PICTURES, AT_ONCE = 64, 16


def pictures_per_second(encoder: Encoder, paths: Sequence[Path]) -> float:
    """From files to embeddings, AT_ONCE at a time, the first PICTURES that open. 0.0 if none does."""
    encoder.encode(_fitted(encoder, paths[:AT_ONCE]))  # what is only made once is not measured
    started, done = time.perf_counter(), 0
    for start in range(0, min(len(paths), PICTURES), AT_ONCE):
        pictures = _fitted(encoder, paths[start : start + AT_ONCE])
        encoder.encode(pictures)
        done += len(pictures)
    return done / (time.perf_counter() - started)


def _fitted(encoder: Encoder, paths: Sequence[Path]) -> list[Image.Image]:
    """One after the other, so that one at a time is there as large as it is."""
    pictures = []
    for path in paths:
        with suppress(ImageError):
            pictures.append(encoder.fit(open_rgb(path)))
    return pictures


def keep_speed(encoder: Available, speed: float, settings: Settings) -> None:
    """Remember it; what cannot be written is measured again another time."""
    with suppress(CacheError):
        write_whole(_path(encoder, settings), [seal(json.dumps(speed).encode())])


def kept_speed(encoder: Available, settings: Settings) -> float | None:
    """What was measured here before, in pictures per second; None if there is nothing, or it is damaged."""
    try:
        content = unseal(_path(encoder, settings).read_bytes())
        return None if content is None else float(content)
    except (OSError, ValueError):
        return None


def _path(encoder: Available, settings: Settings) -> Path:
    return settings.folder("reports") / f"{encoder.spec.name}-{encoder.fingerprint}.speed"
