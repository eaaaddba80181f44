"""What all networks share, whatever built them: Keras made ready, pictures in, pooled embeddings out."""

import os
from collections.abc import Sequence
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from prodsim.encoders.spec import EncoderSpec
from prodsim.images import fit

AT_ONCE = 16
"""Pictures in one forward pass: more do not make a small network faster, and VGG16 a little slower, as its largest
feature maps fall out of the processor's cache.
"""


def import_keras() -> Any:
    """Keras on TensorFlow with channels last, whatever the user's keras.json says."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ["KERAS_BACKEND"] = "tensorflow"
    import keras

    keras.config.set_image_data_format("channels_last")
    return keras


class NetworkEncoder:
    """A Keras network run as one traced function. `network`: preprocessed pictures -> embeddings (n, dim); `pool` names
    its layer that pools a feature map.
    """

    def __init__(self, spec: EncoderSpec, network: Any, pool: str) -> None:
        keras = import_keras()
        import tensorflow as tf

        width, height = spec.input_size
        preprocess = keras.applications.imagenet_utils.preprocess_input
        signature = [tf.TensorSpec((None, height, width, 3), tf.uint8)]

        def traced(part: Any) -> Any:
            @tf.function(input_signature=signature)  # type: ignore[untyped-decorator]
            def forward(pixels: tf.Tensor) -> tf.Tensor:
                pixels = tf.cast(pixels, tf.float32)
                if spec.preprocessing != "none":
                    pixels = preprocess(pixels, mode=spec.preprocessing)
                return part(pixels, training=False)

            return forward

        self.spec = spec
        self._embed = traced(network)
        self._features = traced(keras.Model(network.input, network.get_layer(pool).input))
        self._lock = Lock()

    def fit(self, image: Image.Image) -> Image.Image:
        """The picture at the network's input size."""
        return fit(image, self.spec.input_size, self.spec.resample, self.spec.fitting)

    def encode(self, images: Sequence[Image.Image]) -> NDArray[np.float32]:
        """RGB pictures -> float32 (n, dim)."""
        if not images:
            return np.empty((0, self.spec.dim), dtype=np.float32)
        return self._run(self._embed, images)

    def features(self, images: Sequence[Image.Image]) -> NDArray[np.float32]:
        """RGB pictures, at least one -> what is pooled: float32 (n, rows, columns, channels)."""
        return self._run(self._features, images)

    def _run(self, forward: Any, images: Sequence[Image.Image]) -> NDArray[np.float32]:
        pixels = np.stack([np.asarray(self.fit(image)) for image in images])
        slices = [pixels[start : start + AT_ONCE] for start in range(0, len(pixels), AT_ONCE)]
        with self._lock:
            return np.concatenate([forward(some).numpy() for some in slices])
