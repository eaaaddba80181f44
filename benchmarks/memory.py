"""Indexing a whole catalog: peak memory of the process, and the time of a second run with nothing new."""

import argparse
import resource
import tempfile
import time
from pathlib import Path

from prodsim.catalog import open_catalog
from prodsim.config import load_settings
from prodsim.encoders import REGISTRY, require
from prodsim.index import index

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("catalog", type=Path)
parser.add_argument("--encoder", choices=REGISTRY, default="mobilenet_025")
arguments = parser.parse_args()

with tempfile.TemporaryDirectory() as folder:
    settings = load_settings(catalog=arguments.catalog).replace(cache_dir=Path(folder))
    encoder = require(arguments.encoder, load_settings())
    catalog = open_catalog(settings)
    for run in ("first", "second"):
        start = time.perf_counter()
        for progress in index(catalog, encoder, settings):
            last = progress
        taken = time.perf_counter() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{run} run: {last.done:,} of {last.total:,} products in {taken:.1f} s, peak memory {peak:.0f} MB")
