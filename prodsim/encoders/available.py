"""Which encoders can be used here and now, what to do about the others, and which one to take."""

from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from threading import Lock

from prodsim.config import Settings
from prodsim.encoders.registry import REGISTRY, encoder_spec
from prodsim.encoders.spec import Bundled, Encoder, EncoderSpec
from prodsim.encoders.weights import (
    OnProgress,
    WeightsFile,
    bundled_path,
    fetch_weights,
    find_bundled,
    find_weights,
    remedy,
)
from prodsim.errors import EncoderError, WeightsUnavailable


@dataclass(frozen=True)
class Available:
    """An encoder whose weights (if it has any) are at hand. Nothing is loaded until `load`."""

    spec: EncoderSpec
    weights: WeightsFile | None
    fingerprint: str

    @property
    def notice(self) -> str:
        """What a user should know about the weights; empty if they are the published ones."""
        if self.weights is None or self.weights.published:
            return ""
        return f"{self.spec.name} uses {self.weights.path}, which are not the published weights."

    def load(self) -> Encoder:
        """The encoder itself, kept in memory; seconds for a network at first. EncoderError if its weights are unfit."""
        with _loading:
            return _load(self)


_loading = Lock()


@lru_cache(maxsize=2)
def _load(encoder: Available) -> Encoder:
    if encoder.weights is None:
        from prodsim.encoders.pixels import PixelsEncoder

        return PixelsEncoder(encoder.spec)
    from prodsim.encoders import applications, mini

    load = mini.load if encoder.spec.family == "mini" else applications.load
    return load(encoder.spec, encoder.weights)


@dataclass(frozen=True)
class Unavailable:
    """An encoder that cannot be used, why, and what to do about it."""

    spec: EncoderSpec
    reason: str
    remedy: str
    fetchable: bool = False


def status(name: str, settings: Settings) -> Available | Unavailable:
    """Whether the encoder can be used, judged from what is on disk. UnknownEncoder if there is none of this name."""
    spec = encoder_spec(name)
    if spec.family != "pixels" and find_spec("tensorflow") is None:
        return Unavailable(spec, "TensorFlow is not installed", "Run `pip install -r requirements.txt`.")
    if spec.bundled is not None:
        return _bundled(spec, spec.bundled)
    if spec.weights is None:
        return Available(spec, None, spec.fingerprint())
    try:
        weights = find_weights(spec.weights, settings)
    except WeightsUnavailable as error:
        return Unavailable(spec, "its weights cannot be read", str(error))
    if weights is None:
        return Unavailable(spec, "its weights are not on disk", remedy(spec, settings), fetchable=True)
    return Available(spec, weights, spec.fingerprint(weights.sha256))


def _bundled(spec: EncoderSpec, bundled: Bundled) -> Available | Unavailable:
    weights = find_bundled(bundled)
    if weights is None:
        return Unavailable(
            spec, f"{bundled.file} is missing or changed", f"Restore {bundled_path(bundled)} from the project."
        )
    return Available(spec, weights, spec.fingerprint(weights.sha256))


def require(name: str, settings: Settings, on_progress: OnProgress | None = None) -> Available:
    """The encoder of this name, its weights fetched if they are not on disk. EncoderError says what to do otherwise."""
    found = status(name, settings)
    if isinstance(found, Unavailable) and found.fetchable:
        fetch_weights(found.spec, settings, on_progress)
        found = status(name, settings)
    if isinstance(found, Unavailable):
        raise EncoderError(f"The encoder {name} cannot be used: {found.reason}. {found.remedy}")
    return found


def fallback(settings: Settings) -> Available:
    """The best encoder that is at hand; there is always one, as `pixels` needs nothing."""
    return next(found for name in REGISTRY if isinstance(found := status(name, settings), Available))
