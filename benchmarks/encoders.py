"""Pictures per second of every encoder of the registry, from files to embeddings, in one run on this processor.

Published weights are random here, which does not change the time; presets are measured where they are on disk. Loading
the network is left out.
"""

import argparse
import os
import tempfile
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

from benchmarks.timing import best
from prodsim.catalog import open_catalog
from prodsim.config import load_settings
from prodsim.encoders import REGISTRY, Available, Encoder, status
from prodsim.images import open_rgb
from tests.networks import build, write_weights

AT_ONCE = 64

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("catalog", type=Path)
parser.add_argument("--pictures", type=int, default=512, help="how many of the catalog's (default: 512)")
arguments = parser.parse_args()
settings = load_settings(catalog=arguments.catalog)
paths = open_catalog(settings).images[: arguments.pictures]


def encode(encoder: Encoder) -> None:
    """Decode, fit, embed, a few at a time."""
    for start in range(0, len(paths), AT_ONCE):
        encoder.encode([open_rgb(path) for path in paths[start : start + AT_ONCE]])


with tempfile.TemporaryDirectory() as folder:
    rates = {}
    for name, spec in REGISTRY.items():
        if spec.weights:
            write_weights(build(spec), Path(folder) / spec.weights.file)
        found = status(name, settings if spec.preset else settings.replace(weights_dir=Path(folder)))
        if not isinstance(found, Available):
            print(f"{name:14} left out: {found.reason}")
            continue
        encoder = found.load()
        encode(encoder)
        rates[name] = len(paths) / best(lambda encoder=encoder: encode(encoder))
for name, rate in rates.items():
    print(f"{name:14} {rate:8.1f} pictures/s, {rate / rates['vgg16']:6.1f} x vgg16")
