"""Encoders: from pictures to embeddings. One literal registry; see `registry.py` to add one."""

from prodsim.encoders.available import Available, Unavailable, fallback, require, status
from prodsim.encoders.registry import REGISTRY, encoder_spec
from prodsim.encoders.spec import Encoder, EncoderSpec

__all__ = [
    "REGISTRY",
    "Available",
    "Encoder",
    "EncoderSpec",
    "Unavailable",
    "encoder_spec",
    "fallback",
    "require",
    "status",
]
