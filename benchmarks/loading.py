"""A store of 1,000,000 x 512: its embeddings, checked and unchecked, and a plain read of the same files.

The catalog asks for its products in the order in which they were embedded, or in any order.
"""

import argparse
import tempfile
from hashlib import sha256
from pathlib import Path

import numpy as np

from benchmarks.timing import best
from prodsim.index import EmbeddingStore

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--products", type=int, default=1_000_000)
parser.add_argument("--dim", type=int, default=512)
arguments = parser.parse_args()

AT_ONCE = 8_192
RUNS = 5
hashes = [sha256(b"%d" % number).hexdigest() for number in range(arguments.products)]
generator = np.random.default_rng(0)


def some(number: int) -> np.ndarray:
    """The vectors of a batch."""
    return np.random.default_rng(number).random((AT_ONCE, arguments.dim), dtype=np.float32)


def plain() -> list[np.ndarray]:
    """All bytes of all parts, in memory."""
    return [np.fromfile(part, np.float32, count=part.stat().st_size // 4) for part in parts]


with tempfile.TemporaryDirectory() as name:
    store = EmbeddingStore(Path(name) / "benchmark-0123", arguments.dim)
    for start in range(0, len(hashes), AT_ONCE):
        store.add(dict(zip(hashes[start : start + AT_ONCE], some(start), strict=False)), {})
    parts = sorted(store.path.glob("*.arrow"))
    size = sum(part.stat().st_size for part in parts)
    print(f"{arguments.products:,} x {arguments.dim}: {len(parts)} parts, {size / 1e9:.2f} GB")

    shuffled = [hashes[place] for place in generator.permutation(len(hashes))]
    for asked in (hashes, shuffled):
        matrix, positions = store.read().matrix(asked)
        assert len(positions) == len(hashes)
        place_of = {hash_: place for place, hash_ in enumerate(asked)}
        for row in generator.integers(len(hashes), size=20):
            expected = some(row // AT_ONCE * AT_ONCE)[row % AT_ONCE]
            assert (matrix[place_of[hashes[row]]] == expected).all()
        del matrix

    works = {"plain read": plain}
    for title, asked in (("as embedded", hashes), ("in any order", shuffled)):
        works[f"{title}, verified"] = lambda asked=asked: store.read().matrix(asked)
        works[f"{title}, unverified"] = lambda asked=asked: store.read(verified=False).matrix(asked)
    seconds = dict.fromkeys(works, float("inf"))
    for _ in range(RUNS):  # in turn, so that what else runs disturbs all of them
        for title, work in works.items():
            seconds[title] = min(seconds[title], best(work, 1))
    for title, taken in seconds.items():
        print(f"{title:24} {taken:5.2f} s = {taken / seconds['plain read']:.2f} x the plain read")
