"""What a pretrained network sees in each picture. It guides the first epochs and is no part of what ships."""

import hashlib
import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from prodsim.config import Settings
from prodsim.encoders import Available, Encoder, require

TEACHER = "mobilenet_025"
AT_ONCE = 4096


def teach(
    pictures: NDArray[np.uint8], settings: Settings, folder: Path, say: Callable[[str], None]
) -> NDArray[np.float32]:
    """uint8 (n, h, w, 3) -> float32 (n, 256), unit length after taking away the mean; kept in `folder`.

    The mean is of these pictures alone, so that photos and products lie around the same middle.
    """
    teacher = require(TEACHER, settings)
    asked = hashlib.sha256(pictures.tobytes()).hexdigest()[:16]
    kept = folder / f"taught-{asked}-{teacher.fingerprint}.npy"
    if kept.exists():
        found: NDArray[np.float32] = np.load(kept)
        return found
    parts = []
    # In a process of its own: TensorFlow and PyTorch's build for GPUs do not get along in one, and a GPU is freed.
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as beside:
        for start in range(0, len(pictures), AT_ONCE):
            parts.append(beside.submit(_encode, teacher, pictures[start : start + AT_ONCE]).result())
            say(f"{TEACHER}: {start + len(parts[-1]):,} of {len(pictures):,} pictures")
    vectors = np.concatenate(parts)
    vectors -= vectors.mean(axis=0)
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
    fresh = kept.with_suffix(".part.npy")
    np.save(fresh, vectors)
    os.replace(fresh, kept)
    return vectors


def _encode(teacher: Available, pictures: NDArray[np.uint8]) -> NDArray[np.float32]:
    return _loaded(teacher).encode([Image.fromarray(picture) for picture in pictures])


@cache
def _loaded(teacher: Available) -> Encoder:
    return teacher.load()
