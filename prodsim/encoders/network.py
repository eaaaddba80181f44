"""What all networks share, whatever built them: Keras made ready, pictures in, pooled embeddings out."""

import os
from collections.abc import Sequence
from importlib.util import find_spec
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from prodsim.encoders.base import EncoderSpec, Layer
from prodsim.encoders.family import Missing
from prodsim.images import fit
from prodsim.requirements import install_line

AT_ONCE = 16
"""Pictures in one forward pass: more do not make a small network faster, and VGG16 a little slower, as its largest
feature maps fall out of the processor's cache.
"""


def without_tensorflow() -> Missing | None:
    """What is missing where TensorFlow is not installed."""
    return None if find_spec("tensorflow") else Missing("TensorFlow is not installed", f"Run `{install_line()}`.")


def import_keras() -> Any:
    """Keras on TensorFlow with channels last, whatever the user's keras.json says."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ["KERAS_BACKEND"] = "tensorflow"
    import keras

    keras.config.set_image_data_format("channels_last")
    return keras


class NetworkEncoder:
    """A Keras network run as one traced function. `network`: preprocessed pictures -> embeddings (n, dim)."""

    def __init__(self, spec: EncoderSpec, network: Any) -> None:
        self.spec = spec
        self._network = network
        self._embed = self._traced(network)
        self._lock = Lock()

    def fit(self, image: Image.Image) -> Image.Image:
        """The picture at the network's input size."""
        return fit(image, self.spec.input_size, self.spec.resample, self.spec.fitting)

    def encode(self, images: Sequence[Image.Image]) -> NDArray[np.float32]:
        """RGB pictures -> float32 (n, dim)."""
        if not images:
            return np.empty((0, self.spec.dim), dtype=np.float32)
        return self._run(self._embed, self._pixels(images))

    def layers(self) -> list[Layer]:
        """From the picture, whose numbers are already scaled, to the embedding."""
        keras = import_keras()
        return [
            Layer(
                step.name,
                type(step).__name__,
                tuple(keras.tree.flatten(step.output)[0].shape[1:]),
                step.count_params() if isinstance(step, keras.Layer) else 0,
            )
            for step in self._network.operations
        ]

    def _pixels(self, images: Sequence[Image.Image]) -> NDArray[np.uint8]:
        return np.stack([np.asarray(self.fit(image)) for image in images])

    def _run(self, forward: Any, inputs: NDArray[Any]) -> NDArray[np.float32]:
        slices = [inputs[start : start + AT_ONCE] for start in range(0, len(inputs), AT_ONCE)]
        with self._lock:
            return np.concatenate([forward(some).numpy() for some in slices])

    def _traced(self, network: Any) -> Any:
        keras = import_keras()
        import tensorflow as tf

        width, height = self.spec.input_size
        mode = self.spec.preprocessing

        @tf.function(input_signature=[tf.TensorSpec((None, height, width, 3), tf.uint8)])  # type: ignore[untyped-decorator]
        def forward(pixels: tf.Tensor) -> tf.Tensor:
            pixels = tf.cast(pixels, tf.float32)
            if mode != "none":
                pixels = keras.applications.imagenet_utils.preprocess_input(pixels, mode=mode)
            return network(pixels, training=False)

        return forward


class PoolingEncoder(NetworkEncoder):
    """A network that pools a feature map; `pool` names the layer that does."""

    def __init__(self, spec: EncoderSpec, network: Any, pool: str) -> None:
        super().__init__(spec, network)
        self._features = self._traced(import_keras().Model(network.input, network.get_layer(pool).input))

    def features(self, images: Sequence[Image.Image]) -> NDArray[np.float32]:
        """RGB pictures, at least one -> what is pooled: float32 (n, rows, columns, channels)."""
        return self._run(self._features, self._pixels(images))

    def shares(self, images: Sequence[Image.Image]) -> NDArray[np.float32]:
        """RGB pictures, at least one -> what each place gives to what is pooled: float32 (n, rows, columns, channels).

        Their sum over places is what is pooled. Of a mean every place gives its share; a maximum is all from the place
        that has it, the first one if several have.
        """
        features = self.features(images)
        flat = features.reshape(len(features), -1, features.shape[-1])
        if self.spec.pooling == "avg":
            return features / np.float32(flat.shape[1])
        shares, first = np.zeros_like(flat), flat.argmax(axis=1, keepdims=True)
        np.put_along_axis(shares, first, np.take_along_axis(flat, first, axis=1), axis=1)
        return shares.reshape(features.shape)


class EndingInPooling(PoolingEncoder):
    """A network of which pooling is the last step: what is pooled is the embedding."""

    def parts(self, images: Sequence[Image.Image]) -> NDArray[np.float32]:
        """RGB pictures, at least one -> float32 (n, rows, columns, dim), see `Additive`."""
        return self.shares(images)
