"""Words that ask for a color and a type: by field, and by the TF-IDF of all words together.

Queries are the 40 most frequent pairs of `baseColour` and `articleType`, and then all that 5 products or more have, in
lower case, the type in the plural, as in the table, and in the singular. Of the first five products the share with both
labels, and the time to read the catalog's words, and of a query. The same of the products whose name holds all words,
also as parts of others: in the order of the table, and the best fit first, as one finds a product by its name.
"""

import argparse
import re
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from benchmarks.timing import best
from prodsim.catalog import Catalog, open_catalog
from prodsim.catalog.parts import Parts
from prodsim.catalog.words import Words, split
from prodsim.config import load_settings

FIRST = 5
PAIRS = 40
PRODUCTS = 5

Find = Callable[[str], Sequence[int]]
Query = tuple[str, np.ndarray]
"""The words, and by product whether it has both labels, bool (n,)."""


def main() -> None:
    """Prints a row for each way."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("catalog", type=Path)
    catalog = open_catalog(load_settings(catalog=parser.parse_args().catalog))
    frequent, all_pairs = queries(catalog)
    labels = [*map(catalog.values, catalog.labels)]
    ways = {
        "TF-IDF of all words together": (tf_idf(catalog), best(lambda: tf_idf(catalog))),
        "by field, as in a search in words": (by_field(catalog), best(lambda: Words(catalog.names, labels))),
        "in the name, in the order of the table": (
            lambda words: np.flatnonzero(catalog.matching(words))[:FIRST],
            best(lambda: Parts(catalog.names)),
        ),
        "in the name, the best first": (lambda words: [*map(catalog.row, catalog.find(words)[:FIRST])], 0.0),
        "the same, each name looked through": (looked_through(catalog), best(lambda: looked_through(catalog))),
    }
    print(f"{len(catalog):,} products; first {FIRST} with both labels, of {len(frequent)} and {len(all_pairs)} queries")
    for way, (find, seconds) in ways.items():
        few, many = (np.mean([right(find, query) for query in each]) for each in (frequent, all_pairs))
        start = time.perf_counter()
        for words, _ in frequent:
            find(words)
        each = (time.perf_counter() - start) / len(frequent)
        print(f"{way:40}{few:8.3f}{many:8.3f}{seconds:8.2f} s to read{each * 1e3:8.1f} ms a query", flush=True)


def queries(catalog: Catalog) -> tuple[list[Query], list[Query]]:
    """Of the most frequent pairs, and of all that enough products have."""
    color, kind = catalog.table["baseColour"], catalog.table["articleType"]
    pairs = catalog.table.groupby([color, kind]).size().sort_values(ascending=False, kind="stable")

    def asked(some: Sequence[tuple[str, str]]) -> list[Query]:
        return [
            (f"{one} {word}".lower(), ((color == one) & (kind == other)).to_numpy(dtype=bool))
            for one, other in some
            for word in dict.fromkeys((other, re.sub(r"(?<=ss|sh|ch)es$|(?<!s)s$", "", other)))
        ]

    return asked(pairs.index[:PAIRS]), asked(pairs[pairs >= PRODUCTS].index)


def right(find: Find, query: Query) -> float:
    """The share of the first products that have both labels; those that were not found have not."""
    words, both = query
    return float(both[[*find(words)]].sum() / FIRST)


def by_field(catalog: Catalog) -> Find:
    """As in the app."""
    return lambda words: first(catalog.similarities(words))


def looked_through(catalog: Catalog) -> Find:
    """The naive way to find products by parts of their names and ids: each is looked through for each word."""
    texts = [f"{id_} {name}".casefold() for id_, name in zip(catalog.table.index, catalog.names, strict=True)]

    def find(words: str) -> Sequence[int]:
        matching = np.ones(len(texts), dtype=bool)
        for word in words.casefold().split():
            matching &= np.fromiter((word in text for text in texts), dtype=bool, count=len(texts))
        return [*map(catalog.row, catalog.ids(matching, first=words)[:FIRST])]

    return find


def tf_idf(catalog: Catalog) -> Find:
    """The naive way: by the cosine of the words' weights, wherever they are."""
    table = catalog.table.fillna("")
    vectorizer = TfidfVectorizer(analyzer=split, sublinear_tf=True, dtype=np.float32)
    matrix = vectorizer.fit_transform(" ".join(row) for row in zip(*(table[name] for name in table), strict=True))
    return lambda words: first((matrix @ vectorizer.transform([words]).T).toarray()[:, 0])


def first(similarities: np.ndarray) -> np.ndarray:
    """The most similar, ties in the order of the table."""
    return np.argsort(-similarities, kind="stable")[:FIRST]


if __name__ == "__main__":
    main()
