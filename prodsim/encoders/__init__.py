"""Encoders: from pictures to embeddings. One literal registry; see `registry.py` to add one."""

from prodsim.encoders.available import Available, Unavailable, fallback, require, status
from prodsim.encoders.base import (
    Additive,
    Encoder,
    EncoderSpec,
    Layer,
    Layered,
    Pooling,
    Preprocessing,
    TextEncoder,
    is_familiar,
)
from prodsim.encoders.download import OnProgress
from prodsim.encoders.presets import fetch_preset
from prodsim.encoders.registry import REGISTRY, encoder_spec
from prodsim.encoders.weights import fetch_weights

__all__ = [
    "REGISTRY",
    "Additive",
    "Available",
    "Encoder",
    "EncoderSpec",
    "Layer",
    "Layered",
    "OnProgress",
    "Pooling",
    "Preprocessing",
    "TextEncoder",
    "Unavailable",
    "encoder_spec",
    "fallback",
    "fetch_preset",
    "fetch_weights",
    "is_familiar",
    "require",
    "status",
]
