"""Presets of KerasHub in small, in the files that KerasHub itself writes; their weights are random but fixed."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np

from prodsim.encoders import EncoderSpec

SMALL = {
    "num_layers": 2,
    "hidden_dim": 24,
    "num_heads": 2,
    "intermediate_dim": 40,
    "position_embedding_size": 70,
    "vocabulary_size": 29,
    "max_sequence_length": 16,
}
SENTENCES = ("a red dress with white dots", "blue jeans and a black belt")
MEAN, DEVIATION = np.array([0.485, 0.456, 0.406]), np.array([0.229, 0.224, 0.225])
"""Of the pictures of ImageNet, red, green and blue in 0..1."""


def small(spec: EncoderSpec) -> EncoderSpec:
    """The same kind of network with two thin layers, for pictures of two by two patches."""
    arguments = {name: SMALL.get(name, number) for name, number in spec.arguments}
    side = int(2 * arguments["patch_size"])
    return replace(spec, arguments=tuple(arguments.items()), input_size=(side, side), dim=SMALL["hidden_dim"])


def write(spec: EncoderSpec, weights_dir: Path) -> Path:
    """The preset's folder, in its place in the weights folder: all files that `save_to_preset` makes."""
    assert spec.preset is not None
    folder = weights_dir / spec.preset.name
    backbone, *others = {"DINOV2Backbone": dinov2, "SigLIPBackbone": siglip}[spec.architecture](spec)
    rng = np.random.default_rng(0)
    for weight in backbone.weights:
        if "float" in weight.dtype:
            weight.assign(weight + rng.normal(0, 0.1, weight.shape))
    for part in (backbone, *others):
        part.save_to_preset(str(folder))
    return folder


def dinov2(spec: EncoderSpec) -> tuple[Any, ...]:
    """Backbone, for pictures of the size that it was trained with, and image converter."""
    import keras_hub

    numbers: dict[str, Any] = dict(spec.arguments)
    side = numbers.pop("position_embedding_size")
    backbone = keras_hub.models.DINOV2Backbone(
        image_shape=(side, side, 3), position_embedding_shape=(side, side), **numbers
    )
    scale, offset = 1 / 255 / DEVIATION, -MEAN / DEVIATION
    converter = keras_hub.layers.DINOV2ImageConverter(
        image_size=(side, side), scale=scale.tolist(), offset=offset.tolist(), interpolation="bicubic"
    )
    return backbone, converter


def siglip(spec: EncoderSpec) -> tuple[Any, ...]:
    """Backbone, image converter and tokenizer."""
    import keras_hub

    numbers: dict[str, Any] = dict(spec.arguments)
    patch, pieces, length = (numbers.pop(name) for name in ("patch_size", "vocabulary_size", "max_sequence_length"))
    width, height = spec.input_size
    backbone = keras_hub.models.SigLIPBackbone(
        keras_hub.models.SigLIPVisionEncoder(patch_size=patch, image_shape=(height, width, 3), **numbers),
        keras_hub.models.SigLIPTextEncoder(
            vocabulary_size=pieces, embedding_dim=numbers["hidden_dim"], max_sequence_length=length, **numbers
        ),
    )
    converter = keras_hub.layers.SigLIPImageConverter(
        image_size=(height, width),
        scale=[1 / 127.5] * 3,
        offset=[-1.0] * 3,
        interpolation="bicubic",
        antialias=True,
        crop_to_aspect_ratio=False,
    )
    return backbone, converter, keras_hub.models.GemmaTokenizer(vocabulary(pieces))


def vocabulary(pieces: int) -> bytes:
    """A SentencePiece vocabulary with Gemma's special pieces."""
    import sentencepiece

    written = BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(SENTENCES),
        model_writer=written,
        vocab_size=pieces,
        minloglevel=2,
        **{f"{name}_id": number for number, name in enumerate(("pad", "eos", "bos", "unk"))},
        **{f"{name}_piece": f"<{name}>" for name in ("pad", "eos", "bos", "unk")},
    )
    return written.getvalue()
