"""A first start: from nothing in the cache to the first five results, on the demo by `mini`, without a network.

Each time the command line and the app, seen in a browser, begin with an empty home folder. The naive way is the same
project without the embeddings that come with it, so that the first search loads the network. Needs Debian's `chromium`
and requirements-dev.txt.
"""

import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, expect, sync_playwright

ROOT = Path(__file__).parent.parent
RUNS = 5
PRODUCT = "10001"
PATIENCE = 300_000
"""Milliseconds until the app is given up."""
PARTS = ("app.py", "pages", "prodsim", ".streamlit")


def main() -> None:
    """Print the medians, and how many times as long the naive way takes."""
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        naive = Path(name)
        for part in PARTS:
            if (ROOT / part).is_dir():
                shutil.copytree(ROOT / part, naive / part)
            else:
                shutil.copyfile(ROOT / part, naive / part)
        for embeddings in naive.glob("prodsim/catalog/mini-*"):
            shutil.rmtree(embeddings)
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for title, measure in (("command line", command), ("app", lambda project: app(project, browser))):
            times: dict[Path, list[float]] = {ROOT: [], naive: []}
            for project in (ROOT, naive) * RUNS:
                times[project].append(measure(project))
            ours, theirs = (statistics.median(some) for some in times.values())
            print(f"{title:12} {ours:5.1f} s; with embeddings still to make {theirs:5.1f} s, {theirs / ours:.1f}x")
        browser.close()


def command(project: Path) -> float:
    """Seconds that a search takes on the command line."""
    with tempfile.TemporaryDirectory() as home:
        start = time.perf_counter()
        search = [sys.executable, "-m", "prodsim", "search", "--product", PRODUCT, "--encoder", "mini"]
        subprocess.run(search, cwd=project, env=environment(home), check=True, capture_output=True)
        return time.perf_counter() - start


def app(project: Path, browser: Browser) -> float:
    """Seconds from the start of the app to five results in sight, with their pictures."""
    with tempfile.TemporaryDirectory() as home, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        start = time.perf_counter()
        serve = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless=true", f"--server.port={port}"]
        server = subprocess.Popen(
            serve, cwd=project, env=environment(home), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        page = browser.new_page()
        try:
            while not answers(port):
                time.sleep(0.05)
            page.goto(f"http://127.0.0.1:{port}/?product={PRODUCT}&encoder=mini")
            results = page.get_by_role("list", name="Results").get_by_role("listitem")
            expect(results).to_have_count(5, timeout=PATIENCE)
            for picture in results.locator("img").all():
                expect(picture).to_be_in_viewport()
                expect(picture).to_have_js_property("complete", True)
                assert picture.evaluate("picture => picture.naturalWidth"), "the picture could be drawn"
            return time.perf_counter() - start
        finally:
            page.close()
            server.terminate()
            server.wait()


def answers(port: int) -> bool:
    """Whether a server listens there."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def environment(home: str) -> dict[str, str]:
    """The environment, with nothing of the user's."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("PRODSIM_")}
    return own | {"HOME": home, "PRODSIM_CACHE_DIR": f"{home}/cache", "PRODSIM_OFFLINE": "1"}


if __name__ == "__main__":
    main()
