"""Indexing a catalog: ours, against the sum of what it cannot do without, each alone on all cores.

That is hashing the files, decoding them by Pillow's `draft` with nothing checked, and the network on pixels that are in
memory. Beside it the same `index` with every picture decoded whole, in one thread. Where others use the processor, the
seconds that it worked for us (all cores together) say more than those that went by.
"""

import argparse
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from unittest.mock import patch

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

from PIL import Image

from benchmarks.made import make_catalog
from prodsim.catalog import Catalog, open_catalog
from prodsim.config import Settings, load_settings
from prodsim.encoders import Encoder, require
from prodsim.images import content_hash, fit, open_fitted, open_rgb
from prodsim.index import EmbeddingStore, HashMemory, build, index

ENCODERS = ("mini", "pixels")
CORES = os.cpu_count() or 1


def measured(work: Callable[[], object], runs: int = 3) -> tuple[float, float]:
    """The fewest seconds that went by, and that the processor worked, of so many runs."""
    gone, worked = [], []
    for _ in range(runs):
        start, busy = time.perf_counter(), time.process_time()
        work()
        gone.append(time.perf_counter() - start)
        worked.append(time.process_time() - busy)
    return min(gone), min(worked)


def bare(encoder: Encoder, paths: list[Path]) -> dict[str, Callable[[], object]]:
    """What each part does, alone."""

    def hashed(path: Path) -> str:
        return content_hash(path.read_bytes())

    def drafted(path: Path) -> None:
        with Image.open(path) as image:
            image.draft("RGB", tuple(2 * side for side in encoder.spec.input_size))
            image.load()

    fitted = [open_fitted(path, "", *encoder.spec.sees) for path in paths]

    def network() -> None:
        for start in range(0, len(fitted), build.BATCH):
            encoder.encode(fitted[start : start + build.BATCH])

    pool = ThreadPoolExecutor(CORES)
    return {
        "hashing": lambda: list(pool.map(hashed, paths)),
        "bare decoding": lambda: list(pool.map(drafted, paths)),
        "bare network": network,
    }


def indexed(name: str, catalog: Catalog, settings: Settings) -> Callable[[], None]:
    """The whole of `index` on an empty store: hash, decode, check, fit, embed, commit."""
    encoder = require(name, settings)

    def run() -> None:
        store, memory = EmbeddingStore.of(encoder, settings), HashMemory.in_cache(settings)
        shutil.rmtree(store.path, ignore_errors=True)
        memory.path.unlink(missing_ok=True)
        *_, last = index(catalog, encoder, settings)
        assert last.done == last.total, last.skipped[:3]

    return run


def main() -> None:
    """Prints a table for each encoder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("catalog", type=Path, nargs="?", help="default: JPEGs of 1800x2400, made for this")
    parser.add_argument("--pictures", type=int, default=400, help="how many are made (default: 400)")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        source = given.catalog or make_catalog(Path(folder, "shop"), given.pictures)
        settings = load_settings(catalog=source, cache_dir=Path(folder, "cache"), offline=True)
        catalog = open_catalog(settings)
        paths = list(catalog.images)
        sizes = [path.stat().st_size for path in paths]
        megabytes = f"{min(sizes) / 1e6:.2f} to {max(sizes) / 1e6:.2f} MB"
        print(f"{len(paths)} pictures of {megabytes}, {CORES} cores, best of three")
        for name in ENCODERS:
            ours = indexed(name, catalog, settings)
            parts = bare(require(name, settings).load(), paths)
            seconds = {part: measured(work) for part, work in parts.items()}
            gone, worked = (sum(times) for times in zip(*seconds.values(), strict=True))
            seconds["ours"] = measured(ours)
            whole = patch.object(build, "open_fitted", lambda data, name, *sees: fit(open_rgb(data, name), *sees))
            with whole, patch.object(build, "THREADS", 1):
                seconds["ours, whole pictures"] = measured(ours, 1 if given.catalog is None else 3)
            for part, (by, busy) in seconds.items():
                print(f"{name:7} {part:21} {by:7.2f} s {len(paths) / by:9.1f} pictures/s {busy:7.2f} s of work")
            shares = f"{gone / seconds['ours'][0]:.0%} ({worked / seconds['ours'][1]:.0%} by work)"
            print(f"{name:7} ours reaches {shares} of hashing + bare decoding + bare network")


if __name__ == "__main__":
    main()
