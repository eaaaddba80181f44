"""Encoders: from pictures to embeddings. One literal registry; see `registry.py` to add one."""

from prodsim.encoders.available import Available, Unavailable, fallback, require, status
from prodsim.encoders.registry import REGISTRY, encoder_spec
from prodsim.encoders.spec import Additive, Discerning, Encoder, EncoderSpec, Layer, Layered, ReadsText, is_familiar

__all__ = [
    "REGISTRY",
    "Additive",
    "Available",
    "Discerning",
    "Encoder",
    "EncoderSpec",
    "Layer",
    "Layered",
    "ReadsText",
    "Unavailable",
    "encoder_spec",
    "fallback",
    "is_familiar",
    "require",
    "status",
]
