"""The baseline that a network has to beat: a thumbnail's colors, place by place."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms

from prodsim.config import Settings
from prodsim.encoders.base import EncoderSpec
from prodsim.encoders.weights import WeightsFile
from prodsim.images import fit

_TO_LAB = ImageCms.buildTransform(
    ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), inMode="RGB", outMode="LAB"
)


class PixelsEncoder:
    """A thumbnail in CIELAB, each channel minus its mean over the picture."""

    def __init__(self, spec: EncoderSpec) -> None:
        self.spec = spec

    def fit(self, image: Image.Image) -> Image.Image:
        """The thumbnail."""
        return fit(image, self.spec.input_size, self.spec.resample, self.spec.fitting)

    def encode(self, images: Sequence[Image.Image]) -> NDArray[np.float32]:
        """RGB pictures -> float32 (n, width * height * 3), row by row, L a b (CIELAB, D50)."""
        vectors = np.empty((len(images), self.spec.dim), dtype=np.float32)
        for vector, image in zip(vectors, images, strict=True):
            lab = self._lab(image)
            vector[:] = (lab - lab.mean(axis=(0, 1), dtype=np.float64)).ravel()
        return vectors

    def parts(self, images: Sequence[Image.Image]) -> NDArray[np.float32]:
        """RGB pictures -> float32 (n, height, width, dim), see `Additive`: each place has its own three numbers."""
        width, height = self.spec.input_size
        places = np.arange(width * height)
        parts = np.zeros((len(images), len(places), len(places), 3), dtype=np.float32)
        parts[:, places, places] = self.encode(images).reshape(len(images), -1, 3)
        return parts.reshape(len(images), height, width, self.spec.dim)

    def _lab(self, image: Image.Image) -> NDArray[np.float32]:
        """float32 (height, width, 3)."""
        eight_bit = np.asarray(ImageCms.applyTransform(self.fit(image), _TO_LAB))
        lightness = eight_bit[..., :1].astype(np.float32) * (100 / 255)
        chroma = eight_bit[..., 1:].view(np.int8).astype(np.float32)
        return np.concatenate([lightness, chroma], axis=-1)


def check(spec: EncoderSpec) -> None:
    """See `Family.check`."""
    if spec.source:
        raise ValueError(f"{spec.name}: this encoder has no weights.")


def find(spec: EncoderSpec, settings: Settings) -> None:
    """See `Family.find`: it needs nothing."""


def load(spec: EncoderSpec, weights: WeightsFile | None) -> PixelsEncoder:
    """See `Family.load`."""
    return PixelsEncoder(spec)
