"""Which encoders can be used here and now, what to do about the others, and which one to take."""

from dataclasses import dataclass
from importlib.util import find_spec

from prodsim.config import Settings
from prodsim.encoders.registry import REGISTRY, encoder_spec
from prodsim.encoders.spec import Encoder, EncoderSpec
from prodsim.encoders.weights import OnProgress, WeightsFile, fetch_weights, find_weights, remedy
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
        """The encoder itself; takes seconds for a network. EncoderError if its weights do not fit."""
        if self.weights is None:
            from prodsim.encoders.pixels import PixelsEncoder

            return PixelsEncoder(self.spec)
        from prodsim.encoders.keras_encoder import KerasEncoder

        return KerasEncoder(self.spec, self.weights)


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
    if spec.family == "keras" and find_spec("tensorflow") is None:
        return Unavailable(spec, "TensorFlow is not installed", "Run `pip install -r requirements.txt`.")
    if spec.weights is None:
        return Available(spec, None, spec.fingerprint())
    try:
        weights = find_weights(spec.weights, settings)
    except WeightsUnavailable as error:
        return Unavailable(spec, "its weights cannot be read", str(error))
    if weights is None:
        return Unavailable(spec, "its weights are not on disk", remedy(spec, settings), fetchable=True)
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


def fallback(missing: EncoderError, settings: Settings) -> tuple[Available, str]:
    """The best encoder that is at hand, and a notice that says why it stands in."""
    found = next(
        found for name in REGISTRY if isinstance(found := status(name, settings), Available)
    )  # pixels needs nothing, so there is always one
    return found, f"{missing} Until then {found.spec.title} is used instead."
