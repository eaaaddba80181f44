"""The encoder of our own: a small residual network for clothes, trained by `training/` and shipped beside this module.

Convolutions -> a map of 5 x 4 places -> their average -> one linear layer -> unit length. So the similarity of two
pictures is a sum over places: with features f of a picture, `embedding = mean(f) @ W / |mean(f) @ W|`. Each picture is
seen in the mirror as well, and f is the mean of both maps: which way a shoe points makes no difference.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from prodsim.config import Settings
from prodsim.encoders.base import EncoderSpec
from prodsim.encoders.family import Missing
from prodsim.encoders.network import PoolingEncoder, import_keras, without_tensorflow
from prodsim.encoders.weights import WeightsFile, bundled_path, find_bundled
from prodsim.errors import EncoderError

STEM = 32
STAGES = (64, 128, 256)
SQUEEZE = 8
"""Channels of each stage's attention for one of its narrow layer."""


class MiniEncoder(PoolingEncoder):
    """Tells clothes from other things as well: one more linear function of what the network pools."""

    def __init__(self, spec: EncoderSpec, network: Any, kernel: NDArray[np.float32], bias: float) -> None:
        """`kernel`: float32 (2 * channels,), for the mean and the maximum over places."""
        super().__init__(spec, network, "pool")
        self._embedding_kernel = np.asarray(network.get_layer("embed").kernel)
        self._kernel, self._bias = kernel, bias

    def parts(self, images: Sequence[Image.Image]) -> NDArray[np.float32]:
        """RGB pictures, at least one -> float32 (n, rows, columns, dim), see `Additive`: what each place gives to the
        mean, through the linear layer, at the length of the whole.
        """
        parts: NDArray[np.float32] = self.shares(images) @ self._embedding_kernel
        sums = parts.sum(axis=(1, 2), keepdims=True).astype(np.float64)
        lengths: NDArray[np.float32] = np.linalg.norm(sums, axis=-1, keepdims=True).astype(np.float32)
        return np.divide(parts, lengths, out=np.zeros_like(parts), where=lengths > 0)

    def familiarity(self, images: Sequence[Image.Image]) -> NDArray[np.float32]:
        """RGB pictures, at least one -> float32 (n,); below 0: more like drawings of other things than like clothes."""
        features = self.features(images)
        described = np.concatenate([features.mean(axis=(1, 2)), features.max(axis=(1, 2))], axis=1)
        return described @ self._kernel + np.float32(self._bias)


def check(spec: EncoderSpec) -> None:
    """See `Family.check`."""
    if not spec.bundled:
        raise ValueError(f"{spec.name}: an encoder of our own has bundled weights.")


def find(spec: EncoderSpec, settings: Settings) -> WeightsFile | Missing:
    """See `Family.find`."""
    assert spec.bundled is not None  # checked
    path = bundled_path(spec.bundled)
    missing = Missing(f"{spec.bundled.file} is missing or changed", f"Restore {path} from the project.")
    return without_tensorflow() or find_bundled(spec.bundled) or missing


def load(spec: EncoderSpec, weights: WeightsFile | None) -> MiniEncoder:
    """The network with the arrays of an .npz file: `<layer>.kernel` and `<layer>.bias`, of any float type, and those of
    `familiarity`; NumPy unpickles nothing by default.

    EncoderError if an array is missing or of another shape.
    """
    assert weights is not None  # found
    network = build(spec)
    try:
        with np.load(weights.path) as arrays:
            for layer in network.layers:
                if layer.weights:
                    layer.set_weights(
                        [arrays[f"{layer.name}.{each.name}"].astype(np.float32) for each in layer.weights]
                    )
            kernel = arrays["familiarity.kernel"].astype(np.float32).reshape(2 * STAGES[-1])
            bias = float(arrays["familiarity.bias"].item())
    except Exception as error:  # NumPy, zipfile and Keras raise many types on files that do not fit
        raise EncoderError(
            f"{weights.path} does not hold the weights of {spec.name}: {error}. Restore it from the project."
        ) from error
    return MiniEncoder(spec, network, kernel, bias)


def build(spec: EncoderSpec) -> Any:
    """The Keras network, its weights still random: float32 (n, height, width, 3) in -1..1 -> unit vectors (n, dim)."""
    keras = import_keras()
    layers, ops = keras.layers, keras.ops
    width, height = spec.input_size

    def convolve(x: Any, channels: int, stride: int, name: str) -> Any:
        x = layers.ZeroPadding2D(1)(x)  # on all sides, while "same" pads some strides on one
        return layers.Conv2D(channels, 3, stride, name=name)(x)

    def attend(x: Any, name: str) -> Any:
        """Squeeze and excitation (Hu et al. 2018, arXiv:1709.01507)."""
        channels = x.shape[-1]
        weights = layers.GlobalAveragePooling2D(keepdims=True)(x)
        weights = layers.Dense(channels // SQUEEZE, "relu", name=f"{name}.squeeze")(weights)
        weights = layers.Dense(channels, "sigmoid", name=f"{name}.excite")(weights)
        return layers.Multiply()([x, weights])

    pictures = keras.Input((height, width, 3))
    x = ops.concatenate([pictures, ops.flip(pictures, axis=2)], axis=0)
    x = layers.ReLU()(convolve(x, STEM, 2, "stem"))
    for number, channels in enumerate(STAGES):
        stage = f"stages.{number}"
        x = layers.ReLU()(convolve(x, channels, 2, f"{stage}.down"))
        deep = layers.ReLU()(convolve(x, channels, 1, f"{stage}.first"))
        deep = attend(convolve(deep, channels, 1, f"{stage}.second"), f"{stage}.attention")
        x = layers.ReLU()(layers.Add()([x, deep]))
    straight, mirrored = ops.split(x, 2, axis=0)
    x = layers.Average()([straight, ops.flip(mirrored, axis=2)])
    pooled = layers.GlobalAveragePooling2D(name="pool")(x)
    embedded = layers.Dense(spec.dim, use_bias=False, name="embed")(pooled)
    return keras.Model(pictures, layers.UnitNormalization()(embedded))
