"""Weights files: found on disk, identified by their digest, or fetched once.

Looked for in `PRODSIM_WEIGHTS_DIR` (default: `weights` in the cache folder), then in Keras's own cache. A file that is
there is used whatever its digest; one that differs from the published one is said to, and its digest is part of the
fingerprint.
"""

import hashlib
import os
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path

import requests

from prodsim.config import Settings
from prodsim.encoders.base import Bundled, EncoderSpec, Weights
from prodsim.encoders.download import NotPublished, OnProgress, download
from prodsim.errors import WeightsUnavailable


@dataclass(frozen=True)
class WeightsFile:
    """A weights file on disk. `published`: its digest is the published one."""

    path: Path
    sha256: str
    published: bool


def find_weights(weights: Weights, settings: Settings) -> WeightsFile | None:
    """The weights file on disk, None if there is none."""
    keras_home = Path(os.environ.get("KERAS_HOME") or os.path.expanduser("~/.keras"))
    for folder in (settings.weights_dir, keras_home / "models"):
        path = folder / weights.file
        if path.is_file():
            return identify(path, weights)
    return None


def identify(path: Path, weights: Weights) -> WeightsFile:
    """The file's digest and whether it is the published one. WeightsUnavailable if it cannot be read."""
    algorithm, _, expected = weights.digest.partition(":")
    sha256 = digest(path)
    if algorithm == "size":
        return WeightsFile(path, sha256, published=path.stat().st_size == weights.size)
    return WeightsFile(path, sha256, published=digest(path, algorithm) == expected)


def digest(path: Path, algorithm: str = "sha256") -> str:
    """A file's digest in hex. WeightsUnavailable if it cannot be read."""
    try:
        status = path.stat()
        return _digest(path, algorithm, status.st_size, status.st_mtime_ns)
    except OSError as error:
        raise WeightsUnavailable(f"{path} cannot be read: {error.strerror}. Check its permissions.") from error


def bundled_path(bundled: Bundled) -> Path:
    """Where it lies: beside this module."""
    return Path(__file__).with_name(bundled.file)


def find_bundled(bundled: Bundled) -> WeightsFile | None:
    """The bundled file; None if it is missing, cannot be read, or is not the one whose digest is pinned."""
    path = bundled_path(bundled)
    try:
        sha256 = digest(path)
    except WeightsUnavailable:
        return None
    return WeightsFile(path, sha256, published=True) if sha256 == bundled.sha256 else None


@lru_cache(maxsize=64)
def _digest(path: Path, algorithm: str, size: int, mtime_ns: int) -> str:
    """Size and time are what makes a changed file a new question."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, partial(hashlib.new, algorithm, usedforsecurity=False)).hexdigest()


def remedy(spec: EncoderSpec, settings: Settings) -> str:
    """What to do when an encoder's weights are missing, in one sentence."""
    assert spec.weights is not None
    return (
        f"Run `python -m prodsim download {spec.name}` where there is a network, "
        f"or put {spec.weights.file} into {settings.weights_dir}."
    )


def fetch_weights(spec: EncoderSpec, settings: Settings, on_progress: OnProgress | None = None) -> WeightsFile:
    """The weights file, downloaded into the weights folder unless it is on disk: complete and checked, or not at all.

    WeightsUnavailable if offline, unreachable (after seconds), damaged or not writable; what has arrived then stays for
    the next time, unless it is damaged.
    """
    weights = spec.weights
    assert weights is not None
    found = find_weights(weights, settings)
    if found:
        return found
    title = f"The weights of {spec.name} ({weights.size / 1e6:.0f} MB)"
    if settings.offline:
        raise WeightsUnavailable(f"{title} are not on disk and PRODSIM_OFFLINE is set. {remedy(spec, settings)}")
    path = settings.weights_dir / weights.file
    is_published = None if weights.digest == "size" else lambda part: identify(part, weights).published
    try:
        download(weights.url, path, weights.size, is_published, on_progress or _nobody)
    except (requests.RequestException, NotPublished, OSError) as error:
        raise WeightsUnavailable(f"{title} cannot be downloaded: {_reason(error)}. {remedy(spec, settings)}") from error
    return identify(path, weights)


def _nobody(done: int, total: int) -> None:
    """Hears of the progress where nobody else wants to."""


def _reason(error: Exception) -> str:
    if isinstance(error, requests.Timeout):
        return "the server did not answer in time"
    if isinstance(error, requests.HTTPError) and error.response is not None:
        return f"the server answered {error.response.status_code}"
    if isinstance(error, requests.exceptions.ChunkedEncodingError):
        return "the connection broke off"
    if isinstance(error, requests.RequestException):
        return "the server cannot be reached"
    if isinstance(error, NotPublished):
        return "what arrived is not the published file"
    return f"it cannot be written ({getattr(error, 'strerror', None) or error})"
