"""What tells embeddings apart: change a fingerprint, and everything is embedded anew."""

from pathlib import Path
from typing import Any

from prodsim.config import load_settings
from prodsim.encoders import REGISTRY, status

FAKE = "0123456789abcdef" * 4
"""In place of the digest of weights, which are not here."""


def answers(cache: Path) -> dict[str, Any]:
    """Of every encoder, without weights and with FAKE ones; of those that come with the app, the real ones."""
    settings = load_settings(cache_dir=cache, offline=True)
    return {
        "of specs": {
            name: {"without weights": spec.fingerprint(), "with fake weights": spec.fingerprint(FAKE)}
            for name, spec in REGISTRY.items()
        },
        "as used": {name: getattr(status(name, settings), "fingerprint", None) for name in ("mini", "pixels")},
        "order": [*REGISTRY],
    }
