"""Weights files in the layout of the published ones, written from networks whose weights are random but fixed."""

from pathlib import Path
from typing import Any

import h5py
import numpy as np

from prodsim.encoders import EncoderSpec


def build(spec: EncoderSpec) -> Any:
    """The plain network of `keras.applications` without its top; every weight is random, biases and means as well."""
    import keras

    keras.utils.set_random_seed(len(spec.name))
    width, height = spec.input_size
    architecture = getattr(keras.applications, spec.architecture)
    network = architecture(include_top=False, weights=None, input_shape=(height, width, 3), **dict(spec.arguments))
    rng = np.random.default_rng(0)
    for weight in network.weights:
        if len(weight.shape) == 1:
            weight.assign(rng.uniform(0.5, 1.5, weight.shape))
    return network


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
