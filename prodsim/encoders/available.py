"""Which encoders can be used here and now, what to do about the others, and which one to take."""

from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

from prodsim.config import Settings
from prodsim.encoders.base import Encoder, EncoderSpec, KnownBy
from prodsim.encoders.download import OnProgress
from prodsim.encoders.family import Missing
from prodsim.encoders.registry import FAMILIES, REGISTRY, encoder_spec
from prodsim.encoders.weights import WeightsFile, fetch_weights
from prodsim.errors import EncoderError, WeightsUnavailable

IN_WORDS: dict[KnownBy, str] = {"sha256": "SHA-256", "md5": "MD5", "size": "their size", "place": "their place alone"}


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

    @property
    def known_by(self) -> str:
        """What tells that the weights are the published ones, in words; empty if the encoder needs none.

        WeightsUnavailable if the record of their first use cannot be read.
        """
        if self.weights is None or self.spec.source is None:
            return ""
        words = IN_WORDS[self.spec.source.known_by]
        if not self.weights.pins:
            return words
        first = self.weights.pins[0].first_use()
        return (
            f"{words}, and SHA-256 since their first use on {first.day}" if first else f"{words}, until their first use"
        )

    def load(self) -> Encoder:
        """The encoder itself, kept in memory; seconds for a network at first. EncoderError if its weights are unfit."""
        with _loading:
            return _load(self)


_loading = Lock()


@lru_cache(maxsize=2)
def _load(encoder: Available) -> Encoder:
    loaded = FAMILIES[encoder.spec.family].load(encoder.spec, encoder.weights)
    for pin in encoder.weights.pins if encoder.weights else ():
        pin.keep()
    return loaded


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
    try:
        found = FAMILIES[spec.family].find(spec, settings)
    except WeightsUnavailable as error:
        return Unavailable(spec, "its weights cannot be used", str(error))
    if isinstance(found, Missing):
        return Unavailable(spec, found.reason, found.remedy, found.fetchable)
    return Available(spec, found, spec.fingerprint(found.sha256 if found else ""))


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
