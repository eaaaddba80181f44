"""Evaluating a whole catalog: ours in blocks, and the naive way of a search for each product, measured on a sample."""

import argparse
import resource
import time
from pathlib import Path
from typing import get_args

import numpy as np

from benchmarks.given import indexed
from prodsim.catalog import open_catalog
from prodsim.config import load_settings
from prodsim.encoders import REGISTRY, require
from prodsim.evaluation import EvaluatedScoring, ask, evaluate
from prodsim.index import KERNELS
from prodsim.search import Engine, ProductQuery, SearchRequest

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
shop = indexed(catalog, encoder, settings)
engine, vectors = Engine(catalog, shop), shop.vectors
before = peak()
size = 4 * len(vectors) * vectors.dim / 2**20
print(f"{len(engine):,} x {vectors.dim}, {size:.0f} MB by {encoder.spec.name}")

queries = np.random.default_rng(0).permutation(vectors.distinct_owners)[: arguments.sample]
kinds = catalog.table["articleType"]
for scoring in get_args(EvaluatedScoring):
    start = time.perf_counter()
    *_, last = evaluate(shop, ask(shop, scoring=scoring, k=K))
    ours = time.perf_counter() - start
    assert last.report is not None
    precision = last.report.qualities[0].measures["precision"]
    print(f"{scoring:>6}: {ours:5.1f} s, peak memory {peak() - before:.0f} MB more, precision {precision.mean:.3f}")
    if scoring not in KERNELS:
        continue
    start = time.perf_counter()
    shares = []
    for row in queries:
        request = SearchRequest(ProductQuery(kinds.index[row]), encoder.spec, KERNELS[scoring], K)
        found = engine.search(request).neighbors
        shares.append(np.mean([kinds[neighbor.product_id] == kinds.iloc[row] for neighbor in found]))
    naive = (time.perf_counter() - start) / len(queries) * len(engine)
    print(f"        a search for each would take {naive:.0f} s: ours is {naive / ours:.1f} x as fast")
    print(f"        (precision alone, of {len(queries):,} products: {np.mean(shares):.3f})")
