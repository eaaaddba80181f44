"""What a rerun of each page costs the server, and the memory of the process: the start, the results of a product, the
catalog and its statistics.

Each page is opened, then run again as it is and once more with something changed, as a visitor does. The encoder's
embeddings are made first, in another process, so that this one is like an app that was started on an indexed catalog.
"""

import argparse
import logging
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from streamlit.testing.v1 import AppTest

from tests.pages.cards import cards, choose

ROOT = Path(__file__).parent.parent
RUNS = 15

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("catalog", type=Path)
parser.add_argument("--encoder", default="mobilenet_025")
arguments = parser.parse_args()
os.environ |= {"PRODSIM_CATALOG": str(arguments.catalog), "PRODSIM_ENCODER": arguments.encoder}
logging.disable(logging.WARNING)
subprocess.run([sys.executable, "-m", "prodsim", "index"], cwd=ROOT, check=True)


def memory() -> float:
    """Resident memory of this process, MB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def another_product(page: AppTest) -> None:
    """Follow the first result."""
    choose(page, cards(page)[0]["id"])


def another_word(page: AppTest) -> None:
    """Look for another word among names."""
    field = page.text_input(key="find")
    field.input("blue" if field.value != "blue" else "red").run()


def nothing(page: AppTest) -> None:
    """Run again as it is."""
    page.run()


def measure(title: str, page: AppTest, *actions: Callable[[AppTest], None]) -> AppTest:
    """The page, opened, and what was measured of it printed."""
    start = time.perf_counter()
    page.run()
    print(f"{title:11} first {(time.perf_counter() - start) * 1e3:8.0f} ms {memory():6.0f} MB")
    for action in actions:
        times = []
        for _ in range(RUNS):
            start = time.perf_counter()
            action(page)
            times.append((time.perf_counter() - start) * 1e3)
            assert not page.exception and not page.error
        print(f"{title:11} {action.__name__:16} median {statistics.median(times):6.0f} ms, worst {max(times):6.0f} ms")
    return page


def at(script: str, **address: str) -> AppTest:
    """A page at an address, for another visitor each time."""
    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=600).switch_page(script)
    for name, value in address.items():
        page.query_params[name] = value
    return page


begun = measure("start", at("app.py"), nothing)
measure("results", at("app.py", product=cards(begun)[0]["id"]), nothing, another_product)
measure("catalog", at("pages/catalog.py"), nothing, another_word)
measure("statistics", at("pages/catalog.py", tab="statistics"), nothing)
print(f"memory {memory():.0f} MB; TensorFlow imported: {'tensorflow' in sys.modules}")
