"""Weights files: found on disk, identified by their digest, or fetched once.

Looked for in `PRODSIM_WEIGHTS_DIR` (default: `weights` in the cache folder), then in Keras's own cache. A file that is
there is used whatever its digest; one that differs from the published one is said to, and its digest is part of the
fingerprint. One that is taken for the published one without its SHA-256 is held to the first that was used, see `pins`.
"""

import os
from dataclasses import dataclass
from pathlib import Path

import requests

from prodsim.config import Settings
from prodsim.encoders.base import Bundled, EncoderSpec, Weights
from prodsim.encoders.digests import digest
from prodsim.encoders.download import NotPublished, OnProgress, download
from prodsim.encoders.pins import Pin
from prodsim.errors import WeightsUnavailable


@dataclass(frozen=True)
class WeightsFile:
    """A weights file on disk. `published`: what is known of the published one fits. `pins`: the files that are held to
    their first use.
    """

    path: Path
    sha256: str
    published: bool
    pins: tuple[Pin, ...] = ()


def find_weights(weights: Weights, settings: Settings) -> WeightsFile | None:
    """The weights file on disk, None if there is none.

    WeightsUnavailable if it cannot be read, or is not the one that was first used.
    """
    keras_home = Path(os.environ.get("KERAS_HOME") or os.path.expanduser("~/.keras"))
    for folder in (settings.weights_dir, keras_home / "models"):
        path = folder / weights.file
        if path.is_file():
            return _identified(path, weights, settings)
    return None


def _identified(path: Path, weights: Weights, settings: Settings) -> WeightsFile:
    if not _is_published(path, weights):
        return WeightsFile(path, digest(path), published=False)
    pins = () if weights.known_by == "sha256" else (Pin.of(path, weights.file, settings),)
    return held(WeightsFile(path, digest(path), published=True, pins=pins))


def _is_published(path: Path, weights: Weights) -> bool:
    if weights.known_by == "size":
        return path.stat().st_size == weights.size
    return f"{weights.known_by}:{digest(path, weights.known_by)}" == weights.digest


def held(file: WeightsFile) -> WeightsFile:
    """The file itself. WeightsUnavailable if one that is pinned is not what it was at its first use."""
    for pin in file.pins:
        pin.hold()
    return file


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
    pin = Pin.of(path, weights.file, settings)
    first = pin.first_use()

    def is_the_one(part: Path) -> bool:
        return _is_published(part, weights) and (first is None or digest(part) == first.sha256)

    tells = first is not None or weights.known_by != "size"
    try:
        download(weights.url, path, weights.size, is_the_one if tells else None, on_progress or _nobody)
    except (requests.RequestException, NotPublished, OSError) as error:
        reason = _reason(error)
        if first and isinstance(error, NotPublished):
            reason = f"what arrived is not the file that was first used on {first.day} (see {pin.record})"
        raise WeightsUnavailable(f"{title} cannot be downloaded: {reason}. {remedy(spec, settings)}") from error
    return _identified(path, weights, settings)


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
