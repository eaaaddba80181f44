"""Precision at 5 of every encoder at hand, unit and raw linear kernel; each query is left out of its own results.

P@5: the share of a query's five nearest others with the same label (articleType; articleType and baseColour), mean over
all queries, with a 95 % bootstrap interval over queries.
"""

import argparse
from contextlib import closing
from pathlib import Path

import numpy as np

from prodsim.config import load_settings
from prodsim.encoders import REGISTRY, Available, status
from prodsim.hashes import HashMemory
from prodsim.indexing import index
from prodsim.search import Searcher
from prodsim.sources import open_catalog
from prodsim.store import EmbeddingStore

K = 5

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("catalog", type=Path)
parser.add_argument(
    "--queries", type=int, default=1000, help="a seeded sample of this many, if there are more products"
)
arguments = parser.parse_args()

settings = load_settings(catalog=arguments.catalog)
catalog = open_catalog(settings)
generator = np.random.default_rng(0)
kind = catalog.table["articleType"].to_numpy()
kind_and_color = (catalog.table["articleType"] + "\0" + catalog.table["baseColour"]).to_numpy()

print(f"{catalog.name}: {len(catalog):,} products")
print(f"{'encoder':14} {'scoring':8} {'type':24} type and color")
for name in REGISTRY:
    encoder = status(name, settings)
    if not isinstance(encoder, Available):
        print(f"{name:14} {encoder.reason}")
        continue
    store, memory = EmbeddingStore.of(encoder, settings), HashMemory.in_cache(settings)
    with closing(index(catalog, encoder, store, memory)) as steps:
        for _ in steps:
            pass
    searcher = Searcher.open(catalog, encoder, settings)
    queries = generator.permutation(len(catalog))[: arguments.queries]
    for scoring in ("unit", "linear"):
        hits = np.zeros((2, len(queries)))
        for place, row in enumerate(queries):
            found = searcher.by_product(catalog.table.index[row], k=K, scoring=scoring)
            rows = [catalog.rows[neighbor.product_id] for neighbor in found]
            for measure, labels in enumerate((kind, kind_and_color)):
                hits[measure, place] = np.mean(labels[rows] == labels[row])
        cells = []
        for measure in hits:
            resampled = generator.choice(measure, (1000, len(measure))).mean(axis=1)
            low, high = np.percentile(resampled, [2.5, 97.5])
            cells.append(f"{measure.mean():.3f} [{low:.3f}, {high:.3f}]")
        print(f"{name:14} {scoring:8} {cells[0]:24} {cells[1]}")
