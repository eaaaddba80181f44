"""Occlusion against exact attribution: do the maps agree, and what does each cost?

Of 20 products of the catalog and their nearest others, with every encoder at hand whose embedding is a sum over places:
the rank correlation (Spearman) of the two maps of the query, over the same places, and the time of both.
"""

import argparse
import sys
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from PIL import Image

from benchmarks.given import indexed
from benchmarks.timing import best
from prodsim.catalog import open_catalog
from prodsim.config import load_settings
from prodsim.encoders import REGISTRY, Additive, Available, status
from prodsim.errors import ProdsimError
from prodsim.evaluation.metrics import interval
from prodsim.images import open_rgb
from prodsim.search import Engine, ProductQuery, SearchRequest
from prodsim.search.explain import Map, exact, occlusion

PAIRS = 20


def main() -> None:
    """Prints a row for each encoder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("catalog", type=Path)
    settings = load_settings(catalog=parser.parse_args().catalog)
    catalog = open_catalog(settings)
    ids = np.random.default_rng(0).choice(catalog.table.index, PAIRS, replace=False).tolist()

    print(f"{'encoder':14}{'places':>8}{'correlation':>22}{'time, occlusion / exact':>26}")
    for name in REGISTRY:
        found = status(name, settings)
        if not isinstance(found, Available) or not isinstance(encoder := found.load(), Additive):
            continue
        engine = Engine(catalog, indexed(catalog, found, settings))
        pairs = [(open_rgb(catalog.product(id_).image), nearest(engine, id_)) for id_ in ids]
        exactly = [exact(encoder.parts([image])[0], other) for image, other in pairs]
        grid = exactly[0].shape
        covering = [occlusion(encoder, image, other, grid=grid) for image, other in pairs]
        correlations = np.array([[rank_correlation(*maps)] for maps in zip(exactly, covering, strict=True)])
        (low,), (high,) = interval(correlations)
        correlation = f"{correlations.mean():.2f} [{low:.2f}, {high:.2f}]"
        print(f"{name:14}{grid[0] * grid[1]:8}{correlation:>22}{ratio(encoder, *pairs[0], grid):25.1f}x", flush=True)


def nearest(engine: Engine, product_id: str) -> NDArray[np.float32]:
    """The embedding of the product most like this one."""
    (found,) = engine.search(SearchRequest(ProductQuery(product_id), engine.encoder, k=1)).neighbors
    assert engine.indexed is not None
    vectors = engine.indexed.vectors
    row = vectors.row_of(engine.catalog.row(found.product_id))
    return vectors.vectors(np.array([row]))[0]


def ratio(encoder: Additive, image: Image.Image, other: NDArray[np.float32], grid: tuple[int, ...]) -> float:
    """Time of occlusion by that of exact attribution, for one map."""
    covering = best(lambda: occlusion(encoder, image, other, grid=grid))
    return covering / best(lambda: exact(encoder.parts([image])[0], other))


def rank_correlation(one: Map, other: Map) -> float:
    """Spearman's, of two maps of the same shape."""
    ranks = [pd.Series(each.ravel()).rank() for each in (one, other)]
    return float(np.corrcoef(*ranks)[0, 1])


if __name__ == "__main__":
    try:
        main()
    except ProdsimError as error:
        sys.exit(str(error))
