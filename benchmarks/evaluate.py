"""Evaluating a whole catalog: ours in blocks, and the naive way of a search for each product, measured on a sample."""

import argparse
import resource
import time
from contextlib import closing
from pathlib import Path
from typing import get_args

import numpy as np

from prodsim.catalog import open_catalog
from prodsim.config import load_settings
from prodsim.encoders import REGISTRY, require
from prodsim.evaluation import EvaluatedScoring, ask, evaluate
from prodsim.index import EmbeddingStore, HashMemory, index
from prodsim.search import Scoring, Searcher

K = 5

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("catalog", type=Path)
parser.add_argument("--encoder", choices=REGISTRY, default="pixels")
parser.add_argument("--sample", type=int, default=500, help="queries of the naive way")
arguments = parser.parse_args()


def peak() -> float:
    """Peak memory of this process so far, MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


settings = load_settings(catalog=arguments.catalog)
catalog, encoder = open_catalog(settings), require(arguments.encoder, settings)
with closing(index(catalog, encoder, EmbeddingStore.of(encoder, settings), HashMemory.in_cache(settings))) as steps:
    for _ in steps:
        pass
searcher = Searcher.open(catalog, encoder, settings)
before = peak()
print(f"{len(searcher):,} x {searcher.matrix.shape[1]}, {searcher.matrix.nbytes / 2**20:.0f} MB by {encoder.spec.name}")

queries = np.random.default_rng(0).permutation(searcher.positions)[: arguments.sample]
kinds = catalog.table["articleType"]
for scoring in get_args(EvaluatedScoring):
    start = time.perf_counter()
    *_, last = evaluate(searcher, ask(searcher, encoder, scoring=scoring, k=K))
    ours = time.perf_counter() - start
    assert last.report is not None
    precision = last.report.qualities[0].measures["precision"]
    print(f"{scoring:>6}: {ours:5.1f} s, peak memory {peak() - before:.0f} MB more, precision {precision.mean:.3f}")
    if scoring not in get_args(Scoring):
        continue
    start = time.perf_counter()
    shares = []
    for row in queries:
        found = searcher.by_product(kinds.index[row], k=K, scoring=scoring)
        shares.append(np.mean([kinds[neighbor.product_id] == kinds.iloc[row] for neighbor in found]))
    naive = (time.perf_counter() - start) / len(queries) * len(searcher)
    print(f"        a search for each would take {naive:.0f} s: ours is {naive / ours:.1f} x as fast")
    print(f"        (precision alone, of {len(queries):,} products: {np.mean(shares):.3f})")
