"""What a rerun of each page costs the server, and the memory of the process: home, catalog, and a search by product.

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
    """Click the first result."""
    next(button for button in page.button if button.key.startswith("look-alikes of ")).click()


def another_page(page: AppTest) -> None:
    """Search for another word."""
    page.text_input(key="find").input("blue" if page.text_input(key="find").value != "blue" else "red")


def nothing(page: AppTest) -> None:
    """Run again as it is."""


ACTIONS: dict[str, list[Callable[[AppTest], None]]] = {
    "app.py": [nothing],
    "pages/catalog.py": [nothing, another_page],
    "pages/similar.py": [nothing, another_product],
}
for script, actions in ACTIONS.items():
    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=600).switch_page(script)
    start = time.perf_counter()
    page.run()
    print(f"{script:18} first {(time.perf_counter() - start) * 1e3:8.0f} ms {memory():6.0f} MB")
    for action in actions:
        times = []
        for _ in range(RUNS):
            action(page)
            start = time.perf_counter()
            page.run()
            times.append((time.perf_counter() - start) * 1e3)
            assert not page.exception and not page.error
        print(f"{script:18} {action.__name__:16} median {statistics.median(times):6.0f} ms, worst {max(times):6.0f} ms")
print(f"memory {memory():.0f} MB; TensorFlow imported: {'tensorflow' in sys.modules}")
