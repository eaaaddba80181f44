"""The encoder of our own: a small residual network for clothes, trained by `training/` and shipped beside this module.

Convolutions -> a map of 5 x 4 places -> their average -> one linear layer -> unit length. So the similarity of two
pictures is a sum over places: with features f of a picture, `embedding = mean(f) @ W / |mean(f) @ W|`.
"""

from typing import Any

import numpy as np

from prodsim.encoders.network import NetworkEncoder, import_keras
from prodsim.encoders.spec import EncoderSpec
from prodsim.encoders.weights import WeightsFile
from prodsim.errors import EncoderError

STEM = 32
STAGES = (64, 128, 256)
SQUEEZE = 8
"""Channels of each stage's attention for one of its narrow layer."""


def load(spec: EncoderSpec, weights: WeightsFile) -> NetworkEncoder:
    """The network with the arrays of an .npz file: `<layer>.kernel` and `<layer>.bias`, of any float type; NumPy
    unpickles nothing by default.

    EncoderError if an array is missing or of another shape.
    """
    network = build(spec)
    try:
        with np.load(weights.path) as arrays:
            for layer in network.layers:
                if layer.weights:
                    layer.set_weights(
                        [arrays[f"{layer.name}.{each.name}"].astype(np.float32) for each in layer.weights]
                    )
    except Exception as error:  # NumPy, zipfile and Keras raise many types on files that do not fit
        raise EncoderError(
            f"{weights.path} does not hold the weights of {spec.name}: {error}. Restore it from the project."
        ) from error
    return NetworkEncoder(spec, network, "pool")


def build(spec: EncoderSpec) -> Any:
    """The Keras network, its weights still random: float32 (n, height, width, 3) in -1..1 -> unit vectors (n, dim)."""
    keras = import_keras()
    layers = keras.layers
    width, height = spec.input_size

    def convolve(x: Any, channels: int, kernel: int, stride: int, name: str) -> Any:
        if kernel > 1:
            x = layers.ZeroPadding2D(kernel // 2)(x)  # on all sides, while "same" pads some strides on one
        return layers.Conv2D(channels, kernel, stride, name=name)(x)

    def attend(x: Any, name: str) -> Any:
        """Squeeze and excitation (Hu et al. 2018, arXiv:1709.01507)."""
        channels = x.shape[-1]
        weights = layers.GlobalAveragePooling2D(keepdims=True)(x)
        weights = layers.Dense(channels // SQUEEZE, "relu", name=f"{name}.squeeze")(weights)
        weights = layers.Dense(channels, "sigmoid", name=f"{name}.excite")(weights)
        return layers.Multiply()([x, weights])

    x = pictures = keras.Input((height, width, 3))
    x = layers.ReLU()(convolve(x, STEM, 3, 2, "stem"))
    for number, channels in enumerate(STAGES):
        stage = f"stages.{number}"
        deep = layers.ReLU()(convolve(x, channels, 3, 2, f"{stage}.first"))
        deep = attend(convolve(deep, channels, 3, 1, f"{stage}.second"), f"{stage}.attention")
        x = layers.ReLU()(layers.Add()([deep, convolve(x, channels, 1, 2, f"{stage}.shortcut")]))
    pooled = layers.GlobalAveragePooling2D(name="pool")(x)
    embedded = layers.Dense(spec.dim, use_bias=False, name="embed")(pooled)
    return keras.Model(pictures, layers.UnitNormalization()(embedded))
