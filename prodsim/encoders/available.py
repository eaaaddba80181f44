"""Which encoders can be used here and now, what to do about the others, and which one to take."""

from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from threading import Lock

from prodsim.config import Settings
from prodsim.encoders.base import Bundled, Encoder, EncoderSpec, Weights
from prodsim.encoders.presets import find_preset, preset_remedy
from prodsim.encoders.registry import REGISTRY, encoder_spec
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
from prodsim.requirements import install_line


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
    from prodsim.encoders import hub, keras, mini

    load = {"keras": keras.load, "mini": mini.load, "hub": hub.load}[encoder.spec.family]
    return load(encoder.spec, encoder.weights)


@dataclass(frozen=True)
class Unavailable:
    """An encoder that cannot be used, why, and what to do about it. `fetchable`: `require` tries to download it."""

    spec: EncoderSpec
    reason: str
    remedy: str
    fetchable: bool = False


def status(name: str, settings: Settings) -> Available | Unavailable:
    """Whether the encoder can be used, judged from what is on disk. UnknownEncoder if there is none of this name."""
    spec = encoder_spec(name)
    if spec.family != "pixels" and find_spec("tensorflow") is None:
        return Unavailable(spec, "TensorFlow is not installed", f"Run `{install_line()}`.")
    if spec.bundled is not None:
        return _bundled(spec, spec.bundled)
    try:
        if spec.preset is not None:
            return _preset(spec, settings)
        if spec.weights is not None:
            return _published(spec, spec.weights, settings)
    except WeightsUnavailable as error:
        return Unavailable(spec, "its weights cannot be read", str(error))
    return Available(spec, None, spec.fingerprint())


def _published(spec: EncoderSpec, published: Weights, settings: Settings) -> Available | Unavailable:
    weights = find_weights(published, settings)
    if weights is None:
        return Unavailable(spec, "its weights are not on disk", remedy(spec, settings), fetchable=True)
    return Available(spec, weights, spec.fingerprint(weights.sha256))


def _preset(spec: EncoderSpec, settings: Settings) -> Available | Unavailable:
    """Not fetchable: kagglehub cannot be skipped and does not tell how far it is; `download` alone fetches a preset."""
    if find_spec("keras_hub") is None:
        return Unavailable(spec, "KerasHub is not installed", f"Run `{install_line('transformers')}`.")
    weights = find_preset(spec, settings)
    if weights is None:
        return Unavailable(spec, "its weights are not on disk", preset_remedy(spec, settings))
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
