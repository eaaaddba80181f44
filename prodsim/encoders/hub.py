"""Transformers of KerasHub, built here from the numbers of the spec; a preset gives weights and vocabulary alone."""

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from textwrap import shorten
from typing import Any

import numpy as np
from numpy.typing import NDArray

from prodsim.config import Settings
from prodsim.encoders.base import EncoderSpec
from prodsim.encoders.family import Missing
from prodsim.encoders.network import NetworkEncoder, import_keras, without_tensorflow
from prodsim.encoders.presets import VOCABULARY, find_preset, preset_remedy
from prodsim.encoders.weights import WeightsFile
from prodsim.errors import EncoderError
from prodsim.requirements import install_line


def check(spec: EncoderSpec) -> None:
    """See `Family.check`."""
    if not (spec.architecture and spec.preset):
        raise ValueError(f"{spec.name}: an encoder of KerasHub has an architecture and a preset.")


def find(spec: EncoderSpec, settings: Settings) -> WeightsFile | Missing:
    """See `Family.find`. Not fetchable: kagglehub does not tell how far it is, so `download` alone fetches a preset."""
    if missing := without_tensorflow():
        return missing
    if find_spec("keras_hub") is None:
        return Missing("KerasHub is not installed", f"Run `{install_line('transformers')}`.")
    return find_preset(spec, settings) or Missing("its weights are not on disk", preset_remedy(spec, settings))


def load(spec: EncoderSpec, weights: WeightsFile | None) -> NetworkEncoder:
    """Equals `keras_hub.models.<architecture>.from_preset`. EncoderError if weights or vocabulary do not fit."""
    assert weights is not None  # found
    return {"DINOV2Backbone": _dinov2, "SigLIPBackbone": _siglip}[spec.architecture](spec, weights)


class SigLIPEncoder(NetworkEncoder):
    """Pictures by one half of the backbone, texts by the other, as near to each other as they belong together."""

    def __init__(self, spec: EncoderSpec, backbone: Any, preprocessor: Any) -> None:
        """`preprocessor`: texts -> pieces in small letters without punctuation, cut or padded to one length."""
        super().__init__(spec, _of_one_input(backbone.vision_encoder))
        import tensorflow as tf

        reader = _of_one_input(backbone.text_encoder)
        signature = [tf.TensorSpec((None, preprocessor.sequence_length), tf.int32)]

        @tf.function(input_signature=signature)  # type: ignore[untyped-decorator]
        def read(pieces: tf.Tensor) -> tf.Tensor:
            return reader(pieces, training=False)

        self._preprocessor = preprocessor
        self._read = read

    def encode_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Descriptions -> float32 (n, dim), in the space of the pictures' embeddings."""
        if not texts:
            return np.empty((0, self.spec.dim), dtype=np.float32)
        with self._lock:
            pieces = self._preprocessor({"prompts": list(texts), "images": None})["token_ids"]
        return self._run(self._read, np.asarray(pieces))


def _dinov2(spec: EncoderSpec, weights: WeightsFile) -> NetworkEncoder:
    """The class token, normalized."""
    keras = import_keras()
    import keras_hub

    numbers: dict[str, Any] = dict(spec.arguments)
    side = numbers.pop("position_embedding_size")
    backbone = keras_hub.models.DINOV2Backbone(
        image_shape=_image_shape(spec), position_embedding_shape=(side, side), **numbers
    )
    _load_weights(backbone, spec, weights)
    return NetworkEncoder(spec, keras.Model(backbone.inputs[0], backbone.output[:, 0]))


def _siglip(spec: EncoderSpec, weights: WeightsFile) -> SigLIPEncoder:
    """Both halves are as deep and as wide."""
    import_keras()
    import keras_hub

    numbers: dict[str, Any] = dict(spec.arguments)
    patch, pieces, length = (numbers.pop(name) for name in ("patch_size", "vocabulary_size", "max_sequence_length"))
    backbone = keras_hub.models.SigLIPBackbone(
        keras_hub.models.SigLIPVisionEncoder(patch_size=patch, image_shape=_image_shape(spec), **numbers),
        keras_hub.models.SigLIPTextEncoder(
            vocabulary_size=pieces, embedding_dim=numbers["hidden_dim"], max_sequence_length=length, **numbers
        ),
    )
    _load_weights(backbone, spec, weights)
    path = weights.path.parent / VOCABULARY
    try:
        tokenizer = keras_hub.models.GemmaTokenizer(path.read_bytes())
        if tokenizer.vocabulary_size() > pieces:
            raise ValueError(f"it has {tokenizer.vocabulary_size():,} pieces, and there are weights for {pieces:,}")
    except Exception as error:  # SentencePiece and KerasHub raise many types on files that do not fit
        raise _unfit(path, f"vocabulary of {spec.name}", error) from error
    return SigLIPEncoder(spec, backbone, keras_hub.models.SigLIPPreprocessor(tokenizer, sequence_length=length))


def _image_shape(spec: EncoderSpec) -> tuple[int, int, int]:
    width, height = spec.input_size
    return height, width, 3


def _of_one_input(network: Any) -> Any:
    """The same network, its only input without a name."""
    return import_keras().Model(network.inputs[0], network.output)


def _load_weights(backbone: Any, spec: EncoderSpec, weights: WeightsFile) -> None:
    try:
        backbone.load_weights(weights.path)
    except Exception as error:  # h5py and Keras raise many types on files that do not fit
        raise _unfit(weights.path, f"weights of {spec.name}", error) from error


def _unfit(path: Path, what: str, error: Exception) -> EncoderError:
    reason = shorten(str(error), 200, placeholder=" ...").rstrip(".")  # Keras lists every layer
    return EncoderError(
        f"{path} does not hold the {what}: {reason}. Remove the file, or put the published one in its place."
    )
