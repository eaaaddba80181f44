"""Weights files in the layout of the published ones, written from networks whose weights are random but fixed."""

import math
from pathlib import Path
from typing import Any

import h5py
import numpy as np

from prodsim.encoders import EncoderSpec

SCALES = ("gamma", "moving_variance", "variance")
"""The weights of normalizations that multiply or divide; all others of one axis are added."""


def build(spec: EncoderSpec) -> Any:
    """The plain network of `keras.applications` without its top; every weight is random, biases and means as well.

    Kernels are as large as He et al. 2015 (arXiv:1502.01852) have them, and what is added has both signs: so what is in
    the picture comes through to the end, in networks of all depths.
    """
    import keras

    width, height = spec.input_size
    architecture = getattr(keras.applications, spec.architecture)
    network = architecture(include_top=False, weights=None, input_shape=(height, width, 3), **dict(spec.arguments))
    rng = np.random.default_rng(0)
    for weight in network.weights:
        if len(weight.shape) > 1:
            weight.assign(rng.normal(0, np.sqrt(2 / _fan_in(weight.shape)), weight.shape))
        elif weight.name in SCALES:
            weight.assign(rng.uniform(0.5, 1.5, weight.shape))
        else:
            weight.assign(rng.uniform(-0.5, 0.5, weight.shape))
    return network


def _fan_in(kernel: tuple[int, ...]) -> int:
    """How many numbers a kernel (height, width, channels in, channels out) adds up; one for each is depthwise."""
    return math.prod(kernel[:-1] if kernel[-1] > 1 else kernel[:-2])


def write_weights(network: Any, path: Path) -> Path:
    """The layout of Keras 2, as in all files published for `keras.applications`: HDF5, a group per layer."""
    with h5py.File(path, "w") as file:
        file.attrs["layer_names"] = [layer.name.encode() for layer in network.layers]
        for layer in network.layers:
            weights = [*layer.trainable_weights, *layer.non_trainable_weights]
            names = [f"{layer.name}/{position}:0" for position in range(len(weights))]
            group = file.create_group(layer.name)
            group.attrs["weight_names"] = [name.encode() for name in names]
            for name, weight in zip(names, weights, strict=True):
                group[name] = np.asarray(weight)
    return path
