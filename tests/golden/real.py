"""Answers about the 295 real products. Ids and scores alone are stored: the data are not ours to give."""

import csv
import io
import zipfile
from itertools import pairwise
from pathlib import Path
from typing import Any

from tests.golden.asking import run, search

FILE = "deck-295.zip"
WAYS = {
    "pixels, unit": ("pixels", "--scoring", "unit"),
    "pixels, linear": ("pixels", "--scoring", "linear"),
    "mini, unit": ("mini", "--scoring", "unit"),
}
QUERIES, K = 12, 5
GAP = 1e-3
"""Between the similarities of one neighbor and the next, of the last one's too: no processor swaps these."""


def prepare(catalog: Path, cache: Path) -> None:
    """Put the embeddings into the cache."""
    for encoder in ("pixels", "mini"):
        run("index", "--cache-dir", cache, "--encoder", encoder, "--catalog", catalog)


def searched(catalog: Path, cache: Path, way: str, query: str) -> dict[str, Any]:
    """The neighbors of a product and their scores, to two digits."""
    neighbors = _neighbors(catalog, cache, way, query, K)
    return {
        "ids": [each["product_id"] for each in neighbors],
        "scores": [round(each["score"], 2) for each in neighbors],
    }


def choose(catalog: Path, cache: Path, way: str) -> list[str]:
    """So many QUERIES, from all over the catalog, whose neighbors are at least a GAP apart."""
    with zipfile.ZipFile(catalog) as archive:
        ids = [row["id"] for row in csv.DictReader(io.StringIO(archive.read("styles.csv").decode("utf-8")))]
    chosen: list[str] = []
    for query in (ids[place] for start in range(29) for place in range(start, len(ids), 29)):
        similarities = [each["similarity"] for each in _neighbors(catalog, cache, way, query, K + 1)]
        if all(better - worse > GAP * max(1, abs(better)) for better, worse in pairwise(similarities)):
            chosen.append(query)
        if len(chosen) == QUERIES:
            break
    return chosen


def _neighbors(catalog: Path, cache: Path, way: str, query: str, k: int) -> list[dict[str, Any]]:
    encoder, *scoring = WAYS[way]
    found = search(cache, encoder, *scoring, "--catalog", catalog, "--product", query, "--k", k)
    neighbors: list[dict[str, Any]] = found["neighbors"]
    return neighbors
