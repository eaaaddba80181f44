"""Networks from Keras Applications, without their top, pooled to one vector per picture."""

import os
from collections.abc import Sequence
from threading import Lock

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from prodsim.encoders.spec import EncoderSpec
from prodsim.encoders.weights import WeightsFile
from prodsim.errors import EncoderError
from prodsim.images import fit

AT_ONCE = 16
"""Pictures in one forward pass: more do not make a small network faster, and VGG16 a little slower, as its largest
feature maps fall out of the processor's cache.
"""


class KerasEncoder:
    """`keras.applications.<architecture>(include_top=False)` with weights from a file, run as one traced function.

    Equals `load_img(target_size) -> preprocess_input -> network -> Global{Max,Average}Pooling2D`, batch by batch.
    """

    def __init__(self, spec: EncoderSpec, weights: WeightsFile) -> None:
        os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
        os.environ["KERAS_BACKEND"] = "tensorflow"  # whatever the user's keras.json says, as below
        import keras
        import tensorflow as tf

        keras.config.set_image_data_format("channels_last")
        width, height = spec.input_size
        build = getattr(keras.applications, spec.architecture)
        network = build(
            include_top=False,
            weights=None,
            input_shape=(height, width, 3),
            pooling=spec.pooling,
            **dict(spec.arguments),
        )
        try:
            network.load_weights(weights.path)
        except Exception as error:  # h5py and Keras raise many types on files that do not fit
            raise EncoderError(
                f"{weights.path} does not hold weights of {spec.architecture} without its top: {error}. "
                "Remove the file, or put the published one in its place."
            ) from error
        preprocess = keras.applications.imagenet_utils.preprocess_input

        @tf.function(input_signature=[tf.TensorSpec((None, height, width, 3), tf.uint8)])  # type: ignore[untyped-decorator]
        def forward(pixels: tf.Tensor) -> tf.Tensor:
            return network(preprocess(tf.cast(pixels, tf.float32), mode=spec.preprocessing), training=False)

        self.spec = spec
        self._forward = forward
        self._lock = Lock()

    def fit(self, image: Image.Image) -> Image.Image:
        """The picture squashed to the network's input."""
        return fit(image, self.spec.input_size, self.spec.resample)

    def encode(self, images: Sequence[Image.Image]) -> NDArray[np.float32]:
        """RGB pictures -> float32 (n, dim)."""
        if not images:
            return np.empty((0, self.spec.dim), dtype=np.float32)
        pixels = np.stack([np.asarray(self.fit(image)) for image in images])
        slices = [pixels[start : start + AT_ONCE] for start in range(0, len(pixels), AT_ONCE)]
        with self._lock:
            return np.concatenate([self._forward(some).numpy() for some in slices])
