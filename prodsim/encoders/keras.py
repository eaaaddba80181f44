"""Networks from Keras Applications, without their top, pooled to one vector per picture."""

from typing import Any

from prodsim.config import Settings
from prodsim.encoders.base import EncoderSpec
from prodsim.encoders.family import Missing
from prodsim.encoders.network import EndingInPooling, PoolingEncoder, import_keras, without_tensorflow
from prodsim.encoders.weights import WeightsFile, find_weights, remedy
from prodsim.errors import EncoderError


def check(spec: EncoderSpec) -> None:
    """See `Family.check`."""
    if not (spec.architecture and spec.weights):
        raise ValueError(f"{spec.name}: an encoder of Keras has an architecture and published weights.")


def find(spec: EncoderSpec, settings: Settings) -> WeightsFile | Missing:
    """See `Family.find`."""
    assert spec.weights is not None  # checked
    missing = Missing("its weights are not on disk", remedy(spec, settings), fetchable=True)
    return without_tensorflow() or find_weights(spec.weights, settings) or missing


def load(spec: EncoderSpec, weights: WeightsFile | None) -> PoolingEncoder:
    """`keras.applications.<architecture>(include_top=False)` with weights from a file. EncoderError if they do not fit.

    Equals `load_img(target_size) -> preprocess_input -> network(pooling="max" or "avg")`, batch by batch.
    """
    assert weights is not None  # found
    keras = import_keras()
    width, height = spec.input_size
    network = getattr(keras.applications, spec.architecture)(
        include_top=False, weights=None, input_shape=(height, width, 3), pooling=spec.pooling, **dict(spec.arguments)
    )
    try:
        network.load_weights(weights.path)
    except Exception as error:  # h5py and Keras raise many types on files that do not fit
        raise EncoderError(
            f"{weights.path} does not hold weights of {spec.architecture} without its top: {error}. "
            "Remove the file, or put the published one in its place."
        ) from error
    pool = _pooling(network)
    kind = EndingInPooling if network.layers[-1].name == pool else PoolingEncoder
    return kind(spec, network, pool)


def _pooling(network: Any) -> str:
    """The name of the layer that pools the last feature map; others pool inside of blocks, and a norm may follow."""
    names = [layer.name for layer in network.layers if type(layer).__name__.startswith("Global")]
    return str(names[-1])
