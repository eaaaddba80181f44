"""What an encoder is, in data: an `EncoderSpec` says everything that decides its numbers, and nothing else does."""

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import ClassVar, Literal, Protocol, cast, runtime_checkable

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from prodsim.images import Fitting, Resample

Preprocessing = Literal["caffe", "tf", "torch", "none", "cielab"]
"""How pixels of 0..255 are scaled: `caffe`, `tf` and `torch` as in `keras.applications`; `none` where the network does
it.
"""

Pooling = Literal["max", "avg", "token", "attention", "none"]
"""How places become one vector: `token`, a place of its own that gathers from all; `attention`, a learned mean."""

NO_PART_OF_FINGERPRINT = ("title", "summary", "weights", "bundled", "preset", "match_threshold", "reads_text")
"""What does not change the embeddings of pictures."""

KnownBy = Literal["sha256", "md5", "size", "place"]
"""What tells published weights from others, before their first use: see `pins`."""


@dataclass(frozen=True)
class Weights:
    """A published weights file. `size` in bytes; `digest` is "md5:..." or "sha256:...", or "size" where its publisher
    gives none: then a file of this size is taken for the published one.
    """

    file: str
    url: str
    digest: str
    size: int
    license: str

    def __post_init__(self) -> None:
        if self.known_by not in ("md5", "sha256", "size"):
            raise ValueError(f"{self.file}: the digest {self.digest!r} is neither md5:... nor sha256:... nor size")
        if not self.file.endswith(".h5"):
            raise ValueError(f"{self.file}: weights are HDF5 files in Keras's layout, named .h5")

    @property
    def known_by(self) -> KnownBy:
        """Never "place"."""
        return cast(KnownBy, self.digest.partition(":")[0])


@dataclass(frozen=True)
class Bundled:
    """Weights that lie beside this module: plain arrays in an .npz file. `sha256` in hex, `size` in bytes."""

    file: str
    sha256: str
    size: int
    license: str
    known_by: ClassVar[KnownBy] = "sha256"

    def __post_init__(self) -> None:
        if not self.file.endswith(".npz"):
            raise ValueError(f"{self.file}: bundled weights are NumPy arrays, named .npz")


@dataclass(frozen=True)
class Preset:
    """A folder that KerasHub publishes on Kaggle. `size` of its weights in bytes, four for a parameter; no digest is
    published.
    """

    handle: str
    size: int
    license: str
    known_by: ClassVar[KnownBy] = "place"

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[\w-]+/[\w-]+/keras/\w+/[1-9]\d*", self.handle):
            raise ValueError(f"{self.handle}: a preset's handle is owner/model/keras/name/version")

    @property
    def name(self) -> str:
        """What KerasHub calls it."""
        return self.handle.split("/")[3]


@dataclass(frozen=True)
class EncoderSpec:
    """One encoder of a `family`, see `Family`. `input_size` is (width, height) in pixels; `architecture` is what
    the family calls the network and `arguments` what it is built with; `dim` counts the numbers of an embedding.
    `match_threshold`: see `Calibration`; few phone photos of clothes fall below it (docs/scores.md). `reads_text`:
    whether it is a `TextEncoder`. Raise `version` when code changes what comes out for the same spec: how pictures are
    opened, fitted or encoded. Not for what leaves an embedding at a cosine of at least 0.999 to what it was, as
    decoding a JPEG at the size that is needed does (`python -m benchmarks.scaling`): both may lie in one store.
    """

    name: str
    title: str
    summary: str
    family: str
    dim: int
    input_size: tuple[int, int]
    resample: Resample
    preprocessing: Preprocessing
    pooling: Pooling
    architecture: str = ""
    arguments: tuple[tuple[str, float], ...] = ()
    weights: Weights | None = None
    bundled: Bundled | None = None
    preset: Preset | None = None
    fitting: Fitting = "squash"
    match_threshold: float = 65.0
    reads_text: bool = False
    version: int = 1

    def __post_init__(self) -> None:
        if not self.name.isidentifier():
            raise ValueError(f"An encoder's name is an identifier, not {self.name!r}.")
        if self.dim < 1 or min(self.input_size) < 1:
            raise ValueError(f"{self.name}: dim and input size are at least 1.")
        if sum(source is not None for source in (self.weights, self.bundled, self.preset)) > 1:
            raise ValueError(f"{self.name}: an encoder's weights have one source.")

    @property
    def source(self) -> Weights | Bundled | Preset | None:
        """What its weights are and whose; None if it needs none."""
        return self.weights or self.bundled or self.preset

    @property
    def sees(self) -> tuple[tuple[int, int], Resample, Fitting]:
        """What pictures are fitted to: the size, and how they are brought to it."""
        return self.input_size, self.resample, self.fitting

    def fingerprint(self, weights_sha256: str = "") -> str:
        """16 hex digits that change with all that changes the embeddings: the spec and the weights really loaded."""
        facts = asdict(self)
        for name in NO_PART_OF_FINGERPRINT:
            del facts[name]
        facts["weights_sha256"] = weights_sha256
        return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()[:16]


class Encoder(Protocol):
    """Turns pictures into embeddings. Thread-safe; one picture is a batch of one."""

    @property
    def spec(self) -> EncoderSpec:
        """What it is."""

    def fit(self, image: Image.Image) -> Image.Image:
        """Exactly the pixels that the model sees, as a picture of `spec.input_size`. Idempotent."""

    def encode(self, images: Sequence[Image.Image]) -> NDArray[np.float32]:
        """RGB pictures of any size, which are fitted -> float32 (n, dim)."""


@runtime_checkable
class DetectsOutOfDistribution(Protocol):
    """An encoder that knows what it was made for."""

    def familiarity(self, images: Sequence[Image.Image]) -> NDArray[np.float32]:
        """RGB pictures, at least one -> float32 (n,); below 0: it was not made for pictures like this."""


@runtime_checkable
class TextEncoder(Protocol):
    """An encoder that embeds descriptions as well as pictures."""

    def encode_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Descriptions -> float32 (n, dim), in the space of the pictures' embeddings."""


@runtime_checkable
class Additive(Protocol):
    """An encoder whose embedding is a sum over the places of a picture, so that an inner product with it is one too."""

    def parts(self, images: Sequence[Image.Image]) -> NDArray[np.float32]:
        """RGB pictures, at least one -> float32 (n, rows, columns, dim): places of the fitted picture, which they
        divide evenly. Their sum over rows and columns is the embedding, but for rounding.
        """


@dataclass(frozen=True)
class Layer:
    """One layer of a network. `kind`: its class in Keras; `shape`: of what comes out of it for one picture, None where
    that is open; `parameters`: how many numbers it has learned.
    """

    name: str
    kind: str
    shape: tuple[int | None, ...]
    parameters: int


@runtime_checkable
class Layered(Protocol):
    """An encoder that is a network."""

    def layers(self) -> Sequence[Layer]:
        """From the picture, whose numbers are already scaled, to the embedding."""


def is_familiar(encoder: Encoder, image: Image.Image) -> bool:
    """Whether the encoder was made for pictures like this; an encoder that cannot tell says yes."""
    return not isinstance(encoder, DetectsOutOfDistribution) or bool(encoder.familiarity([image])[0] >= 0)
