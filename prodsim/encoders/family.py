"""What a family of encoders is: a module with these three functions, which `registry.FAMILIES` names."""

from dataclasses import dataclass
from typing import Protocol

from prodsim.config import Settings
from prodsim.encoders.base import Encoder, EncoderSpec
from prodsim.encoders.weights import WeightsFile


@dataclass(frozen=True)
class Missing:
    """Why an encoder cannot be used, and what to do about it. `fetchable`: its weights can be downloaded at once."""

    reason: str
    remedy: str
    fetchable: bool = False


class Family(Protocol):
    """How the encoders of one family are described, found and loaded."""

    def check(self, spec: EncoderSpec) -> None:
        """ValueError if the spec does not describe an encoder of this family."""

    def find(self, spec: EncoderSpec, settings: Settings) -> WeightsFile | Missing | None:
        """The weights that are at hand, None if the encoder needs none, or what is missing. Loads nothing.

        WeightsUnavailable if a file cannot be read.
        """

    def load(self, spec: EncoderSpec, weights: WeightsFile | None) -> Encoder:
        """The encoder, with what `find` found. EncoderError if the weights do not fit."""
